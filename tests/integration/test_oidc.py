"""Signing in by the house's own service (OpenID Connect), against a real one in a process."""

import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from api.people import Someone, cookie_of, somebody
from cli.conftest import until

from .server import Server, free_port, serving

CLIENT = "dateline"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a service that lets in whoever asks, as whom they say."""
    with free_port() as port:
        command = [Path(sys.executable).with_name("oidc-provider-mock"), "--port", str(port)]
        with subprocess.Popen(
            list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            address = f"http://localhost:{port}"
            until(lambda: _is_up(address), "the service does not start")
            yield address
            process.kill()


@pytest.fixture(scope="module")
def server(service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "DATELINE_OIDC_ISSUER": service,
        "DATELINE_OIDC_CLIENT": CLIENT,
        "DATELINE_OIDC_SECRET": "a-secret-of-theirs",
        "DATELINE_OIDC_NAME": "Lantern sign-in",
    }
    with serving(tmp_path_factory.mktemp("oidc") / "data", settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.address, timeout=30) as made:
        yield made


def known(service: str, subject: str, **claims: object) -> None:
    """Tell the service who somebody is."""
    answer = httpx2.put(f"{service}/users/{subject}", json=claims)
    assert answer.is_success


def started(client: httpx2.Client, towards: str = "/desk") -> tuple[str, str]:
    """Where the browser is sent, and its cookie."""
    answer = client.get("/desk/oidc/start", params={"next": towards})
    assert answer.status_code == 303, answer.text
    cookies: SimpleCookie[Any] = SimpleCookie(answer.headers["set-cookie"])
    return answer.headers["location"], cookies["__Host-oidc"].value


def answered(url: str, subject: str) -> str:
    """What the service sends the browser back to, after it has let them in."""
    answer = httpx2.post(url, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def come_back(client: httpx2.Client, url: str, cookie: str) -> httpx2.Response:
    parts = urlsplit(url)
    return client.get(f"{parts.path}?{parts.query}", headers={"cookie": f"__Host-oidc={cookie}"})


def test_somebody_with_an_account(service: str, server: Server, client: httpx2.Client) -> None:
    """Is let in by the address that the service has verified, where they were going; later by the
    service's own name for them, also when the address there is another."""
    person = somebody(server, client, is_in=False)
    assert "Lantern sign-in" in client.get("/desk/sign-in").text
    known(service, "subject-1", email=person.email.upper(), email_verified=True)
    url, cookie = started(client, "/desk/storm?tab=queue")
    query = parse_qs(urlsplit(url).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["nonce"] and query["state"]  # noqa: PT018
    answer = come_back(client, answered(url, "subject-1"), cookie)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/storm?tab=queue")
    person.cookie = cookie_of(answer)
    assert person.send("GET", "/api/me").json()["email"] == person.email
    known(service, "subject-1", email="renamed@lantern.example")
    url, cookie = started(client)
    answer = come_back(client, answered(url, "subject-1"), cookie)
    person.cookie = cookie_of(answer)
    assert person.send("GET", "/api/me").json()["email"] == person.email


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "{email}"},
        {"email": "{email}", "email_verified": False},
        {"email": "{email}", "email_verified": "true"},
        {"email": "nobody@lantern.example", "email_verified": True},
        {},
    ],
)
def test_somebody_without(
    service: str, server: Server, client: httpx2.Client, claims: dict[str, object]
) -> None:
    """Who has no account is not let in, nor by an address that nobody has verified."""
    person = somebody(server, client, is_in=False)
    email = {"email": person.email} if claims.get("email") == "{email}" else {}
    known(service, f"of {person.email}", **{**claims, **email})
    url, cookie = started(client)
    answer = come_back(client, answered(url, f"of {person.email}"), cookie)
    assert answer.status_code == 403
    assert not cookie_of(answer)


def test_an_answer_counts_once_and_here(
    service: str, server: Server, client: httpx2.Client
) -> None:
    """Not in another browser (whose person would be signed in as somebody else), not twice, not
    with another state, not without a code."""
    person = somebody(server, client, is_in=False)
    known(service, "subject-2", email=person.email, email_verified=True)
    url, cookie = started(client)
    _, others = started(client)
    back = answered(url, "subject-2")
    assert come_back(client, back, others).status_code == 403
    assert come_back(client, back, "").status_code == 403
    assert come_back(client, back.replace("state=", "state=x"), cookie).status_code == 403
    denied = httpx2.post(url, data={"action": "deny"}).headers["location"]
    assert come_back(client, denied, cookie).status_code == 403
    assert come_back(client, back, cookie).status_code == 303
    assert come_back(client, back, cookie).status_code == 403
    forged = back.replace(parse_qs(urlsplit(back).query)["code"][0], "a-code-of-mine")
    url, cookie = started(client)
    state = parse_qs(urlsplit(url).query)["state"][0]
    old = parse_qs(urlsplit(back).query)["state"][0]
    assert come_back(client, forged.replace(old, state), cookie).status_code == 403


def test_a_closed_account(service: str, server: Server, client: httpx2.Client) -> None:
    """Stays closed, whatever the service says."""
    person = somebody(server, client, is_in=False)
    known(service, "subject-3", email=person.email, email_verified=True)
    server.command("user", "disable", person.email)
    url, cookie = started(client)
    assert come_back(client, answered(url, "subject-3"), cookie).status_code == 403


def test_a_service_that_is_away(tmp_path: Path) -> None:
    """Is said; the password goes on working. No secret is in the log."""
    with free_port() as port:
        settings = {
            "DATELINE_OIDC_ISSUER": f"http://localhost:{port}",
            "DATELINE_OIDC_CLIENT": CLIENT,
            "DATELINE_OIDC_SECRET": "a-secret-of-theirs",
        }
        with (
            serving(tmp_path / "data", settings=settings) as server,
            httpx2.Client(base_url=server.address) as client,
        ):
            assert client.get("/desk/oidc/start").status_code == 503
            person: Someone = somebody(server, client, is_in=False)
            assert person.sign_in().status_code == 303
            assert "a-secret-of-theirs" not in server.log.read_text()


def test_no_service(tmp_path: Path) -> None:
    """Without one there is no button, and no address."""
    with (
        serving(tmp_path / "data") as server,
        httpx2.Client(base_url=server.address) as client,
    ):
        assert "oidc" not in client.get("/desk/sign-in").text
        for path in ("start", "callback"):
            assert client.get(f"/desk/oidc/{path}").status_code == 404


def _is_up(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/.well-known/openid-configuration").is_success
    except httpx2.TransportError:
        return False

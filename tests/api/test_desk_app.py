"""The desk's application: its shell, its manifest, its service worker."""

import re

import httpx2
import pytest


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/coverages/summit/write", "/desk/new", "/desk/people", "/desk/audit"]
)
def test_one_shell_for_all_addresses(client: httpx2.Client, path: str) -> None:
    """Each address of the desk answers the same shell; it knows nobody, so a device may keep it."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text == client.get("/desk").text
    assert "set-cookie" not in answer.headers


def test_the_policy_is_strict(client: httpx2.Client) -> None:
    """No script, style or connection but our own; pictures also from the device itself."""
    told = client.get("/desk").headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in told.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["img-src"] == "'self' blob:"
    assert "unsafe" not in told


def test_it_can_be_installed(client: httpx2.Client) -> None:
    """The manifest's start, scope and icon are there."""
    manifest = client.get("/desk/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/desk", "/desk", "standalone")
    assert client.get(told["icons"][0]["src"]).status_code == 200


def test_the_worker_keeps_what_the_shell_needs(client: httpx2.Client) -> None:
    """Each file that the service worker keeps is there, and the shell's script and style are
    among them; the worker may answer for /desk itself."""
    answer = client.get("/desk/sw.js")
    assert answer.headers["service-worker-allowed"] == "/desk"
    assert answer.headers["content-type"].startswith("text/javascript")
    kept = _files(answer.text.split("\n", 1)[0])
    assert all(client.get(path).status_code == 200 for path in kept)
    assert set(_files(client.get("/desk").text)) <= set(kept)


@pytest.mark.parametrize(
    ("cookie", "header", "spoken"),
    [
        ("", "", "en"),
        ("", "de-AT,de;q=0.9", "de"),
        ("ar", "de", "ar"),
        ("tlh", "fr", "fr"),
        ("en", "fr", "en"),
    ],
)
@pytest.mark.parametrize("path", ["/desk", "/desk/sign-in"])
def test_it_speaks_the_chosen_language(
    client: httpx2.Client, path: str, cookie: str, header: str, spoken: str
) -> None:
    """The one chosen on the device, else the browser's, else English."""
    headers = {"accept-language": header, "cookie": f"desk-language={cookie}"}
    answer = client.get(path, headers=headers)
    direction = ' dir="rtl"' if spoken == "ar" else ""
    assert re.search(rf'<html lang="{spoken}"{direction}[ >]', answer.text)


def test_the_words_of_another_language_are_one_script(client: httpx2.Client) -> None:
    """It stands before the application's, where the worker finds it, and is kept for good. English
    needs none. A name that is not of today is nobody's."""
    german = {"accept-language": "de"}
    found = _files(client.get("/desk", headers=german).text)
    words = next(path for path in found if path.startswith("/desk/words/de-"))
    assert words == next(path for path in found if path.endswith(".js"))
    answer = client.get(words)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert '"Hand in":"Abgeben"' in answer.text
    assert "/desk/words/" not in client.get("/desk").text
    assert client.get("/desk/words/de-00000000.js").status_code == 404


def test_the_language_is_chosen_by_a_form(client: httpx2.Client) -> None:
    """A cookie keeps it for the desk alone; who chose it is led back, never to another site."""
    form = {"language": "pt", "next": "/desk/sign-in?next=/desk/new"}
    answer = client.post("/desk/language", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, form["next"])
    cookie = answer.headers["set-cookie"]
    assert "desk-language=pt;" in cookie
    assert all(part in cookie for part in ("Path=/desk;", "HttpOnly", "Secure", "Max-Age=31536000"))
    other = client.post(
        "/desk/language", data={"language": "x\r\ny", "next": "https://evil.example"}
    )
    assert other.headers["location"] == "/desk"
    assert "Max-Age=0" in other.headers["set-cookie"]
    strange = {"origin": "https://evil.example"}
    assert client.post("/desk/language", data=form, headers=strange).status_code == 403


def _files(text: str) -> list[str]:
    return re.findall(r"/(?:static|desk/words)/[\w.-]+", text)

"""People sign in and out: the cookie, the one-time links, and what they keep others from."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from integration.server import Server, serving

from .newsroom import Coverage, a_post
from .people import COOKIE, PASSWORD, Someone, cookie_of, somebody, token_of, words


@pytest.fixture(scope="module")
def editor(server: Server, client: httpx2.Client) -> Someone:
    return somebody(server, client, "editor")


def test_the_cookie(server: Server, client: httpx2.Client) -> None:
    """For this host alone, over TLS alone, out of reach of scripts and of other sites' posts."""
    answer = somebody(server, client, is_in=False).sign_in()
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk"
    (line,) = answer.headers.get_list("set-cookie")
    name, *flags = (part.strip().lower() for part in line.split(";"))
    assert name.startswith(COOKIE.lower() + "=")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(flags)
    assert not any(flag.startswith("domain") for flag in flags)
    assert len(cookie_of(answer)) >= 43


def test_me(client: httpx2.Client, editor: Someone) -> None:
    """Who is signed in, as what, and the secret for writes; 401 for everybody else."""
    answer = editor.send("GET", "/api/me")
    assert answer.headers["cache-control"] == "no-store"
    me = answer.json()
    assert (me["role"], me["email"], me["coverages"]) == ("editor", editor.email, {})
    assert me["csrf"] not in (editor.cookie, "")
    assert client.get("/api/me").status_code == 401
    assert Someone(client, "x").send("GET", "/api/me").status_code == 401


def test_a_new_session_at_each_sign_in(server: Server, client: httpx2.Client) -> None:
    """A session that was planted before is not the one after, and ends (session fixation)."""
    person = somebody(server, client)
    planted = person.cookie
    person.sign_in()
    assert person.cookie != planted
    victim = Someone(client, person.email)
    victim.cookie = "a-session-of-the-attacker"
    victim.sign_in()
    assert victim.cookie != "a-session-of-the-attacker"
    before = Someone(client, person.email)
    before.cookie = planted
    assert before.send("GET", "/api/me").status_code == 401


def test_publishing_by_cookie(editor: Someone, coverage: Coverage) -> None:
    """An editor publishes, as the person they are."""
    answer = editor.send("POST", f"{coverage.path}/posts", a_post())
    assert answer.status_code == 201
    actor = coverage.newsroom.get(f"{coverage.path}/events").json()["events"][-1]["actor"]
    assert actor["id"] == editor.id
    assert actor["kind"] == "person"
    assert editor.email not in str(actor)


@pytest.mark.parametrize(
    "headers",
    [
        {"x_csrf_token": ""},
        {"x_csrf_token": "x" * 43},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_another_site_can_not_write(
    editor: Someone, coverage: Coverage, headers: dict[str, str]
) -> None:
    """A write by cookie needs the session's secret, and an origin that is ours (CSRF)."""
    seq = coverage.seq
    for method, path, body in (
        ("POST", f"{coverage.path}/posts", a_post()),
        ("PATCH", coverage.path, {"title": "Mine"}),
        ("POST", f"{coverage.path}/status", {"status": "ended"}),
        ("PUT", f"{coverage.path}/briefing", {}),
        ("POST", "/api/coverages", {"slug": "mine", "title": "x", "timezone": "UTC"}),
    ):
        answer = editor.send(method, path, body, **headers)
        assert answer.status_code == 403, path
        assert answer.json()["type"] == "urn:dateline:not-allowed"
    assert coverage.seq == seq


def test_our_own_pages_can_write(editor: Someone, coverage: Coverage, server: Server) -> None:
    """With what a browser says of a request of ours."""
    answer = editor.send(
        "POST",
        f"{coverage.path}/posts",
        a_post(),
        origin=server.address,
        sec_fetch_site="same-origin",
    )
    assert answer.status_code == 201


def test_another_sessions_secret(
    server: Server, client: httpx2.Client, editor: Someone, coverage: Coverage
) -> None:
    """The secret of one session does not open another."""
    other = somebody(server, client, "editor")
    answer = editor.send("POST", f"{coverage.path}/posts", a_post(), x_csrf_token=other.csrf)
    assert answer.status_code == 403


def test_other_sites_can_not_sign_in(server: Server, client: httpx2.Client) -> None:
    """Nor sign somebody in as somebody else, nor out."""
    person = somebody(server, client)
    for headers in ({"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}):
        assert person.sign_in(**headers).status_code == 403
        form = {"csrf": person.csrf}
        assert person.post_form("/desk/sign-out", form, **headers).status_code == 403
    assert person.post_form("/desk/sign-out", {"csrf": "x"}).status_code == 403
    assert person.send("GET", "/api/me").status_code == 200


def test_signing_out(server: Server, client: httpx2.Client) -> None:
    """Here, or everywhere; a cookie that was kept opens nothing."""
    person = somebody(server, client)
    elsewhere = Someone(client, person.email)
    elsewhere.sign_in()
    third = Someone(client, person.email)
    third.sign_in()
    answer = person.post_form("/desk/sign-out", {"csrf": person.csrf})
    assert answer.status_code == 303
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert person.send("GET", "/api/me").status_code == 401
    assert elsewhere.send("GET", "/api/me").status_code == 200
    elsewhere.post_form("/desk/sign-out", {"csrf": elsewhere.csrf, "everywhere": "1"})
    assert elsewhere.send("GET", "/api/me").status_code == 401
    assert third.send("GET", "/api/me").status_code == 401


def test_what_is_wrong_is_said_beside_it(client: httpx2.Client) -> None:
    """An empty form says what is missing, with the field; the page is for no cache."""
    nobody = Someone(client, "x")
    answer = nobody.post_form("/desk/sign-in", {"email": "", "password": ""})
    assert answer.status_code == 422
    assert 'aria-describedby="email-wrong' in answer.text
    assert "Your password is missing" in words(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers.get_list("referrer-policy") == ["same-origin"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_names_are_not_told(server: Server, client: httpx2.Client) -> None:
    """An unknown address is answered as a wrong password is; nothing typed comes back but the
    address, escaped."""
    known = somebody(server, client, is_in=False)
    known.password = "not the right one"
    unknown = Someone(client, '"><script>@evil.example')
    pages = []
    for person in (known, unknown):
        answer = person.sign_in()
        assert answer.status_code == 422
        assert "<script>@" not in answer.text
        assert person.password not in answer.text
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    "towards",
    [
        "https://evil.example/",
        "//evil.example",
        "/desk/../live/x",
        "/desk//evil.example",
        "/desk\\evil",
        "/deskevil",
        "/live/x",
        "javascript:alert(1)",
        "/desk\r\nset-cookie: x=1",
    ],
)
def test_it_leads_to_the_desk_alone(
    editor: Someone, server: Server, client: httpx2.Client, towards: str
) -> None:
    """Never to another site, whatever the link said (open redirect)."""
    form = {"email": editor.email, "password": PASSWORD, "next": towards}
    answer = Someone(client, "x").post_form("/desk/sign-in", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


def test_it_leads_where_one_was_going(editor: Someone, client: httpx2.Client) -> None:
    form = {"email": editor.email, "password": PASSWORD, "next": "/desk/storm?tab=queue"}
    answer = Someone(client, "x").post_form("/desk/sign-in", form)
    assert answer.headers["location"] == "/desk/storm?tab=queue"


def test_a_link_works_once(server: Server, client: httpx2.Client) -> None:
    """A new password by a link: the sessions from before end, the link does not work again, and a
    newer link replaces an older one."""
    person = somebody(server, client)
    first = token_of(server.command("user", "password", person.email).stdout)
    second = token_of(server.command("user", "password", person.email).stdout)
    page = client.get("/desk/set-password", params={"token": second})
    assert page.status_code == 200
    assert page.headers.get_list("referrer-policy") == ["same-origin"]
    new = "another horse altogether"
    for token, status in ((first, 410), (second, 303), (second, 410), ("", 410), ("x", 410)):
        form = {"token": token, "password": new}
        assert person.post_form("/desk/set-password", form).status_code == status
    assert person.send("GET", "/api/me").status_code == 401
    assert person.sign_in().status_code == 422
    person.password = new
    assert person.sign_in().status_code == 303


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "x" * 257, "", "{email}"])
def test_a_weak_password(server: Server, client: httpx2.Client, password: str) -> None:
    """Is refused beside its field, and the link still works."""
    person = somebody(server, client)
    token = token_of(server.command("user", "password", person.email).stdout)
    form = {"token": token, "password": password.format(email=person.email)}
    answer = person.post_form("/desk/set-password", form)
    assert answer.status_code == 422
    assert 'id="password-wrong"' in answer.text
    assert person.post_form("/desk/set-password", {**form, "password": PASSWORD}).is_redirect


def test_why_in_the_language_of_the_page(server: Server, client: httpx2.Client) -> None:
    """A page that speaks German says in German what is wrong with a password, and with a link."""
    person = somebody(server, client)
    token = token_of(server.command("user", "password", person.email).stdout)
    form = {"token": token, "password": "short"}
    answer = person.post_form("/desk/set-password", form, accept_language="de")
    assert "Ein Passwort hat mindestens" in answer.text
    answer = person.post_form("/desk/set-password", {**form, "token": "x"}, accept_language="de")
    assert "Dieser Link wurde schon benutzt" in answer.text


@pytest.mark.parametrize(
    ("language", "anew", "elsewhere", "nowhere"),
    [
        ("fr", "reconnecté", "venait d’un autre site", "que dans la démo"),
        ("ar", "سجّلت الدخول من جديد", "جاء هذا من موقع آخر", "في العرض التجريبي"),
    ],
)
def test_errors_in_the_language_that_was_chosen(
    editor: Someone, client: httpx2.Client, language: str, anew: str, elsewhere: str, nowhere: str
) -> None:
    """What no form can say beside a field is said on a page of its own, as all of the desk in the
    language that was chosen on the device, whatever the browser asks for."""
    cookie = {"cookie": f"{COOKIE}={editor.cookie}; desk-language={language}"}
    asked = [
        ("/desk/sign-out", {"csrf": "of an earlier session"}, {}, anew),
        ("/desk/sign-in", {}, {"origin": "https://evil.example"}, elsewhere),
        ("/desk/demo", {"as": "editor"}, {}, nowhere),
    ]
    for path, form, headers, said in asked:
        fields = {**cookie, **headers, "accept-language": "de"}
        answer = client.post(path, data=form, headers=fields)
        assert answer.status_code in (403, 404)
        assert f'<html lang="{language}"' in answer.text
        assert said in words(answer.text), path
        assert 'href="/desk"' in answer.text
        assert "cookie" in answer.headers["vary"]


def test_a_closed_account(server: Server, client: httpx2.Client, coverage: Coverage) -> None:
    """Is out at once, and not let in again by password or link, until it is opened."""
    person = somebody(server, client, "editor")
    server.command("user", "disable", person.email)
    assert person.send("POST", f"{coverage.path}/posts", a_post()).status_code == 401
    assert person.sign_in().status_code == 422
    token = token_of(server.command("user", "password", person.email).stdout)
    form = {"token": token, "password": PASSWORD}
    assert person.post_form("/desk/set-password", form).status_code == 403
    server.command("user", "enable", person.email)
    assert person.sign_in().status_code == 303


def test_guessing_a_password(server: Server, client: httpx2.Client) -> None:
    """After five wrong ones the name has to wait, from wherever, also with the right one; longer
    each time. Others go on."""
    person = somebody(server, client, is_in=False)
    right, person.password = person.password, "wrong wrong wrong"
    answers = [person.sign_in(x_forwarded_for=f"198.51.100.{n}") for n in range(6)]
    assert [one.status_code for one in answers] == [422] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 300
    assert "Too many attempts" in words(answers[-1].text)
    person.password = right
    assert person.sign_in(x_forwarded_for="198.51.100.77").status_code == 429
    assert somebody(server, client, is_in=False).sign_in().status_code == 303


def test_guessing_from_one_address(client: httpx2.Client) -> None:
    """Names tried one after the other from one network are stopped as well."""
    codes = [
        Someone(client, f"guess-{n}@lantern.example")
        .sign_in(x_forwarded_for=f"2001:db8::{n:x}")
        .status_code
        for n in range(32)
    ]
    assert codes[:30] == [422] * 30
    assert 429 in codes[30:]


def test_many_guesses_at_once(server: Server, client: httpx2.Client) -> None:
    """Guesses are counted before they are looked at, so that a burst does not slip through."""
    person = somebody(server, client, is_in=False)
    person.password = "wrong wrong wrong"
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: person.sign_in(), range(12)))
    assert sum(one.status_code == 422 for one in answers) <= 5


def test_no_secret_in_the_log(server: Server, client: httpx2.Client) -> None:
    """No password, cookie or link is written anywhere but where it is told."""
    person = somebody(server, client)
    token = token_of(server.command("user", "password", person.email).stdout)
    client.get("/desk/set-password", params={"token": token})
    person.post_form("/desk/set-password", {"token": token, "password": "x"})
    person.sign_in()
    log = server.log.read_text()
    database = (server.data / "dateline.db").read_bytes()
    database += (server.data / "dateline.db-wal").read_bytes()
    for secret in (token, person.cookie, person.csrf, PASSWORD):
        assert secret not in log
        assert secret.encode() not in database


def test_the_first_administrator(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The link of the first start makes one administrator, once; a later start has none."""
    with serving(tmp_path_factory.mktemp("first") / "data") as server:
        line = server.next_line()
        token = token_of(line[line.index("http") :])
        with httpx2.Client(base_url=server.address) as client:
            page = client.get("/desk/set-password", params={"token": token})
            assert "first administrator" in words(page.text)
            ada = Someone(client, "ada@lantern.example")
            form = {"token": token, "name": "", "email": "ada", "password": PASSWORD}
            wrong = ada.post_form("/desk/set-password", form)
            assert wrong.status_code == 422
            assert 'id="name-wrong"' in wrong.text
            form |= {"name": "Ada Peeters", "email": ada.email}
            answer = ada.post_form("/desk/set-password", form)
            assert answer.status_code == 303
            ada.keep(answer)
            assert ada.send("GET", "/api/me").json()["role"] == "administrator"
            form["email"] = "eve@evil.example"
            assert ada.post_form("/desk/set-password", form).status_code == 410
        server.stop()
        server.start()
        server.stop()


def test_the_first_link_ends_with_the_first_person(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Where the command line has made somebody meanwhile, the printed link is dead."""
    with serving(tmp_path_factory.mktemp("first") / "data") as server:
        line = server.next_line()
        token = token_of(line[line.index("http") :])
        server.command("user", "add", "ada@lantern.example", "Ada", "--role", "administrator")
        with httpx2.Client(base_url=server.address) as client:
            form = {"token": token, "name": "Eve", "email": "e@x.example", "password": PASSWORD}
            assert Someone(client, "e").post_form("/desk/set-password", form).status_code == 410

"""People who sign in: made by the command line, with the cookie of a real sign-in."""

import itertools
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from integration.server import Server

PASSWORD = "correct horse battery"
COOKIE = "__Host-session"
_numbers = itertools.count(1)


class Someone:
    """A person with a browser. The cookie is kept here: clients send no Secure one over http."""

    def __init__(self, client: httpx2.Client, email: str, password: str = PASSWORD) -> None:
        self.client = client
        self.email = email
        self.password = password
        self.cookie = ""
        self.csrf = ""
        self.id = ""

    def sign_in(self, **headers: str) -> httpx2.Response:
        answer = self.post_form(
            "/desk/sign-in", {"email": self.email, "password": self.password}, **headers
        )
        self.keep(answer)
        return answer

    def keep(self, answer: httpx2.Response) -> None:
        """Take the cookie of an answer, and look who that is."""
        given = cookie_of(answer)
        if given:
            self.cookie = given
            me = self.send("GET", "/api/me").json()
            self.csrf, self.id = me["csrf"], me["id"]

    def send(self, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        """A request as the desk's script sends it."""
        fields = {"cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        if self.csrf:
            fields["x-csrf-token"] = self.csrf
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, json=body, headers={**fields, **named})

    def post_form(self, path: str, form: dict[str, str], **headers: str) -> httpx2.Response:
        """A form as a browser sends it."""
        fields = {"cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, data=form, headers={**fields, **named})


def somebody(
    server: Server, client: httpx2.Client, role: str = "reporter", *, is_in: bool = True
) -> Someone:
    """Somebody new, with a password, signed in."""
    email = f"{role}-{next(_numbers)}@lantern.example"
    name = f"{role.title()} {email.split('@')[0]}"
    made = server.command("user", "add", email, name, "--role", role)
    assert made.returncode == 0, made.stderr
    person = Someone(client, email)
    answer = person.post_form(
        "/desk/set-password", {"token": token_of(made.stdout), "password": PASSWORD}
    )
    assert answer.status_code == 303, answer.text
    person.keep(answer)
    if not is_in:
        person.post_form("/desk/sign-out", {"csrf": person.csrf})
        person.cookie = person.csrf = ""
    return person


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link.strip()).query)["token"][0]


def cookie_of(answer: httpx2.Response) -> str:
    """The session in the answer's Set-Cookie; "" if there is none."""
    cookies: SimpleCookie[Any] = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        cookies.load(line)
    return cookies[COOKIE].value if COOKIE in cookies else ""


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())

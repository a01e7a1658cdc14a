"""Letters with one-time links, through a real SMTP server."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from queue import Queue
from typing import Any

import httpx2
import pytest
from aiosmtpd.controller import Controller

from api.people import Someone, somebody, token_of
from cli.conftest import until
from dateline.auth.mailing import Mail
from dateline.auth.mailing import Server as SmtpServer
from dateline.auth.people import Person

from .server import Server, free_port, serving

SENDER = "desk@lantern.example"
URL = "https://live.lantern.example"


class Letterbox:
    """What an SMTP server took in, in the order it came."""

    def __init__(self) -> None:
        self.letters: Queue[EmailMessage] = Queue()
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return "550 No"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        letter["X-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.put(letter)
        return "250 OK"


@pytest.fixture(scope="module")
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    with free_port() as port:
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
        yield box, port
        controller.stop()


@pytest.fixture(scope="module")
def server(
    letterbox: tuple[Letterbox, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    settings = {
        "DATELINE_SMTP_HOST": "127.0.0.1",
        "DATELINE_SMTP_PORT": str(letterbox[1]),
        "DATELINE_SMTP_ENCRYPTION": "none",
        "DATELINE_SMTP_SENDER": SENDER,
        "DATELINE_URL": URL,
    }
    with serving(tmp_path_factory.mktemp("letters") / "data", settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.address) as made:
        yield made


def test_a_lost_password(
    server: Server, client: httpx2.Client, letterbox: tuple[Letterbox, int]
) -> None:
    """The form sends a letter, whose link works once. It names the address that is set, never the
    one that the request used: else who asks could send others to a site of their own."""
    person = somebody(server, client)
    assert "/desk/forgot" in client.get("/desk/sign-in").text
    form = {"email": person.email.upper()}
    answer = person.post_form("/desk/forgot", form, host="evil.example")
    assert answer.status_code == 200
    letter = letterbox[0].letters.get(timeout=30)
    assert (letter["X-To"], letter["From"]) == (person.email, SENDER)
    link = next(line for line in letter.get_content().splitlines() if line.startswith("http"))
    assert link.startswith(f"{URL}/desk/set-password?token=")
    assert "evil.example" not in letter.as_string()
    form = {"token": token_of(link), "password": "something else entirely"}
    assert person.post_form("/desk/set-password", form).status_code == 303
    assert person.post_form("/desk/set-password", form).status_code == 410


def test_it_does_not_tell_who_is_here(
    server: Server, client: httpx2.Client, letterbox: tuple[Letterbox, int]
) -> None:
    """An unknown address, and one whose account is closed, are answered alike and get nothing."""
    closed = somebody(server, client)
    server.command("user", "disable", closed.email)
    known = somebody(server, client)
    pages = []
    for email in ("nobody@lantern.example", closed.email, known.email):
        answer = closed.post_form("/desk/forgot", {"email": email})
        assert answer.status_code == 200
        pages.append(answer.text.replace(email, ""))
    assert pages[0] == pages[1] == pages[2]
    assert letterbox[0].letters.get(timeout=30)["X-To"] == known.email
    assert letterbox[0].letters.empty()


def test_nobody_is_flooded(
    server: Server, client: httpx2.Client, letterbox: tuple[Letterbox, int]
) -> None:
    """After three letters to one address, the next has to wait, whoever asks."""
    person = somebody(server, client)
    codes = [
        person.post_form(
            "/desk/forgot", {"email": person.email}, x_forwarded_for=f"198.51.100.{n}"
        ).status_code
        for n in range(4)
    ]
    assert codes == [200, 200, 200, 429]
    for _ in range(3):
        assert letterbox[0].letters.get(timeout=30)["X-To"] == person.email


@pytest.mark.anyio
async def test_one_that_fails_is_not_the_last(letterbox: tuple[Letterbox, int]) -> None:
    """Whatever goes wrong with a letter: the next one is sent, and the server goes on."""
    mail = Mail(SmtpServer("127.0.0.1", letterbox[1], "", "", "none", SENDER), "Lantern")

    async def broken() -> EmailMessage:
        return mail.password_link(_person("a\nb@lantern.example"), URL)

    async def whole() -> EmailMessage:
        return mail.password_link(_person("bo@lantern.example"), URL)

    assert mail.soon(broken)
    assert mail.soon(whole)
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(mail.run())
        letter = await asyncio.to_thread(letterbox[0].letters.get, timeout=30)
        sending.cancel()
    assert letter["X-To"] == "bo@lantern.example"


@pytest.mark.parametrize("email", ["", "ada", "a@b\r\nBcc: eve@evil.example", "a@b,c@d", "a b@c"])
def test_no_address(client: httpx2.Client, email: str) -> None:
    """What can't be one address gets no letter, and no header of its own."""
    answer = Someone(client, "").post_form("/desk/forgot", {"email": email})
    assert answer.status_code == 422
    assert 'id="email-wrong"' in answer.text


def test_an_account_by_letter(
    server: Server, client: httpx2.Client, letterbox: tuple[Letterbox, int]
) -> None:
    """Whom an administrator adds gets the link by letter too."""
    ada = somebody(server, client, "administrator")
    body = {"email": "noël@lantern.example", "name": "Noël Łęcki"}
    assert ada.send("POST", "/api/people", body).status_code == 422
    made = ada.send("POST", "/api/people", {**body, "email": "noel@lantern.example"}).json()
    assert made["link"]["mailed"] is True
    letter = letterbox[0].letters.get(timeout=30)
    assert letter.get_content().startswith("Hello Noël Łęcki,")
    assert made["link"]["url"] in letter.get_content()


def test_a_server_that_refuses(
    server: Server, client: httpx2.Client, letterbox: tuple[Letterbox, int]
) -> None:
    """The answer is the same; the log says that a letter was not sent, and nothing that is in it;
    the next one goes out."""
    box, _ = letterbox
    person = somebody(server, client)
    box.refuses = True
    assert person.post_form("/desk/forgot", {"email": person.email}).status_code == 200
    until(lambda: "a letter was not sent" in server.log.read_text(), "nothing was told")
    box.refuses = False
    assert person.post_form("/desk/forgot", {"email": person.email}).status_code == 200
    assert box.letters.get(timeout=30)["X-To"] == person.email
    assert person.email not in server.log.read_text()
    assert "token=" not in server.log.read_text()


def test_settings_that_belong_together(tmp_path: Path) -> None:
    """Letters without an address of our own are refused at the start."""
    with free_port() as port:
        server = Server(tmp_path / "data", port, settings={"DATELINE_SMTP_HOST": "127.0.0.1"})
        with pytest.raises(AssertionError, match="DATELINE_URL and DATELINE_SMTP_SENDER"):
            server.start()
        server.kill()


def _person(email: str) -> Person:
    return Person("1", "Bo", email, "editor", None, None, False, True, datetime.now(UTC))

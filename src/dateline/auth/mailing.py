"""Letters to people: a one-time link, by SMTP, one after the other, beside what is answered.

What a request answers never waits for a letter, nor tells whether one went out.
"""

import asyncio
import smtplib
import ssl
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import structlog
from msgspec import Struct

from dateline.auth.people import Person

MOST_WAITING = 200
SECONDS = 20
Writing = Callable[[], Awaitable[EmailMessage | None]]
_logger = structlog.get_logger()


class Server(Struct, frozen=True):
    """The SMTP server that takes our letters; `encryption` is `starttls`, `tls` or `none`."""

    host: str
    port: int
    user: str
    password: str
    encryption: str
    sender: str


class Mail:
    """Letters that wait, and `run`, which sends them."""

    def __init__(self, server: Server, newsroom: str) -> None:
        self._server = server
        self._newsroom = newsroom
        self._waiting: asyncio.Queue[Writing] = asyncio.Queue(MOST_WAITING)

    def soon(self, write: Writing) -> bool:
        """Send what `write` comes to, later; False: too many wait."""
        if self._waiting.full():
            return False
        self._waiting.put_nowait(write)
        return True

    def password_link(self, person: Person, url: str) -> EmailMessage:
        """The letter with the link by which somebody chooses a password."""
        letter = EmailMessage()
        letter["From"] = self._server.sender
        letter["To"] = person.email
        letter["Subject"] = f"Your password for {self._newsroom}"
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain=self._server.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(
            f"Hello {person.name},\n\n"
            f"by this link you choose a password for {self._newsroom}. "
            "It works once, within a day:\n\n"
            f"{url}\n\n"
            "If you did not expect this, you need not do anything.\n",
            # Else a long name or address would fold the link, which mail programs then cut.
            cte="8bit",
        )
        return letter

    async def run(self) -> None:
        """Send what comes, for ever. What can't be sent is told to the log, without its words."""
        while True:
            write = await self._waiting.get()
            try:
                if letter := await write():
                    await asyncio.to_thread(_send, self._server, letter)
            except Exception as error:
                # Nobody's letter may end the server, whatever is the matter with it.
                _logger.error("a letter was not sent", reason=type(error).__name__)


def _send(server: Server, letter: EmailMessage) -> None:
    trust = ssl.create_default_context()
    if server.encryption == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=trust
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with connection:
        if server.encryption == "starttls":
            connection.starttls(context=trust)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(letter)

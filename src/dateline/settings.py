"""All settings, in one place. Each is an option of `dateline serve` and an environment variable."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from dateline.domain.addresses import networks_of
from dateline.domain.errors import Invalid

PREFIX = "DATELINE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is started with. The name of each field, in capitals, after `DATELINE_`."""

    data: Path = field(
        default=Path("data"),
        metadata={"help": "Folder that holds everything: the log and the pictures."},
    )
    host: str = field(default="127.0.0.1", metadata={"help": "Address to listen on."})
    port: int = field(
        default=8000, metadata={"help": "Port to listen on.", "least": 0, "most": 65535}
    )
    heartbeat: float = field(
        default=20.0,
        metadata={
            "help": "Seconds of silence after which a stream gets a comment.",
            "least": 0.01,
        },
    )
    lifetime: float = field(
        default=900.0,
        metadata={"help": "Seconds a stream lives before its reader reconnects.", "least": 0.01},
    )
    idle: float = field(
        default=60.0,
        metadata={"help": "Seconds a coverage stays in memory when nobody reads it.", "least": 0},
    )
    workers: int = field(
        default=1,
        metadata={
            "help": "Processes that share the port and the readers.",
            "least": 1,
            "most": 64,
        },
    )
    readers: int = field(
        default=0,
        metadata={
            "help": "Streams that one process holds; 0: as many as open files allow.",
            "least": 0,
        },
    )
    readers_per_address: int = field(
        default=1000,
        metadata={
            "help": "Streams of one address; loopback, where a proxy may be, has no bound.",
            "least": 1,
        },
    )
    proxies: str = field(
        default="127.0.0.1,::1",
        metadata={
            "help": "Proxies whose X-Forwarded-For and -Proto count: addresses, networks, or none.",
            "pattern": r"none|[0-9A-Fa-f.:/, ]+",
        },
    )
    takeover: bool = field(
        default=True,
        metadata={"help": "Write streams to their sockets directly, past the HTTP server."},
    )
    newsroom: str = field(
        default="Dateline",
        metadata={
            "help": "The newsroom's name, on every page and in every feed.",
            "pattern": r"[^\x00-\x1f]{1,80}",
        },
    )
    url: str = field(
        default="",
        metadata={
            "help": "The address that readers know; without it, what each request says.",
            "pattern": r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?",
            "example": "https://live.example.org",
        },
    )
    embeds: bool = field(
        default=True,
        metadata={"help": "Ask other sites for the titles and pictures of embeds."},
    )
    upload_mib: int = field(
        default=50,
        metadata={"help": "MiB that a picture or a document may have.", "least": 1, "most": 1024},
    )
    upload_megapixels: int = field(
        default=120,
        metadata={"help": "Million pixels that a picture may have.", "least": 1, "most": 400},
    )
    upload_hours: float = field(
        default=24.0,
        metadata={"help": "Hours after which an unfinished upload is cleared.", "least": 0.001},
    )
    theme: str = field(
        default="",
        metadata={"help": "Folder of the newsroom's own look: style sheet, templates."},
    )
    security_contact: str = field(
        default="",
        metadata={
            "help": "Whom to tell of a weakness: a mailto:, https: or tel: address.",
            "pattern": r"(mailto:|https://|tel:)[!-~]+",
            "example": "mailto:security@example.org",
        },
    )
    oidc_issuer: str = field(
        default="",
        metadata={
            "help": "Address of the house's own sign-in service (OpenID Connect).",
            "pattern": r"https://[!-~]+|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?",
            "example": "https://login.example.org",
        },
    )
    oidc_client: str = field(
        default="", metadata={"help": "How we are named there.", "example": "dateline"}
    )
    oidc_secret: str = field(
        default="", metadata={"help": "What shows that it is us.", "is_secret": True}
    )
    oidc_name: str = field(
        default="Single sign-on", metadata={"help": "What the service is called on the button."}
    )
    smtp_host: str = field(
        default="",
        metadata={
            "help": "Server that takes letters; without it none are sent. Needs DATELINE_URL.",
            "example": "smtp.example.org",
        },
    )
    smtp_port: int = field(default=587, metadata={"help": "Its port.", "least": 1, "most": 65535})
    smtp_user: str = field(
        default="", metadata={"help": "Name to sign in to it with.", "example": "dateline"}
    )
    smtp_password: str = field(
        default="", metadata={"help": "Password to sign in to it with.", "is_secret": True}
    )
    smtp_encryption: str = field(
        default="starttls",
        metadata={"help": "How it is spoken to.", "pattern": "starttls|tls|none"},
    )
    smtp_sender: str = field(
        default="",
        metadata={
            "help": "Address that letters come from.",
            "pattern": r"[^\s@<>,]+@[^\s@<>,]+",
            "example": "desk@example.org",
        },
    )


def from_environment(
    given: Mapping[str, object], environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings from what was given, else the environment, else the defaults.

    :raises Invalid: a variable does not hold what it should.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for one in fields(Settings):
        if (value := given.get(one.name)) is not None:
            values[one.name] = value
        elif (text := environ.get(PREFIX + one.name.upper())) is not None:
            values[one.name] = _read(one, text)
    settings = Settings(**values)
    _check_letters(settings)
    _check_proxies(settings)
    if settings.oidc_issuer and not settings.oidc_client:
        raise Invalid("DATELINE_OIDC_ISSUER is set, so DATELINE_OIDC_CLIENT has to be, too.")
    return settings


def _check_letters(settings: Settings) -> None:
    if settings.smtp_host and not (settings.url and settings.smtp_sender):
        # What a request calls the server must not get into a letter: whoever asks for a letter to
        # somebody else could put their own address into it.
        raise Invalid(
            "DATELINE_SMTP_HOST is set, so DATELINE_URL and DATELINE_SMTP_SENDER have to be: "
            "letters hold links to the one, and come from the other."
        )


def _check_proxies(settings: Settings) -> None:
    try:
        networks_of(settings.proxies if settings.proxies != "none" else "::1")
    except ValueError as error:
        raise Invalid(
            f"DATELINE_PROXIES is “{settings.proxies}”: {error}. "
            "Name addresses or networks, such as 10.0.0.5,10.1.0.0/16, or none."
        ) from None


def _read(one: "Field[Any]", text: str) -> object:
    kind: Callable[[str], Any] = _flag if one.type is bool else type(one.default)
    least, most = one.metadata.get("least"), one.metadata.get("most")
    pattern = one.metadata.get("pattern", "(?s:.*)")
    try:
        value = kind(text)
        # Blank, a host would mean all addresses, and a folder the one that one happens to be in.
        # Written so that “nan” is refused: it is neither more nor less than anything.
        is_bounded = (least is None or value >= least) and (most is None or value <= most)
        if text.strip() and is_bounded and re.fullmatch(pattern, text):
            return value
    except (ValueError, KeyError):
        pass
    bounds = "" if least is None else f", from {least} to {most}" if most else f", at least {least}"
    shown = "not right" if one.metadata.get("is_secret") else f"“{text}”"
    raise Invalid(
        f"{PREFIX}{one.name.upper()} is {shown}. {one.metadata['help']} "
        f"It has to be such as {one.metadata.get('example', one.default)}{bounds}."
    )


def _flag(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.strip().lower()]

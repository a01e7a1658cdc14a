"""What the server refuses to ask for, and what it refuses to take, over real connections."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from dateline.enrich.fetching import Failed, Fetched, Fetcher, Refused, is_public

from .provider import Provider, providing

HTML = {"text/html"}
PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
    "fe80::1",
    "fe80::1%lo", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "100::1", "nonsense", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::200e"]
URLS = [
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
    "http://017700000001/", "http://127.1/", "http://0/", "http://localhost/", "http://[::1]/",
    "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    "http://169.254.169.254/latest/meta-data/", "http://[fe80::1%25lo]/",
    "http://user:secret@93.184.216.34/", "http://93.184.216.34:22/", "http://93.184.216.34:8080/",
    "file:///etc/passwd", "gopher://93.184.216.34/", "ftp://93.184.216.34/", "//93.184.216.34/",
    "/etc/passwd", "http://", "https:///path", "http://[::1", "http://a..b/\n", "",
]  # fmt: skip


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as made:
        yield made


def fetch(
    fetcher: Fetcher, url: str, types: set[str] = HTML, most: int = 1000, *, cut: bool = False
) -> Fetched:
    return asyncio.run(fetcher.fetch(url, types, most, cut=cut))


def allowing(provider: Provider, **how: float) -> Fetcher:
    return Fetcher(allowed=[("127.0.0.1", provider.port)], **how)


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    """An address that is not the whole internet's is not public, in any way of writing it."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """Ordinary addresses are."""
    assert is_public(address)


@pytest.mark.parametrize("url", URLS)
def test_refused(url: str) -> None:
    """Addresses within, credentials, other ports and other schemes are not asked for."""
    with pytest.raises((Refused, Failed)) as error:
        fetch(Fetcher(), url)
    # Refused, or a name that nobody knows: never a connection that was tried.
    assert error.type is Refused or "gaierror" in str(error.value)


@pytest.mark.parametrize("address", [a for a in PRIVATE if a])
def test_name_of_a_private_address(address: str) -> None:
    """A public name that means a private address is refused, also beside a public one."""

    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34", address]

    with pytest.raises(Refused):
        fetch(Fetcher(resolve=resolve), "https://rebinding.example/")


def test_connects_to_what_was_checked(provider: Provider) -> None:
    """The name is resolved once; the server is asked at that address, by its name."""
    provider.say("/", "hello")
    resolved: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        resolved.append(host)
        return ["127.0.0.1"]

    fetcher = Fetcher(allowed=[("127.0.0.1", provider.port)], resolve=resolve)
    found = fetch(fetcher, provider.url("/", "news.example"))
    assert (found.body, resolved) == (b"hello", ["news.example"])
    assert provider.hosts == [f"news.example:{provider.port}"]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_redirect_within(provider: Provider, to: str) -> None:
    """A redirect is checked like the address itself."""
    provider.redirect("/", to)
    with pytest.raises(Refused):
        fetch(allowing(provider), provider.url("/"))


def test_redirects(provider: Provider) -> None:
    """Three redirects are followed, a fourth is not."""
    for n in range(4):
        provider.redirect(f"/{n}", f"/{n + 1}")
    provider.say("/4", "there")
    assert fetch(allowing(provider), provider.url("/1")).url == provider.url("/4")
    with pytest.raises(Refused):
        fetch(allowing(provider), provider.url("/0"))


def test_size(provider: Provider) -> None:
    """A body above the bound is refused, or cut where its begin is enough."""
    provider.say("/", b"x" * 5_000_000)
    with pytest.raises(Refused):
        fetch(allowing(provider), provider.url("/"))
    assert fetch(allowing(provider), provider.url("/"), cut=True).body == b"x" * 1000


@pytest.mark.parametrize("type_", ["image/svg+xml", "application/octet-stream", "", "text/xml"])
def test_type(provider: Provider, type_: str) -> None:
    """Only what was asked for is taken."""
    provider.say("/", "hello", type_)
    with pytest.raises(Refused):
        fetch(allowing(provider), provider.url("/"))


def test_packed(provider: Provider) -> None:
    """What comes packed, unasked, is not unpacked."""
    provider.say("/", b"\x1f\x8b", content_encoding="gzip")
    with pytest.raises(Refused):
        fetch(allowing(provider), provider.url("/"))


def test_slow(provider: Provider) -> None:
    """One that does not answer in time is given up."""
    answer = threading.Event()

    def wait(path: str) -> None:
        answer.wait(20)

    provider.before = wait
    try:
        with pytest.raises(Failed):
            fetch(allowing(provider, seconds=0.2), provider.url("/"))
    finally:
        answer.set()


@pytest.mark.parametrize(
    ("status", "kind"), [(404, Refused), (403, Refused), (429, Failed), (503, Failed)]
)
def test_status(provider: Provider, status: int, kind: type[Exception]) -> None:
    """What may be there later is asked for again, what is not there is not."""
    provider.pages["/"] = (status, {"content-type": "text/html"}, b"")
    with pytest.raises(kind):
        fetch(allowing(provider), provider.url("/"))

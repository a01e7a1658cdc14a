"""Fetches what others have put on the web, and nothing that is only for this machine's network.

Whoever publishes can make the server ask for an address, and any answer can lead it elsewhere. So
the name is resolved here, the address is checked, and that very address is connected to: a name
that means another one a moment later changes nothing. Each redirect goes the same way.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urljoin

import httpx2
from msgspec import Struct

CONNECT_SECONDS, SECONDS = 5.0, 10.0
MOST_REDIRECTS = 3
MOST_AT_ONCE = 2
_REDIRECTS = {301, 302, 303, 307, 308}
_PORTS = {"http": 80, "https": 443}
_UNICAST = IPv6Network("2000::/3")
# Addresses within these lead on to IPv4 addresses (6to4, Teredo); NAT64's are not unicast's.
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))
_AGENT = "Dateline (link cards)"

Resolve = Callable[[str, int], Awaitable[list[str]]]


class Refused(Exception):
    """It can't be had, and asking again would not help."""


class Failed(Exception):
    """It can't be had now."""


class Fetched(Struct, frozen=True):
    """`url` is where it was found, after redirects; `type` its media type, in small letters."""

    url: str
    type: str
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address is one that the whole internet knows as the same machine."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip not in _UNICAST or any(ip in one for one in _TUNNELS)):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


async def resolve(host: str, port: int) -> list[str]:
    """What the system says a name means."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Fetcher:
    """Asks other servers, a few at once.

    :param allowed: (address, port) pairs that may be asked although they are not public. For tests
        alone: no setting leads here.
    """

    def __init__(
        self,
        *,
        allowed: Collection[tuple[str, int]] = (),
        resolve: Resolve = resolve,
        seconds: float = SECONDS,
    ) -> None:
        self._allowed = frozenset(allowed)
        self._resolve = resolve
        self._seconds = seconds
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    async def fetch(
        self, url: str, types: Collection[str], most: int, *, cut: bool = False
    ) -> Fetched:
        """What is at an address, if it is of one of these media types and at most so many bytes.

        :param cut: of more than that, the begin is enough.
        :raises Refused: it is not to be asked for, or is something else.
        :raises Failed: it did not answer, or not in time.
        """
        async with self._places:
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._follow(url, types, most, cut)
            except TimeoutError as error:
                raise Failed("it took too long") from error
            except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
                raise Failed(f"{type(error).__name__} {error}".strip()) from error
            except (httpx2.InvalidURL, ValueError) as error:
                raise Refused(str(error)) from error

    async def _follow(self, url: str, types: Collection[str], most: int, cut: bool) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._ask(url, types, most, cut)
            if isinstance(found, Fetched):
                return found
            url = urljoin(url, found)
        raise Refused("it redirects too often")

    async def _ask(self, url: str, types: Collection[str], most: int, cut: bool) -> Fetched | str:
        asked = httpx2.URL(url)
        address = await self._checked(asked)
        host = asked.raw_host.decode("ascii")
        headers = {
            "host": asked.netloc.decode("ascii"),
            "user-agent": _AGENT,
            "accept": ", ".join(sorted(types)),
            # Packed, a small answer could be endless.
            "accept-encoding": "identity",
        }
        timeout = httpx2.Timeout(self._seconds, connect=CONNECT_SECONDS)
        # A client for each: nothing is kept of one answer (cookies, connections) for the next. The
        # environment's proxies would resolve the name themselves.
        async with (
            httpx2.AsyncClient(trust_env=False, timeout=timeout) as client,
            client.stream(
                "GET",
                asked.copy_with(host=address, fragment=None),
                headers=headers,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return str(answer.headers["location"])
            _check(answer, types)
            return Fetched(url, _type(answer), await _body(answer, most, cut))

    async def _checked(self, url: httpx2.URL) -> str:
        if url.scheme not in _PORTS or not url.host:
            raise Refused("it is no web address")
        if url.userinfo:
            raise Refused("it has a password in it")
        port = url.port or _PORTS[url.scheme]
        found = await self._resolve(url.raw_host.decode("ascii").strip("[]"), port)
        if not found:
            raise Failed("nobody knows that host")
        for address in found:
            if (address, port) in self._allowed:
                continue
            # Only the usual ports: others belong to services that are not the web.
            if port not in _PORTS.values() or not is_public(address):
                raise Refused("it is not on the public web")
        return found[0]


def _check(answer: httpx2.Response, types: Collection[str]) -> None:
    status = answer.status_code
    if status == 429 or status >= 500:
        raise Failed(f"it answers {status}")
    if status != 200:
        raise Refused(f"it answers {status}")
    if _type(answer) not in types:
        raise Refused(f"it is {_type(answer) or 'of no type'}")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Refused("it is packed")


def _type(answer: httpx2.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


async def _body(answer: httpx2.Response, most: int, cut: bool) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > most:
            if not cut:
                raise Refused("it is too large")
            break
    return bytes(body[:most])

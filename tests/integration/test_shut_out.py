"""Who is shut out loses the streams they have open within two seconds, whichever worker has them,
and whichever process shut them out; everybody else keeps theirs."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx2
import pytest

from api.people import COOKIE, Someone, somebody, token_of
from integration.conftest import Start
from integration.readers import Stream
from integration.server import Server
from integration.test_desk_stream import Watcher, ask, watching
from integration.wire import connected
from integration.writers import Desk

pytestmark = pytest.mark.anyio
STREAMS = 4
"""Enough that both workers have some."""


class House:
    """A server with two coverages, one of them a rehearsal, and who runs them."""

    def __init__(self, server: Server, client: httpx2.Client, slug: str) -> None:
        self.server = server
        self.client = client
        self.token = server.token()
        self.slug, self.rehearsal = slug, f"{slug}-rehearsal"
        self.ada = somebody(server, client, "administrator")

    async def open(self) -> None:
        await Desk(self.server.port, self.token, self.slug).open()
        body = {"slug": self.rehearsal, "title": "x", "timezone": "UTC", "rehearsal": True}
        await ask(self.server, self.token, "POST", "/api/coverages", body)

    def member(self, role: str) -> Someone:
        """Somebody who is nothing for the house but in these coverages."""
        person = somebody(self.server, self.client, "contributor")
        for slug in (self.slug, self.rehearsal):
            path = f"/api/coverages/{slug}/members/{person.id}"
            assert self.ada.send("PUT", path, {"role": role}).status_code == 200
        return person

    def guest(self) -> Someone:
        """Somebody who came by an invitation."""
        path = f"/api/coverages/{self.slug}/invitations"
        url = self.ada.send("POST", path, {"label": "Tom"}).json()["url"]
        guest = Someone(self.client, "")
        answer = guest.post_form("/desk/join", {"token": token_of(url), "name": "Tom Maes"})
        assert answer.status_code == 303, answer.text
        guest.keep(answer)
        return guest

    def sees_nothing(self, person: Someone, slug: str) -> bool:
        answer = person.send("GET", f"/api/desk/stream?coverage={slug}")
        return answer.status_code in (401, 403)


@pytest.fixture
async def house(start: Start, slug: str, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    server = start(workers=getattr(request, "param", 2))
    with httpx2.Client(base_url=server.address, timeout=30) as client:
        house = House(server, client, slug)
        await house.open()
        yield house


def close_the_account(house: House, person: Someone) -> None:
    answer = house.ada.send("PATCH", f"/api/people/{person.id}", {"closed": True})
    assert answer.status_code == 200, answer.text


def sign_them_out(house: House, person: Someone) -> None:
    assert house.ada.send("POST", f"/api/people/{person.id}/sign-out").is_success


def sign_out_everywhere(house: House, person: Someone) -> None:
    form = {"csrf": person.csrf, "everywhere": "1"}
    assert person.post_form("/desk/sign-out", form).status_code == 303


def close_by_command(house: House, person: Someone) -> None:
    assert house.server.command("user", "disable", person.email).returncode == 0


def take_the_part(house: House, person: Someone) -> None:
    for slug in (house.slug, house.rehearsal):
        path = f"/api/coverages/{slug}/members/{person.id}"
        assert house.ada.send("DELETE", path).status_code == 204


Shut = Callable[[House, Someone], None]
WAYS: list[Shut] = [
    close_the_account, sign_them_out, sign_out_everywhere, close_by_command, take_the_part,
]  # fmt: skip


@pytest.mark.parametrize("house", [1, 2], indirect=True, ids=["one worker", "two workers"])
async def test_the_desk_streams_of_who_is_shut_out_end(house: House) -> None:
    """By whatever way; they have left the coverage then, and don't come in again. The desk streams
    of others stay open all the while."""
    async with watching(house.server, house.token, house.slug) as other:
        for number, shut in enumerate(WAYS):
            person = house.member("reporter")
            device = f"phone-{number}"
            async with AsyncExitStack() as stack:
                streams = [
                    await stack.enter_async_context(desk_stream(house, person, device))
                    for _ in range(STREAMS)
                ]
                person.send("POST", f"/api/coverages/{house.slug}/presence", {"device": device})
                await other.until("presence", people=[{**_there(person), "editing": None}])
                # The server has the streams open; what is done to it is done from elsewhere.
                await asyncio.to_thread(shut, house, person)
                await all_end(streams)
            await other.until("presence", people=[])
            assert house.sees_nothing(person, house.slug)


async def test_a_guest_is_shut_out(house: House) -> None:
    """Who came by an invitation loses the stream when it is revoked."""
    guest = house.guest()
    path = f"/api/coverages/{house.slug}/invitations"
    (invitation,) = house.ada.send("GET", path).json()["invitations"]
    async with desk_stream(house, guest, "phone") as stream:
        revoked = house.ada.send("DELETE", f"{path}/{invitation['id']}")
        assert revoked.status_code == 204
        await all_end([stream])
    assert house.sees_nothing(guest, house.slug)


async def test_who_may_do_something_else_comes_back(house: House) -> None:
    """The stream ends, so that the next one tells of what they may see from now on."""
    person = house.member("reporter")
    async with desk_stream(house, person, "phone") as stream:
        path = f"/api/coverages/{house.slug}/members/{person.id}"
        assert house.ada.send("PUT", path, {"role": "editor"}).status_code == 200
        await all_end([stream])
    async with desk_stream(house, person, "phone") as stream:
        await Watcher(stream.connection, house.slug).until("presence")


@pytest.mark.parametrize("shut", [close_the_account, take_the_part])
async def test_the_readers_streams_of_a_rehearsal_end(house: House, shut: Shut) -> None:
    """Of who is shut out, and of nobody else; a public coverage's goes on for them as well."""
    person, other = house.member("viewer"), house.member("viewer")
    async with AsyncExitStack() as stack:
        theirs = [
            await stack.enter_async_context(reading(house, person, house.rehearsal))
            for _ in range(STREAMS)
        ]
        public = await stack.enter_async_context(reading(house, person, house.slug))
        others = await stack.enter_async_context(reading(house, other, house.rehearsal))
        await asyncio.to_thread(shut, house, person)
        await all_end(theirs)
        for slug, stream in ((house.slug, public), (house.rehearsal, others)):
            path = f"/api/coverages/{slug}"
            seq = (await ask(house.server, house.token, "PATCH", path, {"title": "Anew"}))["seq"]
            await stream.reaches(seq)
    answer = person.send("GET", f"/live/{house.rehearsal}/stream")
    assert answer.status_code == 404


@pytest.mark.parametrize("house", [1, 2], indirect=True, ids=["one worker", "two workers"])
async def test_a_token_that_is_revoked(house: House) -> None:
    """Its streams end, the desk's and those of a rehearsal's page; those of another token don't."""
    token = house.server.token("a screen in the newsroom")
    rehearsal = f"/live/{house.rehearsal}/stream?after=0"
    async with AsyncExitStack() as stack:
        theirs, others = [
            [
                await stack.enter_async_context(by_token(house, held, target))
                for target in (f"/api/desk/stream?coverage={house.slug}", rehearsal) * 2
            ]
            for held in (token, house.token)
        ]
        await asyncio.to_thread(revoke, house, token)
        await all_end(theirs)
        path = f"/api/coverages/{house.rehearsal}"
        seq = (await ask(house.server, house.token, "PATCH", path, {"title": "Anew"}))["seq"]
        for stream in others[1::2]:
            await stream.reaches(seq)
    for target, status in ((f"/api/desk/stream?coverage={house.slug}", 401), (rehearsal, 404)):
        headers = {"authorization": f"Bearer {token}"}
        assert house.client.get(target, headers=headers).status_code == status


def revoke(house: House, token: str) -> None:
    token_id = hashlib.sha256(token.encode()).hexdigest()[:16]
    assert house.server.command("token", "revoke", token_id).returncode == 0


def _there(person: Someone) -> dict[str, str]:
    me = person.send("GET", "/api/me").json()
    return {"id": me["id"], "name": me["name"]}


@asynccontextmanager
async def desk_stream(house: House, person: Someone, device: str) -> AsyncIterator[Stream]:
    target = f"/api/desk/stream?coverage={house.slug}&device={device}"
    async with _streaming(house, person, target) as stream:
        yield stream


@asynccontextmanager
async def reading(house: House, person: Someone, slug: str) -> AsyncIterator[Stream]:
    async with _streaming(house, person, f"/live/{slug}/stream?after=0") as stream:
        yield await stream.until(lambda one: one.got)


@asynccontextmanager
async def _streaming(house: House, person: Someone, target: str) -> AsyncIterator[Stream]:
    async with _opened(house, target, {"cookie": f"{COOKIE}={person.cookie}"}) as stream:
        yield stream


@asynccontextmanager
async def by_token(house: House, token: str, target: str) -> AsyncIterator[Stream]:
    async with _opened(house, target, {"authorization": f"Bearer {token}"}) as stream:
        yield stream


@asynccontextmanager
async def _opened(house: House, target: str, headers: dict[str, str]) -> AsyncIterator[Stream]:
    async with connected(house.server.port) as connection:
        answer = await connection.begin("GET", target, headers=headers)
        assert answer.status == 200, answer
        yield Stream(connection, answer)


async def all_end(streams: list[Stream]) -> None:
    """Each is ended by the server, as a complete answer; on a quiet machine within two seconds."""
    await asyncio.gather(*(stream.to_the_end() for stream in streams))
    assert all(stream.connection.ended_cleanly for stream in streams)

"""One real server for all tests of the API; each test opens coverages of its own."""

from collections.abc import Iterator

import httpx2
import pytest

from integration.server import Server, serving

from .newsroom import Coverage, Newsroom


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("api") / "data") as running:
        (running.data / "media").mkdir()
        yield running


@pytest.fixture(scope="session")
def token(server: Server) -> str:
    return server.token()


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.address, timeout=30) as made:
        yield made


@pytest.fixture
def newsroom(client: httpx2.Client, token: str) -> Newsroom:
    return Newsroom(client, token)


@pytest.fixture
def stranger(client: httpx2.Client) -> Newsroom:
    """Somebody without a token."""
    return Newsroom(client, None)


@pytest.fixture
def coverage(newsroom: Newsroom) -> Coverage:
    return newsroom.open()

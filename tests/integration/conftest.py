"""Servers for the tests: one for a module's small questions, one of its own for rough treatment."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from integration.server import Server, serving

Start = Callable[..., Server]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a module; each opens a coverage of its own."""
    with serving(tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    return server.token()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a server with settings of its own (names without `DATELINE_`)."""
    with ExitStack() as stack:

        def _start(data: Path | None = None, **settings: object) -> Server:
            named: Mapping[str, str] = {
                f"DATELINE_{name.upper()}": str(value) for name, value in settings.items()
            }
            return stack.enter_context(serving(data or tmp_path / "data", settings=named))

        yield _start


@pytest.fixture
def slug(request: pytest.FixtureRequest) -> str:
    """A coverage's name that no other test of the module has."""
    name = "".join(c if c.isalnum() else "-" for c in request.node.name.lower())
    return "-".join(part for part in name.split("-") if part)[:80] + f"-{os.getpid()}"

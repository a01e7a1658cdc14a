"""Where a server listens, and how many connections it may have."""

import errno
import resource
import socket

from dateline.domain.errors import Unavailable

RESERVED_FILES = 256


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """A socket for each worker, all at one address: the kernel spreads the readers over them."""
    sockets: list[socket.socket] = []
    try:
        if count > 1:
            # Alone at first: a port that is shared on purpose would not tell of another server.
            with _bound(host, port) as alone:
                port = alone.getsockname()[1]
        for _ in range(count):
            sockets.append(_bound(host, port, shared=count > 1))
    except (OSError, OverflowError) as error:
        for one in sockets:
            one.close()
        raise Unavailable(f"Can't listen on {host}:{port}: {error}. {_advice(error)}") from error
    return sockets


def _advice(error: Exception) -> str:
    if isinstance(error, socket.gaierror) or getattr(error, "errno", 0) == errno.EADDRNOTAVAIL:
        return "Name an address of this machine with --host, such as 127.0.0.1 or 0.0.0.0."
    return "Stop what is there, or choose another with --port."


def _bound(host: str, port: int, *, shared: bool = False) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind((host, port))
    except BaseException:
        made.close()
        raise
    return made


def address_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def raise_file_limit() -> None:
    """As many readers as the system allows: each takes a file descriptor."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def most_readers() -> int:
    """How many there is room for; the rest of the open files is for pages, the desk, the log."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - RESERVED_FILES

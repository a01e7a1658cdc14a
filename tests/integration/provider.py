"""A site that posts embed: a real HTTP server on loopback that answers as it was told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


class Provider:
    """`pages`: path -> status, headers, body. `asked`: the paths that were asked for, in order."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = int(server.server_address[1])
        self.pages: dict[str, Answer] = {}
        self.before: Callable[[str], None] = lambda path: None
        self.asked: list[str] = []
        self.hosts: list[str] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def say(self, path: str, body: bytes | str, type_: str = "text/html", **headers: str) -> None:
        told = body.encode() if isinstance(body, str) else body
        self.pages[path] = (200, {"content-type": type_, **headers}, told)

    def redirect(self, path: str, to: str) -> None:
        self.pages[path] = (302, {"location": to}, b"")


@contextmanager
def providing() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            provider.asked.append(self.path)
            provider.hosts.append(self.headers["host"])
            provider.before(path)
            status, headers, body = provider.pages.get(path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider = Provider(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Somebody else's site: pages on an origin of their own, with a policy that trusts one server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAVICON = '<link rel="icon" href="data:,">'


class Host:
    """Pages by their path. `server` is the one that they may load scripts and words from."""

    def __init__(self, address: str, server: str) -> None:
        self.address = address
        self.pages: dict[str, str] = {}
        # As a careful newspaper has it: nothing inline, nothing evaluated, nobody but us.
        self.policy = (
            f"default-src 'none'; script-src {server}; connect-src {server}; frame-src {server};"
            f" img-src {server} data:; style-src 'self'; base-uri 'none'; form-action 'none'"
        )

    def page(self, path: str, body: str, style: str = "") -> str:
        """Put a page there; its path."""
        self.pages[path] = (
            f'<!doctype html><html lang="en"><head><title>The host</title>{FAVICON}'
            f'<link rel="stylesheet" href="{path}.css"></head>'
            f"<body><main><h1>The host</h1>{body}</main></body></html>"
        )
        self.pages[f"{path}.css"] = style
        return path


@contextmanager
def hosting(server: str) -> Iterator[Host]:
    """A site on a free port, for as long as it is used."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = host.pages.get(self.path, "").encode()
            self.send_response(200 if self.path in host.pages else 404)
            kind = "text/css" if self.path.endswith(".css") else "text/html; charset=utf-8"
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", host.policy)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """What was asked for is no news."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        host = Host(f"http://127.0.0.1:{listening.server_port}", server)
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield host
        finally:
            listening.shutdown()

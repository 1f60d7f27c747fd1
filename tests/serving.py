"""Small servers of the tests' own on loopback: what they say is each test's; that they run, keep quiet and count is said here."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MADE_UP = "listkeeper-link-check"
"""What the URL of a soft-404 probe has in it."""


class Answering(BaseHTTPRequestHandler):
    """Sends whole answers, each at once, and writes no log."""

    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.get()

    def get(self) -> None:
        raise NotImplementedError

    def answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def serving(handler: type[Answering]) -> Iterator[ThreadingHTTPServer]:
    """A running server with its address as `base`, and `asked` for the handler to note what it was asked for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.asked = []  # type: ignore[attr-defined]
        running.base = f"http://127.0.0.1:{running.server_address[1]}"  # type: ignore[attr-defined]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()

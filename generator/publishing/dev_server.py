"""A development server: serves files from memory on 127.0.0.1 and reloads open pages when they change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition
from urllib.parse import unquote, urlsplit

__all__ = ["HOST", "DevServer"]

HOST = "127.0.0.1"
_EVENTS_PATH = "/-/changes"
_HEARTBEAT = 15.0
"""Seconds between keep-alive comments, which also find closed connections."""
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "xml": "application/xml"}
_HOST_NAMES = frozenset({HOST, "localhost"})


class DevServer:
    """An HTTP server for files in memory; thread-safe."""

    def __init__(self, port: int = 0) -> None:
        """Listen on `port`, or on a free one for 0. Raises `OSError` if the port is in use."""
        self._files: Mapping[str, str] = {}
        self._event = ""
        self._version = 0
        self._changed = Condition()
        self._closed = False
        server = self

        class Handler(_Handler):
            owner = server

        self._server = ThreadingHTTPServer((HOST, port), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """The URL of the server."""
        return f"http://{HOST}:{self._server.server_port}/"

    def show(self, files: Mapping[str, str], problems: str = "") -> None:
        """Replace the files (texts by path) and the problems shown on top of them; open pages reload."""
        with self._changed:
            self._files, self._version = dict(files), self._version + 1
            self._event = json.dumps({"version": self._version, "problems": problems})
            self._changed.notify_all()

    def run(self) -> None:
        """Serve until `close` is called."""
        self._server.serve_forever(poll_interval=0.1)

    def close(self) -> None:
        """Stop the server; `run` returns."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def file(self, path: str) -> bytes | None:
        """The bytes of the file at a path; None where there is none."""
        with self._changed:
            text = self._files.get(path)
        return None if text is None else text.encode()

    def next_event(self, known: int) -> tuple[int, str] | None:
        """Wait for a version other than `known`: its number and JSON; after a timeout `known` and ""; None once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._version != known, _HEARTBEAT)
            return None if self._closed else (self._version, self._event if self._version != known else "")


class _Handler(BaseHTTPRequestHandler):
    owner: DevServer

    def do_GET(self) -> None:
        # DNS rebinding: another site's host name may point to this machine, but its requests carry that name.
        if (self.headers.get("Host") or "").rpartition(":")[0] not in _HOST_NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = unquote(urlsplit(self.path).path)
        if path == _EVENTS_PATH:
            self._send_events()
            return
        name = path.removeprefix("/") or "index.html"
        body = self.owner.file(name)
        if body is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{_TYPES.get(name.rpartition('.')[2], 'text/plain')}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _send_events(self) -> None:
        """Send a server-sent event for each change of the files."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known = 0
        try:
            while next_event := self.owner.next_event(known):
                known, text = next_event
                self.wfile.write(f"data: {text}\n\n".encode() if text else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the browser closed the connection

    def log_message(self, *_args: object) -> None:
        """Log no requests."""

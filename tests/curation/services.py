"""A stand-in for the services on loopback: it answers in their format and records every request."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.curation.envelopes import NO_DATACITE, SELECTS, WITNESS, crossref, feed, github_says, invalid, listed


class Services:
    """Answers by path: (status, headers, body), or a body. `asked` are the requested paths with queries, `headers` their headers."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.papers: dict[str, str] = {}
        self.works: dict[str, dict[str, object]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.port = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def settings(self, **more: str) -> str:
        names = {
            "arxiv": "/arxiv",
            "crossref": "/works",
            "datacite": "/dois",
            "github": "/github",
            "youtube": "/oembed",
            "gitlab": "/gitlab",
            "codeberg": "/codeberg",
        }
        rows = "".join(f"    {name}: {more.get(name) or self.url(path)}\n" for name, path in names.items())
        return (
            "title: Lists\ncheck:\n  pace: none\n  contact: keeper@example.org\n  allow_private: [127.0.0.0/8]\n"
            f"  endpoints:\n{rows}"
        )

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        where = urlsplit(path)
        found = self.answers.get(path, self.answers.get(where.path))
        if callable(found):
            found = found(path)
        if found is None:
            found = self._usual(where.path, parse_qs(where.query))
        status, headers, body = found if isinstance(found, tuple) else (200, {}, found)
        if isinstance(body, dict | list):
            headers, body = {"Content-Type": "application/json"} | headers, json.dumps(body).encode()
        return status, headers, body.encode() if isinstance(body, str) else body

    def _usual(self, path, query):
        if path == "/arxiv":
            ids = query["id_list"][0].split(",")
            found = [WITNESS if key == "1706.03762" and key not in self.papers else self.papers.get(key) for key in ids]
            return 200, {"Content-Type": "application/atom+xml; charset=utf-8"}, feed(*filter(None, found))
        if path == "/works":
            return self._many(query)
        if path.startswith("/works/"):
            found = self.works.get(unquote(path.removeprefix("/works/")))
            return crossref(found) if found else (404, {"Content-Type": "text/plain"}, "Resource not found.")
        if path.startswith("/github/"):
            return github_says(404, "Not Found")
        return NO_DATACITE if path.startswith("/dois/") else (404, {"Content-Type": "text/plain"}, "Not Found")

    def _many(self, query):
        """Crossref's list: the works that a filter names, with the selected fields."""
        selected = query["select"][0].split(",") if "select" in query else sorted(SELECTS)
        for one in selected:
            if one not in SELECTS:
                said = f"Select element {one} specified but there is no such select. Valid selects are: {', '.join(SELECTS)}"
                return 400, {}, invalid("element-not-available", one, said)
        keys = [part.partition(":")[2] for part in query["filter"][0].split(",")]
        found = [self.works[key] for key in keys if key in self.works]
        return listed(*({key: one[key] for key in selected if key in one} for one in found), rows=int(query["rows"][0]))


@contextmanager
def serving() -> Iterator[Services]:
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            services.asked.append(self.path)
            services.headers.append(dict(self.headers.items()))
            status, headers, body = services.answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that http.server calls

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    services.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def collection(folder: Path, settings: str, **topics: str) -> Path:
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "lists" / "_collection.yaml").write_text(settings, encoding="utf-8")
    for name, text in topics.items():
        (folder / "lists" / f"{name.replace('_', '-')}.yaml").write_bytes(text.encode())
    return folder

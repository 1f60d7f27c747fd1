"""A stand-in for the services, on the loopback: their real envelopes, filled with made-up works, and every question written down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'


def paper(key, title, authors=("Ada Lovelace",), published="2018-03-01", doi="", journal="", summary="We show it.", version=1):
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in authors)
    more = f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{doi}</arxiv:doi>' if doi else ""
    if journal:
        more += f'<arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(journal)}</arxiv:journal_ref>'
    return (
        f"<entry><id>http://arxiv.org/abs/{key}v{version}</id><updated>2020-01-01T00:00:00Z</updated>"
        f"<published>{published}T18:37:24Z</published><title>{escape(title)}</title><summary>{escape(summary)}</summary>"
        f'{people}{more}<link href="http://arxiv.org/abs/{key}v{version}" rel="alternate" type="text/html"/>'
        '<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="stat.ML"/></entry>'
    )


def feed(*papers, total=None):
    count = len(papers) if total is None else total
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + ATOM
        + "<title>ArXiv Query</title><updated>2026-11-20T00:00:00-05:00</updated>"
        f"<opensearch:totalResults>{count}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>"
        f"<opensearch:itemsPerPage>{count}</opensearch:itemsPerPage>"
    )
    return (head + "".join(papers) + "</feed>").encode()


WITNESS = paper("1706.03762", "Attention Is All You Need", published="2017-06-12", version=7)


def work(doi, title, **more):
    given = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title] if isinstance(title, str) else title,
        "author": [{"given": "Ada", "family": "Lovelace", "sequence": "first", "affiliation": []}],
        "container-title": ["Annals of Engines"],
        "issued": {"date-parts": [[2019, 2, 12]]},
        "publisher": "Engine Press",
        "score": 1,
    }
    return {key: value for key, value in (given | more).items() if value is not None}


def crossref(item):
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": item}


def datacite(doi, **more):
    given = {
        "doi": doi,
        "titles": [{"title": "Une traduction", "titleType": "TranslatedTitle"}, {"title": "Measured Engines"}],
        "creators": [
            {"name": "Lovelace, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Lovelace"},
            {"name": "Engine Society", "nameType": "Organizational"},
        ],
        "publisher": "Zenodo",
        "publicationYear": 2021,
        "types": {"resourceTypeGeneral": "Dataset", "schemaOrg": "Dataset"},
        "container": {},
        "relatedIdentifiers": [],
    }
    return {"data": {"id": doi, "type": "dois", "attributes": given | more}}


def repository(full_name, **more):
    owner, name = full_name.split("/")
    return {
        "id": 1, "name": name, "full_name": full_name, "private": False, "html_url": f"https://github.com/{full_name}",
        "description": "Not ours to copy", "owner": {"login": owner}, "archived": False,
    } | more  # fmt: skip


class Services:
    """Answers by path: (status, headers, body), or a body alone. `asked` are the paths with their queries, `headers` what came along."""

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
        names = {"arxiv": "/arxiv", "crossref": "/works", "datacite": "/dois", "github": "/github", "youtube": "/oembed"}
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
            return 200, {"Content-Type": "application/atom+xml"}, feed(*filter(None, found))
        if path == "/works":
            keys = [part.removeprefix("doi:") for part in query["filter"][0].split(",")]
            items = [self.works[key] for key in keys if key in self.works]
            return crossref({"total-results": len(items), "items": items}) | {"message-type": "work-list"}
        if path.startswith("/works/") and (found := self.works.get(unquote(path.removeprefix("/works/")))):
            return crossref(found)
        return 404, {"Content-Type": "text/plain"}, "Resource not found."


@contextmanager
def serving() -> Iterator[Services]:
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            services.asked.append(self.path)
            services.headers.append(dict(self.headers.items()))
            status, headers, body = services.answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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

"""A stand-in for GitHub's REST interface on loopback: as much of it as we use, and it refuses what GitHub refuses.

401 without the token, 403 (in a private repository 404) without the permission that the job declares, 404 for every other path, 410
where issues are switched off, 422 for what GitHub calls invalid (bodies over 65,536 characters, titles over 256, unknown states), 30
items a page with a Link to the next one. `limits` are answers of its rate limits, in their order.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "reader/lists"
TOKEN = "token-of-this-run"  # the stand-in's own
BOT = "github-actions[bot]"
PAGE = 30
_LISTED = {"state": "open", "sort": "created", "direction": "desc"}
"""The parameters of the list of issues, with GitHub's defaults."""


@dataclass
class GitHub:
    """The content of the repository, the writes to it, and the permissions of the token."""

    permissions: Mapping[str, str] = field(default_factory=dict)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    writes: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    site: dict[str, Any] | None = None
    """GitHub's answer about the repository's Pages; None if it has none."""
    private: bool = False
    """Whether the repository is private: without a permission it seems not to be there."""
    issues_off: bool = False
    limits: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    """Status, headers and message of the next answers."""
    sick: int = 0
    """The number of next requests that are answered with 502."""
    base: str = ""

    def issue(self, *, title: str = "An issue", body: str = "", login: str = "reader", **more: Any) -> int:
        """Add an existing issue."""
        number = len(self.issues) + len(self.pulls) + 1
        self.issues[number] = {
            "number": number,
            "title": title,
            "body": body,
            "state": "open",
            "user": {"login": login},
            **more,
        }
        return number

    def pull(self, sha: str, *, state: str = "open") -> int:
        """A pull request whose head is a commit. GitHub lists it among the issues, too."""
        number = self.issue(title="A pull request", pull_request={"url": "..."})
        self.pulls[number] = {"number": number, "state": state, "head": {"sha": sha}}
        return number

    def comment(self, number: int, body: str, login: str = BOT) -> int:
        """Add an existing comment."""
        ident = 1000 + len(self.comments)
        self.comments[ident] = {"id": ident, "issue": number, "body": body, "user": {"login": login}}
        return ident

    def open(self) -> list[dict[str, Any]]:
        """The open issues of the bot."""
        return [one for one in self.issues.values() if one["state"] == "open" and one["user"]["login"] == BOT]

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        """The answer to a request: a status and the data."""
        routes = {
            ("GET", r"/repos/reader/lists/pages"): (self._site, "pages", "read"),
            ("GET", r"/repos/reader/lists/issues"): (self._list, "issues", "read"),
            ("POST", r"/repos/reader/lists/issues"): (self._open, "issues", "write"),
            ("PATCH", r"/repos/reader/lists/issues/(\d+)"): (self._edit, "issues", "write"),
            ("GET", r"/repos/reader/lists/pulls/(\d+)"): (self._pull, "pull-requests", "read"),
            ("GET", r"/repos/reader/lists/issues/(\d+)/comments"): (self._comments, "pull-requests", "read"),
            ("POST", r"/repos/reader/lists/issues/(\d+)/comments"): (self._say, "pull-requests", "write"),
            ("PATCH", r"/repos/reader/lists/issues/comments/(\d+)"): (self._resay, "pull-requests", "write"),
        }
        for (verb, pattern), (act, permission, needed) in routes.items():
            found = re.fullmatch(pattern, path)
            if not found or verb != method:
                continue
            if self.permissions.get(permission) not in {needed, "write"}:
                if self.private:
                    return 404, {"message": "Not Found"}
                return 403, {"message": "Resource not accessible by integration"}
            if self.issues_off and permission == "issues":
                return 410, {"message": "Issues has been disabled in this repository."}
            if method != "GET":
                self.writes.append((method, path))
            return act(*map(int, found.groups()), query=query, body=body)
        return 404, {"message": "Not Found"}

    def _site(self, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        return (200, self.site) if self.site else (404, {"message": "Not Found"})

    def _list(self, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        state, sort, direction = (query.get(name, [usual])[0] for name, usual in _LISTED.items())
        found = [one for one in self.issues.values() if state in {one["state"], "all"}]
        key = {"created": "number", "updated": "updated"}[sort]
        return 200, sorted(found, key=lambda one: one.get(key, 0), reverse=direction == "desc")

    def _open(self, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        flaw = _flaw(body) or ("title is missing" if not body.get("title") else "")
        if flaw:
            return 422, {"message": f"Validation Failed: {flaw}"}
        number = self.issue(title=body["title"], body=body.get("body", ""), login=BOT)
        return 201, self.issues[number]

    def _edit(self, number: int, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if number not in self.issues:
            return 404, {"message": "Not Found"}
        if _flaw(body):
            return 422, {"message": f"Validation Failed: {_flaw(body)}"}
        self.issues[number] |= body | {"updated": max(one.get("updated", 0) for one in self.issues.values()) + 1}
        return 200, self.issues[number]

    def close(self, number: int, reason: str = "completed") -> None:
        """Close an issue as a maintainer does."""
        self._edit(number, query={}, body={"state": "closed", "state_reason": reason})

    def _pull(self, number: int, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        return (200, self.pulls[number]) if number in self.pulls else (404, {"message": "Not Found"})

    def _comments(self, number: int, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if number not in self.issues:
            return 404, {"message": "Not Found"}
        return 200, [one for one in self.comments.values() if one["issue"] == number]

    def _say(self, number: int, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if number not in self.issues:
            return 404, {"message": "Not Found"}
        if _flaw(body) or not body.get("body"):
            return 422, {"message": f"Validation Failed: {_flaw(body) or 'body is empty'}"}
        return 201, self.comments[self.comment(number, body["body"])]

    def _resay(self, ident: int, *, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if ident not in self.comments:
            return 404, {"message": "Not Found"}
        if _flaw(body):
            return 422, {"message": f"Validation Failed: {_flaw(body)}"}
        self.comments[ident] |= body
        return 200, self.comments[ident]


def _flaw(body: Any) -> str:
    if not isinstance(body, dict):
        return "no object"
    unknown = set(body) - {"title", "body", "state", "state_reason"}
    if unknown:
        return f"unknown {unknown}"
    if len(body.get("body", "")) > 65_536:
        return "body is too long (maximum is 65536 characters)"
    if len(body.get("title", "")) > 256:
        return "title is too long (maximum is 256 characters)"
    if body.get("state", "open") not in {"open", "closed"}:
        return "state is unknown"
    if body.get("state_reason", "completed") not in {"completed", "not_planned", "reopened", None}:
        return "state_reason is unknown"
    return ""


@contextmanager
def serving(github: GitHub) -> Iterator[GitHub]:
    """Run the stand-in; `github.base` is its GITHUB_API_URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            github.asked.append(f"{self.command} {self.path}")
            links, more = "", dict[str, str]()
            if github.limits:
                status, more, message = github.limits.pop(0)
                data: Any = {"message": message}
            elif github.sick:
                github.sick -= 1
                status, data = 502, {"message": "Bad gateway"}
            elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, data = 401, {"message": "Bad credentials"}
            else:
                status, data = github.answer(self.command, parts.path, query, json.loads(raw) if raw else {})
            if isinstance(data, list):
                page = int(query.get("page", ["1"])[0])
                following = parts._replace(
                    query="&".join([*(f"{k}={v[0]}" for k, v in query.items() if k != "page"), f"page={page + 1}"])
                )
                links = f'<{github.base}{following.geturl()}>; rel="next"' if len(data) > page * PAGE else ""
                data = data[(page - 1) * PAGE : page * PAGE]
            body = json.dumps(data).encode()
            self.send_response(status)
            if links:
                self.send_header("Link", f'<{github.base}/first>; rel="first", {links}')
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _do  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    github.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""GitHub's REST interface: one conversation, over `linkcheck.net.http` as all our HTTP. Whatever happens is in the `Answer`.

The token goes to the one origin that the maintainer's own environment names, and to no other: neither a redirect nor a page
link leads it elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any
from urllib.parse import urljoin, urlsplit

from linkcheck.net.dns import ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, Request
from linkcheck.policy import Bounds

__all__ = ["PUBLIC", "Answer", "GitHub", "is_repository", "unusable"]

PUBLIC = "https://api.github.com"

_BOUNDS = Bounds(body=30.0, link=90.0)
_BODY_BYTES = 16 * 1024 * 1024
_TRIES = 3
_HOPS = 3
_PAGES = 200
_LONGEST_WAIT = 60.0
_REPOSITORY = re.compile(r"(?!\.{1,2}/)[\w.-]{1,100}/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)
_NEXT = re.compile(r'<([^<>]*)>\s*;[^,]*\brel="?next\b')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request: `status` is None where nothing came; `message` says in words what went wrong, "" if nothing."""

    status: int | None
    data: Any = None
    message: str = ""
    next: str = ""

    @property
    def ok(self) -> bool:
        """Whether GitHub did what was asked."""
        return self.status is not None and 200 <= self.status < 300 and not self.message


def is_repository(name: str) -> bool:
    """Whether a text is `owner/name`, and nothing that would lead to another path."""
    return _REPOSITORY.fullmatch(name) is not None


def unusable(base: str, token: str) -> str:
    """Why this base URL and token can't be used, "" where they can."""
    parts = urlsplit(base)
    if not token:
        return "there is no token: set GITHUB_TOKEN in the step's environment"
    if not token.isascii() or not token.isprintable() or " " in token:
        return "GITHUB_TOKEN holds characters that no token has"
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1"}):
        return ""
    return "GITHUB_API_URL must begin with https://, or the token would travel in the open"


class GitHub:
    """A conversation with one GitHub. `wait` is the first pause before a second try, in seconds; it doubles."""

    def __init__(
        self, base: str, token: str, *, agent: str, proxies: Mapping[str, str] | None = None, wait: float = 2.0
    ) -> None:
        self._base = base.rstrip("/")
        self._origin = _origin(base)
        self._headers = (
            ("Accept", "application/vnd.github+json"),
            ("Authorization", f"Bearer {token}"),
            ("X-GitHub-Api-Version", "2022-11-28"),
        )
        self._wait = wait
        # The address is the maintainer's own setting, not a link's: an enterprise's GitHub may well be in a private network.
        self._guard = Guard(ThreadResolver(_BOUNDS.dns), (ip_network("0.0.0.0/0"), ip_network("::/0")))
        self._fetcher = Fetcher(self._guard, _BOUNDS, user_agent=agent, proxies=proxies)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._fetcher.aclose()
        await self._guard.aclose()

    async def get(self, path: str) -> Answer:
        """What lies at a path, which begins with `/`."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Create something. Not tried again where it may have been done."""
        return await self._ask("POST", path, body)

    async def patch(self, path: str, body: Mapping[str, object]) -> Answer:
        """Change something."""
        return await self._ask("PATCH", path, body)

    async def every(self, path: str) -> Answer:
        """The items of all pages of a list, one after the other, or the first answer that isn't well."""
        items = list[Any]()
        for _ in range(_PAGES):
            answer = await self.get(path)
            if not answer.ok:
                return answer
            if not isinstance(answer.data, list):
                return Answer(answer.status, None, f"GitHub answered {path} with something other than a list")
            items += answer.data
            if not answer.next:
                return Answer(answer.status, items)
            path = answer.next
        return Answer(None, None, f"GitHub's list at {path} has no end")

    async def _ask(self, method: str, path: str, body: Mapping[str, object] | None) -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        pause = self._wait
        for last in (*(False,) * (_TRIES - 1), True):
            answer, wait = await self._once(method, path, content)
            again = wait is not None or (method != "POST" and (answer.status is None or answer.status >= 500))
            if last or not again:
                break
            await asyncio.sleep(min(pause if wait is None else wait, _LONGEST_WAIT))
            pause *= 2
        return answer

    async def _once(self, method: str, path: str, content: bytes) -> tuple[Answer, float | None]:
        """One answer, redirects of a renamed repository followed; and how long GitHub asks us to wait, if it does."""
        url = path if "://" in path else self._base + path
        kind = (("Content-Type", "application/json"),) if content else ()
        for _ in range(_HOPS):
            if _origin(url) != self._origin:
                # Not to be asked again: it would lead there again.
                return Answer(421, None, f"GitHub leads from {path} to another host, where the token doesn't go"), None
            reply = await self._fetcher.fetch(
                Request(url, (*self._headers, *kind), method, body_bytes=_BODY_BYTES, content=content, fresh=method != "GET")
            )
            hop = reply.hop
            if hop.status in {301, 302, 307, 308} and hop.location and (method == "GET" or hop.status in {307, 308}):
                url = urljoin(url, hop.location)
                continue
            break
        if hop.status is None or not reply.complete:
            return Answer(None, None, f"{method} {path}: no answer ({hop.detail or hop.failure or reply.broken})"), None
        try:
            data = json.loads(reply.body) if reply.body else None
        except ValueError:
            return Answer(hop.status, None, f"{method} {path}: GitHub answered {hop.status} without JSON"), None
        if not 200 <= hop.status < 300:
            wait = hop.retry_after if hop.status in {403, 429} else None
            return Answer(hop.status, data, f"{method} {path}: {_refusal(hop.status, data)}"), wait
        following = _NEXT.search(reply.header("link"))
        return Answer(hop.status, data, "", urljoin(url, following[1]) if following else ""), None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _refusal(status: int, data: object) -> str:
    said = data.get("message") if isinstance(data, dict) else None
    hint = {
        401: "; is GITHUB_TOKEN still valid?",
        403: "; does the job grant the permission it needs?",
        404: "; does it exist, and may the token see it?",
    }.get(status, "")
    return f"GitHub answered {status}{f' ({said})' if isinstance(said, str) else ''}{hint}"

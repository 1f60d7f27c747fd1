"""A client of GitHub's REST API, over `linkcheck.net.http`. It raises nothing: every failure is in the `Answer`.

The token is sent only to the origin that the maintainer's environment names, never to another by a redirect or a link to a next page.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from time import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from linkcheck.net.dns import ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, Request, Response
from linkcheck.policy import Bounds

__all__ = ["PUBLIC", "Answer", "GitHub", "is_repository", "unusable"]

PUBLIC = "https://api.github.com"

_BOUNDS = Bounds(body=30.0, link=90.0)
_BODY_BYTES = 16 * 1024 * 1024
_TRIES = 3
_HOPS = 3
_PAGES = 200
_LONGEST_WAIT = 240.0
"""Seconds that are waited at most; who is asked to wait longer gives up, since asking earlier is what GitHub punishes."""
_LIMIT_WAIT = 60.0
"""Seconds after a rate limit without a time: "at least one minute", then twice as long (GitHub's best practices)."""
_REPOSITORY = re.compile(r"(?!\.{1,2}/)[\w.-]{1,100}/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)
_NEXT = re.compile(r'<([^<>]*)>\s*;[^,]*\brel="?next\b')


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request: `status` is None if there was none; `message` says what went wrong, "" if nothing did."""

    status: int | None
    data: Any = None
    message: str = ""
    next: str = ""

    @property
    def ok(self) -> bool:
        """Whether the request succeeded."""
        return self.status is not None and 200 <= self.status < 300 and not self.message


def is_repository(name: str) -> bool:
    """Whether a text is `owner/name`, and can't lead to another path."""
    return _REPOSITORY.fullmatch(name) is not None


def unusable(base: str, token: str) -> str:
    """Why this base URL and token can't be used; "" if they can."""
    parts = urlsplit(base)
    if not token:
        return "there is no token: set GITHUB_TOKEN in the step's environment"
    if not token.isascii() or not token.isprintable() or " " in token:
        return "GITHUB_TOKEN contains characters that no token has"
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1"}):
        return ""
    return "GITHUB_API_URL must begin with https://, or the token would be sent unencrypted"


class GitHub:
    """A client for one GitHub. `wait` is the pause before the first retry in seconds; it doubles with each."""

    def __init__(
        self,
        base: str,
        token: str,
        *,
        agent: str,
        proxies: Mapping[str, str] | None = None,
        trusted: ssl.SSLContext | None = None,
        wait: float = 2.0,
        clock: Callable[[], float] = time,
    ) -> None:
        self._base = base.rstrip("/")
        self._origin = _origin(base)
        self._headers = (
            ("Accept", "application/vnd.github+json"),
            ("Authorization", f"Bearer {token}"),
            ("X-GitHub-Api-Version", "2022-11-28"),
        )
        self._wait, self._clock = wait, clock
        # The address is the maintainer's own setting, and an enterprise's GitHub may be in a private network.
        self._guard = Guard(ThreadResolver(_BOUNDS.dns), (ip_network("0.0.0.0/0"), ip_network("::/0")))
        self._fetcher = Fetcher(self._guard, _BOUNDS, user_agent=agent, proxies=proxies, ssl_context=trusted)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._fetcher.aclose()
        await self._guard.aclose()

    async def get(self, path: str) -> Answer:
        """Read a path, which begins with `/`."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Create something. Not retried if it may have succeeded."""
        return await self._ask("POST", path, body)

    async def patch(self, path: str, body: Mapping[str, object]) -> Answer:
        """Change something."""
        return await self._ask("PATCH", path, body)

    async def every(self, path: str, *, pages: int | None = None) -> Answer:
        """The items of all pages of a list, or of the first `pages`; or the first answer that failed."""
        items = list[Any]()
        for _ in range(pages or _PAGES):
            answer = await self.get(path)
            if not answer.ok:
                return answer
            if not isinstance(answer.data, list):
                return Answer(answer.status, None, f"GitHub answered {path} with something other than a list")
            items += answer.data
            if not answer.next:
                return Answer(answer.status, items)
            path = answer.next
        if pages:
            return Answer(200, items)
        return Answer(None, None, f"GitHub's list at {path} has more than {_PAGES} pages")

    async def _ask(self, method: str, path: str, body: Mapping[str, object] | None) -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        for attempt in range(_TRIES):
            answer, limited = await self._once(method, path, content, attempt)
            again = limited is not None or (method != "POST" and (answer.status is None or answer.status >= 500))
            wait = max(limited or 0.0, self._wait * 2**attempt)
            if again and wait > _LONGEST_WAIT:
                return replace(answer, message=f"{answer.message}; GitHub asks for a wait of {wait:,.0f} seconds")
            if not again or attempt == _TRIES - 1:
                break
            await asyncio.sleep(wait)
        return answer

    async def _once(self, method: str, path: str, content: bytes, attempt: int) -> tuple[Answer, float | None]:
        """One answer, with redirects of a renamed repository followed, and the seconds that GitHub asks us to wait, if any."""
        url = path if "://" in path else self._base + path
        kind = (("Content-Type", "application/json"),) if content else ()
        for _ in range(_HOPS):
            if _origin(url) != self._origin:
                # 421 is never retried: the redirect would be the same.
                return Answer(421, None, f"GitHub redirects {path} to another host, to which the token is not sent"), None
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
            wait = self._wait_for(reply, data, attempt)
            return Answer(hop.status, data, f"{method} {path}: {_refusal(hop.status, data)}"), wait
        following = _NEXT.search(reply.header("link"))
        return Answer(hop.status, data, "", urljoin(url, following[1]) if following else ""), None

    def _wait_for(self, reply: Response, data: object, attempt: int) -> float | None:
        """The wait for a rate limit, primary or secondary, by GitHub's rules for them; None for other answers."""
        if reply.hop.status not in {403, 429}:
            return None
        if reply.hop.retry_after is not None:
            return reply.hop.retry_after
        reset = reply.header("x-ratelimit-reset")
        if reply.header("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdecimal() and len(reset) < 12:
            return max(0.0, int(reset) - self._clock())
        limited = reply.hop.status == 429 or "rate limit" in _reason(data).lower()
        return _LIMIT_WAIT * 2**attempt if limited else None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _reason(data: object) -> str:
    reason = data.get("message") if isinstance(data, dict) else None
    return reason if isinstance(reason, str) else ""


def _refusal(status: int, data: object) -> str:
    reason = _reason(data)
    hint = {
        401: "; is GITHUB_TOKEN still valid?",
        403: "; does the job grant the permission it needs?",
        404: "; does it exist, and does the job grant the permission to see it?",
    }.get(status, "")
    if "rate limit" in reason.lower():
        hint = ""
    return f"GitHub answered {status}{f' ({reason})' if reason else ''}{hint}"

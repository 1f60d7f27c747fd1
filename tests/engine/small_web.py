"""Whole runs over a few sites of one loopback server, told apart by their names."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Link, Place, Verdict, Work
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import PACES, Bounds, Policy
from tests.serving import Answering, serving

FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
ENGLISH = (
    "The estimator converges at the usual rate once the variance of the weights stays bounded, as the second section shows. "
)


PATIENT = Bounds(connect=500.0, first_byte=500.0, body=500.0, link=2000.0)
"""A busy machine is no slow site."""


class Reply(NamedTuple):
    """What a site answers; a target (`/path?query`) makes it a redirect."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = {}


Site = Callable[[str], Reply | None]
"""The answer for a target; None closes the connection without one."""


def page(title: str, text: str = ENGLISH * 5, *, head: str = "", heading: str | None = None) -> str:
    """A small page."""
    first = f"<h1>{title if heading is None else heading}</h1>" if heading != "" else ""
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{first}<p>{text}</p></body></html>"


def to(location: str, status: int = 302, **headers: str) -> Reply:
    """A redirect; `:PORT` in it becomes the server's port."""
    return Reply("", status, {"Location": location, **headers})


MISSING = Reply(page("404 Not Found", "There is no such page."), 404)


def site(pages: Mapping[str, Reply | str], missing: Reply = MISSING) -> Site:
    """A site that knows these targets."""

    def answer(target: str) -> Reply:
        found = pages.get(target, missing)
        return Reply(found) if isinstance(found, str) else found

    return answer


class _Names:
    async def resolve(self, _host: str) -> Answer:
        return Answer(("127.0.0.1",))

    def close(self) -> None:
        pass


class Ran(NamedTuple):
    """The verdicts of each night by URL without its origin, and the targets that were asked (host and target)."""

    nights: Sequence[Mapping[str, Verdict]]
    asked: Sequence[str]

    @property
    def last(self) -> Mapping[str, Verdict]:
        return self.nights[-1]


def ran(
    sites: Mapping[str, Site] | Callable[[int], Mapping[str, Site]],
    *links: tuple[str, str | None],
    nights: int = 1,
    history: Path | None = None,
    **policy: object,
) -> Ran:
    """Check links (`host/path` and the title of the work) on some nights; `sites` may differ from night to night."""
    night = 0

    class Handler(Answering):
        def get(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            self.server.asked.append(f"{host}{self.path}")  # type: ignore[attr-defined]
            known = sites(night) if callable(sites) else sites
            reply = known[host](self.path)
            if reply is None:
                self.close_connection = True
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            headers = {name: value.replace(":PORT", f":{port}") for name, value in reply.headers.items()}
            self.answer(reply.status, {"Content-Type": "text/html; charset=utf-8", **headers}, body)

    loopback = ipaddress.ip_network("127.0.0.0/8")
    settings = Policy(pace=PACES["none"], bounds=PATIENT, allow_private=(loopback,), **policy).scaled(0.02)  # type: ignore[arg-type]
    found: list[dict[str, Verdict]] = []
    with serving(Handler) as server, ExitStack() as stack:
        port = server.server_address[1]
        given = [
            Link(f"http://{host}:{port}/{path}", Place("x", line), Work(title=title) if title else None)
            for line, (url, title) in enumerate(links, 1)
            for host, _, path in [url.partition("/")]
        ]

        async def one_night() -> list[Verdict]:
            guard = Guard(_Names(), settings.allow_private)
            fetcher = Fetcher(guard, settings.bounds, user_agent="Listkeeper/test")
            now = FIRST + timedelta(days=night)
            past = stack.enter_context(History(history, now=now)) if history else None
            run = await check(given, settings, RunContext(fetcher, guard, past=past, calendar=lambda: now))
            if past:
                past.finish(now, run.void)
            await fetcher.aclose()
            await guard.aclose()
            return list(run.verdicts)

        while night < nights:
            verdicts = asyncio.run(one_night())
            stack.pop_all().close()
            night += 1
            found.append({one.url.replace("http://", "").replace(f":{port}", ""): one for one in verdicts})
        return Ran(found, list(server.asked))  # type: ignore[attr-defined]

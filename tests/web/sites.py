"""Handlers that many cases share: a site with some pages, and what it says for all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, redirect
from tests.web.prose import article

if TYPE_CHECKING:
    from tests.web.lab import Lab
    from tests.web.visit import Handler, Host, Visit

Page = Answer | str | Callable[["Visit"], Answer]


def site(pages: Mapping[str, Page] | None = None, missing: Page | None = None, name: str = "", lang: str = "en") -> Handler:
    """A site that knows its home page and `pages` (exact targets); `missing` answers for the rest, by default a real 404."""
    known = dict(pages or {})

    def handler(visit: Visit) -> Answer:
        page = known.get(visit.target)
        if page is None and visit.target == "/":
            page = article(name or visit.host.name, name or visit.host.name, lang)
        if page is None:
            page = missing if missing is not None else nginx(404)
        if isinstance(page, str):
            return html(page)
        return page if isinstance(page, Answer) else page(visit)

    return handler


def by_night(*pages: Page) -> Callable[[Visit], Answer]:
    """A page that is another one each night; the last stays."""

    def answer(visit: Visit) -> Answer:
        page = pages[min(visit.night, len(pages)) - 1]
        if isinstance(page, str):
            return html(page)
        return page if isinstance(page, Answer) else page(visit)

    return answer


def chain(statuses: tuple[int, ...], path: str, end: Page) -> dict[str, Page]:
    """Pages `path`, `path/1`, ... that redirect to the next with these statuses, and the page at the end."""
    pages: dict[str, Page] = {}
    for number, status in enumerate(statuses):
        pages[path if number == 0 else f"{path}/{number}"] = redirect(status, f"{path}/{number + 1}")
    pages[f"{path}/{len(statuses)}"] = end
    return pages


def one(lab: Lab, name: str, target: str, title: str, page: Page, **more: object) -> Host:
    """The commonest case: one host, one page, one link to it."""
    lang = str(more.pop("lang", "en"))
    missing = more.pop("missing", None)
    host = lab.host(name, site({target: page}, missing, lang=lang), **more)  # type: ignore[arg-type]
    lab.link(host.url(target), title)
    return host


def only(path: str, handler: Handler) -> Handler:
    """The same, but other paths are honestly missing: without it a handler would say 200 to everything."""
    return lambda visit: handler(visit) if visit.path == path else nginx(404)


class Bucket:
    """A limiter of the usual kind: `rate` requests a simulated second, and `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._level = burst
        self._last = 0.0

    def take(self, at: float, scale: float) -> bool:
        """Whether a request at this (real) instant is within the limit."""
        self._level = min(self.burst, self._level + (at - self._last) / scale * self.rate)
        self._last = at
        if self._level < 1:
            return False
        self._level -= 1
        return True

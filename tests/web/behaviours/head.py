"""Servers that treat HEAD otherwise than GET: B25, B26 and B27."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, redirect
from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article
from tests.web.sites import only, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


def _refuses(identity: str, name: str, status: int, title: str, lang: str = "en") -> None:
    def build(lab: Lab) -> None:
        page = html(article(title, name, lang))
        host = lab.host(name, only("/text", lambda visit: nginx(status) if visit.method == "HEAD" else page))
        lab.link(host.url("/text"), title)

    add(identity, build)


_refuses("B25.a", "nohead.org", 405, "Bodies Only")
_refuses("B25.b-de", "kein-head.de", 501, "Nur mit Rumpf", "de")
_refuses("B25.c", "head-hunters.net", 404, "Headless Theory")
_refuses("B25.d", "forbidden-heads.com", 403, "Heads Forbidden")


@case("B26.a")
def hangs(lab: Lab) -> None:
    title = "Waiting for HEAD"

    async def handler(visit: Visit) -> Answer | None:
        if visit.method == "HEAD":
            await visit.wait(3600)
            return None
        return html(article(title))

    lab.link(lab.host("waiting-head.com", only("/w", handler)).url("/w"), title)


@case("B26.b")
def resets(lab: Lab) -> None:
    title = "Resetting Heads"

    def handler(visit: Visit) -> Answer | None:
        if visit.method == "HEAD":
            visit.wire.reset()
            return None
        return html(academic(title))

    lab.link(lab.host("reset-heads.co.uk", only("/r", handler)).url("/r"), title)


@case("B26.c-de")
def loops(lab: Lab) -> None:
    title = "Kopf im Kreis"

    def handler(visit: Visit) -> Answer:
        return redirect(302, visit.target) if visit.method == "HEAD" else html(article(title, "", "de"))

    lab.link(lab.host("kopf-im-kreis.de", only("/k", handler)).url("/k"), title)


def _lies(identity: str, name: str, lang: str, title: str) -> None:
    def build(lab: Lab) -> None:
        async def handler(visit: Visit) -> Answer:
            await asyncio.sleep(0)
            if visit.method == "HEAD":
                return html(article(title, name, lang))
            found = site({}, None, name, lang)(visit)
            assert isinstance(found, Answer)
            return found

        lab.link(lab.host(name, handler).url("/gone/paper"), title)

    add(identity, build)


_lies("B27.a", "yes-heads.org", "en", "The Agreeable Server")
_lies("B27.b-de", "ja-sager.de", "de", "Der höfliche Server")

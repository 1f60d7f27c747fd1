"""Nasty mixes: several behaviours at once, as real nights have them. Not part of a web unless asked for (`World(only=["M1"])`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.web.answers import HTML, Answer, apache, html, nginx, plain, redirect
from tests.web.behaviours.hijack import CASINO
from tests.web.dns import NXDOMAIN, Zone
from tests.web.lab import Lab, case
from tests.web.prose import article
from tests.web.sites import Bucket, Page, by_night, site

if TYPE_CHECKING:
    from tests.web.visit import Host, Visit
    from tests.web.world import World

GROUP = "mixes"


@case("M1", GROUP)
def dead_on_a_limiter(lab: Lab) -> None:
    """Twelve pages and a gap, on a host that allows two requests a second."""
    bucket = Bucket(2, 4)

    def handler(visit: Visit) -> Answer:
        if not bucket.take(visit.request.at, lab.scale):
            return plain("Slow down", 429, ("Retry-After", "1"))
        if visit.path == "/":
            return html(article("Plates and Limits"))
        return nginx(404) if visit.path == "/p/7" or not visit.path[3:].isdigit() else html(article(f"Plate {visit.path[3:]}"))

    host = lab.host("plates-and-limits.org", handler)
    for number in range(1, 13):
        lab.link(host.url(f"/p/{number}"), f"Plate {number}", variant="M1.dead" if number == 7 else "M1.live")


@case("M2", GROUP)
def cloaked(lab: Lab) -> None:
    """Visitors from search engines see a casino; a checker, which sends no referrer, sees the old page."""
    title = "Archive of Old Lectures"

    def handler(visit: Visit) -> Answer:
        return html(CASINO if visit.header("Referer") else article(title))

    lab.link(lab.host("old-lectures-archive.com", handler).url("/"), title, variant="M2.cloaked")


def heavy(lab: Lab, links: int = 2000, wait: float = 20.0) -> None:
    """`links` on one fast host, and one link on a host that answers after `wait` seconds."""
    host = lab.host(
        "ten-thousand-lemmas.org",
        lambda visit: html(article(f"Lemma {visit.path[3:]}")) if visit.path[3:].isdigit() else nginx(404),
    )
    for number in range(links):
        lab.link(host.url(f"/l/{number}"), f"Lemma {number}", variant="M3.heavy")

    async def late(visit: Visit) -> Answer:
        await visit.wait(wait)
        return html(article("The Slow Theorem"))

    lab.link(lab.host("slow-theorem.net", late).url("/"), "The Slow Theorem", variant="M3.slow")


@case("M3", GROUP)
def heavy_beside_slow(lab: Lab) -> None:
    heavy(lab, 60, 8.0)


@case("M4", GROUP)
def duplicates(lab: Lab) -> None:
    """`lab.data["same"]`: spellings of one page. `lab.data["distinct"]`: pages that must not be taken for one."""
    title = "One Page, Many Spellings"
    known = {"/guide", "/guide/", "/guide/index.html"}
    host = lab.host("many-spellings.org", lambda visit: html(article(title)) if visit.path in known else nginx(404))
    base = host.url("/guide/")
    same = [
        base,
        base[:-1],
        base + "index.html",
        base + "?utm_source=news&utm_medium=mail",
        base + "#part-2",
        base.replace("many-sp", "Many-Sp"),
        base + "?fbclid=Iw",
    ]
    tube = lab.host(
        "tubular-videos.com",
        lambda visit: html(article(f"Video {visit.query}")) if visit.path.lower() == "/watch" else nginx(404),
    )
    distinct = [
        tube.url("/watch?v=A"),
        tube.url("/watch?v=B"),
        tube.url("/watch?v=a"),
        tube.url("/Watch?v=A"),
        tube.url("/watch?v=A&list=2"),
    ]
    for url in same:
        lab.link(url, title, variant="M4.same")
    for url in distinct:
        lab.link(url, f"Video {url.partition('?')[2]}", variant="M4.distinct")
    lab.data.update(same=same, distinct=distinct)


def _library(lab: Lab, name: str, outage: dict[int, Answer], gone: str = "", label: str = "M5") -> Host:
    """Twelve pages; on the nights of `outage` all of them, and all others, give that answer."""
    pages = site({f"/t/{number}": article(f"Title {number}") for number in range(12) if f"/t/{number}" != gone})
    host = lab.host(name, lambda visit: outage.get(visit.night) or pages(visit))
    for number in range(12):
        lab.link(
            host.url(f"/t/{number}"), f"Title {number}", variant=f"{label}.dead" if f"/t/{number}" == gone else f"{label}.live"
        )
    return host


@case("M5", GROUP)
def outage_of_404s(lab: Lab) -> None:
    _library(lab, "library-of-titles.org", {2: apache(404, host="library-of-titles.org")}, "/t/5")


@case("M6", GROUP)
def outage_of_503s(lab: Lab) -> None:
    bad = nginx(503)
    _library(lab, "bibliothek-der-titel.de", {2: bad, 3: bad, 4: bad}, label="M6")


@case("M7", GROUP)
def back_from_the_dead(lab: Lab) -> None:
    title = "Lazarus Lemmas"
    host = lab.host("lazarus-lemmas.com", site({"/x": by_night(nginx(404), nginx(404), nginx(404), article(title))}))
    lab.link(host.url("/x"), title, variant="M7.back")


@case("M8", GROUP)
def flaps(lab: Lab) -> None:
    title = "Flip-Flop Functions"
    page = article(title)
    host = lab.host("flip-flop.net", site({"/f": by_night(nginx(404), page, nginx(404), nginx(404), page)}))
    lab.link(host.url("/f"), title, variant="M8.flaps")


@case("M9", GROUP)
def nameless_for_one_night(lab: Lab) -> None:
    host = lab.host("blinking-name.org", site({"/b": article("Blinking Names")}))
    lab.name(host.name, lambda night: Zone(answer=NXDOMAIN) if night == 1 else Zone((host.address,)))
    lab.link(host.url("/b"), "Blinking Names", variant="M9.name")


@case("M10", GROUP)
def undecided(lab: Lab) -> None:
    pages: dict[str, Page] = {"/u": by_night(redirect(301, "/v"), redirect(302, "/v")), "/v": article("Undecidable Moves")}
    lab.link(lab.host("undecided-moves.com", site(pages)).url("/u"), "Undecidable Moves", variant="M10.undecided")


@case("M11", GROUP)
def hostile_text(lab: Lab) -> None:
    """Titles and phrases made to break terminals, annotations, Markdown and XML."""
    evil = "\x1b]0;owned\x07\x1b[31mRed\x1b[0m%0A::error::x\r\n](javascript:alert(1)) </title><b>|`${{ secrets }}`]]> \u202eevil \ud7ff\x00"
    page = f"<html><head><title>{evil}</title></head><body><h1>{evil}</h1><p>Quiet text.</p></body></html>"
    host = lab.host("hostile-titles.net", site({"/t": page}))
    lab.link(host.url("/t"), "Red", variant="M11.hostile")

    def shouting(visit: Visit) -> Answer:
        return Answer(404, b"gone", (HTML,), "Nope %0A::error::<x>|`y`") if visit.path != "/" else html(article("Home"))

    lab.link(lab.host("hostile-phrases.net", shouting).url("/t"), "Blue", variant="M11.phrase")


@case("M12", GROUP)
def nobody_listens(lab: Lab) -> None:
    """The name resolves and the machine is up; nothing listens on the port for https."""
    host = lab.host("half-a-server.org", site({}))
    lab.link(
        host.url("/x").replace("http://", "https://").replace(str(lab.ports[0]), str(lab.ports[1])),
        "Half a Server",
        variant="M12.refused",
    )


@case("M13", GROUP)
def archive_down(lab: Lab) -> None:
    """A page that is gone, and an archive that says 503 when asked for a copy (`endpoints["wayback"]` and `endpoints["cdx"]`)."""
    archive(lab, down=True)
    lab.link(lab.host("gone-and-forgotten.com", site({}, nginx(410))).url("/g"), "Gone", variant="M13.gone")


def archive(lab: Lab, *, down: bool = False) -> Host:
    """An archive with one copy of everything whose URL doesn't contain "never"."""

    def handler(visit: Visit) -> Answer:
        if down:
            return nginx(503)
        have = "never" not in visit.query
        if visit.path == "/wayback/available":
            copy = {
                "available": True,
                "status": "200",
                "timestamp": "20190102030405",
                "url": "http://web.archive.org/web/20190102030405/x",
            }
            return Answer(
                200, _json({"archived_snapshots": {"closest": copy} if have else {}}), (("Content-Type", "application/json"),)
            )
        head = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        row = ["org,x)/", "20190102030405", "http://x.org/", "text/html", "200", "ABCD", "8123"]
        return Answer(200, _json([head, row] if have else []), (("Content-Type", "application/json"),))

    host = lab.host("archive.org", handler, tls="good", http=True)
    lab.endpoints.update(wayback=host.url("/wayback/available"), cdx=host.url("/cdx/search/cdx"))
    return host


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def no_network(world: World, mode: str = "silent") -> None:
    """From now on no name can be resolved ("silent", "servfail" or "refused"): a runner without a network. "" ends it.

    No verdict may change on such a night: the run is offline and void.
    """
    world.resolve(mode)

"""Redirects that lead somewhere: B7 to B11, B13, B15 to B19 and B22."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import HTML, Answer, html, nginx, redirect
from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article, docs
from tests.web.sites import chain, only, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


def _chain(identity: str, name: str, statuses: tuple[int, ...], title: str, lang: str = "en") -> None:
    def build(lab: Lab) -> None:
        host = lab.host(name, site(chain(statuses, "/start", article(title, name, lang)), lang=lang))
        lab.link(host.url("/start"), title)

    add(identity, build)


_chain("B7.a", "graphpebbles.org", (301,), "Pebbling on Graphs")
_chain("B7.b-de", "optik-werkstatt.de", (308,), "Grundlagen der Fourieroptik", "de")
_chain("B8.a", "permanentpaths.com", (308, 301), "Paths That Stay")
_chain("B8.b", "threehops.io", (301, 301, 308), "Three Hops Later")
_chain("B9.a", "tempmoves.net", (302,), "Temporary Moves")
_chain("B9.b", "bouncepad.org", (307,), "Bounce and Return")
_chain("B9.c", "seeother.co.uk", (303,), "See the Other Page")
_chain("B10.a", "mixedhops.com", (301, 302), "Mixed Hops, First Kind")
_chain("B10.b", "hopsmixed.com", (302, 301), "Mixed Hops, Second Kind")
_chain("B17.a", "twelvegates.org", (302,) * 12, "The Twelve Gates")
_chain("B17.b", "twelvedoors.de", (302, 307, 303) * 4, "Zwölf Türen", "de")


@case("B11.a")
def to_https(lab: Lab) -> None:
    title = "Manifold Cookbook"
    pages = site({"/cookbook": article(title, "Cookbook")})

    def handler(visit: Visit) -> Answer:
        if visit.request.scheme == "http":
            return redirect(301, visit.host.url(visit.target, "https"))
        answer = pages(visit)
        assert isinstance(answer, Answer)
        return answer

    host = lab.host("manifoldcookbook.com", handler, tls="good", http=True)
    lab.link(host.url("/cookbook", "http"), title)


@case("B11.b")
def to_slash(lab: Lab) -> None:
    title = "Random Features Explained"
    host = lab.host("randomfeatures.org", site({"/explained": redirect(301, "/explained/"), "/explained/": article(title)}))
    lab.link(host.url("/explained"), title)


@case("B11.c")
def to_www(lab: Lab) -> None:
    title = "Das kleine Tensor-Einmaleins"
    www = lab.host("www.tensor-einmaleins.de", site({"/a.html": academic(title, "", "de")}))
    bare = lab.host("tensor-einmaleins.de", lambda visit: redirect(301, www.url(visit.target)))
    lab.link(bare.url("/a.html"), title)


def _all_home(identity: str, name: str, status: int, home: str, page: str, target: str, title: str) -> None:
    """Every path that was, and every path that never was, leads to the front page."""

    def build(lab: Lab) -> None:
        def handler(visit: Visit) -> Answer:
            return html(page) if visit.path == home else redirect(status, home)

        lab.link(lab.host(name, handler).url(target), title)

    add(identity, build)


_FRONT = "<p>Consulting, training and data products for the energy sector. Talk to our team about your next project.</p>"
_FRONT_DE = "<p>Willkommen bei der Agentur Nordlicht. Wir gestalten Webauftritte für den Mittelstand.</p>"
_FRONT_FR = "<p>Bienvenue sur le site de l'association. Retrouvez l'agenda des sorties et les photos du dernier séjour.</p>"
_all_home(
    "B13.a",
    "voltaic-insights.com",
    301,
    "/",
    article("Voltaic Insights", "Energy Analytics", body=_FRONT),
    "/blog/bayes-by-hand",
    "Bayes by Hand",
)
_all_home(
    "B13.b-de",
    "agentur-nordlicht.de",
    302,
    "/de/",
    article("Agentur Nordlicht", "", "de", _FRONT_DE),
    "/lernen/gauss.html",
    "Gauß-Prozesse von Grund auf",
)
_all_home(
    "B13.c-fr",
    "sorties-nature.fr",
    301,
    "/accueil",
    article("Sorties Nature", "", "fr", _FRONT_FR),
    "/cours/analyse.pdf",
    "Cours d'analyse convexe",
)


def _cookie(identity: str, name: str, title: str, cookie: str, attributes: str, lang: str = "en") -> None:
    def build(lab: Lab) -> None:
        def handler(visit: Visit) -> Answer:
            if cookie.partition("=")[0] in visit.header("Cookie"):
                return html(article(title, name, lang))
            return redirect(302, visit.target, ("Set-Cookie", f"{cookie}; {attributes}"))

        lab.link(lab.host(name, only("/doc/1", handler)).url("/doc/1"), title)

    add(identity, build)


_cookie("B15.a", "journal-of-loops.org", "On Loops That End", "JSESSIONID=8F3A6C", "Path=/; HttpOnly")
_cookie("B15.b-de", "zeitschrift-analysis.de", "Schleifen mit Ende", "cookieCheck=1", "Max-Age=3600; Path=/", "de")


@case("B15.c")
def cookie_by_way_of_another_page(lab: Lab) -> None:
    """The cookie is set on a side page, which sends the reader back."""
    title = "Side Doors in Probability"

    def handler(visit: Visit) -> Answer:
        if visit.path == "/cookieAbsent":
            return redirect(302, "/article/9", ("Set-Cookie", "probe=yes; Path=/"))
        if visit.path != "/article/9":
            return nginx(404)
        return html(article(title)) if "probe=yes" in visit.header("Cookie") else redirect(302, "/cookieAbsent")

    lab.link(lab.host("sidedoors.net", handler).url("/article/9"), title)


@case("B16.a")
def true_loop(lab: Lab) -> None:
    pages = {"/a": redirect(301, "/b"), "/b": redirect(301, "/a")}
    lab.link(lab.host("ouroboros-press.com", site(pages)).url("/a"), "Ouroboros Lectures")


@case("B16.b")
def loop_over_two_hosts(lab: Lab) -> None:
    """Two halves of a move, each sending to the other; a counter cookie changes nothing."""

    def back(_: Visit) -> Answer:
        return redirect(302, first.url("/skript"), ("Set-Cookie", "lang=de; Path=/"))

    def onward(_: Visit) -> Answer:
        return redirect(302, other.url("/skript"))

    other = lab.host("www.twinlooping.de", site({}, back, lang="de"))
    first = lab.host("twinlooping.de", site({}, onward, lang="de"))
    lab.link(first.url("/skript"), "Skript zur Spieltheorie")


@case("B18.a")
def no_location(lab: Lab) -> None:
    lab.link(lab.host("nolocation.org", site({"/x": Answer(301, b"", (HTML,))})).url("/x"), "Lost Directions")


@case("B18.b")
def unparsable_location(lab: Lab) -> None:
    pages = {"/y": redirect(302, "http://[not-an-address/:port"), "/z": redirect(301, "http://")}
    host = lab.host("garbledlocation.de", site(pages, lang="de"))
    lab.link(host.url("/y"), "Verlorene Wege")
    lab.link(host.url("/z"), "Leere Wege")


def _odd(identity: str, name: str, start: str, location: str, end: str) -> None:
    def build(lab: Lab) -> None:
        title = f"Odd Ways, {identity[4:]}"
        host = lab.host(name, site({end: docs(title, name)}))
        # A location that names the host needs the run's port, so it is filled in here.
        there = location.format(host=f"{name}:{lab.ports[0]}")
        pages = {start: redirect(302, there), end: docs(title, name)}
        host.handler = site(pages)
        lab.link(host.url(start), title)

    add(identity, build)


_odd("B19.a", "roher-umlaut.de", "/kurz", "/straße/übersicht", "/stra%C3%9Fe/%C3%BCbersicht")
_odd("B19.b", "spaced-out.org", "/go", "/my lecture notes.html", "/my%20lecture%20notes.html")
_odd("B19.c", "schemeless.net", "/go", "//{host}/landing", "/landing")
_odd("B19.d", "dotdots.com", "/en/old/page", "../new/page", "/en/new/page")
_odd("B19.e", "queryonly.io", "/view?id=1", "?id=2&full=1", "/view?id=2&full=1")


def _refresh(identity: str, name: str, tag: str, title: str, lang: str = "en", text: str = "") -> None:
    def build(lab: Lab) -> None:
        pages = {
            "/old.html": f'<html lang="{lang}"><head><title>{name}</title>{tag}</head><body>{text}</body></html>',
            "/new/page.html": article(title, name, lang),
        }
        lab.link(lab.host(name, site(pages, lang=lang)).url("/old.html"), title)

    add(identity, build)


_refresh("B22.a", "refreshingly.org", '<meta http-equiv="refresh" content="0; url=/new/page.html">', "Refreshing Algebra")
_refresh("B22.b-de", "umgezogen-skripte.de", "<META HTTP-EQUIV='Refresh' CONTENT=\"0;URL='new/page.html'\">", "Umgezogene Skripte", "de",
         '<p>Sie werden <a href="new/page.html">weitergeleitet</a>.</p>')  # fmt: skip
_refresh(
    "B22.c-fr",
    "nouvelle-adresse.fr",
    '<meta content="1;url=new/page.html" http-equiv=refresh />',
    "Analyse à la nouvelle adresse",
    "fr",
)

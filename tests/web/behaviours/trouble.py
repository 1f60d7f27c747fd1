"""Servers in trouble: B42, B43 and B44."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, plain
from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article
from tests.web.sites import by_night, one

if TYPE_CHECKING:
    from tests.web.visit import Visit


@case("B42.a")
def maintenance(lab: Lab) -> None:
    text = "<p>We are upgrading our servers and will be back within the hour. Thank you for your patience.</p>"
    page = html(article("Down for maintenance", "Combinatorics Wiki", body=text), 503, ("Retry-After", "3600"))
    host = lab.host("combinatorics-wiki.org", lambda _: page)
    lab.link(host.url("/wiki/Matroid"), "Matroid, Combinatorics Wiki")
    lab.link(host.url("/wiki/Greedoid"), "Greedoid, Combinatorics Wiki")


@case("B42.b-de")
def maintenance_german(lab: Lab) -> None:
    text = "<p>Wegen Wartungsarbeiten ist unser Angebot zurzeit nicht erreichbar.</p>"
    page = html(article("Wartungsarbeiten", "Bibliothek", "de", text), 503, ("Retry-After", "3600"))
    lab.link(lab.host("opac.stadtbibliothek-moorburg.de", lambda _: page).url("/titel/88"), "Handbuch der Topologie")


def _once(identity: str, name: str, failure: Answer, title: str, lang: str = "en") -> None:
    """Every first request for a target fails, each night."""

    def build(lab: Lab) -> None:
        def handler(visit: Visit) -> Answer:
            page = html(article(title, name, lang)) if visit.path == "/w" else nginx(404)
            return failure if visit.nth == 1 else page

        lab.link(lab.host(name, handler).url("/w"), title)

    add(identity, build)


_once("B43.a", "hiccup-server.com", plain("Internal Server Error", 500), "Hiccups in Queueing Theory")
_once("B43.b-de", "schluckauf.de", nginx(502), "Schluckauf in Warteschlangen", "de")
_once("B43.c", "cold-start.app", plain("upstream connect error", 503), "Cold Start, Warm Heart")


@case("B44.a")
def three_bad_nights(lab: Lab) -> None:
    title = "Gateways and Graphs"
    bad = nginx(502)
    one(
        lab,
        "gateways-and-graphs.org",
        "/g",
        title,
        by_night(bad, bad, bad, article(title)),
        missing=by_night(bad, bad, bad, nginx(404)),
    )


@case("B44.b-de")
def three_bad_nights_german(lab: Lab) -> None:
    title = "Gitter und Graphen"
    bad = html(article("504 Zeitüberschreitung", "", "de", "<p>Der Server hat nicht rechtzeitig geantwortet.</p>"), 504)
    one(lab, "gitter-und-graphen.de", "/g", title, by_night(bad, bad, bad, academic(title, "", "de")), lang="de")

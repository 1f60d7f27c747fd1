"""Sites that changed as a whole: gone, taken over, moved, or broken for some days. B70 to B72, B74 and B80."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, redirect
from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article
from tests.web.sites import by_night, one, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


def _everywhere(identity: str, name: str, page: str, title: str) -> None:
    """One page with status 200, whatever is asked."""
    add(identity, lambda lab: void(lab.link(lab.host(name, lambda _: html(page)).url("/texts/one.html"), title)))


def void(_: object) -> None:
    """Builders return nothing."""


def _notice(title: str, text: str, lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h2>{title}</h2><p>{text}</p></body></html>"
    )


_everywhere("B70.a", "quiet-harmonies.org", _notice("Account suspended", "This account has been suspended. Contact your provider."), "Quiet Harmonies")  # fmt: skip
_everywhere(
    "B70.b-de", "stille-klaenge.de", _notice("Webseite gesperrt", "Diese Webseite wurde gesperrt.", "de"), "Stille Klänge"
)
_everywhere(
    "B71.a",
    "origami-theorems.com",
    _notice(
        "origami-theorems.com",
        "A premium domain. Make an offer, or choose lease to own for this domain. Payment is held in escrow.",
    ),
    "Theorems on Folding",
)
_everywhere(
    "B71.b-de",
    "faltsaetze.de",
    _notice("faltsaetze.de", "Diese Domain steht zum Verkauf. Jetzt ein Angebot abgeben. Ähnliche Suchanfragen: Papier, Kurse, Bücher.", "de"),
    "Sätze über das Falten",
)  # fmt: skip


def _new_home(identity: str, old: str, new: str, status: int, title: str, lang: str = "en") -> None:
    """Every address of the old site leads to the new one, whose home page names the work."""

    def build(lab: Lab) -> None:
        there = lab.host(new, site({"/": article(title, new, lang)}, lang=lang))
        here = lab.host(old, lambda _: redirect(status, there.url("/")))
        lab.link(here.url("/~old/index.html"), title)

    add(identity, build)


_new_home("B72.a", "people-old-campus.edu", "tiling-atlas.org", 301, "An Atlas of Tilings")
_new_home("B72.b-de", "alte-seite-spiele.de", "spieltheorie-buch.de", 302, "Spieltheorie, ein Lesebuch", "de")


@case("B74.a")
def another_title(lab: Lab) -> None:
    """From the third night on, the address shows another page, as living as the first."""
    first, second = article("Reading Group on Sheaves", "Lab"), article("Sourdough for Beginners", "Bakery")
    one(lab, "reading-sheaves.org", "/", "Sheaves, Read Together", by_night(first, first, second))


@case("B80.a")
def whole_site_broken(lab: Lab) -> None:
    """It denies every address, its root too: that may be a week of repairs."""
    lab.link(lab.host("broken-for-days.org", site({"/": nginx(404)})).url("/p/1"), "Repairs, Week by Week")


@case("B80.b-de")
def whole_site_redirects_in_a_loop(lab: Lab) -> None:
    host = lab.host("umzug-misslungen.de", lambda visit: redirect(301, f"{visit.path}"))
    lab.link(host.url("/skript/1"), "Skript vor dem Umzug")


@case("B80.c")
def most_links_broken(lab: Lab) -> None:
    """Its home page lives, but three of four papers are lost."""
    host = lab.host("lost-papers.net", site({"/papers/4": academic("Paper 4")}))
    for number in range(1, 4):
        lab.link(host.url(f"/papers/{number}"), f"Paper {number}")
    lab.link(host.url("/papers/4"), "Paper 4", variant="B80.d")


@case("B80.e")
def some_links_broken(lab: Lab) -> None:
    """Its home page lives, and so do half of its papers: those that don't are lost."""

    def missing(_: Visit) -> Answer:
        return nginx(404)

    pages = {f"/papers/{number}": academic(f"Half {number}") for number in (3, 4)}
    host = lab.host("half-lost-papers.net", site(pages, missing))
    for number in (1, 2):
        lab.link(host.url(f"/papers/{number}"), f"Half {number}")
    for number in (3, 4):
        lab.link(host.url(f"/papers/{number}"), f"Half {number}", variant="B80.d")

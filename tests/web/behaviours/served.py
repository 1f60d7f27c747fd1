"""What came in the answer counts: a limit within the first burst (B75), cut (B76), hidden (B77), refreshed (B78), in our language (B79)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, plain, redirect
from tests.web.lab import Lab, case
from tests.web.prose import article, paragraphs
from tests.web.sites import Bucket, one, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


@case("B75.a")
def two_at_once(lab: Lab) -> None:
    """Its third request within a moment is too many, though it serves five a second."""
    bucket = Bucket(5, 2)

    def handler(visit: Visit) -> Answer:
        if not bucket.take(visit.request.at, lab.scale):
            return plain("Too Many Requests", 429, ("Retry-After", "1"))
        return html(article(f"Verse {visit.path[3:]}")) if visit.path[3:].isdigit() else nginx(404)

    host = lab.host("two-at-once.org", handler)
    for number in range(1, 6):
        lab.link(host.url(f"/v/{number}"), f"Verse {number}")


@case("B76.a")
def cut_in_the_styles(lab: Lab) -> None:
    """The connection ends within the head: what the page would have shown, nobody knows, but it isn't empty."""
    page = f"<!doctype html><html><head><title>Long Styles</title><style>{'.a{color:red}' * 400}"
    whole = ("Content-Length", "90000")
    one(
        lab,
        "long-styles.org",
        "/cut",
        "A Page of Long Styles",
        Answer(200, page.encode(), (("Content-Type", "text/html"), whole), close=True),
    )


@case("B76.b-de")
def text_behind_long_scripts(lab: Lab) -> None:
    """Its text begins behind 200 kB of script."""
    title = "Skripte vor dem Text"
    head = f"<script>{'var zeile = 1;' * 14_000}</script>"
    one(lab, "erst-skripte.de", "/seite", title, article("Startseite", "Verein", "de", head=head), lang="de")


@case("B77.a")
def hidden_until_a_script_runs(lab: Lab) -> None:
    """The text is served with the page; a style hides it until the fonts are there."""
    head = "<style>body{visibility:hidden}#app{display:none}</style>"
    page = f'<!doctype html><html><head><title>Prerendered</title>{head}</head><body><div id="app">{paragraphs()}</div><script src="/a.js"></script></body></html>'
    one(lab, "hidden-at-first.dev", "/guide", "Guide to Fading In", page)


@case("B78.a")
def refreshes_itself(lab: Lab) -> None:
    """A board that loads itself again every few seconds, with a number that changes."""

    def board(visit: Visit) -> Answer:
        tag = f'<meta http-equiv="refresh" content="2; url=/board?_={visit.nth}">'
        return html(article("Departures", "Ferry", body="<p>07:10 North pier.</p>", head=tag))

    host = lab.host(
        "ferry-board.net", site({"/": article("Ferry")}, lambda visit: board(visit) if visit.path == "/board" else nginx(404))
    )
    lab.link(host.url("/board"), "Ferry Departures")


@case("B79.a")
def in_our_language(lab: Lab) -> None:
    """Permanent, but for readers of this language only."""
    title = "Songs of the Valley"
    pages = {
        "/songs": redirect(301, "/en/songs", ("Vary", "Accept-Language")),
        "/en/songs": article(title),
        "/de/songs": article("Lieder aus dem Tal", "", "de"),
    }
    lab.link(lab.host("valley-songs.org", site(pages)).url("/songs"), title)


@case("B79.b-de")
def on_another_name_for_our_language(lab: Lab) -> None:
    title = "Rechnen im Kopf"
    english = lab.host("en.kopfrechnen.de", site({"/tricks": article("Mental Arithmetic")}))
    german = lab.host(
        "kopfrechnen.de",
        site({"/tricks": redirect(308, english.url("/tricks"), ("Vary", "Accept-Language, Accept-Encoding"))}, lang="de"),
    )
    lab.link(german.url("/tricks"), title)

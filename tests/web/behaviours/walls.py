"""Pages before the content, whatever the address: walls (B67), maintenance (B68), doors for few programs (B69), and one page for all (B73)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.web.answers import Answer, html, nginx, redirect
from tests.web.lab import Lab, add, case
from tests.web.prose import article
from tests.web.sites import one, site

if TYPE_CHECKING:
    from tests.web.visit import Arrival, Visit


def _page(title: str, text: str, lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )


def _wall(identity: str, name: str, gate: str, page: str, status: int = 302) -> None:
    """Every address leads to `gate`, in which {path} is where the visitor came from; "" shows the page in its place."""

    def build(lab: Lab) -> None:
        def handler(visit: Visit) -> Answer:
            if not gate or visit.path == gate.partition("?")[0]:
                return html(page)
            return redirect(status, gate.format(path=quote(visit.target, safe="")))

        lab.link(lab.host(name, handler).url("/library/shelf/9"), "Ales of the North, a Field Guide")

    add(identity, build)


_wall("B67.a", "northern-ales.com", "/en/shop/age-gate?return_to={path}", _page("Are you of legal drinking age?", "Yes No"))
_wall("B67.b-de", "altbrowser-bank.de", "/hinweis/browser.html", _page("Ihr Browser wird nicht unterstützt", "Bitte verwenden Sie eine neuere Fassung.", "de"))  # fmt: skip
_wall(
    "B67.c", "cookie-first.org", "/cookies?to={path}", _page("Cookies required", "Turn cookies on, and load this page again.")
)
_wall(
    "B67.d-fr", "chaine-locale.fr", "", _page("Contenu indisponible", "Ce contenu n'est pas disponible dans votre pays.", "fr")
)
_wall("B67.e", "festival-seats.com", "/softblock/?t={path}", _page("You are now in line", "When it is your turn, you have ten minutes to enter."))  # fmt: skip
_wall("B67.f-es", "diario-costa.es", "/consent/collect?dest={path}", _page("Antes de continuar", "Usamos cookies y datos. Aceptar todo Rechazar todo", "es"))  # fmt: skip
_wall(
    "B67.g",
    "many-markets.com",
    "/select-country?url={path}",
    _page("Choose your country", "Austria Belgium Chile Denmark"),
    301,
)
_wall("B67.h-nl", "talenkeuze.nl", "/", _page("Kies uw taal", "Nederlands English Français", "nl"))
_wall(
    "B67.i",
    "members-library.org",
    "/account/2/enter?from={path}",
    _page("Sign in", "<form><input name=user><input type=password name=pass><button>Sign in</button></form>"),
)
_wall("B68.a", "wiki-under-repair.org", "/maintenance.html", _page("Scheduled maintenance", "We will be back shortly."))
_wall("B68.b-de", "katalog-umbau.de", "", _page("Wartungsarbeiten", "Wir sind bald wieder da.", "de"))
_wall("B68.c-ja", "toshokan-hozen.jp", "/mente/?from={path}", _page("メンテナンス中", "しばらくお待ちください。", "ja"), 303)


@case("B68.d")
def maintenance_at_another_address(lab: Lab) -> None:
    """With the right status, at the end of a redirect."""
    page = html(_page("Under maintenance", "Please come back in an hour."), 503)

    def handler(visit: Visit) -> Answer:
        return page if visit.path == "/down" else redirect(302, "/down")

    lab.link(lab.host("repairs-at-night.net", handler).url("/notes/knots"), "Notes on Knots")


@case("B69.a")
def client_certificate(lab: Lab) -> None:
    one(lab, "cards-only.gov.example", "/register", "Register of Ships", article("Register of Ships"), tls="client-certificate")


@case("B69.b")
def http2_only(lab: Lab) -> None:
    """It answers any request with its settings, as the protocol's second version begins."""

    async def greet(arrival: Arrival) -> bool:
        await arrival.wire.read()
        await arrival.wire.write(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")
        await arrival.wire.linger()
        return False

    one(lab, "second-version-only.dev", "/rpc", "Remote Calls, Explained", nginx(200), greet=greet)


@case("B69.c")
def certificate_by_status(lab: Lab) -> None:
    answer = nginx(496)
    one(lab, "partners-portal.net", "/manual", "Manual for Partners", answer, missing=answer)


@case("B73.a")
def one_page_for_all(lab: Lab) -> None:
    """Another site's page, to which every address leads for good: it neither denies nor names the entry."""
    page = article("Welcome, friend", "Harbour Office", body="<p>Tell us who you are: a skipper, a guest or a neighbour.</p>")
    portal = lab.host("portal.harbours-united.com", site({"/visitors/desk": page}))
    old = lab.host("harbour-office.org", lambda _: redirect(301, portal.url("/visitors/desk")))
    lab.link(old.url("/tides/2019/table"), "Tide Tables by Hand")


@case("B73.b-de")
def one_page_for_all_by_redirect(lab: Lab) -> None:
    title = "Vereinsheft 12: Segelflug im Winter"
    page = article("Unser Verein", "", "de", "<p>Wählen Sie: Mitglied, Gast oder Presse.</p>")
    pages = {"/": article("Segelflugverein"), "/verein/alles": page}
    lab.link(lab.host("segelflug-heft.de", site(pages, redirect(302, "/verein/alles"))).url("/hefte/12.html"), title)


@case("B73.c")
def one_page_that_names_the_entry(lab: Lab) -> None:
    """A whole book on one page, at every address."""
    title = "The Small Book of Weaving"
    page = html(article(title, "Loom"))
    lab.link(lab.host("book-of-weaving.net", lambda _: page).url("/chapters/3"), title)

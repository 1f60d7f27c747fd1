"""Pages that deny with 200, and pages that only speak of denial: B47 and B49."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, redirect
from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article, docs
from tests.web.sites import one, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


def _soft(identity: str, name: str, target: str, title: str, page: str, lang: str = "en") -> None:
    """One page for everything the site doesn't have, said with 200."""

    def build(lab: Lab) -> None:
        lab.link(lab.host(name, site({}, html(page), lang=lang)).url(target), title)

    add(identity, build)


_soft("B47.a", "mathclub-online.com", "/workshops/2016/persistent-homology", "Workshop on Persistent Homology",
      article("Oops! We couldn't find that page", "Math Club Online",
              body="<p>Sorry, the page you were looking for doesn't exist or has been moved. Try the search box, or go back to the home page.</p>"))  # fmt: skip
_soft("B47.b-de", "forschungsportal-west.de", "/projekte/regularisierung", "Projekt Regularisierung",
      article("Diese Seite existiert leider nicht mehr", "Forschungsportal West", "de",
              "<p>Der gewünschte Inhalt wurde verschoben oder gelöscht. Bitte benutzen Sie unsere Suche.</p>"), "de")  # fmt: skip
_soft("B47.c-fr", "labo-images.fr", "/publis/ondelettes.pdf", "Ondelettes et images",
      docs("Page introuvable", "Labo Images", "fr", "<p>Désolé, cette page n'existe pas ou n'existe plus.</p>"), "fr")  # fmt: skip
_soft("B47.d-es", "grupo-probabilidad.es", "/notas/martingalas", "Notas sobre martingalas",
      academic("Error 404", "Grupo de Probabilidad", "es", "<p>No se ha encontrado la página solicitada en este servidor.</p>"), "es")  # fmt: skip
_soft("B47.e-ja", "toukei-juku.jp", "/kouza/bayes.html", "ベイズ統計講座",
      article("ページが見つかりません", "統計塾", "ja", "<p>お探しのページは削除されたか、URLが変更された可能性があります。</p>"), "ja")  # fmt: skip


@case("B47.f")
def by_redirect(lab: Lab) -> None:
    """Unknown paths are sent to an error page, which says 200."""
    page = article(
        "Page not available",
        "Orbit Press",
        body="<p>The item you requested is not available. Browse our catalogue instead.</p>",
    )

    def handler(visit: Visit) -> Answer:
        if visit.path == "/errors/404.aspx":
            return html(page)
        if visit.path == "/":
            return html(article("Orbit Press"))
        return redirect(302, f"/errors/404.aspx?aspxerrorpath={visit.path}")

    lab.link(lab.host("www.orbitpress.co.uk", handler).url("/titles/celestial-mechanics"), "Celestial Mechanics by Numbers")


@case("B47.g")
def echoes_the_path(lab: Lab) -> None:
    """The denial repeats the path and the time, so no two of them are byte for byte the same."""

    def denial(visit: Visit) -> Answer:
        text = f"<p>We looked everywhere for <code>{visit.path}</code>, without luck. Request {visit.request.connection}-{visit.nth}.</p>"
        return html(article("Nothing here", "Pocket Algebra", body=text))

    lab.link(lab.host("pocketalgebra.net", site({}, denial)).url("/rings/noetherian"), "Noetherian Rings in Your Pocket")


@case("B47.h-de")
def product_gone(lab: Lab) -> None:
    """A shop that shows a list of other things for whatever it no longer has."""
    text = "<p>Der Artikel ist nicht mehr verfügbar.</p><ul><li>Rechenschieber Klassik</li><li>Zirkelkasten</li><li>Millimeterpapier</li></ul>"
    page = html(article("Artikel nicht gefunden", "Buchladen am Ring", "de", text))
    lab.link(lab.host("buchladen-am-ring.de", site({}, page, lang="de")).url("/artikel/9783540"), "Vorlesungen über Geometrie")


@case("B49.a")
def about_404(lab: Lab) -> None:
    title = "How 404 pages work"
    text = (
        "<p>When a server can't find what it was asked for, it should say so with the status 404, and with a page that helps. "
        "Many say “page not found” but send 200; search engines call that a soft 404.</p><h2>Why it matters</h2>"
        "<p>A crawler that trusts the status keeps such pages for years. We asked twenty servers for a path that can't exist.</p>"
    )
    one(lab, "webcraft-weekly.com", "/articles/how-404-pages-work", title, article(title, "Webcraft Weekly", body=text))


@case("B49.b-de")
def about_404_german(lab: Lab) -> None:
    title = "Fehler 404: Seite nicht gefunden – was dahintersteckt"
    text = (
        "<p>Kaum eine Meldung ist so bekannt wie „Seite nicht gefunden“. Dieser Beitrag erklärt, woher die Nummer kommt, wie Server "
        "entscheiden und wie man eine hilfreiche Fehlerseite gestaltet.</p><p>Zum Schluss vergleichen wir zehn Beispiele aus Museen.</p>"
    )
    one(
        lab,
        "netzkunde-magazin.de",
        "/wissen/404-nicht-gefunden.html",
        title,
        article(title, "Netzkunde", "de", text),
        lang="de",
    )


@case("B49.c")
def notfound_in_the_path(lab: Lab) -> None:
    title = "The NotFound Exception in Depth"
    page = docs(title, "Sturdy Client", body="<p>Raised when a key is missing. Catch it, log it, and retry with a default.</p>")
    host = lab.host("sturdy-client.dev", site({"/api/errors/notfound": page}, nginx(404)))
    lab.link(host.url("/api/errors/notfound"), title)

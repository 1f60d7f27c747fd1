"""Plain answers: B1 to B6 and B12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import HTML, Answer, apache, html, nginx, redirect
from tests.web.lab import Lab, case
from tests.web.prose import academic, article, docs
from tests.web.sites import by_night, one, only, site

if TYPE_CHECKING:
    from tests.web.visit import Visit


@case("B1.a")
def plain(lab: Lab) -> None:
    title = "Sparse Grids for Curious Minds"
    one(lab, "sparsegrids-primer.org", "/primer/", title, article(title, "Sparse Grids Primer"))


@case("B1.b-de")
def plain_german(lab: Lab) -> None:
    title = "Einführung in die Theorie der Zufallsmatrizen"
    one(lab, "num.uni-alsterberg.de", "/~kroll/zufallsmatrizen.html", title, academic(title, "H. Kroll, Alsterberg", "de"))


@case("B1.c-ja")
def plain_japanese(lab: Lab) -> None:
    title = "最適輸送入門"
    page = article(title, "数理ノート", "ja").replace('charset="utf-8"', 'charset="shift_jis"').encode("shift_jis")
    one(lab, "suuri-note.co.jp", "/ot/", title, Answer(200, page, (("Content-Type", "text/html; charset=Shift_JIS"),)))


@case("B1.d-tls")
def plain_tls(lab: Lab) -> None:
    title = "Kernel Methods, Slowly"
    one(lab, "kernelmethods-slowly.com", "/en/latest/", title, docs(title, "Slow Kernels"), tls="good")


@case("B1.e-pdf")
def plain_pdf(lab: Lab) -> None:
    body = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(range(256)) * 60 + b"\n%%EOF\n"
    host = one(
        lab, "papers.lindqvist-lab.se", "/2017/lindqvist-flows.pdf", "Flows on Trees",
        Answer(200, body, (("Content-Type", "application/pdf"), ("Accept-Ranges", "bytes"))),
    )  # fmt: skip
    host.server = "Apache/2.4.57 (Debian)"


@case("B2.a")
def no_content(lab: Lab) -> None:
    one(lab, "beacon-status.io", "/v1/ping", "Beacon Ping", Answer(204, b"", ()))


@case("B2.b")
def early_hints(lab: Lab) -> None:
    title = "Atlas of Wavelets"

    async def handler(visit: Visit) -> Answer:
        hints = b"HTTP/1.1 103 Early Hints\r\nLink: </assets/app.css>; rel=preload; as=style\r\n\r\n"
        await visit.wire.write(hints * 2)
        return html(article(title, "Wavelet Atlas"))

    host = lab.host("waveletatlas.net", only("/atlas", handler))
    lab.link(host.url("/atlas"), title)


@case("B3.a")
def honours_ranges(lab: Lab) -> None:
    title = "Lectures on Splines"
    page = article(title, "Spline Room").encode()

    def handler(visit: Visit) -> Answer:
        if not visit.header("Range"):
            return Answer(200, page, (HTML, ("Accept-Ranges", "bytes")))
        return Answer(206, page[:200], (HTML, ("Content-Range", f"bytes 0-199/{len(page)}")))

    lab.link(lab.host("spline-room.org", only("/lectures/", handler)).url("/lectures/"), title)


@case("B3.b")
def refuses_ranges(lab: Lab) -> None:
    title = "A Very Short Note"
    page = f"<title>{title}</title><p>Two lines. That is all.</p>".encode()

    def handler(visit: Visit) -> Answer:
        if visit.header("Range"):
            return Answer(416, b"", (HTML, ("Content-Range", f"bytes */{len(page)}")))
        return Answer(200, page)

    lab.link(lab.host("shortnotes.co.uk", only("/note.html", handler)).url("/note.html"), title)


@case("B3.c")
def always_partial(lab: Lab) -> None:
    """Some caches say 206 although nobody asked for a range."""
    title = "Stochastic Gradients in Practice"
    page = article(title, "Practice Notes").encode()
    answer = Answer(206, page, (HTML, ("Content-Range", f"bytes 0-{len(page) - 1}/{len(page)}")))
    one(lab, "practice-notes.dev", "/sgd", title, answer)


@case("B4.a")
def gone(lab: Lab) -> None:
    one(lab, "tensorcraft-notes.org", "/2019/05/decompositions.html", "Tensor Decompositions, Crafted", nginx(404))


@case("B4.b-de")
def gone_german(lab: Lab) -> None:
    text = "<p>Die von Ihnen aufgerufene Seite ist nicht vorhanden. Nutzen Sie bitte die Suche oder die Navigation.</p>"
    missing = html(article("Seite nicht gefunden", "Institut für Angewandte Analysis", "de", text), 404)
    one(
        lab, "iaa.tu-wesermark.de", "/personen/lohse/skript.pdf", "Skript Funktionalanalysis", missing,
        missing=missing, lang="de",
    )  # fmt: skip


@case("B4.c")
def gone_home_page(lab: Lab) -> None:
    """A personal directory of a university that was removed with its owner."""
    missing = apache(404, host="people.math.northmoor.ac.uk")
    one(
        lab, "people.math.northmoor.ac.uk", "/~avery/teaching/ode/", "Ordinary Differential Equations", missing, missing=missing
    )


@case("B4.d-ja")
def gone_japanese(lab: Lab) -> None:
    text = "<p>お探しのページは移動または削除された可能性があります。</p>"
    missing = html(article("404 Not Found", "研究室", "ja", text), 404)
    one(lab, "lab.kita-daigaku.ac.jp", "/seminar/2015.html", "確率過程セミナー", missing, missing=missing, lang="ja")


@case("B5.a")
def gone_for_good(lab: Lab) -> None:
    one(lab, "quietfields.com", "/posts/quiet-fields", "Quiet Fields", apache(410, host="quietfields.com"))


@case("B5.b-fr")
def gone_for_good_french(lab: Lab) -> None:
    page = article("Contenu supprimé", "Carnets de géométrie", "fr", "<p>Ce billet a été retiré par son auteur.</p>")
    one(lab, "carnets-geometrie.fr", "/billets/42", "Géométrie de l'information", html(page, 410), lang="fr")


@case("B6.a")
def one_bad_night(lab: Lab) -> None:
    title = "Notes on Mirror Descent"
    one(lab, "mirrordescent.net", "/notes", title, by_night(nginx(404), article(title, "Mirror Descent")))


@case("B6.b-es")
def one_bad_night_spanish(lab: Lab) -> None:
    title = "Apuntes de Optimización"
    missing = html(article("Página no encontrada", "Optimización", "es", "<p>No hemos encontrado lo que busca.</p>"), 404)
    one(lab, "optimizacion-apuntes.es", "/apuntes.html", title, by_night(missing, academic(title, "", "es")), lang="es")


@case("B12.a")
def redirect_to_missing(lab: Lab) -> None:
    pages = {"/old/survey": redirect(301, "/new/survey"), "/new/survey": nginx(404)}
    host = lab.host("surveysofscience.com", site(pages))
    lab.link(host.url("/old/survey"), "A Survey of Diffusion Models")


@case("B12.b-de")
def redirect_to_missing_elsewhere(lab: Lab) -> None:
    missing = html(article("Fehler 404", "Verlag Steinbrück", "de", "<p>Dieses Dokument gibt es hier nicht.</p>"), 404)
    target = lab.host("katalog.verlag-steinbrueck.de", site({}, missing, lang="de"))
    host = lab.host("steinbrueck-buecher.de", site({"/titel/118": redirect(301, target.url("/titel/118"))}, lang="de"))
    lab.link(host.url("/titel/118"), "Mathematik der Bildgebung")


@case("B12.c")
def two_redirects_to_missing(lab: Lab) -> None:
    pages = {"/p/7": redirect(302, "/posts/7"), "/posts/7": redirect(301, "/posts/seven/")}
    lab.link(lab.host("sevenposts.blog", site(pages)).url("/p/7"), "Seven Lemmas")

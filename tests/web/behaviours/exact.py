"""URLs to the byte: B62 (fragments), B63 (exact spelling) and B64 (what can't be asked)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import idna

from tests.web.answers import html, nginx
from tests.web.lab import Lab, add, case
from tests.web.prose import article, docs
from tests.web.sites import site

if TYPE_CHECKING:
    from tests.web.visit import Visit

SECTIONS = (
    '<h2 id="user-content-install">Install</h2><p>Take the wheel.</p><h2 id="usage">Usage</h2><p>Call it.</p>'
    '<a name="old-anchor"></a><h2>History</h2><p>First written in spring.</p><h2 id="größe-und-maß">Größe und Maß</h2><p>Alles messbar.</p>'
)


def _fragment(identity: str, name: str, fragment: str, body: str = SECTIONS, lang: str = "en", target: str = "/readme") -> None:
    def build(lab: Lab) -> None:
        host = lab.host(name, site({target: article("Manual of the Ruler", name, lang, body)}, lang=lang))
        lab.link(f"{host.url(target)}#{fragment}", "Manual of the Ruler")

    add(identity, build)


_fragment("B62.a", "ruler-manual.org", "no-such-section")
_fragment("B62.b", "ruler-readme.com", "install")
_fragment("B62.c", "ruler-names.net", "old-anchor")
_fragment("B62.d-de", "lineal-handbuch.de", "gr%C3%B6%C3%9Fe-und-ma%C3%9F", lang="de")
_fragment("B62.e", "ruler-text.org", ":~:text=First%20written")
_fragment("B62.f", "ruler-top.co.uk", "top")


@case("B62.g")
def lines_by_script(lab: Lab) -> None:
    """A viewer of source code: the lines get their ids from a script."""
    body = (
        '<div id="code-viewer" data-src="/raw/solver.py"></div><script src="/assets/code-view-4f1.js"></script>'
        "<script>window.CodeView.mount(document.getElementById('code-viewer'),{anchors:'L'});</script><p>Python, 212 lines.</p>"
    )
    host = lab.host("forge-of-code.dev", site({"/solver/blob/main/solver.py": docs("solver.py at main", "solver", body=body)}))
    lab.link(host.url("/solver/blob/main/solver.py") + "#L10", "solver.py, the Step Rule")


@case("B62.h")
def several_fragments(lab: Lab) -> None:
    """Three entries, one page: it is to be fetched once."""
    host = lab.host("one-page-many-parts.org", site({"/all": article("All Parts", body=SECTIONS)}))
    for fragment in ("usage", "install", "old-anchor"):
        lab.link(f"{host.url('/all')}#{fragment}", "All Parts")


def _exact(identity: str, name: str, target: str, sent: str | None = None, lang: str = "en") -> None:
    """Only this very spelling is known; all others are 404."""

    def build(lab: Lab) -> None:
        title = f"Exactly {identity[4:]}"
        known = (sent or target).encode()

        def handler(visit: Visit) -> object:
            return html(article(title, name, lang)) if visit.request.target == known else nginx(404)

        lab.link(lab.host(name, handler).url(target), title)  # type: ignore[arg-type]

    add(identity, build)


_exact("B63.a", "percent-hash.org", "/notes/C%23%20intro.html")
_exact("B63.b", "percent-slash.net", "/doi/10.1000%2Fxyz%2f12")
_exact("B63.c", "plus-signs.com", "/search/a+b?q=c+d%20e&empty=&f")
_exact("B63.d", "semicolons.co.uk", "/page;jsessionid=1?x=1;y=2")
_exact("B63.e", "CaseMatters.org".lower(), "/Docs/ReadMe.HTML?Q=Ab")
_exact("B63.f", "dots-kept.io", "/a/../b/./c")
_exact("B63.g", "tilde-and-more.edu", "/~user/x%7Ey/(z)*!'$,:@[1]|2")
_exact("B63.h-de", "doppelter-schraegstrich.de", "//skripte//teil//1", lang="de")
_exact("B63.i", "question-mark.net", "/list?")
_exact("B63.j", "empty-looking.com", "/%zz/%e4%f6?x=%")


@case("B63.k-de")
def international_name(lab: Lab) -> None:
    """By IDNA 2008 the sharp s stays; by the older rules it would be another name, which doesn't exist."""
    title = "Maßtheorie an der Weißen Straße"
    name = "weiße-straße.de"
    ascii_name = idna.encode(name).decode()
    host = lab.host(ascii_name, site({"/ma%C3%9Ftheorie": article(title, "", "de")}, lang="de"))
    lab.link(host.url("/ma%C3%9Ftheorie").replace(ascii_name, name), title)


@case("B63.l-ja")
def international_path(lab: Lab) -> None:
    """A URL with characters beyond ASCII, as people paste it; browsers send UTF-8, percent-encoded."""
    title = "行列の本"
    host = lab.host("gyouretsu.jp", site({"/%E8%A1%8C%E5%88%97/%E7%AC%AC1%E7%AB%A0": article(title, "", "ja")}, lang="ja"))
    lab.link(host.url("/行列/第1章"), title)


@case("B64.a")
def mistyped_scheme(lab: Lab) -> None:
    for url in (
        "htp://mistyped-scheme.org/x",
        "https//missing-colon.org/x",
        "http:/one-slash.org/x",
        "ttps://lost-letter.org/",
    ):
        lab.link(url, "Typing Lessons")


@case("B64.b")
def malformed_authority(lab: Lab) -> None:
    for url in (
        "http://spaced host.com/x",
        "http:///no-host",
        "http://port-too-high.com:99999/",
        "http://two..dots.com/",
        "http://[::1",
        "https://",
    ):
        lab.link(url, "Parsing Lessons")

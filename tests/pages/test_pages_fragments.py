"""Fragments of a page: found, missing, or unknown if a script may create them."""

from __future__ import annotations

import pytest

from linkcheck.pages import read
from tests.pages.samples import HTML, bare, live

PAGE = live(
    "Manual",
    '<h2 id="install">Install</h2><h2 id=usage>Usage</h2><a name="old-style"></a><h3><a id="user-content-quick-start" href="#quick-start"></a>'
    'Quick start</h3><h2 data-note="a > b" id="after-quote">x</h2><h2 id="Überblick">Ü</h2><h2 id="a&amp;b">y</h2><img name="picture" src=x>'
    "<p>Text that says id=in-the-text and &lt;p id=&quot;escaped&quot;&gt;.</p><!-- <p id='commented'> --><h2 ID='Case'>z</h2>"
    '<div data-id="data-only"></div><p>The quick <b>brown</b> fox jumps, over the lazy dog.</p><p>Second paragraph here.</p>',
)


def fragment(html: str, name: str, **more: bool) -> str:
    marks = read(html.encode(), HTML, "https://docs.example/manual", status=200, fragments=(name,), **more)
    assert marks.fragments[0][0] == name
    return marks.fragments[0][1]


@pytest.mark.parametrize(
    "name",
    ["install", "usage", "old-style", "quick-start", "Quick-Start", "user-content-quick-start", "after-quote", "Überblick", "%C3%9Cberblick",
     "a&b", "Case", "", "top", "TOP"],
)  # fmt: skip
def test_existing_fragments(name: str) -> None:
    assert fragment(PAGE, name) == "found"


@pytest.mark.parametrize(
    "name", ["instal", "Install", "case", "in-the-text", "escaped", "commented", "picture", "data-only", "not-there"]
)
def test_missing_fragments(name: str) -> None:
    assert fragment(PAGE, name) == "missing"


@pytest.mark.parametrize(
    "name", ["/route/17", "!page", "!/x", "L10", "L10-L20", "L3C1-L4C2", "page=3", "lines-3-9", "t=120s", "?q=1"]
)
def test_fragments_that_scripts_read(name: str) -> None:
    assert fragment(PAGE, name) == "unknown"


@pytest.mark.parametrize(
    "script",
    [
        '<script>document.querySelector("main").innerHTML += \'<h2 id="made">Made</h2>\'</script>',
        '<script>el.id = "made"</script>',
        "<script>document.querySelectorAll('h2').forEach(h => { h.id = h.textContent.toLowerCase() })</script>",
        '<script type="application/json">{"html":"<a id=\\"user-content-made\\">"}</script>',
        '<script src="https://cdn.example/anchorjs/4.0/anchor.min.js"></script>',
        "<template><h2 id='made'>Made</h2></template>",
    ],
)
def test_fragments_that_scripts_create(script: str) -> None:
    assert fragment(live("Manual", script), "made") == "unknown"


def test_a_heading_without_id_may_get_it_from_a_script() -> None:
    assert fragment(live("Manual", "<h2>Getting <i>started</i> &amp; more</h2>"), "getting-started-more") == "unknown"
    assert fragment(live("Manual", "<h2>Getting finished</h2>"), "getting-started") == "missing"


def test_fragments_of_shells_cut_pages_and_other_formats_are_unknown() -> None:
    assert fragment(bare("App", '<div id="root"></div><script src="/app.js"></script>'), "install") == "unknown"
    assert fragment(PAGE, "not-there", complete=False) == "unknown"
    assert fragment(PAGE, "install", complete=False) == "found"
    pdf = read(
        b"%PDF-1.7",
        (("Content-Type", "application/pdf"),),
        "https://x.example/a.pdf",
        status=200,
        fragments=("page=3", "", "sec"),
    )
    assert pdf.fragments == (("page=3", "unknown"), ("", "found"), ("sec", "unknown"))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (":~:text=brown%20fox", "found"),
        (":~:text=BROWN%20FOX", "found"),
        (":~:text=The%20quick,lazy%20dog", "found"),
        (":~:text=quick-,brown%20fox,-jumps", "found"),
        (":~:text=slow-,brown%20fox", "missing"),
        (":~:text=brown%20fox,-sleeps", "missing"),
        (":~:text=dog.,Second", "found"),
        (":~:text=lazy%20dog,brown", "missing"),
        (":~:text=purple%20fox", "missing"),
        (":~:text=purple%20fox&text=Second%20paragraph", "found"),
        ("install:~:text=brown%20fox", "found"),
        ("install:~:text=purple%20fox", "missing"),
        (":~:text=fox%20jumps%2C%20over", "found"),
    ],
)
def test_text_fragments(name: str, word: str) -> None:
    assert fragment(PAGE, name) == word


def test_fragments_far_down_a_long_page_are_found() -> None:
    html = live("Index", "".join(f'<h3 id="s{number}">Section {number}</h3><p>Text.</p>' for number in range(30_000)))
    assert len(html) > 1_000_000
    assert fragment(html, "s29999") == "found"
    assert fragment(html, "s30000") == "missing"


def test_fragments_are_answered_in_order() -> None:
    marks = read(PAGE.encode(), HTML, "https://docs.example/", status=200, fragments=("usage", "nope", "install"))
    assert marks.fragments == (("usage", "found"), ("nope", "missing"), ("install", "found"))


OPAQUE = live(
    "Media",
    '<iframe id="film" src="/embed/3"></iframe><textarea id=\'listing\' title="a > b">x = 1 <p id=in-text></textarea><script id=data type="x"></script>'
    '<style id="theme">#no{}</style><template id="row"><td id="cell"></td></template><xmp id="old">x</xmp><p id="after">y</p>'
    '<TEXTAREA ID="Loud"></TEXTAREA><iframe srcdoc="<p id=inner></p>" id="late"></iframe><video id=clip></video><svg id="map"></svg><titles id="own">',
)  # fmt: skip


@pytest.mark.parametrize(
    "name", ["film", "listing", "data", "theme", "row", "old", "after", "Loud", "late", "clip", "map", "own"]
)
def test_ids_on_elements_with_opaque_content_are_found(name: str) -> None:
    assert fragment(OPAQUE, name) == "found"


@pytest.mark.parametrize("name", ["in-text", "no", "loud"])
def test_what_is_in_them_is_not(name: str) -> None:
    assert fragment(OPAQUE, name) == "missing"


@pytest.mark.parametrize("markup", ["<textarea id='a\">", "<iframe ='", "<script ", "<title>", "<!-- "])
def test_unfinished_opaque_elements_take_linear_time(markup: str) -> None:
    assert fragment(markup * 50_000, "nowhere") == "missing"

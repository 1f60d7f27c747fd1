"""No page raises, and the markup given to the parser is limited (counted, not timed)."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.model import PageSignals
from linkcheck.pages import read
from linkcheck.pages.bounds import MAX_ATTRIBUTES, MAX_CHARACTERS, MAX_TAGS, limit_markup, text_bytes
from tests.pages.samples import live

NAMES = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]
BOMBS = {
    "blocks": "<div>" * 40_000,
    "lists": "<ul><li>" * 20_000,
    "formatting": "".join(f"<b x{number}><p>" for number in range(20_000)),
    "upper case": "".join(f"<FONT x{number}><P>" for number in range(20_000)),
    "closing": "<svg>" + "<tr>" * 3_000 + "</x>" * 40_000,
    "attributes": f"<p {' '.join(NAMES)}>text",
    "values": f"<p {' '.join(f'{name}=1' for name in NAMES)}>text",
    "links": "<a><div>" * 20_000,
    "comment": "<!-- " + "<p>" * 100_000,
    "script": "<script>" + "<p>" * 100_000,
    "value": '<p title="' + "x" * 2_000_000,
    "angles": "<" * 500_000,
    "spaces": "<p>" + " " * 500_000,
    "quotes": "<a '" * 100_000,
    "unended": '<a b="c' * 50_000,
    "refresh": '<meta http-equiv=refresh content="' + "0" * 100_000,
    "title": "<title>" + "- " * 100_000,
    "nul": "\0" * 100_000,
    "headings": "<h1>" * 50_000,
    "noscript": "<noscript " * 40_000,
    "forms": '<form><input type="password">' * 5_000,
    "digits": "<p>" + "1" * 1_000_000,
}


def tags(markup: str) -> int:
    return sum(markup.count(f"<{letter}") for letter in ascii_lowercase + ascii_lowercase.upper())


@pytest.mark.parametrize("name", BOMBS)
def test_the_parsed_markup_is_limited(name: str) -> None:
    given_to_it = limit_markup(BOMBS[name]).markup
    assert len(given_to_it) <= MAX_CHARACTERS + 4 * MAX_TAGS
    assert tags(given_to_it) <= MAX_TAGS
    assert given_to_it.count("</") <= MAX_TAGS
    assert "<b x1>" not in given_to_it.lower()
    assert "<font" not in given_to_it.lower()
    assert given_to_it.count("=1") <= MAX_ATTRIBUTES


def test_a_tag_with_too_many_attributes_is_not_parsed() -> None:
    assert limit_markup("<h1>Title</h1>" + BOMBS["attributes"]).markup == "<h1>Title</h1>"


def test_long_attribute_values_are_parsed() -> None:
    page = live(
        "Plot",
        f'<img alt="a plot" src="data:image/png;base64,{"iVBORw0KGgo" * 3000}"><div data-page="{"&quot;a&quot;: 1, " * 500}"></div>',
    )
    assert limit_markup(page).markup == page


def test_ordinary_pages_are_parsed_completely() -> None:
    page = live(
        "Paper",
        "".join(
            f"<h2 id=s{number}>Part {number}</h2><p>Some <b>bold</b> and <a href=x>linked</a> text.</p>"
            for number in range(400)
        ),
    )
    assert len(page) > 20_000
    assert limit_markup(page).markup.replace("span>", "b>") == page


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        (f"<style>{'x' * 70_000}</style><p>text</p>", "<style></style><p>text</p>"),
        (f"<STYLE media=print>{'x' * 70_000}</Style><p>text</p>", "<STYLE media=print></Style><p>text</p>"),
        (f"<script>if (a<b) '<p>'; {'x' * 70_000}</script><p>text</p>", "<script></script><p>text</p>"),
        (f"<!-- <script> {'x' * 70_000} --><p>text</p>", "<p>text</p>"),
        (f"{'<link rel=prefetch href=/a.js>' * 3000}<p>text</p>", "<p>text</p>"),
        (f"<svg><path d='{'1 ' * 40_000}'/></svg><p>text</p>", "<svg></svg><p>text</p>"),
        (f"<img src='data:image/png;base64,{'iVBO' * 20_000}'><p>text</p>", "<img src='data:image/png;base64,'><p>text</p>"),
        (f"<p>text</p><script>{'x' * 70_000}", "<p>text</p><script>"),
        (f"<p>text</p><!-- {'x' * 70_000}", "<p>text</p>"),
        ("one" + "<link rel=prefetch href=/a.js>\n" * 3000 + "two", "one\n\ntwo"),
        ("one" + "<!-- a - comment -->" * 4000 + "two", "onetwo"),
    ],
)
def test_what_has_no_text_takes_no_room_in_a_long_page(source: str, markup: str) -> None:
    limited = limit_markup(source)
    assert (limited.markup, limited.cut) == (markup, False)
    assert text_bytes(source.encode()) == len(markup)


def test_what_has_no_text_behind_the_limit_is_counted_apart() -> None:
    source = f"{'word ' * 14_000}<script>{'x' * 70_000}</script>"
    assert limit_markup(source).cut
    assert text_bytes(source.encode()) == len("word " * 14_000 + "<script></script>")


def test_the_scripts_of_a_long_page_are_kept_beside_its_markup() -> None:
    limited = limit_markup(f"<script src=/a.js></script><style>{'x' * 70_000}</style><p>text</p><script>go()</script>")
    assert limited.scripts == "<script src=/a.js></script><script>go()</script>"
    assert limited.with_scripts.startswith(limited.markup)


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        (f"<p>{'word ' * 20_000}", True),
        (f"<p>{'word ' * 10_000}", False),
        ("<i></i>" * (MAX_TAGS + 1), True),
        (BOMBS["attributes"], True),
        ("<b>bold</b>" * 1000, False),
    ],
    ids=["characters", "short", "tags", "attributes", "formatting"],
)
def test_a_page_with_more_than_is_parsed_is_cut(source: str, cut: bool) -> None:
    assert limit_markup(source).cut is cut


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read(name: str) -> None:
    body = BOMBS[name].encode()
    marks = read(
        body, (("Content-Type", "text/html"),), "https://x.example/a?b#c", status=200, fragments=("x", ":~:text=a,b", "c%20d")
    )
    assert [word in {"found", "missing", "unknown"} for _, word in marks.fragments] == [True, True, True]


HEADERS = st.lists(
    st.tuples(st.sampled_from(["content-type", "Refresh", "server", "cf-mitigated", "x"]), st.text(max_size=30)), max_size=4
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["<title>", "</title>", "<h1>", "<div hidden>", "<script>", "</script>", "<noscript>", "<form>", "<input type=password>", "404", "not found", "<!--", "-->",
             "<svg>", "<template>", "<meta http-equiv=refresh content='0;x'>", "<a name='", '"', "'", ">", "&#x110000;", "\0", "页面不存在", "this domain is for sale"]
        ),
        st.text(max_size=12),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    body=st.one_of(st.binary(max_size=400), PIECES.map(lambda text: text.encode("utf-8", "replace"))),
    headers=HEADERS,
    url=st.text(max_size=40),
    fragment=st.text(max_size=20),
    status=st.integers(0, 999),
)
def test_nothing_raises(body: bytes, headers: list[tuple[str, str]], url: str, fragment: str, status: int) -> None:
    assert isinstance(read(body, tuple(headers), url, status=status, fragments=(fragment,)), PageSignals)
    html = (("content-type", "text/html"), *headers)
    assert isinstance(
        read(body, html, url, status=status, fragments=(fragment, f":~:text={fragment}"), complete=False), PageSignals
    )

"""Two parsers read hostile catalogues back: titles, URLs, one item an entry, nothing else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.markdown.text import clean
from generator.publishing.pages import render_pages
from generator.sources.catalogue.model import Entry
from tests.publishing.pages.readers import BLOCK_TAGS, READERS, address, in_one_line
from tests.publishing.samples import catalogue, entry, section, topic

FRAGMENTS = [
    "a", "Learning", "é", "Łuk", "深", "שלום", "مرحبا", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u202e", "\u200f", "\u2066", "\x00", "\x1b[1m",
    "[", "]", "(", ")", "](javascript:alert(1))", "![", "[x]: http://e.org", "[^1]", "*", "**", "_", "__", "~", "~~", "`", "``", "```", "|", "\n|-|\n", "\\", "\\\\",
    "<", ">", "<b>", "</li>", "<!--", "-->", "<script>", "<https://e.org>", "&", "&amp;", "&copy;", "&#35;", "&lt", "#", "# ", "- ", "+ ", "1. ", "1) ", "> ", "---", "===",
    "http://e.org", "https://e.org/x_y", "www.e.org", "ftp://e.org", "me@e.org", "x@y", ":smile:", ":", "$", "$x$", "$$", "@me", "#1", "GH-1", '"', "'", ".", "!", "?", ",", "-", "=", "{", "}", "^", "%41",
    "\u200d", "👩‍🔬", "❤️", "2019", " - ", " · ", "et al.",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join)
ANY = st.one_of(TEXT, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
VISIBLE = ANY.filter(clean)
PATHS = st.lists(
    st.sampled_from(["a", "/", "//", "?", "=", "&", "&copy", ";", "&amp;", "(", ")", "((", "[", "]", "<", ">", "\\", "`", "*", "_", "~", "|", "%20", "%zz", "%",
                     "é", "#", "'", '"', "{", "}", "!", "$", ",", ":", "@", "+", " ", "\n", "\u202e", "javascript:", ".", ".."]),
    max_size=9,
).map("".join)  # fmt: skip
URL = PATHS.map(lambda path: f"https://e.org/{path}x")
UNSAFE = st.sampled_from(
    ["javascript:alert(1)", "data:text/html,<b>", "/x", "x.md", "#x", "//e.org", "mailto:me@e.org", " ", "ftp://e.org/x"]
)
OPTIONAL = {"year": st.integers(1, 3000), "venue": ANY, "state": st.sampled_from(["active", "deprecated", "retracted"])}
ENTRIES = st.builds(
    lambda title, url, authors, links, optional: replace(
        entry(title, url, authors=authors, links=tuple((label, (target,)) for label, target in links)), **optional
    ),
    VISIBLE,
    st.one_of(URL, URL, UNSAFE, st.none()),
    st.lists(ANY, max_size=8),
    st.lists(st.tuples(VISIBLE, st.one_of(URL, URL, UNSAFE)), max_size=3),
    st.fixed_dictionaries({}, optional=OPTIONAL),
)
SETTINGS = settings(
    max_examples=250, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def web(url):
    return url is not None and url.strip().startswith("https://")


def visible(value):
    return in_one_line(clean(value)).replace("\x00", "\ufffd")


def as_heading(value):
    """A heading has no variation selectors, and is never empty."""
    return visible(value.replace("\ufe0e", "").replace("\ufe0f", "")) or "Untitled"


@pytest.mark.parametrize("reader", READERS)
@SETTINGS
@given(st.lists(ENTRIES, min_size=1, max_size=5), VISIBLE, VISIBLE)
def test_titles_and_urls_are_read_back(reader, entries, title, heading):
    page = render_pages(catalogue(topic("x", section(heading, *entries), title=title)))["lists/x.md"]
    blocks, unexpected = READERS[reader](page)
    assert unexpected == []
    assert [block.text for block in blocks if block.kind.startswith("h")] == [as_heading(part) for part in (title, heading)]
    items = [block for block in blocks if block.kind == "li"]
    assert len(items) == len(entries)
    for block, given_entry in zip(items, entries, strict=True):
        check(block, given_entry)
    links = [url for block in blocks for _, url in block.links]
    assert all(url.startswith(b"https://e.org/") for url in links[:-2])
    assert links[-2:] == [b"x.yaml", b"README.md"]


def check(block, given_entry: Entry):
    assert block.text == f"{visible(given_entry.title)}{block.text[len(visible(given_entry.title)) :]}"
    expected = [(visible(label), address(url.strip(" \n\t"))) for label, (url,) in given_entry.links if web(url)]
    if web(given_entry.url):
        expected.insert(0, (visible(given_entry.title), address(given_entry.url.strip(" \n\t"))))
    assert block.links == expected
    for author in given_entry.authors[: 3 if len([a for a in given_entry.authors if clean(a.name)]) > 6 else None]:
        assert visible(author.name) in block.text
    assert visible(given_entry.venue or "") in block.text


@pytest.mark.parametrize("reader", READERS)
@SETTINGS
@given(st.lists(ANY, min_size=1, max_size=4), st.lists(ANY, max_size=2))
@example(["a\n\n- b"], ["- c", "*"])
@example(["[x](javascript:alert(1)) <b>&copy; ![i](https://e.org/i.png)"], ["# h\n\n> q\n\n```\nc\n```\n| a |\n|---|\n"])
def test_descriptions_add_no_item_no_html_and_only_http_links(reader, entry_texts, page_texts):
    entries = [entry("T", "https://e.org/", description=value) for value in entry_texts]
    about = page_texts[0] if page_texts else None
    here = section("S", *entries, description=page_texts[1] if len(page_texts) > 1 else None)
    blocks, unexpected = READERS[reader](render_pages(catalogue(topic("x", here, description=about)))["lists/x.md"])
    assert set(unexpected) <= (BLOCK_TAGS if page_texts else set())
    assert [block.text for block in blocks if block.kind.startswith("h")] == ["X", "S"]
    items = [block for block in blocks if block.kind == "li" and block.links[:1] == [("T", b"https://e.org/")]]
    assert len(items) >= len(entry_texts)
    assert items[-1].text.startswith("T")
    urls = [url for block in blocks for _, url in block.links]
    assert all(url.startswith((b"http://", b"https://")) for url in urls[:-2]), urls


@pytest.mark.parametrize("reader", READERS)
@SETTINGS
@given(st.lists(st.tuples(VISIBLE, VISIBLE), min_size=1, max_size=4))
def test_pointers_and_contents_are_read_back(reader, pairs):
    home = topic(
        "home", *(section(heading, replace(entry(title, "https://e.org/x"), also_in=("away",))) for heading, title in pairs)
    )
    pages = render_pages(catalogue(home, topic("away")))
    blocks, unexpected = READERS[reader](pages["lists/away.md"])
    assert unexpected == []
    items = [block for block in blocks if block.kind == "li"]
    headings = [as_heading(heading) for heading, _ in pairs]
    assert [block.text for block in items] == [
        f"{visible(title)} - In Home: {heading}." for heading, (_, title) in zip(headings, pairs, strict=True)
    ]
    listed, _ = READERS[reader](pages["lists/home.md"])
    contents = [block.links[0] for block in listed if block.kind == "li"][: len(pairs)] if len(pairs) > 1 else []
    if contents:
        assert [text for text, _ in contents] == headings
        assert [url for _, url in contents] == [block.links[-1][1].removeprefix(b"home.md") for block in items]

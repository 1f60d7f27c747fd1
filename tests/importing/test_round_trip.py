"""Pages that we rendered, imported: the same sources, and the same pages from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.commands.curation.import_ import Request, import_
from generator.editing.workspace import load_workspace
from generator.importing.link_account import account
from generator.importing.topic import read_page
from generator.importing.topic.splitting import split
from generator.publishing.pages import render_pages
from generator.publishing.pages.single import render_single
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.write import topic_text
from generator.sources.collection import Pages
from tests.importing import shapes
from tests.publishing.samples import catalogue, entry, section, topic

SETTINGS = settings(
    max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)  # fmt: skip
LISTS = Path(__file__).parents[2] / "lists"

TITLES = (
    "Optimal Transport, Slowly",
    "On [0, 1] and |x|: notes",
    "k-means",
    "C++ & Friends",
    "深度学习",
    "The *Star* of `x`",
    "Moss - and Fern",
    "$\\ell_1$ norms and $x^2$, for $5",
)
PEOPLE = ("Ann Lee", "G. Peyré", "Stéphane d'Ascoli", "Jan van der Berg", "Bo Kim Jr.", "Élodie Dupont", "Wei-Jian Qin")
VENUES = ("ICML 2019", "Journal of Mosses & Ferns", "NeurIPS", "arXiv", "Proceedings of the 3rd Moss Workshop")
ABOUT = (
    "The book to own: [errata](https://example.org/errata) are kept up to date.", "Lists `a` and _b_.", "For the impatient.",
    "k-means in ten lines.", "Ends with a question?", "Costs 5 (or 6) coins; see part 2.", "It says \"no\" and 'maybe' twice.",
    "Ä first letter.", "~~Gone~~ and back again.", "An introduction. Then more of it, by Ann Lee, 2019.",
    "Bounds by $`\\sqrt{n}`$; see [above](#books).",
)  # fmt: skip
LINKS = (
    ("pdf", ("https://example.org/a.pdf",)), ("code", ("https://example.org/c", "https://example.org/d")), ("slides", ("docs/a.pdf",)),
    ("project page", ("https://example.org/p?q=1&r=(2)",)), ("mail", ("mailto:a@example.org",)),
)  # fmt: skip


@st.composite
def works(draw):
    """An entry with fields as a maintainer writes them, of those that a page shows."""
    title = draw(st.sampled_from(TITLES))
    url = draw(st.one_of(st.none(), st.integers(1, 10**6).map(lambda n: f"https://example.org/{n}/x_(y)?a=1&b=2")))
    people = tuple(map(author, draw(st.lists(st.sampled_from(PEOPLE), max_size=6, unique=True))))
    venue = draw(st.one_of(st.none(), st.sampled_from(VENUES)))
    year = draw(st.one_of(st.none(), st.integers(1950, 2030)))
    if venue == "ICML 2019":
        year = 2019
    if len(people) == 1 and not venue:
        year = year or 2001  # a name alone may be a thing's
    made = entry(
        title if url else title.replace(" - ", " "),
        url,
        id="",
        authors=people,
        venue=venue,
        year=year,
        description=draw(st.one_of(st.none(), st.sampled_from(ABOUT))),
        links=tuple(draw(st.lists(st.sampled_from(LINKS), max_size=3, unique=True))),
        state=draw(st.sampled_from(("active", "active", "deprecated", "retracted"))),
        tags=draw(st.sampled_from(((), (), ("classic",), ("to read", "k`d")))),
        extra=draw(st.sampled_from(((), (("stars", "12"), ("by hand", "x; y: z"))))),
    )
    return replace(made, archive_url="https://web.archive.org/x") if made.state != "active" and url else made


RICH = "Tables:\n\n| a   | b       |\n| --- | ------: |\n| `c` | $`x_1`$ |\n\n> Quoted.\n\n```py\n[x](y)\n```\n\n```math\nx^2\n```\n\nSee [above](#books)."
SECTIONS = st.builds(
    lambda title, about, own, inner: section(title, *own, sections=inner, description=about),
    st.sampled_from(("Books", "Papers: theory", "License", "Outline", "1. First", "Start", "Updates")),
    st.one_of(
        st.none(),
        st.sampled_from(("Soft, and green.", "Two:\n\n- one\n- two", "First paragraph.\n\n*Second* one.", "Tools:", RICH)),
    ),
    st.lists(works(), min_size=1, max_size=3),
    st.lists(st.builds(lambda own: section("Inner", *own), st.lists(works(), min_size=1, max_size=2)), max_size=2),
)
TOPICS = st.builds(
    lambda sections, about, header, footer: topic(
        "moss",
        *sections,
        title="Awesome Moss",
        description=None if header and "##" in header else about,
        header=header,
        footer=footer,
    ),
    st.lists(SECTIONS, min_size=1, max_size=3),
    st.one_of(st.none(), st.just("What *grows* on stones.")),
    st.one_of(
        st.none(),
        st.just("![a stone](https://example.org/stone.png)"),
        st.just("## What this is\n\n[By me](https://example.org/me)\n\n- soft"),
    ),
    st.one_of(st.none(), st.just("## License\n\n[CC0](https://example.org/cc0)")),
)


def shown(one):
    """A topic without what its page doesn't show: a year that the title names already, the place of a link in a list of one label."""

    def seen(work):
        hidden = not work.authors and not work.venue and str(work.year) in (work.title or "")
        return replace(work, year=None if hidden else work.year)

    def inner(each):
        return replace(
            each,
            description=plainly(each.description),
            entries=tuple(map(seen, each.entries)),
            sections=tuple(map(inner, each.sections)),
        )

    return replace(
        one,
        description=plainly(one.description),
        entries=tuple(map(seen, one.entries)),
        sections=tuple(map(inner, one.sections)),
    )


def plainly(text):
    return text.replace("*", "_") if text else text


@pytest.fixture(scope="module")
def loaded():
    """The lists of this repository."""
    return load_workspace(LISTS, today=date(2026, 11, 21)).catalogue


def page_of(one):
    return render_pages(catalogue(one, pages=Pages(2)))[f"lists/{one.slug}.md"]


@SETTINGS
@given(TOPICS)
def test_a_topic_s_page_gives_its_source(given_topic):
    page = page_of(given_topic)
    imported = read_page(page, "moss.md")
    (back,) = imported.topics
    assert topic_text(shown(back)) == topic_text(shown(given_topic))
    assert page_of(back) == page
    assert account(page, imported).left == ()


@SETTINGS
@given(TOPICS)
def test_the_single_page_of_a_topic_gives_its_source(given_topic):
    page = render_single(catalogue(given_topic))
    (back,) = read_page(page, "moss.md").topics
    assert topic_text(shown(back)) == topic_text(shown(given_topic))
    assert render_single(catalogue(back)) == page


@settings(SETTINGS, max_examples=120)
@given(shapes.document)
def test_the_page_of_any_imported_list_gives_the_same_page(text):
    (first,) = read_page(text, "README.md").topics
    page = page_of(first)
    (back,) = read_page(page, f"{first.slug}.md").topics
    assert page_of(back) == page


@settings(SETTINGS, max_examples=40)
@given(shapes.document)
def test_a_second_import_changes_nothing(tmp_path_factory, text):
    here = tmp_path_factory.mktemp("import")
    (here / "list.md").write_text(text, encoding="utf-8", newline="")
    request = Request((here / "list.md",), here / "lists", date(2026, 11, 21))
    plan, _ = import_(request)
    (here / "lists").mkdir()
    for path, change in plan.changes.items():
        path.write_bytes(change.after)
    again, report = import_(request)
    assert again.real_changes == {}
    assert report.counts["entries"] == 0


def test_our_own_lists_come_back_from_one_page_with_their_reading_paths(loaded):
    page = render_single(loaded)
    imported = read_page(page, "all.md")
    assert account(page, imported).left == ()
    back = split(imported.topics[0])
    assert [one.title for one in back] == [one.title for one in loaded.topics]
    steps = [[step.reason for one in topics for step in one.start] for topics in (back, loaded.topics)]
    assert steps[0] == steps[1]
    for ours, theirs in zip(back, loaded.topics, strict=True):
        assert [one.title for top in ours.sections for one in top.walk()] == [
            one.title for top in theirs.sections for one in top.walk()
        ]
        assert [(one.title, one.venue, one.description, one.links) for one in ours.walk()] == [
            (one.title, one.venue, one.description, one.links) for one in theirs.walk()
        ]


def test_our_own_lists_come_back_from_their_pages(loaded):
    for path, page in render_pages(loaded).items():
        if path != "lists/README.md":
            (back,) = read_page(page, path).topics
            theirs = next(one for one in loaded.topics if one.slug == back.slug)
            assert [step.reason for step in back.start] == [
                step.reason for step in theirs.start if step.id in {one.id for one in theirs.walk()}
            ]
            for found, one in zip(back.walk(), theirs.walk(), strict=True):
                assert (found.title, found.url, found.venue, found.links) == (
                    one.title,
                    one.page[1] if one.page else None,
                    one.venue,
                    one.links,
                )
                assert (found.description or "").endswith(one.description or "")


AMBIGUOUS = [
    ("- [Reed](https://example.org/a) - Ann Lee, Bo Kim. _ICML_, 2019. Good.", ["Ann Lee", "Bo Kim"], "ICML", 2019, "Good."),
    ("- [Reed](https://example.org/a) - By ann lee of Moss, 2019.", [], None, None, "By ann lee of Moss, 2019."),
    ("- [Reed](https://example.org/a) - OpenAI, 2019. Good.", ["OpenAI"], None, 2019, "Good."),
    ("- [Reed](https://example.org/a) - 2019. Good.", [], None, 2019, "Good."),
    ("- [Reed](https://example.org/a) - _k-means_ for the impatient.", [], None, None, "k-means for the impatient."),
    (
        "- [Reed](https://example.org/a) - Ann Lee, Bo Kim, Cy Moor et al., 2020.",
        ["Ann Lee", "Bo Kim", "Cy Moor", "et al."],
        None,
        2020,
        None,
    ),
    ("- [Reed](https://example.org/a) - _Nature_. See Bo Kim.", [], "Nature", None, "See Bo Kim."),
    ("- Reed - The page is gone.", [], None, None, None),
]


@pytest.mark.parametrize(("line", "authors", "venue", "year", "about"), AMBIGUOUS)
def test_the_line_of_an_entry_is_read_as_it_is_written(line, authors, venue, year, about):
    page = page_of(topic("moss", section("S", entry("X", "https://example.org/x", id="x")))).replace(
        "- [X](https://example.org/x)", line
    )
    (found,) = read_page(page, "moss.md").topics[0].walk()
    assert ([one.name for one in found.authors], found.venue, found.year, found.description) == (authors, venue, year, about)
    assert page_of(read_page(page, "moss.md").topics[0]) == page


@pytest.mark.parametrize(
    "tail", ["a (b.html) · ", "_x_ y ", "[a](https://e.org) · ", "Ann Lee. ", "k: `v`; ", "Ann Lee, ", "et al. "]
)
def test_a_long_item_of_a_rendered_page_is_read_within_the_test_s_time(tail):
    page = page_of(topic("moss", section("S", entry("X", "https://example.org/x", id="x"))))
    assert read_page(
        page.replace("- [X](https://example.org/x)", f"- [X](https://example.org/x) - {tail * 20_000}"), "moss.md"
    ).topics

"""Rendered pages, hostile ones as well, pass awesome-lint."""

import pytest

from generator.publishing.pages import render_pages
from tests.publishing.pages.linters import awesome
from tests.publishing.samples import catalogue, entry, handbook, section, topic

pytestmark = pytest.mark.node

# Rules about the repository and the badge, which a topic's page can't satisfy.
REPOSITORY = "<!--lint disable awesome-github awesome-contributing awesome-badge awesome-license-->\n"


def lint(page, folder):
    return awesome(REPOSITORY + page, folder)


def test_the_linter_finds_errors(tmp_path):
    page = '# Shapes\n\n## Contents\n\n- [A](#b)\n\n## A\n\n- [x](https://example.org) – lower\n- [x](https://example.org)\n- [y](https://example.org/y) - A " b.\n'
    assert {rule for _, rule, _ in lint(page, tmp_path)} == {
        "awesome-toc",
        "awesome-list-item",
        "double-link",
        "balanced-punctuation",
    }


def test_the_handbook_passes(tmp_path):
    assert lint(render_pages(handbook())["lists/transport.md"], tmp_path) == []


def hostile():
    names = [
        "Łukasz Kaiser",
        "Émile Borel",
        "van den Oord",
        "Ørsted",
        "Δ Group",
        "Иван Иванов",
        "凌泽南",
        "مجموعة",
        "k-means Lab",
        "3M",
        "O'Reilly",
        '"Quoted" Name',
        "(parenthesised)",
    ]
    titles = ["On [0, 1] and [a][b]", "![x](y)", "<b>HTML</b> & &amp; entities", "`code` | pipes", "*stars* __unders__ ~tildes~", "A \\ back\\slash \\", "Ends with #", "$x$ :smile: me@example.org www.example.org",
              "# Number sign", "1. Ordinal", "- Dash", "+ Plus", "> Quote", '“Curly” "straight"', "Line\nbreak", "Right-to-left \u202e mark", "Naïve – dash — dash: colon"]  # fmt: skip
    number = iter(range(1000))
    bare = [entry(title, f"https://example.org/{next(number)}") for title in titles]
    by = [entry(f"Work {next(number)}", f"https://example.org/{next(number)}", authors=[name]) for name in names]
    dated = [
        entry(f"Work {next(number)}", f"https://example.org/{next(number)}", authors=[name], year=2020, venue="[NeurIPS]")
        for name in names
    ]
    described = [
        entry(f"Work {next(number)}", f"https://example.org/{next(number)}", description=text)
        for text in (
            "k-means",
            "élan vital",
            "*Marked* up",
            "ends with `code`",
            "See https://example.org/y",
            "Why",
            "Done!",
            'Said "so."',
            'Said "so"',
            "(All of it)",
            "🚀 launched",
            "PDEs, fast",
            "α and ω",
        )
    ]
    odd = [
        entry(
            f"Work {next(number)}",
            f"https://example.org/{next(number)}(x)?a=1&copy;=[2]",
            links=(("pdf", ("https://example.org/p",)), ("code", ("https://example.org/p",))),
        ),
        entry("Jane Doe", f"https://example.org/{next(number)}", authors=["Jane Doe"], year=2020),
        entry("Dead", "https://example.org/dead", state="dead", archive_url="https://web.archive.org/web/x"),
        entry("Dead for Good", "https://example.org/dead", state="dead"),
        entry("No Page", links=(("pdf", ("https://example.org/no-page",)),)),
        entry("Not True", f"https://example.org/{next(number)}", state="retracted"),
        entry("Elsewhere", "mailto:me@example.org", links=(("notes", ("notes.pdf",)),)),
        entry(url=f"https://example.org/~a_b/{next(number)}*[c].html"),
    ]
    papers = section("Papers", *described, sections=[section("Theory", *odd), section("C++ / CUDA"), section("Theory [2]")])
    here = topic(
        "here",
        section("Titles", *bare),
        section("Authors", *by),
        section("Venues", *dated),
        papers,
        section("Papers"),
        title="Hostile Things",
        related=("away",),
        description="All *kinds* of things.",
    )
    away = topic(
        "away",
        section("Papers", entry("1. Twice", also_in=("here",)), entry("[Twice]", authors=["Łukasz"], also_in=("here",))),
        section("Papers", entry("Thrice", also_in=("here",))),
    )
    return catalogue(here, away)


def test_a_hostile_page_passes_but_for_works_that_it_links_twice(tmp_path):
    assert {rule for _, rule, _ in lint(render_pages(hostile())["lists/here.md"], tmp_path)} <= {"double-link"}

"""Catalogues for the renderers' tests, built without YAML."""

from __future__ import annotations

from generator.sources.catalogue.model import Author, Catalogue, Collection, Entry, Section, Topic
from linkcheck.model import Place

HERE = Place("lists/x.yaml", 1, 1)


def entry(title=None, url=None, **fields):
    names = fields.pop("authors", ())
    authors = tuple(name if isinstance(name, Author) else Author(literal=name) for name in names)
    return Entry(fields.pop("id", "x"), HERE, title=title, url=url, authors=authors, **fields)


def section(title, *entries, sections=(), description=None):
    return Section(title, HERE, description=description, entries=entries, sections=tuple(sections))


def topic(slug, *sections, title=None, entries=(), **fields):
    name = title or slug.replace("-", " ").title()
    return Topic(slug, f"lists/{slug}.yaml", name, HERE, entries=tuple(entries), sections=sections, **fields)


def catalogue(*topics, **collection):
    return Catalogue(Collection(**collection), topics)


def handbook():
    """A small collection with every form of entry and page, and with hostile text."""
    courses = section(
        "Courses",
        entry("Optimal Transport, Slowly", "https://example.org/course", authors=["Élodie Dupont"], year=2020),
        entry("Lecture Notes", "https://example.org/notes", description="Worked examples & *many* exercises"),
        entry(url="https://people.example.edu/~dupont/teaching/2021/"),
        description="Begin here. Both need\nsome measure theory:\n\n- sigma-algebras,\n- weak convergence.\n",
    )
    papers = section(
        "Papers",
        section_of_theory := entry(
            "Computational Optimal Transport",
            "https://arxiv.org/abs/1803.00567",
            kind="book",
            authors=[Author("Peyré", "Gabriel"), Author("Cuturi", "Marco")],
            year=2019,
            venue="Foundations and Trends in Machine Learning",
            description="The book to own: [errata](https://example.org/errata) are kept up to date.",
            links=(
                ("pdf", ("https://arxiv.org/pdf/1803.00567",)),
                ("code", ("https://example.org/a", "https://example.org/b")),
            ),
            also_in=("geometry",),
        ),
        entry(
            'On [0, 1] and "Quotes": A|B, <T>, `x`, AT&T &copy; 100% *sure*_ly_',
            "https://example.org/q?a=1&copy=2;b=(3)",
            authors=["van den Oord"],
            year=2020,
        ),
        entry("Dark-Field CT", authors=[f"Author {n}" for n in "ABCDEFG"], year=2022, venue="ICCV 2022"),
        entry(
            "Gone Project",
            "https://example.org/gone",
            year=2015,
            state="dead",
            archive_url="https://web.archive.org/web/2015/x",
        ),
        entry("Wrong After All", "https://example.org/wrong", authors=["A. N. Other"], state="retracted"),
        entry("By Identifier Only", doi="10.1000/182", authors=["Ó Conchúir"]),
        entry("Not on the Web", "ftp://example.org/data.zip", links=(("slides", ("javascript:alert(1)",)),)),
        entry(
            "K-means, Explained", "https://example.org/kmeans", description="k-means for the impatient, by mail@example.org."
        ),
        sections=[
            section(
                "Theory",
                entry("Prices of \\$5 and $x_1$ :smile:", "https://example.org/math", also_in=("geometry", "transport")),
            ),
            section("Theory", entry("1. First\nthings first \u202e", also_in=("geometry",))),
        ],
    )
    del section_of_theory
    return catalogue(
        topic(
            "transport",
            courses,
            papers,
            section("C++ / CUDA"),
            section("❤️ Papers"),
            section("Papers"),
            title="Optimal Transport",
            description="How to move *mass* at the least cost.\n\nAsk <script>alert(1)</script> anyone.",
            related=("geometry", "nowhere", "transport"),
            entries=[entry("Start with This", "https://example.org/start")],
        ),
        topic(
            "geometry",
            title="Geometry # 2 #",
            header="![A badge](https://example.org/badge.svg)\r\n",
            footer="Kept by hand.\n",
            entries=[entry("Loose One", "https://example.org/loose")],
        ),
        title="Reading lists",
        description="All *our* lists.",
        license="CC0-1.0",
    )

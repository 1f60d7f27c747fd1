"""A catalogue for the data formats: entries of every kind, with all fields and with none, and hostile text for each format."""

from __future__ import annotations

from datetime import date
from itertools import count

from generator.sources.catalogue.model import KINDS, STATES, STATUSES, Author, Start
from tests.publishing.samples import catalogue, entry, section, topic

TEXTS = [
    "\\input{/etc/passwd} \\write18{rm}",
    "Braces { without } end {{{",
    "100% of $5 & #1_a ~ ^ \\",
    '=HYPERLINK("http://evil")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tTab first",
    "\u2212minus, =no formula",
    'comma, "quotes" and ; semicolons',
    "two\nlines\r\nand\rmore",
    "<script>alert(1)</script> & ]]> <!-- -->",
    "controls \x00\x01\x08\x0b\x1b[31m\x7f\x9f \ufffe\uffff end",
    "lone \ud800 surrogate",
    "\u202egnp.exe and 🚀 深層学習 Łukasz Ünïcode",
    "@article{x, title={y}}",
    "% a comment",
    "and others and x",
    "---\n- yaml: [",
]  # fmt: skip
AUTHORS = [
    Author("Peyré", "Gabriel"),
    Author("van den Oord", "Aäron"),
    Author("King, Jr.", "Martin Luther"),
    Author("Smith and Sons", "The"),
    Author(literal="Team {Rocket} and Friends, Inc."),
    Author("", "Cher"),
    Author("Plato", ""),
    Author(literal="et al."),
]
URLS = ["https://example.org/a_b?c=1&d=2#e%20f", "https://example.org/{x}\\y", "http://example.org/ü(1)", "javascript:alert(1)", "ftp://example.org/x", None]  # fmt: skip


def full(key, kind, text, number):
    return entry(
        f"{text} {number}",
        URLS[number % len(URLS)] or "https://example.org/",
        id=key,
        kind=kind,
        authors=AUTHORS,
        year=2019,
        date=date(2019, 5, number % 28 + 1),
        venue=text,
        language="pt-BR",
        doi="10.1000/x_(y)<z>",
        arxiv="math/0309136" if number % 2 else "1803.00567",
        description=f"About *{text}*",
        abstract=text,
        tags=(text, "a, b", "c"),
        links=((text, ("https://example.org/pdf", "javascript:alert(1)")), ("code", ("https://example.org/code",))),
        archive_url="https://web.archive.org/web/2020/https://example.org/",
        added=date(2024, number % 12 + 1, 1),
        status=STATUSES[number % len(STATUSES)],
        state=STATES[number % len(STATES)],
        also_in=("second",) if number % 3 == 0 else (),
        extra=((text, text),),
        more={"volume": text, "issue": "5-6", "pages": "355-607", "publisher": text, "editors": tuple(AUTHORS)},
    )


def evil():
    numbers = count()
    rich = [
        full(f"{kind}-{number}", kind, TEXTS[number % len(TEXTS)], number) for kind in KINDS if (number := next(numbers)) >= 0
    ]
    texts = [full(f"text-{number}", "paper", text, number) for number, text in enumerate(TEXTS)]
    poor = [entry(f"Only a title {kind}", id=f"poor-{kind}", kind=kind) for kind in KINDS]
    bare = [entry(None, url, id=f"bare-{number}") for number, url in enumerate(URLS) if url]
    case = [entry("Upper", id="Same"), entry("Lower", id="same"), entry("Other", id="sAme")]
    return catalogue(
        topic("first", section("Kinds", *rich, sections=[section(TEXTS[0], *texts)], description=TEXTS[5]), title=TEXTS[11], description="First.",
              start=(Start("same", TEXTS[3]), Start("poor-book", ""))),
        topic("second", section("Poor", *poor), entries=bare, related=("first",)),
        topic("third", entries=case),
        topic("empty"),
        title='Lists "of" <all> & more\u0001',
        description="All *our* lists.\n\nAnd more.",
        license="CC0-1.0",
        repository="https://github.com/example/lists",
    )  # fmt: skip

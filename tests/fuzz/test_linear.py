"""Long inputs that once took time growing with their square: each would take minutes, far beyond the time limit of a test."""

from __future__ import annotations

import pytest

from tests.fuzz.readers import READERS

ENTRY = "title: T\nentries:\n - "
LINK = "[a](https://example.org) "
LONG: dict[str, tuple[str, str]] = {
    "a URL of many segments": ("yaml", f"{ENTRY}url: https://example.org/{'a/' * 250_000}\n"),
    "entries with the same title": ("yaml", ENTRY + "title: Same\n - " * 8_000 + "title: Same\n"),
    "a title of brackets": ("yaml", f'{ENTRY}title: "{"[" * 100_000}"\n'),
    "a comment": ("yaml", f"{ENTRY}title: a b {'#' * 100_000}\n"),
    "a DOI": ("yaml", f"{ENTRY}title: a\n   doi: 10.1000/{'a.' * 50_000}\n"),
    "authors with commas": ("yaml", f"{ENTRY}title: a\n   authors: ['{',' * 100_000}']\n"),
    "aliases of aliases": (
        "yaml",
        ENTRY + "title: a\n   extra:\n     a0: &a0 [x]\n"
        + "".join(f"     a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 2_000)),
    ),
    "deep YAML": ("yaml", "- " * 50_000 + "a"),
    "badges": ("markdown", "# T\n\n- " + "[![a](https://example.org/b.svg)](https://example.org) " * 1_000),
    "badges within badges": ("markdown", "# T\n\n- " + "[![" * 20_000 + "a" + "](https://example.org/b)" * 40_000),
    "lines of a bar": ("markdown", "|\n" * 50_000),
    "a quotation": ("markdown", "> a\n" * 10_000),
    "deep bold": ("markdown", "# T\n\n- " + "<b>" * 5_000 + LINK),
    "the same link": ("markdown", "# T\n\n" + f"- {LINK}\n" * 3_000),
    "backticks": ("markdown", " ".join("`" * (n % 300) for n in range(600))),
    "stars": ("markdown", "- " + "*" * 100_000),
    "open brackets": ("markdown", "- " + "[" * 50_000),
    "abbreviations that double": (
        "bibtex",
        '@string{a0 = "b"}\n' + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 1_000))
        + "@book{a, title = a999}",
    ),
    "an abbreviation in every record": (
        "bibtex", f'@string{{a = "{"b" * 50_000}"}}\n' + "@book{c, title = {T}, note = a # a}\n" * 1_000
    ),
    "a long parent": (
        "bibtex",
        "".join(f"@inbook{{c{n}, title={{T}}, crossref={{a}}}}\n" for n in range(1_000))
        + f"@book{{a, title={{B}}, series={{{'b' * 50_000}}}}}",
    ),
    "parts of a value": ("bibtex", "@book{a, title=" + '"a" # ' * 40_000 + '"a"}'),
    "fields without commas": ("bibtex", "@book{a, " + "title={a} note={b} " * 10_000 + "}"),
    "the same id": ("csl", "[" + ",".join(['{"id": "a", "title": "b", "type": "book"}'] * 5_000) + "]"),
    "deep JSON": ("csl", "[" * 100_000),
    "a table": ("table", "title,url\n" + "a,https://example.org\n" * 5_000),
    "deep elements": ("page", "<b>" * 100_000),
    "open links": ("links", "<!doctype html>" + '<a href="' * 20_000),
    "no history": ("history", "x" * 1_000_000),
    "a report of brackets": ("report", "[" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_time_does_not_grow_with_the_square(name: str):
    reader, text = LONG[name]
    READERS[reader](text.encode())

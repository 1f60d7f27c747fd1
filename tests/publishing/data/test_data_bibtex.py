"""BibTeX, read back by pybtex in strict mode."""

from __future__ import annotations

import re

import pytest
from pybtex.database import parse_string

from generator.publishing.data import render_data
from generator.sources.catalogue.model import Author
from tests.publishing.data.evil import evil
from tests.publishing.samples import catalogue, entry, topic

NAMED = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
# The fields that biblatex's data model requires of each type, except the year, which isn't always known.
REQUIRED = {
    "article": {"author", "title", "journaltitle"},
    "inproceedings": {"author", "title", "booktitle"},
    "book": {"author", "title"},
    "collection": {"editor", "title"},
    "thesis": {"author", "title", "type", "institution"},
    "online": {"title"},
    "misc": {"title"},
    "software": {"title"},
    "dataset": {"title"},
}  # fmt: skip


def read(text):
    return parse_string(text, "bibtex").entries


def one(**fields):
    shelf = render_data(catalogue(topic("t", entries=[entry(fields.pop("title", "Title"), fields.pop("url", None), **fields)])))
    (found,) = read(shelf["lists/data/t.bib"]).values()
    return found


def shown(tex):
    """The text that TeX would set; fails at any command that isn't for a character."""
    out, at = "", 0
    while at < len(tex):
        if tex[at] == "\\":
            match = re.compile(r"\\(?:([a-z]+)\{\}|([&%$#_]))").match(tex, at)
            assert match, f"an unexpected command: {tex[at : at + 20]}"
            out += NAMED[match[1]] if match[1] else match[2]
            at = match.end()
        else:
            assert tex[at] not in "%$#&_~^", tex
            out += "" if tex[at] in "{}" else tex[at]
            at += 1
    return out


def test_former_ids_are_keys_too():
    assert one(id="new", aliases=("old", "older.2")).fields["ids"] == "old, older.2"
    assert "ids" not in one(id="new").fields


def test_hostile_text_is_set_as_it_is_written():
    files = render_data(evil())
    found = read(files["lists/data/all.bib"])
    assert len(found) == sum(1 for _ in evil().entries())
    for name in ("title", "annotation", "abstract"):
        texts = [shown(each.fields[name]) for each in found.values() if name in each.fields]
        assert any("\\input{/etc/passwd} \\write18{rm}" in text for text in texts), name
        assert any("Braces { without } end {{{" in text for text in texts), name
    for each in found.values():
        for name, value in each.fields.items():
            if name not in {"url", "doi", "eprint"}:
                shown(value)
        for person in (*each.persons.get("author", ()), *each.persons.get("editor", ())):
            shown(str(person))


def test_every_type_has_its_required_fields():
    for each in read(render_data(evil())["lists/data/all.bib"]).values():
        fields = set(each.fields) | set(each.persons)
        assert REQUIRED[each.type] <= fields, each.type
        assert not {"date", "year"} <= fields


@pytest.mark.parametrize(
    ("fields", "kind", "venue"),
    [
        ({"kind": "paper", "venue": "Nature"}, "article", "journaltitle"),
        ({"kind": "paper", "venue": "NeurIPS 2021"}, "inproceedings", "booktitle"),
        ({"kind": "paper", "venue": "Proceedings of the IEEE"}, "article", "journaltitle"),
        ({"kind": "survey", "venue": "Annals of Applied Probability"}, "article", "journaltitle"),
        ({"kind": "paper", "venue": "Nature", "authors": []}, "misc", "howpublished"),
        ({"kind": "preprint", "arxiv": "1803.00567"}, "online", None),
        ({"kind": "book", "venue": "Springer"}, "book", "publisher"),
        ({"kind": "book", "venue": "Lecture Notes", "more": {"publisher": "Springer"}}, "book", "series"),
        ({"kind": "book", "authors": []}, "misc", None),
        (
            {"kind": "book", "authors": [], "venue": "Springer", "more": {"editors": (Author("Lee", "Bo"),)}},
            "collection",
            "publisher",
        ),
        ({"kind": "thesis", "venue": "ETH"}, "thesis", "institution"),
        ({"kind": "thesis"}, "misc", None),
        ({"kind": "software"}, "software", None),
        ({"kind": "dataset"}, "dataset", None),
        ({"kind": "course", "url": "https://example.org/"}, "online", None),
        ({"kind": "course"}, "misc", None),
    ],
)
def test_types(fields, kind, venue):
    found = one(**({"authors": [Author("Lee", "Ann")]} | fields))
    assert found.type == kind
    assert venue is None or found.fields[venue] == fields["venue"]


def test_names_are_read_back():
    people = [Author("van den Oord", "Aäron"), Author("King, Jr.", "Martin"), Author("Smith and Sons", "A."), Author(literal="The Group, and Co"),
              Author(literal="others"), Author(literal="et al.")]  # fmt: skip
    persons = one(authors=people).persons["author"]
    assert [(" ".join(each.prelast_names), " ".join(each.last_names), " ".join(each.first_names)) for each in persons] == [
        ("van den", "Oord", "Aäron"), ("", "{King, Jr.}", "Martin"), ("", "{Smith and Sons}", "A."), ("", "{The Group, and Co}", ""), ("", "{others}", ""), ("", "others", ""),
    ]  # fmt: skip


def test_names_and_acronyms_of_a_title_keep_their_capitals():
    assert one(title="How ImageNet and 3D-CT meet Fourier at N-body scale").fields["title"] == (
        "How {ImageNet} and {3D-CT} meet Fourier at {N-body} scale"
    )


def test_urls_are_verbatim_and_cannot_end_the_field():
    assert one(url="https://example.org/a_b?c=1&d=2#e%20f").fields["url"] == "https://example.org/a_b?c=1&d=2#e%20f"
    assert one(url="https://example.org/}\\x{y").fields["url"] == "https://example.org/%7D%5Cx%7By"
    assert one(doi="10.1000/a{b}").fields["doi"] == "10.1000/a%7Bb%7D"
    assert "url" not in one(url="javascript:alert(1)").fields


def test_a_dead_entry_links_its_archived_copy_only():
    copy = "https://web.archive.org/web/2020/https://example.org/"
    assert one(url="https://example.org/", state="dead", archive_url=copy).fields["url"] == copy
    gone = one(url="https://example.org/", state="dead").fields
    assert ("url" in gone, gone["note"]) == (False, "The page is gone")


def test_an_at_sign_in_the_first_line_opens_no_record():
    text = render_data(catalogue(topic("t", title="@misc{x, title={y}}", entries=[entry("A")])))["lists/data/t.bib"]
    assert list(read(text)) == ["x"]
    assert read(text)["x"].fields["title"] == "A"


@pytest.mark.parametrize(
    ("pages", "shown"),
    [("355-607", "355--607"), ("355\u2013607", "355--607"), ("e1-e9", "e1--e9"), ("xii", "xii"), ("1, 5", "1, 5")],
)
def test_volume_issue_pages_publisher_and_editors(pages, shown):
    more = {"volume": "11", "issue": "5-6", "pages": pages, "publisher": "Mills & Looms", "editors": (Author("Lee", "Bo"),)}
    found = one(kind="paper", venue="Annals", authors=[Author("Lee", "Ann")], more=more)
    assert (found.fields["volume"], found.fields["number"], found.fields["pages"]) == ("11", "5-6", shown)
    assert (found.fields["publisher"], [str(person) for person in found.persons["editor"]]) == (r"Mills \& Looms", ["Lee, Bo"])


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        (r"A $$x^2 + y$$ b", r"$$x^2 + y$$"),
        (r"$$ \sum_i a_i $$ alone", r"$$ \sum_i a_i $$"),
        (r"$\Bbbk$ and $\coloneqq$", r"$\coloneqq$"),
        (r"On $\llbracket a\rrbracket$", r"$\llbracket a\rrbracket$"),
    ],
)
def test_a_formula_with_commands_of_mathematics_stays(written, formula):
    assert formula in one(title=written).fields["title"]


@pytest.mark.parametrize(
    "written",
    [
        r"$\unknown{x}$", r"$$\input{x}$$", r"$\openin$", r"$\csname a\endcsname$", r"$\text{a \write b}$", r"$\operatorname{\input x}$",
        r"$\href{https://e.org}{y}$", r"$\includegraphics{a}$", r"$\def\a{b}$", r"costs $$5 and $$10",
    ],
)  # fmt: skip
def test_a_formula_with_other_commands_is_text(written):
    assert shown(one(title=written).fields["title"]) == written

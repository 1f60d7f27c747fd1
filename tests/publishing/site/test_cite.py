"""The BibTeX of an entry on the site: that of the data files without our fields."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.data import render_data
from generator.publishing.data.bibtex import cited
from generator.publishing.site import render_site
from tests.publishing.site.sample import catalogue

TWINS = {"lists/a.yaml": "entries: [{id: Key, title: One, doi: 10.1000/a}, {id: key, title: Two, doi: 10.1000/b}]\n"}


def citations_on(files: dict[str, str]) -> list[str]:
    pages = [LexborHTMLParser(text) for path, text in files.items() if path.startswith("topics/")]
    return [node.text() for page in pages for node in page.css("details pre")]


def test_our_fields_are_left_out():
    text = next(one for one in citations_on(render_site(catalogue())) if one.startswith("@book{peyre2019,"))
    assert "Peyré, Gabriel and Cuturi, Marco" in text
    assert "Algorithms first" not in text
    assert text.endswith(",\n}")


@pytest.mark.parametrize("field", ["description: Ours", "abstract: Theirs", "tags: [one]", "description: Ours, tags: [one]"])
def test_each_of_our_fields_is_left_out_and_nothing_else(field: str):
    plain, more = (
        citations_on(
            render_site(
                catalogue(
                    {
                        "lists/a.yaml": f"entries: [{{id: key, title: One, url: 'https://e.org/', authors: [Ann Lee], {fields}}}]\n"
                    }
                )
            )
        )
        for fields in ("year: 2020", f"year: 2020, {field}")
    )
    assert plain == more


def test_a_title_that_looks_like_a_field_stays():
    title = "One\\n  abstract = {x}, annotation = {y}"
    sources = {"lists/a.yaml": f'entries: [{{id: key, title: "{title}", authors: [Ann Lee], description: Ours}}]\n'}
    record = render_data(catalogue(sources), folder="")["data/a.bib"].partition("\n\n")[2].rstrip("\n")
    assert "annotation = {Ours}" in record
    assert cited(record).count("\n") == record.count("\n") - 1
    assert "abstract" in cited(record)


def test_keys_are_those_of_the_data_files():
    found = catalogue(TWINS)
    data = render_data(found, folder="")["data/all.bib"]
    first = [text.partition(",")[0] for text in citations_on(render_site(found))]
    assert len(set(first)) == 2
    assert all(one in data for one in first)


def test_works_with_people_or_identifiers_can_be_cited():
    pages = LexborHTMLParser(render_site(catalogue())["topics/transport.html"])
    cited = {node.id for node in pages.css("li.entry") if node.css_first("details")}
    assert cited == {f"entry/{key}" for key in ("peyre2019", "villani2009", "cuturi2013", "lukasz")}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("kind: paper", False),
        ("kind: paper, doi: 10.1000/a", True),
        ("kind: other, arxiv: '1803.00567'", True),
        ("kind: software, authors: [Ann Lee]", True),
        ("kind: person, authors: [Ann Lee]", False),
        ("kind: workshop, authors: [Ann Lee]", False),
    ],
)
def test_what_is_no_work_has_no_citation(fields: str, shown: bool):
    sources = {"lists/a.yaml": f"entries: [{{id: key, title: One, {fields}}}]\n"}
    assert bool(citations_on(render_site(catalogue(sources)))) is shown

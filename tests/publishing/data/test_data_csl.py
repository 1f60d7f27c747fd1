"""CSL-JSON: types and variables of the specification, and references rendered by citeproc-py in a small style."""

from __future__ import annotations

import io
import json

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from generator.publishing.data import render_data
from generator.sources.catalogue.model import KINDS, Author
from tests.publishing.data.evil import evil
from tests.publishing.samples import catalogue, entry, topic

# CSL 1.0.2, appendix III, and the variables of csl-data.json that we use.
_TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document
entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture
musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report review
review-book software song speech standard thesis treaty webpage"""
_VARIABLES = """annote translator accessed publisher-place collection-title edition ISBN genre id citation-key type title author issued container-title DOI URL abstract note keyword language status archive
archive_location number custom editor volume issue page publisher"""
TYPES, VARIABLES = set(_TYPES.split()), set(_VARIABLES.split())
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout>
<names variable="author" suffix=": "><name and="text"/></names><text variable="title" suffix=". "/><text variable="container-title" suffix=", "/>
<date variable="issued"><date-part name="year"/></date><text variable="DOI" prefix=" doi:"/></layout></bibliography></style>"""


def items(text):
    return json.loads(text)


def set_in_type(found):
    style = CitationStylesStyle(io.BytesIO(STYLE.encode()), validate=False)
    # Its list of variables lacks these two.
    known = [{name: value for name, value in each.items() if name not in {"citation-key", "custom"}} for each in found]
    bibliography = CitationStylesBibliography(style, CiteProcJSON(known), formatter.plain)
    for each in found:
        bibliography.register(Citation([CitationItem(each["id"])]))
    return [str(line) for line in bibliography.bibliography()]


def one(**fields):
    (found,) = items(
        render_data(catalogue(topic("t", entries=[entry(fields.pop("title", "Title"), fields.pop("url", None), **fields)])))[
            "lists/data/t.csl.json"
        ]
    )
    return found


def test_the_specification_has_forty_five_types():
    assert len(TYPES) == 45


def test_types_and_variables_are_those_of_the_specification():
    for each in items(render_data(evil())["lists/data/all.csl.json"]):
        assert each["type"] in TYPES
        assert set(each) <= VARIABLES
        assert {"id", "type", "title"} <= set(each)
        assert all(
            set(name) - {"suffix", "non-dropping-particle", "dropping-particle"} in ({"family", "given"}, {"literal"})
            and all(name.values())
            for name in (*each.get("author", ()), *each.get("editor", ()))
        )
        assert all(isinstance(each.get(name, ""), str) for name in VARIABLES - {"author", "editor", "issued", "custom"})


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_type_with_a_page_and_without(kind):
    assert {one(kind=kind)["type"], one(kind=kind, url="https://example.org/")["type"]} <= TYPES


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "paper", "venue": "Nature"}, "article-journal"),
        ({"kind": "paper", "venue": "ICML 2019"}, "paper-conference"),
        ({"kind": "paper"}, "article"),
        ({"kind": "preprint"}, "article"),
        ({"kind": "video"}, "motion_picture"),
        ({"kind": "blog"}, "post-weblog"),
        ({"kind": "other"}, "document"),
        ({"kind": "other", "url": "https://example.org/"}, "webpage"),
    ],
)
def test_types(fields, expected):
    assert one(**fields)["type"] == expected


def test_a_citation_processor_renders_every_item():
    found = items(render_data(evil())["lists/data/all.csl.json"])
    lines = set_in_type(found)
    assert len(lines) == len(found)
    assert all(each["title"].split()[0] in line for each, line in zip(found, lines, strict=True))


def test_a_rendered_reference():
    work = one(title="Computational Optimal Transport", kind="paper", venue="Foundations and Trends", year=2019, doi="10.1561/2200000073",
               authors=[Author("Peyré", "Gabriel"), Author("Cuturi", "Marco"), Author(literal="The Group")])  # fmt: skip
    assert set_in_type([work]) == [
        "Gabriel Peyré, Marco Cuturi, and The Group: Computational Optimal Transport. Foundations and Trends, 2019 doi:10.1561/2200000073"
    ]


def test_volume_issue_pages_publisher_and_editors():
    more = {
        "volume": "11",
        "issue": "5-6",
        "pages": "355-607",
        "publisher": "Mills",
        "editors": (Author("Lee", "Bo"), Author(literal="Guild")),
    }
    found = one(kind="paper", venue="Annals", more=more)
    assert (found["volume"], found["issue"], found["page"], found["publisher"]) == ("11", "5-6", "355-607", "Mills")
    assert found["editor"] == [{"family": "Lee", "given": "Bo"}, {"literal": "Guild"}]
    assert not {"volume", "issue", "page", "publisher", "editor"} & set(one())


@pytest.mark.parametrize("others", ["et al.", "et al", "and others", "others"])
def test_people_who_are_not_named_are_no_author(others):
    lists = catalogue(topic("t", entries=[entry("E", authors=["Ann Lee", others]), entry("F", id="f", authors=[others])]))
    first, second = json.loads(render_data(lists)["lists/data/all.csl.json"])
    assert [name.get("literal") for name in first["author"]] == ["Ann Lee"]
    assert [name.get("literal") for name in second["author"]] == [others]
    assert "author = {{Ann Lee} and others}" in render_data(lists)["lists/data/all.bib"]

"""Answers in their real format except for one value of another type: a record or a reason, never a crash."""

from __future__ import annotations

import json

import pytest

from generator.metadata import facts
from generator.metadata.pages import page
from generator.metadata.saved import saved
from linkcheck.registries import Reading, Record, Subject, registries
from tests.curation.envelopes import crossref, datacite, feed, github_says, invalid, listed, paper, repository, work
from tests.curation.test_page_shapes import ARTICLE, GRAPH, ISSUE

OTHERS = (None, True, -1, 2.5, "", "x", "\ud800", "9" * 5000, [], [[]], [None], ["x"], [["x"]], {}, {"x": 1}, [{"x": ["x"]}])
SUBJECTS = {
    "GitHub": Subject("https://github.com/ada/engine"), "YouTube": Subject("https://www.youtube.com/watch?v=aircAruvnKk"),
}  # fmt: skip
SERVICES = {one.name: one for one in registries()}

NOTICE = {"updated": {"date-parts": [[2024]]}, "DOI": "10.1000/x", "type": "retraction", "source": "publisher"}
WORK = work(
    "10.1000/x", "On Looms", type="posted-content", subtype="preprint", subtitle=["A <i>b</i>"], event={"name": "L"},
    relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1000/y"}]},
    author=[{"name": "Group"}, {"given": "Ada", "family": "Lovelace", "suffix": "Jr."}],
    **{"update-to": [NOTICE], "updated-by": [NOTICE], "published-print": {"date-parts": [[2019]]}},
)  # fmt: skip
RELATED = {"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/y", "resourceTypeGeneral": "JournalArticle"}
DEPOSIT = datacite("10.1000/x", types={"resourceTypeGeneral": "Preprint", "resourceType": "x"}, relatedIdentifiers=[RELATED])
VIDEO = {"title": "Looms", "author_name": "Ada", "type": "video", "version": "1.0", "provider_name": "YouTube"}
BLOCKED = github_says(451, "Repository access blocked", block={"reason": "dmca"})[2]


def places(value, at=()):
    """All paths to parts of a value, itself included."""
    yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*at, key))


def changed(value, at, other):
    if not at:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = changed(value[at[0]], at[1:], other)
    return copy


def variants(value):
    return (changed(value, at, other) for at in places(value) for other in OTHERS)


@pytest.mark.parametrize(
    ("name", "status", "whole"),
    [
        ("Crossref", 200, crossref(WORK)),
        ("Crossref", 200, listed(WORK)),
        ("Crossref", 400, invalid("integer-not-valid", "x", "no")),
        ("DataCite", 200, DEPOSIT),
        ("GitHub", 200, repository("ada/engine")),
        ("GitHub", 451, BLOCKED),
        ("YouTube", 200, VIDEO),
    ],
)
def test_one_value_of_another_type(name, status, whole):
    service = SERVICES[name]
    request = service.requests([service.record_key(SUBJECTS.get(name, Subject(doi="10.1000/x")))])[0]
    assert service.read(request, status, (), json.dumps(whole).encode())
    for one in variants(whole):
        body = json.dumps(one).encode()
        found = service.read(request, status, (), body)
        assert all(isinstance(reading, Reading) for reading in found.values())
        facts([reading.record for reading in found.values() if reading.record])
        assert isinstance(saved(body), tuple | str)


@pytest.mark.parametrize("whole", [ARTICLE, GRAPH, ISSUE])
def test_one_value_of_a_page_of_another_type(whole):
    for one in variants(whole):
        html = f'<title>A Page</title><script type="application/ld+json">{json.dumps(one)}</script>{"<p>words of it</p>" * 50}'
        assert isinstance(page(html.encode(), (("content-type", "text/html"),), "https://e.org/"), Record | str)


@pytest.mark.parametrize("line", ["A" * 590, "A." * 290 + "!", "1 " * 290, "1" * 590 + "ab", "Vol. " * 110, "((((" * 140])
def test_no_journal_line_takes_long(line):
    (found,) = saved(feed(paper("1803.00567", "<i>" * 90 + "T", journal=line)))
    assert found.title == "T"


@pytest.mark.parametrize(
    "script", [" " * 500_000 + "x", "//" * 200_000, "<!--" * 100_000, "[" * 500_000, '{"@graph": [' * 20_000]
)
def test_no_script_takes_long(script):
    html = f'<title>A Page</title><script type="application/ld+json">{script}</script>{"<p>words of it</p>" * 50}'
    found = page(html.encode(), (("content-type", "text/html"),), "https://e.org/")
    assert isinstance(found, str) or found.title == "A Page"

"""Untrusted answers of services: the result is a record, a reason, or nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metadata import facts, subject_of
from generator.metadata.pages import page, read_page
from generator.metadata.saved import saved
from linkcheck.registries import Reading, Record, Subject, registries
from tests.curation.envelopes import crossref, datacite, feed, paper, repository, work

ALL = registries()
KEYS = {"arXiv": "abs/1803.00567", "GitHub": "ada/engine", "YouTube": "aircAruvnKk"}
PAGE = "https://example.org/x"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner | st.sampled_from(["Article", "Periodical", "ScholarlyArticle"]), max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["message", "message-type", "status", "items", "title", "author", "given", "family", "DOI", "issued", "date-parts", "data",
             "attributes", "titles", "creators", "doi", "full_name", "name", "type", "updated-by", "relation", "is-preprint-of", "types",
             "container", "event", "subtitle", "publicationYear", "@type", "@graph", "headline", "isPartOf", "mainEntity", "@id", "@list",
             "@value", "update-to", "container-title", "subtype", "published-print", "relatedIdentifiers", "relationType",
             "relatedIdentifier", "resourceTypeGeneral", "resourceType", "block", "reason", "familyName", "datePublished"]
        ),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


def read(service, status, headers, body):
    (request,) = service.requests([KEYS.get(service.name, "10.1000/x")])
    return service.read(request, status, headers, body).values()


@settings(max_examples=200, deadline=None)
@given(found=JSON, status=st.sampled_from([200, 301, 403, 404, 429, 500]), service=st.sampled_from(ALL))
def test_any_json_gives_a_record_or_a_reason(found, status, service):
    body = json.dumps(found).encode()
    assert all(isinstance(one, Reading) for one in read(service, status, (("location", "::"),), body))
    assert isinstance(read_page(PAGE, status, (), body), Reading)
    assert isinstance(saved(body), tuple | str)
    html = f'<title>x</title><script type="application/ld+json">{json.dumps(found)}</script>'.encode()
    assert isinstance(page(html, (), "https://example.org/"), Record | str)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(ALL))
def test_any_bytes_give_a_record_or_a_reason(body, service):
    for whole in (
        body,
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + body,
        b"<html><meta name='citation_title' content='" + body,
    ):
        assert all(isinstance(one, Reading) for one in read(service, 200, (), whole))
        assert isinstance(read_page(PAGE, 200, (), whole), Reading)
        assert isinstance(saved(whole), tuple | str)


def test_a_truncated_feed_gives_its_complete_entries():
    whole = feed(paper("1803.00567", "One"), paper("1803.00568", "Two"))
    found = saved(whole[: whole.index(b"Two") + 3])
    assert [one.title for one in found] == ["One"]


def test_entities_are_refused():
    bomb = b'<!DOCTYPE feed [<!ENTITY a "aa">]>' + feed(paper("1803.00567", "One"))
    assert isinstance(saved(bomb), str)


@pytest.mark.parametrize(
    ("body", "title", "kind"),
    [
        (feed(paper("hep-th/9901001", "Old", journal="Phys. Lett. B 1 (1999) 2")), "Old", "paper"),
        (json.dumps(crossref(work("10.1000/x", "A", type="dissertation"))).encode(), "A", "thesis"),
        (
            json.dumps([{"id": "x", "type": "article-journal", "title": "CSL", "issued": {"date-parts": [["2020"]]}}]).encode(),
            "CSL",
            "paper",
        ),
        (json.dumps(datacite("10.5281/zenodo.1")).encode(), "Measured Engines", "dataset"),
        (json.dumps(repository("a/b")).encode(), "b", "software"),
        (json.dumps({"title": "V", "type": "video", "provider_name": "YouTube"}).encode(), "V", "video"),
        (b"<html><head><title>Page</title></head><body><h1>Page</h1>" + b"<p>words of it</p>" * 200, "Page", None),
    ],
)
def test_saved_answers_are_recognised_by_their_format(body, title, kind):
    (found,) = saved(body)
    assert (found.title, found.kind) == (title, kind)


LD = '<script type="application/ld+json">{}</script>'
WORDS = "<p>words and more of them</p>" * 120


@pytest.mark.parametrize(
    ("head", "title", "year", "kind"),
    [
        (LD.format('{"@type":"Book","name":"B","datePublished":"2011-01","author":{"@type":"Person","name":"Ada L"}}'), "B", 2011, "book"),
        (LD.format('{"@graph":[{"@type":"WebSite","name":"S"},{"@type":["Thing","Course"],"name":"C"}]}'), "C", None, "course"),
        (LD.format("{broken") + "<title>T</title>", "T", None, None),
        (LD.format('{"@type":"WebSite","name":"S"}') + "<title>T - S</title>", "T - S", None, None),
        ("<meta property='og:title' content='O'><meta property='article:published_time' content='2020-05-05T00:00'>", "O", 2020, None),
        ("<title>Long Name — Site</title><meta name='application-name' content='Site'>", "Long Name", None, None),
        (
            ("<meta name='citation_title' content='Cited'><meta name='citation_dissertation_institution' content='U'>"
            "<meta name='citation_date' content='May 1999'>"),
            "Cited", 1999, "thesis",
        ),
        ("<meta name='citation_authors' content='A, B; C, D'><meta name='citation_title' content='Two'>", "Two", None, None),
    ],
)  # fmt: skip
def test_a_page_has_its_title_year_and_kind(head, title, year, kind):
    found = page(
        f"<html><head>{head}</head><body>{WORDS}</body></html>".encode(), (("content-type", "text/html"),), "https://e.org/"
    )
    assert (found.title, found.year, found.kind) == (title, year, kind)


def test_which_source_is_used_for_which_field():
    preprint = Record("arXiv", "Theirs", year=2018, arxiv="1803.00567", kind="preprint", published="10.1000/x")
    registered = Record("Crossref", "THEIRS", year=2019, venue="V", doi="10.1000/x", kind="paper")
    found = {name: fact.value for name, fact in facts([preprint, registered]).items()}
    assert found == {"title": "Theirs", "year": 2019, "venue": "V", "doi": "10.1000/x", "arxiv": "1803.00567", "kind": "paper"}
    meant = {name: fact.value for name, fact in facts([preprint, registered], preprint=True).items()}
    assert (meant["year"], meant["venue"], "kind" in meant) == (2018, "V", False)
    other = replace(registered, kind="preprint", year=2020)
    assert facts([preprint, other])["year"].value == 2018


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("arXiv:1803.00567v2", Subject("https://arxiv.org/abs/1803.00567", arxiv="1803.00567")),
        ("www.arxiv.org/abs/1803.00567", Subject("https://arxiv.org/abs/1803.00567", arxiv="1803.00567")),
        ("https://doi.org/10.48550/arXiv.1803.00567", Subject("https://arxiv.org/abs/1803.00567", arxiv="1803.00567")),
        ("10.1000/a_b", Subject("https://doi.org/10.1000/a_b", doi="10.1000/a_b")),
        ("git@github.com:ada/engine.git", Subject("https://github.com/ada/engine")),
        ("github.com/ada/engine", Subject("https://github.com/ada/engine")),
        ("https://ada.github.io/engine", Subject("https://ada.github.io/engine")),
        ("just words", None),
        ("ftp://example.org/x", None),
    ],
)
def test_which_work_a_text_names(text, wanted):
    assert subject_of(text) == wanted

"""Pages with the metadata tags of publishers, repositories and blogs."""

from __future__ import annotations

import json

import pytest

from generator.metadata.facts import authors_of
from generator.metadata.pages import page

WORDS = "<p>words and more of them</p>" * 120


def record(head):
    text = f"<html><head>{head}</head><body>{WORDS}</body></html>"
    return page(text.encode(), (("content-type", "text/html; charset=utf-8"),), "https://e.org/")


def ld(data, before="", after=""):
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{before}{text}{after}</script>'


def metas(**tags):
    return "".join(f'<meta name="{key.replace("__", ".")}" content="{value}">' for key, value in tags.items())


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "WebPage",
    "mainEntity": {
        "@type": "ScholarlyArticle",
        "headline": "On Looms",
        "datePublished": "2014-01-25T00:00:00Z",
        "sameAs": "https://doi.org/10.1007/S1",
        "isPartOf": {
            "name": "AMBIO",
            "issn": ["1654-7209"],
            "volumeNumber": "43",
            "@type": ["Periodical", "PublicationVolume"],
        },
        "publisher": {"name": "Springer", "@type": "Organization"},
        "author": [{"name": "Ada Lovelace", "affiliation": [{"name": "U", "@type": "Organization"}], "@type": "Person"}],
    },
}
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": ["Article", "BlogPosting"], "@id": "https://e.org/p#article", "headline": "Engines &amp; Looms",
         "author": {"@id": "https://e.org/#ada"}, "isPartOf": {"@id": "https://e.org/p"}, "datePublished": "2021-03-04"},
        {"@type": "WebPage", "@id": "https://e.org/p", "name": "Engines - Site", "isPartOf": {"@id": "https://e.org/#site"}},
        {"@type": "WebSite", "@id": "https://e.org/#site", "name": "Site"},
        {"@type": ["Person"], "@id": "https://e.org/#ada", "name": "Ada Lovelace"},
    ],
}  # fmt: skip
ISSUE = {
    "@type": "ScholarlyArticle",
    "name": {"@value": "On Mills", "@language": "en"},
    "author": {"@list": [{"@type": ["Organization"], "name": "Mill Society"}, {"@type": "Person", "familyName": "Babbage"}]},
    "isPartOf": {"@type": "PublicationIssue", "isPartOf": {"@type": "PublicationVolume", "isPartOf": [
        {"@type": "Periodical", "name": "Mills Quarterly"}]}},
    "datePublished": ["1999"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "title", "authors", "year", "venue", "kind"),
    [
        (ld(ARTICLE), "On Looms", ["Ada Lovelace"], 2014, "AMBIO", "paper"),
        (ld([{"@type": "BreadcrumbList"}, ARTICLE["mainEntity"]]), "On Looms", ["Ada Lovelace"], 2014, "AMBIO", "paper"),
        (ld(GRAPH), "Engines & Looms", ["Ada Lovelace"], 2021, None, None),
        (ld(ISSUE), "On Mills", ["Mill Society", "Babbage"], 1999, "Mills Quarterly", "paper"),
        (ld({"@type": "schema:Book", "name": "B"}), "B", [], None, None, "book"),
        (ld({"@type": "http://schema.org/Book", "name": ["B", "C"]}), "B", [], None, None, "book"),
        (ld({"@type": "Book", "name": "B"}, "//<![CDATA[\n", "\n//]]>"), "B", [], None, None, "book"),
        (ld({"@type": "Book", "name": "B"}, "<!--", "-->"), "B", [], None, None, "book"),
        (ld('{"@type": "Book", "name": "B", "abstract": "two\nlines\there"}'), "B", [], None, None, "book"),
        (ld({"@type": "Book", "name": "B", "author": {"@id": "#nobody"}}), "B", [], None, None, "book"),
    ],
)
def test_json_ld_as_it_is_published(head, title, authors, year, venue, kind):
    found = record(head)
    assert (found.title, [one.name for one in authors_of(found)]) == (title, authors)
    assert (found.year, found.venue, found.kind) == (year, venue, kind)


def test_a_society_is_not_a_person():
    assert [(one.literal, one.family) for one in authors_of(record(ld(ISSUE)))] == [("Mill Society", ""), ("Babbage", "")]


def test_a_node_that_refers_to_itself_ends():
    loop = {"@type": "Article", "@id": "#a", "headline": "A", "isPartOf": {"@id": "#b"}}
    assert record(ld({"@graph": [loop, {"@type": "Thing", "@id": "#b", "isPartOf": {"@id": "#b"}}]})).title == "A"


@pytest.mark.parametrize(
    ("head", "title", "authors", "year", "doi", "kind"),
    [
        (
            metas(bepress_citation_title="Platforms", bepress_citation_author="Khan, Lina M.", bepress_citation_date="2019",
                  bepress_citation_journal_title="Colum. L. Rev."),
            "Platforms", ["Lina M. Khan"], 2019, None, "paper",
        ),
        (
            metas(citation_title="Two", citation_author="Lovelace, Ada; Babbage, Charles", citation_doi="doi:10.1000/X"),
            "Two", ["Ada Lovelace", "Charles Babbage"], None, "10.1000/x", None,
        ),
        (
            metas(DC__Title="Core", DC__Creator__PersonalName="Ada Lovelace", DC__Date__issued="1977-12-30",
                  DC__Date__created="2009-03-19", DC__Identifier="https://e.org/1", DC__Identifier__DOI="10.1000/d"),
            "Core", ["Ada Lovelace"], 1977, "10.1000/d", None,
        ),
        (metas(DC__Title="The Site") + "<title>Own Title</title>", "Own Title", [], None, None, None),
        (metas(citation_title="Cited", DC__title="Cited", DC__creator="Ada Lovelace"), "Cited", ["Ada Lovelace"], None, None, None),
        (metas(og__title="ignored") + '<meta property="og:title" content="A Talk">', "A Talk", [], None, None, None),
    ],
)  # fmt: skip
def test_tags_as_repositories_write_them(head, title, authors, year, doi, kind):
    found = record(head)
    assert (found.title, [one.name for one in authors_of(found)]) == (title, authors)
    assert (found.year, found.doi, found.kind) == (year, doi, kind)

"""Works as Crossref and DataCite write them, in the structure of recorded answers, and the resulting records."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from generator.metadata.facts import authors_of
from generator.sources.catalogue.identifiers import doi_page
from linkcheck.registries import registries
from linkcheck.registries.adapters.crossref import BATCH
from linkcheck.registries.reading import plain
from tests.curation.envelopes import NO_DATACITE, SELECTS, crossref, datacite, invalid, listed, work

BY_NAME = {site.name: site for site in registries(contact="keeper@example.org")}
CROSSREF, DATACITE = BY_NAME["Crossref"], BY_NAME["DataCite"]
OWN, OTHER = "10.1000/x", "10.1000/y"
PREPRINT = {"types": {"resourceTypeGeneral": "Preprint"}}


def read(given, source="Crossref"):
    assert source == "Crossref"
    (found,) = CROSSREF.records(crossref(given))
    return found


def day(year):
    return {"date-parts": [[year]]}


def update(kind, doi=OWN, source="publisher"):
    return {"updated": {"date-parts": [[2024, 3, 26]]}, "DOI": doi, "type": kind, "source": source, "label": kind.title()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Chinese<i>Hukou</i>System at 50", "The Chinese Hukou System at 50"),
        ("The <i>p</i>-value and the <i>k</i>th mean", "The p-value and the kth mean"),
        ("Learning on <jats:italic>Drosophila</jats:italic>data", "Learning on Drosophila data"),
        ("A terrestrial volcanic CO<sub>2</sub>vent", "A terrestrial volcanic CO2 vent"),
        ("H<sub>2</sub>O and x<sup>n</sup>y", "H2O and xny"),
        ("<![CDATA[Engines & Looms]]>", "Engines & Looms"),
        (
            'On <inline-formula><tex-math notation="LaTeX">$\\ell_1$</tex-math></inline-formula> norms',
            "On $\\ell_1$ norms",
        ),
        ('On <formula formulatype="inline"><tex Notation="TeX">$H_2$</tex></formula> norms', "On $H_2$ norms"),
        ("\n            Engines\n            of <b>Babbage</b>\n        ", "Engines of Babbage"),
        ("Engines 1830â\x80\x931840", "Engines 1830–1840"),
        ("Caf\x80 society", "Caf society"),
        ("Vectors with a < b and <c, d>", "Vectors with a < b and <c, d>"),
    ],
)
def test_titles_lose_markup_but_no_words(text, wanted):
    assert plain(text) == wanted


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        (
            {"type": "book-chapter", "container-title": ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2014"]},
            {"venue": "Computer Vision – ECCV 2014", "kind": "paper"},
        ),
        ({"container-title": ["Physical Review B", "Phys. Rev. B"]}, {"venue": "Physical Review B"}),
        (
            {"type": "proceedings-article", "container-title": [], "event": {"name": "Looms ’19", "acronym": "L"}},
            {"venue": "Looms ’19", "kind": "paper"},
        ),
        ({"container-title": ["SSRN Electronic Journal"]}, {"venue": None, "kind": "preprint"}),
        ({"type": "posted-content", "subtype": "preprint", "container-title": []}, {"kind": "preprint", "venue": None}),
        ({"type": "posted-content", "container-title": []}, {"kind": "preprint"}),
        ({"type": "posted-content", "subtype": "other", "institution": [{"name": "Front Matter"}]}, {"kind": None}),
        ({"type": "reference-entry"}, {"kind": "paper"}),
        ({"type": "proceedings"}, {"kind": "book"}),
        ({"type": "report"}, {"kind": None}),
        ({"published-print": day(2020)}, {"year": 2020}),
        ({"published-print": {"date-parts": [[None]]}}, {"year": 2019}),
        ({"type": "dissertation", "issued": {"date-parts": [[None]]}, "approved": day(2009)}, {"year": 2009, "kind": "thesis"}),
        ({"issued": {"date-parts": [[]]}, "published": None, "published-online": None}, {"year": None}),
        ({"title": []}, {"title": None}),
        ({"title": ["Engines", "Maschinen"], "original-title": ["Maschinen"]}, {"title": "Engines"}),
    ],
)
def test_a_work_of_crossref(more, wanted):
    found = read(work(OWN, **{"title": "Engines"} | more), "Crossref")
    assert {name: getattr(found, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("given", "family", "wanted"),
    [
        ("JOHN A.", "O'BRIEN-SMITH", "John A. O'Brien-Smith"),
        ("AJ", "WAKEFIELD", "AJ Wakefield"),
        ("AJ", "Wakefield", "AJ Wakefield"),
        ("LI", "WU", "LI WU"),
        ("", "ATLAS", "ATLAS"),
        ("JÜRGEN", "MÜLLER", "Jürgen Müller"),
    ],
)
def test_names_in_capitals(given, family, wanted):
    found = read(work(OWN, "Engines", author=[{"given": given, "family": family, "sequence": "first"}]), "Crossref")
    assert [one.name for one in authors_of(found)] == [wanted]


def test_people_and_groups_of_crossref():
    found = read(
        work(
            OWN,
            "Engines",
            author=[
                {"name": "Engine Consortium", "sequence": "first", "affiliation": []},
                {"given": "Ada", "family": "Lovelace", "suffix": "Jr.", "ORCID": "https://orcid.org/0000-0001", "sequence": "additional"},
                {"family": "Solo", "sequence": "additional", "affiliation": []},
                {"given": "<b>Jan</b>", "family": "de&amp;Vries", "sequence": "additional"},
            ],
        ),
        "Crossref",
    )  # fmt: skip
    assert [(one.given, one.family, one.literal) for one in authors_of(found)] == [
        ("", "", "Engine Consortium"),
        ("Ada", "Lovelace Jr.", ""),
        ("", "", "Solo"),
        ("Jan", "de&Vries", ""),
    ]


@pytest.mark.parametrize(
    ("title", "more", "wanted", "state", "notes"),
    [
        ("On Looms", {"updated-by": [update("correction", OTHER), update("retraction", OTHER, "retraction-watch")]}, "On Looms",
         "retracted", ()),
        ("RETRACTED: On Looms", {"update-to": [update("retraction")]}, "On Looms", "retracted", ()),
        ("On Looms", {"update-to": [update("retraction", OWN.upper())]}, "On Looms", "retracted", ()),
        ("On Looms", {"update-to": [update("corrigendum")]}, "On Looms", None, ()),
        ("Retracted: On Looms", {"update-to": [update("retraction", OTHER)]}, "Retracted: On Looms", None, ("notice",)),
        ("Retraction Note: On Looms", {"update-to": [update("retraction", OTHER)]}, "Retraction Note: On Looms", None, ("notice",)),
        ("WITHDRAWN: On Looms", {}, "On Looms", "withdrawn", ()),
        ("On Looms", {"updated-by": [update("expression_of_concern", OTHER)]}, "On Looms", None, ("concern",)),
        ("On Looms", {"updated-by": [update("partial_retraction", OTHER)]}, "On Looms", None, ("part",)),
    ],
)  # fmt: skip
def test_retraction_notices_mark_their_work(title, more, wanted, state, notes):
    found = read(work(OWN, title, **more), "Crossref")
    assert (found.title, found.state) == (wanted, state)
    assert len(found.notes) == len(notes)
    assert all(word in note for word, note in zip(notes, found.notes, strict=True))


def test_a_preprint_names_its_publication():
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1038/S1", "asserted-by": "subject"}], "has-review": []}
    found = read(work(OWN, "Engines", type="posted-content", relation=relation), "Crossref")
    assert (found.published, found.notes) == ("10.1038/s1", ("it is the preprint of https://doi.org/10.1038/s1",))
    published = read(work(OWN, "Engines", relation={"has-preprint": relation["is-preprint-of"]}), "Crossref")
    assert (published.published, published.notes) == (None, ())


def test_a_batch_requests_only_the_fields_that_are_read():
    keys = [f"10.1000/w.{number}" for number in range(BATCH + 2)]
    odd = ["10.1000/a,b", "10.1000/é", "10.1000/a<b>", "10.1002/1097-4547(19960215)43:4<439::aid>3.0.co;2-g"]
    questions = CROSSREF.requests([*keys, *odd])
    assert sorted(key for one in questions for key in one.keys) == sorted([*keys, *odd])
    lists = [one for one in questions if len(one.keys) > 1]
    assert [len(one.keys) for one in lists] == [BATCH, 2]
    for one in lists:
        query = parse_qs(urlsplit(one.url).query)
        selected = set(query["select"][0].split(","))
        assert selected <= SELECTS
        assert {"DOI", "title", "updated-by", "update-to"} <= selected
        assert "reference" not in selected
        assert int(query["rows"][0]) == len(one.keys)
    alone = [unquote(urlsplit(one.url).path.removeprefix("/works/")) for one in questions if len(one.keys) == 1]
    assert sorted(alone) == sorted(odd)


def test_a_list_leaves_out_missing_works():
    keys = ("10.1000/a", "10.1000/b")
    question = next(one for one in CROSSREF.requests(keys) if len(one.keys) == 2)
    found = CROSSREF.read(question, 200, (), json.dumps(listed(work("10.1000/a", "A"))).encode())
    assert {key: one.answer.status for key, one in found.items()} == {"10.1000/a": "exists", "10.1000/b": "missing"}
    assert found["10.1000/a"].record.title == "A"


def test_crossrefs_refusals_have_their_reason():
    question = CROSSREF.requests([OWN])[0]
    body = json.dumps(invalid("integer-not-valid", "x", "Integer specified as x but must be positive. ")).encode()
    found = CROSSREF.read(question, 400, (), body)[OWN].answer
    assert (found.status, found.detail) == ("unknown", "Crossref answered 400: Integer specified as x but must be positive.")
    assert (
        CROSSREF.read(question, 404, (("Content-Type", "text/plain"),), b"Resource not found.")[OWN].answer.status == "missing"
    )
    assert CROSSREF.read(question, 200, (), json.dumps(crossref(work(OWN.upper(), "A"))).encode())[OWN].record.title == "A"
    assert dict(question.headers)["User-Agent"].endswith(" (mailto:keeper@example.org)")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "Conference paper"}}, {"kind": "paper"}),
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "Doctoral Thesis"}}, {"kind": "thesis"}),
        ({"types": {"resourceTypeGeneral": "Text", "resourceType": "Technical note"}}, {"kind": None}),
        ({"types": {"resourceTypeGeneral": "Image", "resourceType": "Software"}}, {"kind": None}),
        ({"types": {"resourceTypeGeneral": "JournalArticle", "resourceType": ""}}, {"kind": "paper"}),
        ({"types": {"resourceTypeGeneral": "Presentation"}}, {"kind": "lecture"}),
        ({"types": {}}, {"kind": None}),
        ({"titles": [{"title": "Only", "titleType": "Other"}]}, {"title": "Only"}),
        ({"titles": []}, {"title": None}),
        ({"publicationYear": "2021"}, {"year": 2021}),
        ({"container": {"type": "Journal", "title": "Looms", "volume": "1"}}, {"venue": "Looms"}),
        (PREPRINT | {"relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.6",
                                             "relatedIdentifierType": "DOI"}]}, {"published": None, "kind": "preprint"}),
        (PREPRINT | {"relatedIdentifiers": [
            {"relationType": "Cites", "relatedIdentifier": "10.1000/c", "relatedIdentifierType": "DOI"},
            {"relationType": "IsVersionOf", "relatedIdentifier": "2101.00001", "relatedIdentifierType": "arXiv"},
            {"relationType": "IsVersionOf", "relatedIdentifier": "https://doi.org/10.1000/P", "relatedIdentifierType": "DOI"}]},
         {"published": "10.1000/p", "notes": ("it is the preprint of https://doi.org/10.1000/p",)}),
        (PREPRINT | {"relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/d",
                                             "resourceTypeGeneral": "Dataset"}]}, {"published": None}),
        ({"relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/d"}]}, {"published": None}),
    ],
)  # fmt: skip
def test_a_work_of_datacite(more, wanted):
    question = DATACITE.requests(["10.5281/zenodo.7"])[0]
    found = DATACITE.read(question, 200, (), json.dumps(datacite("10.5281/ZENODO.7", **more)).encode())[
        "10.5281/zenodo.7"
    ].record
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_datacites_answer_for_an_unknown_doi():
    status, headers, body = NO_DATACITE
    question = DATACITE.requests([OWN])[0]
    assert DATACITE.read(question, status, tuple(headers.items()), json.dumps(body).encode())[OWN].answer.status == "missing"


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        ("10.1000/a_b-c.d(1);2", "https://doi.org/10.1000/a_b-c.d(1);2"),
        ("10.1002/1097:43:4<439::aid>3.0.co;2-g", "https://doi.org/10.1002/1097:43:4%3C439::aid%3E3.0.co;2-g"),
        ("10.1000/a#b?c%d", "https://doi.org/10.1000/a%23b%3Fc%25d"),
        ("10.1000/é", "https://doi.org/10.1000/%C3%A9"),
    ],
)
def test_the_url_of_a_doi_can_be_written_in_a_list(doi, url):
    assert doi_page(doi) == url

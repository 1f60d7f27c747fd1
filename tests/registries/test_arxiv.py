"""Statuses that arXiv's feeds give for existing, withdrawn and missing papers."""

from __future__ import annotations

import pytest

from linkcheck.registries import registries
from linkcheck.registries.adapters.arxiv import WITNESS
from linkcheck.registries.atom import feed
from tests.registries.answers import atom, paper, refusal

SITE = next(site for site in registries() if site.name == "arXiv")
HERE = paper(WITNESS, 7)


def statuses_of(keys, body, status=200, headers=()):
    (request,) = SITE.requests(keys)
    return {key: found.answer.status for key, found in SITE.read(request, status, headers, body).items()}


def test_each_key_gets_its_own_status():
    keys = ["abs/2301.00001", "pdf/2301.00002", "abs/math/0301001", "abs/2301.99999", "abs/math/0301999"]
    body = atom(paper("math/0301001"), HERE, paper("2301.00002", 3), paper("2301.00001"), asked=6)
    assert statuses_of(keys, body) == dict(zip(keys, ["exists", "exists", "exists", "missing", "missing"], strict=True))


@pytest.mark.parametrize(
    ("key", "entry", "status"),
    [
        ("abs/2301.00001", paper("2301.00001", 2), "exists"),
        ("abs/2301.00001v1", paper("2301.00001", 2), "exists"),
        ("abs/2301.00001v2", paper("2301.00001", 2), "exists"),
        ("abs/2301.00001v3", paper("2301.00001", 2), "unknown"),
        ("html/2301.00001", paper("2301.00001", 2), "unknown"),
        ("pdf/2301.00001", paper("2301.00001", 2, "This paper has been withdrawn by the authors."), "unknown"),
        ("pdf/2301.00001v2", paper("2301.00001", 2, "This paper has been withdrawn by the authors."), "unknown"),
        ("pdf/2301.00001", paper("2301.00001", 2, comment="This paper has been withdrawn due to\n  an error"), "unknown"),
        ("pdf/2301.00001", paper("2301.00001", 2, comment="Withdrawn"), "unknown"),
        ("pdf/2301.00001", paper("2301.00001", 2, "Withdrawn drugs are studied."), "exists"),
        ("pdf/2301.00001", paper("2301.00001", 2, comment="8 pages; a withdrawn figure came back"), "exists"),
        ("pdf/2301.00001v1", paper("2301.00001", 2, "This paper has been withdrawn by the authors."), "exists"),
        ("abs/2301.00001", paper("2301.00001", 2, "This paper has been withdrawn by the authors."), "exists"),
        ("abs/2301.00001", paper("2301.00001").replace("http:", "https:"), "exists"),
        ("abs/math/0309136", paper("math/0309136"), "exists"),
        ("abs/2301.00001", paper("2301.00001", title=""), "unknown"),
        ("abs/2301.00001", paper("2301.00002"), "unknown"),
    ],
)
def test_versions_forms_and_withdrawals(key, entry, status):
    assert statuses_of([key], atom(HERE, entry)) == {key: status}


def test_a_withdrawn_paper_has_a_detail():
    (request,) = SITE.requests(["abs/2301.00001"])
    body = atom(HERE, paper("2301.00001", 2, "This paper has been withdrawn."))
    assert SITE.read(request, 200, (), body)["abs/2301.00001"].answer.detail == "withdrawn"


ABSENT = "abs/2301.99999"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (atom(HERE), "missing"),
        (atom(HERE).replace(b"<opensearch:startIndex>0</opensearch:startIndex>", b""), "missing"),
        (atom(), "unknown"),  # an empty feed
        (atom(total=2), "unknown"),
        (atom(HERE, total=2), "unknown"),  # the total is larger than the feed
        (atom(HERE, start=1), "unknown"),
        (atom(HERE).replace(b"totalResults", b"total"), "unknown"),
        (atom(HERE, HERE), "unknown"),
        (atom(HERE, paper("2301.99998", title=""), total=1), "unknown"),
        (atom(HERE, paper("2301.00002")), "unknown"),  # a paper that wasn't asked for
        (atom(HERE)[:-20], "unknown"),
        (atom(HERE) + b"<html>", "unknown"),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]>' + atom(HERE).split(b"?>", 1)[1], "unknown"),
        (atom(HERE).replace(b"http://www.w3.org/2005/Atom", b"http://example.org/"), "unknown"),
        (b"Rate exceeded.", "unknown"),
    ],
)
def test_papers_are_missing_only_if_the_answer_is_complete(body, status):
    assert statuses_of([ABSENT], body) == {ABSENT: status}


@pytest.mark.parametrize(
    ("key", "updated", "headers", "status"),
    [
        ("abs/2609.99999", "2026-11-02T00:00:00Z", (), "missing"),
        ("abs/2610.99999", "2026-11-02T00:00:00Z", (), "unknown"),
        ("abs/2611.99999", "2026-11-02T00:00:00Z", (), "unknown"),
        ("abs/2611.99999", "2027-01-01T00:00:00Z", (), "missing"),
        ("abs/0705.9999", "2026-11-02T00:00:00Z", (), "missing"),
        ("abs/2609.99999", "", (("Date", "Mon, 02 Nov 2026 03:00:00 GMT"),), "missing"),
        ("abs/2610.99999", "", (("Date", "Mon, 02 Nov 2026 03:00:00 GMT"),), "unknown"),
        ("abs/2609.99999", "", (("Date", "yesterday"),), "unknown"),
        ("abs/math/0301999", "", (), "missing"),
    ],
)
def test_the_newest_papers_are_not_missing_before_the_feed_is_updated(key, updated, headers, status):
    assert statuses_of([key], atom(HERE, updated=updated), headers=headers) == {key: status}


@pytest.mark.parametrize("status", [200, 400])
def test_one_refused_id_leaves_the_others_to_be_asked_again(status):
    keys = ["abs/2301.00001", "abs/math/0301000", "pdf/math/0301000v1"]
    assert statuses_of(keys, atom(refusal("math/0301000")), status) == {keys[1]: "missing", keys[2]: "missing"}


@pytest.mark.parametrize("entry", [refusal("unasked"), refusal("").replace("#incorrect_id_format_for_", "")])
def test_an_error_about_another_id_gives_unknown(entry):
    keys = ["abs/2301.00001", "abs/2301.00002"]
    assert statuses_of(keys, atom(entry)) == dict.fromkeys(keys, "unknown")


def test_keys_left_out_of_a_cut_answer_are_asked_again():
    keys = ["abs/2301.00001", "abs/2301.00002", "abs/2301.00003"]
    body = atom(*(paper(key.removeprefix("abs/")) for key in keys), HERE)
    cut = body[: body.index(b"2301.00003v1") + 200]
    assert statuses_of(keys, cut) == {keys[0]: "exists", keys[1]: "exists"}
    assert statuses_of(keys, cut[:200]) == dict.fromkeys(keys, "unknown")


@pytest.mark.parametrize("status", [301, 400, 403, 404, 429, 500, 503])
def test_only_a_good_status_is_an_answer(status):
    assert statuses_of([ABSENT, "abs/2301.00001"], atom(HERE, paper("2301.00001")), status) == {
        ABSENT: "unknown",
        "abs/2301.00001": "unknown",
    }


def test_entities_are_not_expanded():
    bomb = '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    body = f'{bomb}]><feed xmlns="http://www.w3.org/2005/Atom"><updated>&m;</updated></feed>'.encode()
    assert feed(body) is None


def test_a_feed_with_too_many_entries_is_none():
    assert feed(atom("<entry/>" * 1000)) is not None
    assert feed(atom("<entry/>" * 10_000)) is None


def test_long_texts_are_cut_beside_nested_markup():
    found = feed(atom(paper("2301.00001", title="T&amp;" * 100_000, summary="A <b>bold</b> claim")))
    assert found is not None
    assert 0 < len(found.entries[0].title) <= 2000
    assert found.entries[0].id == "http://arxiv.org/abs/2301.00001v1"
    assert (found.total, found.start, found.updated, found.whole) == (1, 0, "2026-11-02T03:00:00Z", True)


def test_an_entry_has_its_doi_and_journal_but_no_nested_values():
    facts = "<arxiv:doi>10.1000/X</arxiv:doi><arxiv:journal_ref>Looms 1\n (2001)</arxiv:journal_ref>"
    people = (
        "<author><name>Ada\n Lovelace</name><arxiv:affiliation>Elsewhere</arxiv:affiliation></author><author><name/></author>"
    )
    (entry,) = feed(atom(paper("2301.00001").replace("</entry>", f"{facts}{people}</entry>"))).entries
    assert (entry.doi, entry.journal, entry.published) == ("10.1000/X", "Looms 1\n (2001)", "2023-01-01T00:00:00Z")
    assert (entry.comment, entry.authors) == ("15 pages", ("A. Author", "Ada\n Lovelace"))


def test_an_entry_keeps_its_own_authors():
    found = feed(atom(paper("2301.00001"), HERE.replace("A. Author", "B. Author")))
    assert [one.authors for one in found.entries] == [("A. Author",), ("B. Author",)]

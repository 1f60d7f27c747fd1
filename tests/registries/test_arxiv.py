"""What arXiv's feeds say: of papers that are there, and of those that aren't."""

from __future__ import annotations

import pytest

from linkcheck.registries import registries
from linkcheck.registries.adapters.arxiv import WITNESS
from linkcheck.registries.atom import feed
from tests.registries.answers import atom, paper, refusal

SITE = next(site for site in registries() if site.name == "arXiv")
HERE = paper(WITNESS, 7)


def words(keys, body, status=200, headers=()):
    (question,) = SITE.requests(keys)
    return {key: found.answer.status for key, found in SITE.read(question, status, headers, body).items()}


def test_each_key_gets_its_own_word():
    keys = ["abs/2301.00001", "pdf/2301.00002", "abs/math/0301001", "abs/2301.99999", "abs/math/0301999"]
    body = atom(paper("math/0301001"), HERE, paper("2301.00002", 3), paper("2301.00001"), asked=6)
    assert words(keys, body) == dict(zip(keys, ["exists", "exists", "exists", "missing", "missing"], strict=True))


@pytest.mark.parametrize(
    ("key", "entry", "word"),
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
def test_versions_forms_and_withdrawals(key, entry, word):
    assert words([key], atom(HERE, entry)) == {key: word}


def test_a_withdrawal_is_told():
    (question,) = SITE.requests(["abs/2301.00001"])
    body = atom(HERE, paper("2301.00001", 2, "This paper has been withdrawn."))
    assert SITE.read(question, 200, (), body)["abs/2301.00001"].answer.detail == "withdrawn"


ABSENT = "abs/2301.99999"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (atom(HERE), "missing"),
        (atom(HERE).replace(b"<opensearch:startIndex>0</opensearch:startIndex>", b""), "missing"),
        (atom(), "unknown"),  # a bad day: nothing at all
        (atom(total=2), "unknown"),
        (atom(HERE, total=2), "unknown"),  # more was found than is told
        (atom(HERE, start=1), "unknown"),
        (atom(HERE).replace(b"totalResults", b"total"), "unknown"),
        (atom(HERE, HERE), "unknown"),
        (atom(HERE, paper("2301.99998", title=""), total=1), "unknown"),
        (atom(HERE, paper("2301.00002")), "unknown"),  # about something that wasn't asked
        (atom(HERE)[:-20], "unknown"),
        (atom(HERE) + b"<html>", "unknown"),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]>' + atom(HERE).split(b"?>", 1)[1], "unknown"),
        (atom(HERE).replace(b"http://www.w3.org/2005/Atom", b"http://example.org/"), "unknown"),
        (b"Rate exceeded.", "unknown"),
    ],
)
def test_absence_counts_only_in_an_answer_that_is_whole(body, word):
    assert words([ABSENT], body) == {ABSENT: word}


@pytest.mark.parametrize(
    ("key", "updated", "headers", "word"),
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
def test_the_api_may_not_know_the_newest_papers_yet(key, updated, headers, word):
    assert words([key], atom(HERE, updated=updated), headers=headers) == {key: word}


@pytest.mark.parametrize("status", [200, 400])
def test_one_refused_id_leaves_the_others_to_be_asked_again(status):
    keys = ["abs/2301.00001", "abs/math/0301000", "pdf/math/0301000v1"]
    assert words(keys, atom(refusal("math/0301000")), status) == {keys[1]: "missing", keys[2]: "missing"}


@pytest.mark.parametrize("entry", [refusal("unasked"), refusal("").replace("#incorrect_id_format_for_", "")])
def test_an_error_that_names_none_of_ours_answers_nothing(entry):
    keys = ["abs/2301.00001", "abs/2301.00002"]
    assert words(keys, atom(entry)) == dict.fromkeys(keys, "unknown")


def test_a_cut_answer_says_what_it_says_and_leaves_the_rest_to_be_asked_again():
    keys = ["abs/2301.00001", "abs/2301.00002", "abs/2301.00003"]
    body = atom(*(paper(key.removeprefix("abs/")) for key in keys), HERE)
    cut = body[: body.index(b"2301.00003v1") + 200]
    assert words(keys, cut) == {keys[0]: "exists", keys[1]: "exists"}
    assert words(keys, cut[:200]) == dict.fromkeys(keys, "unknown")


@pytest.mark.parametrize("status", [301, 400, 403, 404, 429, 500, 503])
def test_only_a_good_status_is_an_answer(status):
    assert words([ABSENT, "abs/2301.00001"], atom(HERE, paper("2301.00001")), status) == {
        ABSENT: "unknown",
        "abs/2301.00001": "unknown",
    }


def test_entities_do_not_grow():
    bomb = '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    body = f'{bomb}]><feed xmlns="http://www.w3.org/2005/Atom"><updated>&m;</updated></feed>'.encode()
    assert feed(body) is None


def test_a_feed_without_end_is_none():
    assert feed(atom("<entry/>" * 1000)) is not None
    assert feed(atom("<entry/>" * 10_000)) is None


def test_texts_are_read_to_a_bound_and_nested_markup_is_none():
    found = feed(atom(paper("2301.00001", title="T&amp;" * 100_000, summary="A <b>bold</b> claim")))
    assert found is not None
    assert 0 < len(found.entries[0].title) <= 2000
    assert found.entries[0].id == "http://arxiv.org/abs/2301.00001v1"
    assert (found.total, found.start, found.updated, found.whole) == (1, 0, "2026-11-02T03:00:00Z", True)


def test_an_entry_has_what_its_authors_told_and_nothing_of_what_lies_deeper():
    told = "<arxiv:doi>10.1000/X</arxiv:doi><arxiv:journal_ref>Looms 1\n (2001)</arxiv:journal_ref>"
    people = (
        "<author><name>Ada\n Lovelace</name><arxiv:affiliation>Elsewhere</arxiv:affiliation></author><author><name/></author>"
    )
    (entry,) = feed(atom(paper("2301.00001").replace("</entry>", f"{told}{people}</entry>"))).entries
    assert (entry.doi, entry.journal, entry.published) == ("10.1000/X", "Looms 1\n (2001)", "2023-01-01T00:00:00Z")
    assert (entry.comment, entry.authors) == ("15 pages", ("A. Author", "Ada\n Lovelace"))


def test_an_entry_keeps_its_own_authors():
    found = feed(atom(paper("2301.00001"), HERE.replace("A. Author", "B. Author")))
    assert [one.authors for one in found.entries] == [("A. Author",), ("B. Author",)]

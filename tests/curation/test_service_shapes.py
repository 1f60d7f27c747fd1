"""arXiv's papers and GitHub's refusals in their real format."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.metadata import Subject, facts, subject_of
from generator.metadata.facts import authors_of
from generator.metadata.saved import saved
from generator.metadata.subjects import hosted
from linkcheck.registries import registries
from linkcheck.registries.adapters.arxiv import venue
from tests.curation.envelopes import WITNESS, feed, github_says, paper, refused, repository

BY_NAME = {site.name: site for site in registries()}
ARXIV, GITHUB = BY_NAME["arXiv"], BY_NAME["GitHub"]
ASKED = GITHUB.requests(["ada/engine"])[0]


@pytest.mark.parametrize(
    ("line", "name", "year"),
    [
        ("Phys. Rev. B 85, 115117 (2012)", "Phys. Rev. B", 2012),
        ("ActaAstron.56:1-50,2006", "ActaAstron.", 2006),
        ("Phys.Rev.D76:013009,2007", "Phys.Rev.D", 2007),
        (
            "Advances in Neural Information Processing Systems 30 (2017)",
            "Advances in Neural Information Processing Systems",
            2017,
        ),
        ("31st Conference on Looms (LOOM 2017), Long Beach", "31st Conference on Looms (LOOM 2017), Long Beach", 2017),
        ("2019 IEEE Conference on Mills", "2019 IEEE Conference on Mills", 2019),
        ("Foundations of Looms, vol. 11, no. 5-6, pp 355-607, 2019", "Foundations of Looms", 2019),
        ("To appear in the Annals of Mills", "Annals of Mills", 2006),
        (
            "Proceedings of the 34th Conference on Looms, PMLR 70:214-223, 2017",
            "Proceedings of the 34th Conference on Looms",
            2017,
        ),
        ("Nature 521, 436-444 (28 May 2015)", "Nature", 2015),
        ("J. Looms 2015 (1999) 2001-2016", "J. Looms", 2015),
        ("2012", None, 2012),
    ],
)
def test_where_and_when_a_paper_was_published(line, name, year):
    assert venue(line) == name
    (found,) = saved(feed(paper("astro-ph/0601001", "T", published="2006-01-02", journal=line)))
    assert (found.venue, found.year, found.posted, found.kind) == (name, year, 2006, "paper")


def test_the_year_of_papers_and_preprints():
    (found,) = saved(feed(paper("1111.2011", "T", published="2011-11-08", journal="Phys. Rev. B 85, 115117 (2012)", version=2)))
    assert facts([found])["year"].value == 2012
    assert facts([found], preprint=True)["year"].value == 2011


def test_notes_that_a_registry_gives_are_not_repeated():
    (alone,) = saved(feed(paper("1111.2011", "T", journal="Phys. Rev. B 85 (2012)")))
    (both,) = saved(
        feed(paper("1111.2011", "T", journal="Phys. Rev. B 85 (2012)", doi="10.1103/PhysRevB.85.1 10.1103/erratum"))
    )
    assert len(alone.notes) == 1
    assert (both.notes, both.published) == ((), "10.1103/physrevb.85.1")


@pytest.mark.parametrize(
    ("comment", "summary", "state"),
    [
        ("15 pages; withdrawn figures were removed", "We show it.", None),
        ("This paper has been withdrawn by the author due to an error in Lemma 2", "We show it.", "withdrawn"),
        ("Withdrawn", "We show it.", "withdrawn"),
        ("", "This paper has been withdrawn\nby the authors.", "withdrawn"),
        ("", "Withdrawn drugs are studied.", None),
        ("", "The offer has been withdrawn, and we show why.", None),
    ],
)
def test_a_withdrawal_is_found_in_abstract_or_comment(comment, summary, state):
    (found,) = saved(feed(paper("1111.2011", "T", comment=comment, summary=summary)))
    assert found.state == state


@pytest.mark.parametrize(
    ("comment", "journal", "kind"),
    [
        ("PhD thesis, 212 pages", "", "thesis"),
        ("212 pages, Master\u2019s thesis", "", "thesis"),
        ("", "PhD thesis, University of Looms, 2015", "thesis"),
        ("Based on the author's PhD thesis", "", "preprint"),
        ("Hypothesis testing", "", "preprint"),
    ],
)
def test_a_thesis_is_recognised(comment, journal, kind):
    (found,) = saved(feed(paper("1111.2011", "T", comment=comment, journal=journal)))
    assert (found.kind, found.venue) == (kind, None)


def test_affiliations_are_not_authors_and_names_have_no_line_breaks():
    (found,) = saved(feed(paper("1111.2011", "Quantum\n  Looms", ("Ada\n Lovelace", "CMS Collaboration"))))
    assert (found.title, [one.name for one in authors_of(found)]) == ("Quantum Looms", ["Ada Lovelace", "CMS Collaboration"])


def test_an_id_that_arxiv_cannot_read_is_absent_and_the_others_are_asked_again():
    request = ARXIV.requests(["abs/1803.00567", "abs/math/0309136"])[0]
    found = ARXIV.read(request, 400, (), refused("math/0309136"))
    assert {key: (one.answer.status, one.record) for key, one in found.items()} == {"abs/math/0309136": ("missing", None)}


def test_an_id_that_does_not_exist_is_left_out_of_the_feed():
    request = ARXIV.requests(["abs/1803.00567", "abs/1803.99999"])[0]
    body = feed(paper("1803.00567", "One"), WITNESS)
    found = ARXIV.read(request, 200, (("content-type", "application/atom+xml; charset=utf-8"),), body)
    assert [(one.answer.status, one.record and one.record.title) for one in found.values()] == [
        ("exists", "One"),
        ("missing", None),
    ]


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (429, (("Content-Type", "text/plain"),), b"Rate exceeded.", "not to be asked now"),
        (503, (("Retry-After", "30"),), b"<html>Service Unavailable</html>", "not to be asked now"),
        (503, (), b"<html>Service Unavailable</html>", "no feed (503)"),
        (200, (), b"<html>portal</html>", "no feed (200)"),
    ],
)
def test_answers_of_arxiv_that_are_no_feed(status, headers, body, words):
    (found,) = ARXIV.read(ARXIV.requests(["abs/1803.00567"])[0], status, headers, body).values()
    assert words in found.answer.detail
    assert (found.answer.status, found.odd) == ("unknown", status == 200)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (github_says(401, "Bad credentials"), "doesn't accept the GITHUB_TOKEN"),
        (github_says(451, "Repository access blocked", block={"reason": "dmca", "html_url": "x"}), "blocked the repository (dmca)"),
        (github_says(403, "Repository access blocked", block={"reason": "tos"}), "blocked the repository (tos)"),
        (github_says(403, "API rate limit exceeded for 192.0.2.1.", left="0"), "set GITHUB_TOKEN"),
        (github_says(403, "Resource protected by organization SAML enforcement."), "GitHub answered 403: Resource protected"),
        ((502, {}, "<html>"), "GitHub answered 502"),
    ],
)  # fmt: skip
def test_reasons_for_refusals_of_github(said, words):
    status, headers, body = said
    shown = (body if isinstance(body, str) else json.dumps(body)).encode()
    (found,) = GITHUB.read(ASKED, status, tuple(headers.items()), shown).values()
    assert words in found.answer.detail
    assert (found.answer.status, found.odd) == ("unknown", False)


def test_a_renamed_repository_is_followed():
    place = "https://api.github.com/repositories/1296269"
    status, headers, body = github_says(301, "Moved Permanently", url=place)
    (found,) = GITHUB.read(ASKED, status, (*headers.items(), ("Location", place)), json.dumps(body).encode()).values()
    assert (found.onward.url, found.onward.keys, found.onward.headers) == (place, ASKED.keys, ASKED.headers)
    (found,) = GITHUB.read(ASKED, 200, (), json.dumps(repository("babbage/Engine", archived=True)).encode()).values()
    assert found.record.notes == ("its owner has archived it", "it is babbage/Engine now")
    assert (found.answer.status, found.answer.url) == ("moved", "https://github.com/babbage/Engine")


def test_a_repository_says_what_it_is():
    answer = repository("ada/Engine", language="Ada", pushed_at="2020-02-30T00:00:00Z", updated_at="2020-02-29T23:59:59Z")
    (found,) = GITHUB.read(ASKED, 200, (), json.dumps(answer).encode()).values()
    assert (found.record.title, found.record.description, found.record.language) == ("Engine", "Not ours to copy", "Ada")
    assert (found.record.created, found.record.updated) == (date(2011, 1, 26), date(2020, 2, 29))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://github.com/Ada/Engine.git", "https://github.com/Ada/Engine"),
        ("https://github.com/Ada/Engine", "https://github.com/Ada/Engine"),
        ("https://github.com/Ada/Engine/", "https://github.com/Ada/Engine/"),
    ],
)
def test_the_url_of_a_repository_is_its_page(text, url):
    assert subject_of(text) == Subject(url=url)
    assert hosted(subject_of(text)).record_key(subject_of(text)) == "ada/engine"


def test_a_file_in_a_repository_is_a_page():
    url = "https://github.com/Ada/Engine/tree/main/docs"
    assert subject_of(url) == Subject(url=url)
    assert hosted(subject_of(url)) is None

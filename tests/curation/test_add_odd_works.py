"""`listkeeper add` of works with unusual identifiers, titles and records."""

from __future__ import annotations

import json

import pytest

from tests.curation.envelopes import datacite, github_says, paper, refused, repository, work
from tests.curation.services import collection

BEFORE = "title: T\nentries:\n  - title: One\n    url: https://example.org/one\n"
WORDS = "<p>words and more of them</p>" * 120
SICI = "10.1002/(SICI)1097-4547(19960215)43:4<439::AID-JNR5>3.0.CO;2-G"
SICI_PAGE = "https://doi.org/10.1002/(sici)1097-4547(19960215)43:4%3C439::aid-jnr5%3E3.0.co;2-g"
WRITTEN = "https://doi.org/10.1002/%28SICI%291097-4547%2819960215%2943:4%3C439::AID-JNR5%3E3.0.CO;2-G"


@pytest.fixture
def added(tmp_path, run, services):
    """Add a work; return the written lines without indentation, and the messages."""

    def add(target, *arguments, stdin=b"", code=0):
        collection(tmp_path, services.settings(), t=BEFORE)
        ran = run("add", target, "--topic", "t", "--yes", *arguments, stdin=stdin)
        assert ran.code == code, ran.err
        after = (tmp_path / "lists" / "t.yaml").read_text(encoding="utf-8")
        here = services.url("")
        return [
            line.strip().removeprefix("- ").replace(here, "HERE") for line in after.splitlines()[2:] if line not in BEFORE
        ], ran.err

    return add


@pytest.mark.parametrize("target", ["math.DG/0309136", "arXiv:math/0309136v1", "https://arxiv.org/pdf/math/0309136v1.pdf"])
def test_an_old_arxiv_id(added, services, target):
    services.papers["math/0309136"] = paper(
        "math/0309136", "Finite extinction time for the\n  solutions", ("Grisha Perelman",), published="2003-07-17", comment=""
    )
    lines, said = added(target)
    assert lines == [
        "title: Finite extinction time for the solutions", "url: https://arxiv.org/abs/math/0309136", "kind: preprint",
        "authors: [Grisha Perelman]", "year: 2003", "arxiv: math/0309136",
    ]  # fmt: skip
    assert "note[" not in said


def test_a_paper_published_according_to_its_authors_only(added, services):
    services.papers["0704.0001"] = paper(
        "0704.0001", "On Looms", published="2006-12-02", journal="Phys. Rev. D 76, 013009 (2007)"
    )
    lines, said = added("0704.0001")
    assert lines[2:] == ["kind: paper", "authors: [Ada Lovelace]", "year: 2007", "venue: Phys. Rev. D", 'arxiv: "0704.0001"']
    assert "its authors say it was published: Phys. Rev. D 76, 013009 (2007)" in said


@pytest.mark.parametrize(("target", "url"), [(SICI, SICI_PAGE), (f"doi:{SICI}", SICI_PAGE), (WRITTEN, WRITTEN)])
def test_a_doi_with_characters_that_urls_cannot_have(added, services, target, url):
    services.works[SICI.lower()] = work(SICI, "Dopamine Receptor Stimulation", issued={"date-parts": [[1996, 2, 15]]})
    lines, said = added(target)
    assert lines[:3] == ["title: Dopamine Receptor Stimulation", f"url: {url}", "kind: paper"]
    assert lines[-1] == f"doi: {SICI.lower()}"
    assert "warning" not in said


def test_a_chapter_has_its_volume_and_the_order_of_its_authors(added, services):
    people = [{"given": "Tsung-Yi", "family": "Lin"}, {"given": "Michael", "family": "Maire"}, {"name": "COCO Consortium"}]
    services.works["10.1007/978-3-319-10602-1_48"] = work(
        "10.1007/978-3-319-10602-1_48", "Microsoft COCO: <i>Common</i>Objects in Context", type="book-chapter", author=people,
        issued={"date-parts": [[2014]]},
        **{"container-title": ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2014"]},
    )  # fmt: skip
    lines, _ = added("https://DOI.org/10.1007/978-3-319-10602-1_48")
    assert 'title: "Microsoft COCO: Common Objects in Context"' in lines
    assert "authors: [Tsung-Yi Lin, Michael Maire, {literal: COCO Consortium}]" in lines
    assert "venue: Computer Vision – ECCV 2014" in lines


def test_a_publishers_preprint_has_its_venue(added, services):
    services.works["10.1101/2020.01.01"] = work(
        "10.1101/2020.01.01", "On Mills", type="posted-content", subtype="preprint", institution=[{"name": "bioRxiv"}],
        relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1038/s1", "asserted-by": "subject"}]},
        **{"container-title": [], "group-title": "Engines"},
    )  # fmt: skip
    lines, said = added("10.1101/2020.01.01")
    assert "kind: preprint" in lines
    assert not [line for line in lines if line.startswith("venue")]
    assert "it is the preprint of https://doi.org/10.1038/s1" in said


def test_a_deposit_with_a_version_doi(added, services):
    related = [{"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.6", "relatedIdentifierType": "DOI"}]
    types = {"resourceTypeGeneral": "Text", "resourceType": "Conference paper"}
    services.answers["/dois/10.5281%2Fzenodo.7"] = datacite("10.5281/zenodo.7", types=types, relatedIdentifiers=related)
    lines, said = added("10.5281/ZENODO.7")
    assert ("kind: paper" in lines, "doi: 10.5281/zenodo.7" in lines) == (True, True)
    assert "preprint" not in said


@pytest.mark.parametrize(
    ("target", "url"),
    [("https://github.com/ada/Engine.git", "https://github.com/ada/Engine"), ("git@github.com:ada/Engine.git", "https://github.com/ada/Engine")],
)  # fmt: skip
def test_a_repository_by_its_clone_url(added, services, target, url):
    services.answers["/github/repos/ada/engine"] = repository("ada/Engine", license=None, description=None)
    assert added(target)[0] == ["title: Engine", f"url: {url}", "kind: software"]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ('<meta property="og:title" content="A Talk on &quot;Looms&quot;">', ['title: A Talk on "Looms"', "url: HERE/p"]),
        (
            '<script type="application/ld+json">' + json.dumps({"@graph": [
                {"@type": ["ScholarlyArticle"], "headline": "Looms", "author": {"@id": "#a"}, "datePublished": "2014",
                 "isPartOf": {"@type": ["Periodical", "PublicationVolume"], "name": "AMBIO"}},
                {"@type": "Person", "@id": "#a", "name": "Ada Lovelace"}]}) + "</script>",
            ["title: Looms", "url: HERE/p", "kind: paper", "authors: [Ada Lovelace]", "year: 2014", "venue: AMBIO"],
        ),
        ("<title></title>", ["HERE/p"]),
    ],
)  # fmt: skip
def test_pages_with_few_or_many_tags(added, services, head, lines):
    services.answers["/p"] = f"<html><head>{head}</head><body>{WORDS}</body></html>"
    assert added(services.url("/p"))[0] == lines


BIBTEX = rb"""
@string{jram = "J. Reine Angew. Math."}
@article{erdos, title={{\'E}tude of {R}iemann \& {Poincar{\'e}}}, journal = jram, year={1950}, doi={10.1000/A(1)<2>},
  author={Erd{\H o}s, P{\'a}l and {\O}ystein Ore and M{\"u}ller, J{\"o}rg and {World Health Organization}}}
@misc{page, title={A Page}, howpublished={\url{https://example.org/d}}}
"""


def test_bibtex_with_accents_and_an_odd_doi(added, services):
    services.works["10.1000/a(1)<2>"] = work("10.1000/a(1)<2>", "ETUDE")
    lines, said = added("-", stdin=BIBTEX)
    wanted = {
        "title: Étude of Riemann & Poincaré", "url: https://doi.org/10.1000/a(1)%3C2%3E", "year: 1950",
        "authors: [Pál Erdős, Øystein Ore, Jörg Müller, {literal: World Health Organization}]",
        "venue: J. Reine Angew. Math.", "title: A Page", "url: https://example.org/d",
    }  # fmt: skip
    assert wanted <= set(lines)
    assert "could not" not in said


@pytest.mark.parametrize(
    ("target", "path", "answer", "code", "words"),
    [
        ("1803.00567", "/arxiv", (429, {"Content-Type": "text/plain"}, "Rate exceeded."), "not-looked-up", "not to be asked now"),
        ("1803.00567", "/arxiv", (503, {"Retry-After": "0"}, "<html>"), "not-looked-up", "not to be asked now"),
        ("1803.00567", "/arxiv", (400, {}, refused("1803.00567")), "unknown-work", 'there is no "1803.00567"'),
        ("1803.00567", "/arxiv", (200, {}, "<html>portal</html>"), "unknown-answer", "no feed (200)"),
        ("ada/engine", "/github/repos/ada/engine", github_says(401, "Bad credentials"), "not-looked-up", "GITHUB_TOKEN"),
        ("ada/engine", "/github/repos/ada/engine", github_says(404, "Not Found"), "unknown-work", 'there is no "ada/engine"'),
        ("ada/engine", "/github/repos/ada/engine", github_says(403, "API rate limit exceeded", left="0"), "not-looked-up", "GITHUB_TOKEN"),
        ("ada/engine", "/github/repos/ada/engine", github_says(451, "Repository access blocked", block={"reason": "dmca"}),
         "not-looked-up", "(dmca)"),
        ("ada/engine", "/github/repos/ada/engine", (200, {}, []), "unknown-answer", "in a known form"),
    ],
)  # fmt: skip
def test_a_refusal_is_reported_and_the_identifier_kept(added, services, target, path, answer, code, words):
    services.answers[path] = answer
    lines, said = added(target)
    assert f"[{code}]" in said
    assert words in said
    assert any(target in line for line in lines)

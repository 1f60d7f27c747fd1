"""`listkeeper add`: its output and the resulting file."""

from __future__ import annotations

import pytest

from tests.curation.engines import TOPIC, entries, section
from tests.curation.envelopes import datacite, paper, work
from tests.curation.services import collection


def added_lines(before: str, after: str) -> str:
    """The inserted lines; fails if anything else changed."""
    start = next(at for at, char in enumerate(after) if at >= len(before) or before[at] != char)
    start = before.rfind("\n", 0, start) + 1
    rest = len(before) - start
    assert before[:start] == after[:start]
    assert after[len(after) - rest :] == before[start:]
    return after[start : len(after) - rest]


def test_a_paper_by_its_arxiv_id_with_data_of_its_publisher(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.papers["1803.00567"] = paper(
        "1803.00567", "On\n  Looms &  Engines", ("Ada Lovelace", "Jan van der Berg"), doi="10.1000/Engine.1"
    )
    services.works["10.1000/engine.1"] = work("10.1000/engine.1", "On looms", type="journal-article")
    ran = run("add", "arXiv:1803.00567v3", "--topic", "engines", "--yes")
    assert ran.code == 0, ran.err
    after = (tmp_path / "lists" / "engines.yaml").read_text(encoding="utf-8")
    assert added_lines(TOPIC, after) == (
        "      - title: On Looms & Engines\n"
        "        url: https://arxiv.org/abs/1803.00567\n"
        "        kind: paper\n"
        "        authors: [Ada Lovelace, Jan van der Berg]\n"
        "        year: 2019\n"
        "        venue: Annals of Engines\n"
        "        doi: 10.1000/engine.1\n"
        '        arxiv: "1803.00567"\n'
    )
    assert [one.title for one in section(entries(tmp_path), "Papers").entries][-1] == "On Looms & Engines"
    assert "year, venue, doi, kind: from Crossref" in ran.err
    assert "+        year: 2019" in ran.out
    assert any("mailto:keeper@example.org" in one["User-Agent"] for one in services.headers)


@pytest.mark.parametrize(
    ("title", "more", "wanted"),
    [
        ("The <i>k</i>-th &amp;amp; last", {}, "The k-th & last"),
        (
            "On <mml:math xmlns:mml='x'><mml:msub><mml:mi>L</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math> norms",
            {},
            "On L2 norms",
        ),
        ("&lt;b&gt;Bold&lt;/b&gt; claims: p < q", {}, "Bold claims: p < q"),
        ("Engines", {"subtitle": ["A History"]}, "Engines: A History"),
        ("Engines: A History", {"subtitle": ["A history"]}, "Engines: A History"),
        ("Engines", {"author": None, "container-title": [], "issued": {"date-parts": [[None]]}}, "Engines"),
        ("Engines", {"author": [{"name": "The Engine Group"}, {"family": "Solo"}, {}]}, "Engines"),
    ],
)
def test_a_doi_with_recorded_crossref_data(tmp_path, run, services, title, more, wanted):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.works["10.1000/x(1)"] = work("10.1000/X(1)", title, **more)
    ran = run("add", "https://doi.org/10.1000/X(1)", "--topic", "engines", "--section", "papers", "-y")
    assert ran.code == 0, ran.err
    new = section(entries(tmp_path), "Papers").entries[-1]
    assert new.title == wanted
    assert new.doi == "10.1000/x(1)"
    if more.get("author"):
        assert [author.name for author in new.authors] == ["The Engine Group", "Solo"]
        assert new.authors[0].literal == "The Engine Group"
    elif "author" in more:
        assert (new.authors, new.year, new.venue) == ((), None, None)


def test_datacite_is_asked_if_crossref_has_no_record(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.answers["/dois/10.5281%2Fzenodo.1"] = datacite("10.5281/ZENODO.1")
    assert run("add", "10.5281/zenodo.1", "--topic", "engines", "-y").code == 0
    new = next(one for one in entries(tmp_path).walk() if one.doi)
    assert (new.title, new.kind, new.year) == ("Measured Engines", "dataset", 2021)
    assert [author.name for author in new.authors] == ["Ada Lovelace", "Engine Society"]
    assert len(services.asked) == 2


def test_a_repository_that_was_renamed_and_archived(tmp_path, run, services, monkeypatch):
    collection(tmp_path, services.settings(), engines=TOPIC)
    there = {
        "nameWithOwner": "babbage/Engine",
        "name": "Engine",
        "url": "https://github.com/babbage/Engine",
        "isArchived": True,
    }
    services.answers["/github/graphql"] = {"data": {"r0": there | {"description": "Not ours to copy"}}}
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    ran = run("add", "ada/engine", "--topic", "engines", "-y")
    assert ran.code == 0
    new = section(entries(tmp_path), "Software").entries[-1]
    assert (new.title, new.url, new.kind, new.description) == ("Engine", "https://github.com/ada/engine", "software", None)
    assert "its owner has archived it" in ran.err
    assert "it is babbage/Engine now" in ran.err
    assert services.headers[-1]["Authorization"] == "Bearer secret"


def test_a_project_of_gitlab_that_was_renamed(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.answers["/gitlab/projects/ada%2Fengine"] = (302, {"Location": "/gitlab/projects/7"}, "")
    services.answers["/gitlab/projects/7"] = {
        "path_with_namespace": "babbage/engine", "web_url": "https://gitlab.com/babbage/engine", "name": "The Engine", "description": "Not ours",
    }  # fmt: skip
    ran = run("add", "https://gitlab.com/ada/engine.git", "--topic", "engines", "-y")
    assert ran.code == 0, ran.err
    new = section(entries(tmp_path), "Software").entries[-1]
    assert (new.title, new.url, new.kind, new.description) == ("The Engine", "https://gitlab.com/ada/engine", "software", None)
    assert "it is babbage/engine now" in ran.err
    assert services.asked == ["/gitlab/projects/ada%2Fengine", "/gitlab/projects/7"]


def test_a_page_by_its_own_tags_behind_a_redirect(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.answers["/p"] = (302, {"Location": "/paper?x=1"}, "")
    services.answers["/paper"] = (
        "<html><head><title>Paper | Site</title><meta name='citation_title' content='An Engine&#39;s Proof'>"
        "<meta name='citation_author' content='Lovelace, Ada'><meta name='citation_author' content='Charles Babbage'>"
        "<meta name='citation_conference_title' content='Conference on Engines'><meta name='citation_publication_date' content='2017/11/04'>"
        f"</head><body><h1>x</h1>{'<p>words and more words</p>' * 50}</body></html>"
    )
    ran = run("add", services.url("/p"), "--topic", "engines", "-y")
    assert ran.code == 0, ran.err
    new = section(entries(tmp_path), "Papers").entries[-1]
    assert (new.title, new.year, new.venue, new.kind) == ("An Engine's Proof", 2017, "Conference on Engines", "paper")
    assert [author.family for author in new.authors] == ["Lovelace", "Babbage"]
    assert new.url == services.url("/p")


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("math/9801119", {"arxiv": "math/9801119", "year": 1998, "url": "https://arxiv.org/abs/math/9801119"}),
        (
            "https://arxiv.org/pdf/2101.00001v2.pdf",
            {"arxiv": "2101.00001", "year": 2021, "url": "https://arxiv.org/abs/2101.00001"},
        ),
        ("doi:10.1000/ABC", {"doi": "10.1000/abc", "url": "https://doi.org/10.1000/abc", "kind": "other"}),
        ("https://github.com/ada/Engine.git", {"title": "Engine", "kind": "software"}),
        ("https://www.youtube.com/watch?v=aircAruvnKk", {"kind": "video", "title": None}),
        ("https://example.net/a%20b?c=d#e", {"url": "https://example.net/a%20b?c=d#e"}),
    ],
)
def test_offline_fields_come_from_the_identifier(tmp_path, run, services, target, wanted):
    collection(tmp_path, services.settings(), engines="title: Engines\nentries:\n  - title: One\n")
    ran = run("add", target, "--topic", "engines", "--offline", "-y")
    assert ran.code == 0
    assert services.asked == []
    new = entries(tmp_path).entries[-1]
    assert {name: getattr(new, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "target", ["Computational Optimal Transport", "mailto:a@b.org", "", "1899.99999", "lists/engines.yaml/x/y"]
)
def test_a_target_that_is_no_work_is_a_usage_error(tmp_path, run, services, target):
    collection(tmp_path, services.settings(), engines=TOPIC)
    ran = run("add", target, "--topic", "engines", "-y")
    assert ran.code == 2
    assert "[not-a-work]" in ran.err


@pytest.mark.parametrize(
    ("target", "code", "way_out"),
    [
        ("http://example.org/a b", "space-in-url", "write http://example.org/a%20b"),
        ("https://example.org/\x1b[31mred", "control-character", "write https://example.org/[31mred"),
        ("https://example.org:99999/x", "bad-port", "from 1 to 65535"),
        ("works.bib", "not-a-work", "listkeeper add - < works.bib"),
    ],
)
def test_a_url_that_would_be_an_error_is_not_written(tmp_path, run, services, target, code, way_out):
    collection(tmp_path, services.settings(), engines=TOPIC)
    ran = run("add", target, "--topic", "engines", "--offline", "-y")
    assert ran.code == 2
    assert f"error[{code}]" in ran.err
    assert way_out in ran.err
    assert (tmp_path / "lists" / "engines.yaml").read_text(encoding="utf-8") == TOPIC


def test_a_listed_work_is_shown_without_requests(tmp_path, run, services):
    listed = "title: Old\nentries:\n  - title: Looms\n    url: https://arxiv.org/pdf/1803.00567v1\n"
    collection(tmp_path, services.settings(), engines=TOPIC, old=listed)
    ran = run("add", "1803.00567", "--topic", "engines", "-y")
    assert ran.code == 1
    assert "lists/old.yaml:4:10: error[listed-already]" in ran.err
    assert '"Looms"' in ran.err
    assert services.asked == []
    assert (tmp_path / "lists" / "engines.yaml").read_text(encoding="utf-8") == TOPIC


def test_a_work_found_to_be_listed_after_the_look_up(tmp_path, run, services):
    listed = "title: Old\nentries:\n  - title: Looms\n    url: https://example.org/looms\n    doi: 10.1000/engine.1\n"
    collection(tmp_path, services.settings(), engines=TOPIC, old=listed)
    services.papers["1803.00567"] = paper("1803.00567", "On Looms", doi="10.1000/engine.1")
    ran = run("add", "1803.00567", "--topic", "engines", "-y")
    assert ran.code == 1
    assert "[listed-already]" in ran.err
    assert (tmp_path / "lists" / "engines.yaml").read_text(encoding="utf-8") == TOPIC


def test_nothing_is_written_without_confirmation(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    for arguments, words in ([], "--yes"), (["--dry-run", "--yes"], ""):
        ran = run("add", "1803.00567", "--topic", "engines", "--offline", *arguments)
        assert ran.code == 1
        assert "+      - url: https://arxiv.org/abs/1803.00567" in ran.out
        assert words in ran.err
        assert (tmp_path / "lists" / "engines.yaml").read_text(encoding="utf-8") == TOPIC


def test_unknown_topics_and_sections(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    one = run("add", "1803.00567", "--topic", "engine", "--offline")
    assert (one.code, 'did you mean "engines"?' in one.err) == (2, True)
    two = run("add", "1803.00567", "--topic", "engines", "--section", "Paper", "--offline")
    assert (two.code, 'did you mean "Papers"?' in two.err) == (2, True)

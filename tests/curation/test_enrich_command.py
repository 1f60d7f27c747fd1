"""`listkeeper enrich`: fills in only missing fields, names their sources, and keeps every other byte."""

from __future__ import annotations

import pytest

from generator.sources.catalogue.parse import parse_topic
from tests.curation.envelopes import crossref, datacite, paper, repository, work
from tests.curation.services import collection

BARE = """title: Bare # ours
entries:
  # above
  - https://arxiv.org/abs/1803.00567 # behind
  - url: https://arxiv.org/abs/1901.00001v2
    title: "Mine"   # my own words
    kind: preprint
    year: 2020
    authors: [Somebody Else]
  - {url: "https://arxiv.org/abs/1902.00002", tags: [a]}
  - id: kept
    doi: 10.1000/engine.1
    title: My title
    description: >-
      See https://arxiv.org/abs/1803.00567
      for more.
"""
AFTER = """title: Bare # ours
entries:
  # above
  - title: "Looms: a Study"
    url: https://arxiv.org/abs/1803.00567 # behind
    kind: preprint
    authors: [Ada Lovelace]
    year: 2018
  - url: https://arxiv.org/abs/1901.00001v2
    title: "Mine"   # my own words
    kind: preprint
    year: 2020
    venue: Annals of Engines
    doi: 10.1000/engine.2
    authors: [Somebody Else]
  - {title: "Mills, Again", url: "https://arxiv.org/abs/1902.00002", kind: preprint, authors: [Ada Lovelace], year: 2019, tags: [a]}
  - id: kept
    doi: 10.1000/engine.1
    title: My title
    kind: paper
    authors: [Ada Lovelace]
    year: 2019
    venue: Annals of Engines
    description: >-
      See https://arxiv.org/abs/1803.00567
      for more.
"""


def known(services):
    services.papers["1803.00567"] = paper("1803.00567", "Looms: a Study")
    services.papers["1901.00001"] = paper("1901.00001", "Theirs", doi="10.1000/engine.2", published="2019-01-01")
    services.papers["1902.00002"] = paper("1902.00002", "Mills, Again", published="2019-02-01")
    services.works["10.1000/engine.1"] = work("10.1000/engine.1", "Their title")
    services.works["10.1000/engine.2"] = work("10.1000/engine.2", "Theirs", issued={"date-parts": [[2021]]})


def text(tmp_path, name="bare"):
    return (tmp_path / "lists" / f"{name}.yaml").read_text(encoding="utf-8")


def test_missing_fields_are_filled_in_and_others_kept(tmp_path, run, services):
    collection(tmp_path, services.settings(), bare=BARE)
    known(services)
    ran = run("enrich", "--yes")
    assert ran.code == 0, ran.err
    assert sorted(text(tmp_path).splitlines()) == sorted(AFTER.splitlines())
    topic, problems = parse_topic(text(tmp_path), "bare.yaml")
    assert [one.title for one in topic.walk()] == ["Looms: a Study", "Mine", "Mills, Again", "My title"]
    assert not problems
    assert "lists/bare.yaml:4 arxiv-org-abs-1803-00567: title, authors, year, kind from arXiv" in ran.err
    assert "[now-published]" in ran.err
    asked = sorted(one.split("?")[0] for one in services.asked)
    assert asked == ["/arxiv", "/works/10.1000%2Fengine.1", "/works/10.1000%2Fengine.2"]


def test_a_second_time_there_is_nothing_to_do(tmp_path, run, services):
    collection(tmp_path, services.settings(), bare=BARE)
    known(services)
    run("enrich", "--yes")
    before = text(tmp_path)
    ran = run("enrich", "--yes")
    assert (ran.code, ran.out) == (0, "")
    assert text(tmp_path) == before


def test_line_ends_and_byte_order_mark_are_kept(tmp_path, run, services):
    collection(tmp_path, services.settings(), bare="\ufeff" + BARE.replace("\n", "\r\n"))
    known(services)
    assert run("enrich", "-y").code == 0
    data = (tmp_path / "lists" / "bare.yaml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(AFTER.splitlines())


def test_files_and_entries_can_be_named(tmp_path, run, services):
    collection(tmp_path, services.settings(), bare=BARE, other="title: O\nentries:\n  - https://arxiv.org/abs/1905.00005\n")
    known(services)
    services.papers["1905.00005"] = paper("1905.00005", "Fifth")
    assert run("enrich", "lists/other.yaml", "-y").code == 0
    assert (text(tmp_path), "Fifth" in text(tmp_path, "other")) == (BARE, True)
    assert run("enrich", "kept", "-y").code == 0
    assert "Looms: a Study" not in text(tmp_path)
    assert "venue: Annals of Engines" in text(tmp_path)
    assert run("enrich", "lists/none.yaml").code == run("enrich", "nobody").code == 2


@pytest.mark.parametrize(
    ("target", "way_out"), [("bare", "listkeeper enrich lists/bare.yaml"), ("lists", "listkeeper enrich --lists lists")]
)
def test_a_topic_or_folder_as_target_has_a_hint(tmp_path, run, services, target, way_out):
    collection(tmp_path, services.settings(), bare=BARE)
    ran = run("enrich", target)
    assert ran.code == 2
    assert way_out in ran.err


def test_works_are_looked_up_in_batches_and_missing_ones_elsewhere(tmp_path, run, services):
    rows = "".join(f"  - doi: 10.1000/w.{number}\n    title: W{number}\n" for number in range(50))
    collection(tmp_path, services.settings(), many=f"title: M\nentries:\n{rows}")
    services.works |= {f"10.1000/w.{number}": work(f"10.1000/w.{number}", f"W{number}") for number in range(49)}
    services.answers["/dois/10.1000%2Fw.49"] = datacite("10.1000/w.49")
    ran = run("enrich", "-y")
    assert ran.code == 0, ran.err
    assert len(services.asked) == 3
    assert text(tmp_path, "many").count("venue: Annals of Engines") == 49
    assert "kind: dataset" in text(tmp_path, "many")


def test_a_service_that_sends_retry_after_is_not_asked_again(tmp_path, run, services):
    rows = "".join(f"  - https://github.com/ada/engine{number}\n" for number in range(40))
    collection(tmp_path, services.settings(), many=f"title: M\nentries:\n{rows}")
    services.answers |= {
        f"/github/repos/ada/engine{number}": (403, {"x-ratelimit-remaining": "0"}, {"message": "limit"}) for number in range(40)
    }
    ran = run("enrich", "-y")
    assert ran.code == 4
    assert "set GITHUB_TOKEN" in ran.err
    assert len(services.asked) < 25


def test_pages_of_entries_without_title_are_read_but_not_walls(tmp_path, run, services):
    words = "<p>a sentence of the page itself</p>" * 60
    pages = {
        "/plain": f"<title>Engines - Home of Ada</title><h1>Engines</h1>{words}",
        "/graph": f"<title>x</title><meta property='og:title' content='Mills | Ada&#39;s'><meta property='og:site_name' content=\"Ada's\">{words}",
        "/wall": "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
        "/gone": (404, {}, "<title>Not found</title>"),
        "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.5"),
        "/blank": f"<title>Home</title>{words}",
    }
    services.answers |= pages
    rows = "".join(f"  - {services.url(path)}\n" for path in pages)
    collection(
        tmp_path,
        services.settings(),
        pages=f"title: P\nentries:\n{rows}  - title: Has one\n    url: {services.url('/not-asked')}\n",
    )
    assert run("enrich", "-y").code == 0
    topic, _ = parse_topic(text(tmp_path, "pages"), "pages.yaml")
    assert [one.title for one in topic.walk()] == ["Engines", "Mills", None, None, None, None, "Has one"]
    assert "/not-asked" not in services.asked


def test_an_id_that_is_referenced_stays_as_an_alias(tmp_path, run, services):
    other = "title: O\nentries:\n  - title: Another\n    not_duplicate_of: [{id: arxiv-org-abs-1803-00567, reason: r}]\n"
    collection(tmp_path, services.settings(), bare=BARE, other=other)
    known(services)
    assert run("enrich", "-y").code == 0
    assert "aliases: [arxiv-org-abs-1803-00567]" in text(tmp_path)
    assert run("validate").code == 0


def test_retracted_and_renamed_works_are_reported(tmp_path, run, services):
    rows = "title: T\nentries:\n  - title: Mine\n    doi: 10.1000/x\n    kind: paper\n  - https://github.com/ada/engine\n"
    collection(tmp_path, services.settings(), t=rows)
    services.works["10.1000/x"] = work("10.1000/x", "Retracted: Mine", author=None, issued=None, **{"container-title": []})
    services.answers["/github/repos/ada/engine"] = repository("ada/engine", archived=True)
    ran = run("enrich", "-y")
    assert "warning[retracted-work]" in ran.err
    assert "state: retracted" in text(tmp_path, "t")
    assert "title: engine" in text(tmp_path, "t")


def test_a_broken_file_is_skipped_and_the_others_are_filled_in(tmp_path, run, services):
    broken = "title: B\nentries:\n  - https://arxiv.org/abs/1902.00002\n  - title: a: b\n"
    collection(tmp_path, services.settings(), bare=BARE, broken=broken)
    known(services)
    ran = run("enrich", "-y")
    assert (ran.code, "[unsafe-edit]" in ran.err) == (1, True)
    assert text(tmp_path, "broken") == broken
    assert "Looms: a Study" in text(tmp_path)


def test_saved_answers_are_matched_by_identifier(tmp_path, run, services):
    import json

    collection(tmp_path, services.settings(), bare=BARE)
    (tmp_path / "a.json").write_text(json.dumps(crossref(work("10.1000/engine.1", "T"))), encoding="utf-8")
    assert run("enrich", "--from", "a.json", "-y").code == 0
    assert services.asked == []
    assert "venue: Annals of Engines" in text(tmp_path)
    assert "Looms" not in text(tmp_path)


def test_a_reason_common_to_all_works_is_reported_once(tmp_path, run, services):
    rows = "".join(f"  - https://arxiv.org/abs/1901.{number:05}\n" for number in range(1, 31))
    collection(tmp_path, services.settings(), many=f"title: M\nentries:\n{rows}")
    services.answers["/arxiv"] = (500, {}, "down")
    ran = run("enrich", "-y")
    assert ran.code == 4
    assert ran.err.count("[not-looked-up]") == 1
    assert "30 works could not be looked up: arXiv gave no feed (500)" in ran.err

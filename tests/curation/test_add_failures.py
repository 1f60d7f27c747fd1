"""`listkeeper add` if a service fails, doesn't know the work, or isn't asked."""

from __future__ import annotations

import json

import pytest

from tests.curation.engines import TOPIC, entries, section
from tests.curation.envelopes import crossref, work
from tests.curation.services import collection


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ((429, {}, "slow down"), "not-looked-up", "not to be asked"),
        ((503, {"Retry-After": "0"}, "busy"), "not-looked-up", "not to be asked"),
        ((500, {}, "<h1>oops"), "not-looked-up", "answered 500"),
        ((200, {}, "<html>a portal</html>"), "unknown-answer", "in a known form"),
        ((200, {}, {"status": "ok", "message-type": "work", "message": []}), "unknown-answer", "in a known form"),
        (
            (200, {}, {"status": "ok", "message-type": "work", "message": {"DOI": "10.1000/other", "title": ["Other"]}}),
            "unknown-answer",
            "another work",
        ),
        ((200, {}, b"\xff" * 500), "unknown-answer", "in a known form"),
    ],
)
def test_a_failing_service_is_reported_and_the_identifier_kept(tmp_path, run, services, answer, code, words):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.answers["/works/10.1000%2Fx"] = answer
    ran = run("add", "10.1000/x", "--topic", "engines", "-y")
    assert ran.code == 0
    assert f"[{code}]" in ran.err
    assert words in ran.err
    assert next(one for one in entries(tmp_path).walk() if one.doi).doi == "10.1000/x"
    assert len(services.asked) <= 3


def test_no_network_at_all(tmp_path, run, services):
    gone = services.url("").replace(str(services.port), "9")
    collection(tmp_path, services.settings(arxiv=f"{gone}/arxiv"), engines=TOPIC)
    ran = run("add", "1803.00567", "--topic", "engines", "-y")
    assert ran.code == 0
    assert "can't be reached" in ran.err
    new = section(entries(tmp_path), "Papers").entries[-1]
    assert (new.title, new.arxiv, new.year, new.kind) == (None, "1803.00567", 2018, "preprint")


def test_a_token_is_sent_to_github_only(tmp_path, run, services, monkeypatch):
    collection(tmp_path, services.settings(), engines=TOPIC)
    elsewhere = services.url("/elsewhere").replace("127.0.0.1", "127.0.0.2")
    services.answers["/github/graphql"] = (307, {"Location": elsewhere}, {"message": "Temporary Redirect"})
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    ran = run("add", "ada/engine", "--topic", "engines", "-y")
    assert services.asked == ["/github/graphql"]
    assert "GitHub answered 307: Temporary Redirect" in ran.err


def test_a_work_that_does_not_exist(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    ran = run("add", "1803.09999", "--topic", "engines", "--dry-run")
    assert "warning[unknown-work] arXiv: there is no" in ran.err


def test_a_saved_answer_needs_no_requests(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    (tmp_path / "saved.json").write_text(json.dumps(crossref(work("10.1000/x", "On Looms"))), encoding="utf-8")
    assert run("add", "10.1000/x", "--topic", "engines", "--from", "saved.json", "-y").code == 0
    assert services.asked == []
    assert section(entries(tmp_path), "Papers").entries[-1].title == "On Looms"
    (tmp_path / "bad.json").write_text('{"a": [', encoding="utf-8")
    ran = run("add", "10.1000/y", "--topic", "engines", "--from", "bad.json", "-y")
    assert (ran.code, "[unknown-answer]" in ran.err) == (1, True)
    ran = run("add", "10.1000/y", "--topic", "engines", "--from", "saved.json", "--dry-run")
    assert "about other works" in ran.err


def test_a_retracted_work_is_reported(tmp_path, run, services):
    collection(tmp_path, services.settings(), engines=TOPIC)
    services.works["10.1000/x"] = work(
        "10.1000/x", "RETRACTED: On Looms", **{"updated-by": [{"type": "retraction", "DOI": "10.1000/y"}]}
    )
    ran = run("add", "10.1000/x", "--topic", "engines", "-y")
    assert "[retracted-work]" in ran.err
    new = next(one for one in entries(tmp_path).walk() if one.doi)
    assert (new.title, new.state) == ("On Looms", "retracted")

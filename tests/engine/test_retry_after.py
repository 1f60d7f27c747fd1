"""A host that asks for a long wait is put off as a whole: not asked again for each of its links, and not waited for once a link."""

from __future__ import annotations

import json

import pytest

from linkcheck.engine.pacing.host_pace import Feedback
from linkcheck.engine.pacing.retry_after import RetryAfterTracker, feedback
from linkcheck.model import FailureKind, Hop
from linkcheck.policy import Policy
from tests.commands.command import listkeeper, lists
from tests.serving import Answering, serving

PAGE = b"<html><head><title>A page</title></head><body><h1>A page</h1><p>" + b"words " * 80 + b"</p></body></html>"


HEALTHY = Feedback()
COMPLAINT = Feedback(healthy=False, complaint=True)
LIMIT = Feedback(healthy=False, complaint=True, rate_limited=True)


@pytest.mark.parametrize(
    ("answers", "left_alone"),
    [
        ([(0, 61.0, False)], True),
        ([(0, 3600.0, False)], True),
        ([(0, 60.0, False), (60, None, True), (61, 60.0, False)], False),
        ([(0, 60.0, False), (60, 60.0, False), (120, 60.0, False)], False),
        ([(0, 60.0, False), (60, 60.0, False), (120, 60.0, False), (180, 60.0, False)], True),
        ([(second, 1.0, False) for second in range(179)], False),
        ([(second, 1.0, False) for second in range(181)], True),
        ([(second, None if second % 100 == 99 else 1.0, second % 100 == 99) for second in range(500)], False),
        ([(second, None, False) for second in range(500)], False),
        ([(0, 0.0, False), (0, 0.0, False)], False),
    ],
)
def test_waits_are_kept_while_they_can_be_afforded(answers, left_alone):
    tracker = RetryAfterTracker(60.0, 5.0)
    reasons = [
        tracker.record("e.org", float(now), asked, HEALTHY if well else COMPLAINT if asked is None else LIMIT)
        for now, asked, well in answers
    ]
    assert sum(map(bool, reasons)) == left_alone
    assert tracker.record("other.org", 1000.0, None, COMPLAINT) == ""


def test_who_answers_429_without_a_wait_for_minutes_is_put_off():
    tracker = RetryAfterTracker(60.0, 5.0)
    reasons = [tracker.record("e.org", float(now), None, LIMIT) for now in range(0, 300, 20)]
    assert [bool(reason) for reason in reasons].index(True) == 9
    assert "again and again" in reasons[9]


def test_the_reason_is_for_people():
    tracker = RetryAfterTracker(6.0, 5.0, 0.1)
    reason = tracker.record("e.org", 0.0, 720.0, LIMIT)
    assert reason == "e.org asks not to be asked again for 2 hours: first in line on the next night"
    assert tracker.record("e.org", 1.0, 720.0, LIMIT) == ""


@pytest.mark.parametrize(
    ("hop", "headers", "said"),
    [
        (Hop("u", 200), (), Feedback()),
        (Hop("u", 404), (), Feedback()),
        (Hop("u", 429), (), Feedback(healthy=False, complaint=True, rate_limited=True)),
        (Hop("u", 503, retry_after=7.0), (), Feedback(healthy=False, complaint=True, rate_limited=True, wait=7.0)),
        (Hop("u", 503, retry_after=700.0), (), Feedback(healthy=False, complaint=True, rate_limited=True, wait=60.0)),
        (Hop("u", 403), (), Feedback(healthy=False, complaint=True)),
        (Hop("u", 503), (), Feedback(healthy=False, complaint=True)),
        (Hop("u", failure=FailureKind.RESET), (), Feedback(healthy=False, complaint=True)),
        (Hop("u", failure=FailureKind.TIMEOUT), (), Feedback(healthy=False)),
        (
            Hop("u", 403),
            (("X-RateLimit-Remaining", "0"), ("x-ratelimit-reset", "20")),
            Feedback(healthy=False, complaint=True, rate_limited=True, wait=20.0),
        ),
    ],
)
def test_what_an_answer_says_about_our_pace(hop, headers, said):
    assert feedback(hop, headers, Policy()) == said


class Handler(Answering):
    protocol_version = "HTTP/1.1"

    def get(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        self.server.asked.append(f"{host}{self.path}")
        status, headers = self.server.answers(host, self.path)
        self.answer(status, {**headers, "Content-Type": "text/html"}, PAGE)


@pytest.fixture
def server():
    with serving(Handler) as running:
        running.other = f"http://localhost:{running.server_address[1]}"
        yield running


def run(monkeypatch, folder, urls, *more):
    entries = "".join(f"  - {url}\n" for url in urls)
    lists(folder)
    (folder / "lists" / "optimal-transport.yaml").write_text(f"title: Things\nentries:\n{entries}", encoding="utf-8")
    options = ("--allow-private", "127.0.0.0/8", "--allow-private", "::1/128", "--scale", "0.1", "--format", "json", "--quiet")
    ran = listkeeper(monkeypatch, folder, "check", *options, *more)
    return {one["url"].rpartition("/")[2]: one for one in json.loads(ran.out)["verdicts"]}


@pytest.mark.parametrize("status", [503, 429])
@pytest.mark.parametrize("when", ["in seconds", "at robots.txt"])
def test_a_host_that_asks_for_an_hour_is_put_off_with_all_its_links(tmp_path, monkeypatch, server, status, when):
    def answers(_host, path):
        return (200, {}) if when == "in seconds" and path == "/robots.txt" else (status, {"Retry-After": "3600"})

    server.answers = answers
    urls = [f"{server.base}/p{number}" for number in range(40)]
    found = run(monkeypatch, tmp_path, urls, "--pace", "brisk", "--now", "2026-11-21T03:00:00+00:00")
    pages = [path for path in server.asked if "robots" not in path]
    assert len(pages) <= 4  # those that were on their way already
    put_off = [one for one in found.values() if one["rule"] == "not-asked"]
    assert len(put_off) >= 36
    assert {one["outcome"] for one in put_off} == {"unchecked"}
    assert {one["reason"].partition(": ")[2] for one in put_off} == {"first in line on the next night"}
    assert all("127.0.0.1 asks not to be asked again" in one["reason"] for one in put_off)


def test_the_next_night_begins_with_those_that_were_put_off(tmp_path, monkeypatch, server):
    """The first night: landings on the busy host are put off; the second, with everything well, they come before what was seen."""
    server.answers = lambda host, path: (
        (503, {"Retry-After": "3600"})
        if host == "localhost"
        else (302, {"Location": f"{server.other}{path}"})
        if "/z" in path
        else (200, {})
    )
    urls = [f"{server.base}/{name}" for name in ("a1", "a2", "z1", "z2", "z3")]
    found = run(monkeypatch, tmp_path, urls, "--pace", "gentle", "--now", "2026-11-21T03:00:00+00:00")
    put_off = sorted(name for name, one in found.items() if one["rule"] == "not-asked")
    assert 1 <= len(put_off) <= 2
    server.asked.clear()
    server.answers = lambda _host, _path: (200, {})
    run(monkeypatch, tmp_path, urls, "--pace", "gentle", "--concurrency", "1", "--now", "2026-11-22T03:00:00+00:00")
    first = [path.rpartition("/")[2] for path in server.asked if "robots" not in path]
    assert sorted(first[:3]) == ["z1", "z2", "z3"]


def test_chains_that_wait_for_its_turn_are_put_off_as_well(tmp_path, monkeypatch, server):
    server.answers = lambda host, path: (
        (503, {"Retry-After": "3600"}) if host == "localhost" else (302, {"Location": f"{server.other}{path}"})
    )
    urls = [f"{server.base}/z{number}" for number in range(20)]
    run(monkeypatch, tmp_path, urls, "--pace", "none", "--concurrency", "20")
    landed = [path for path in server.asked if path.startswith("localhost/z")]
    assert 1 <= len(landed) <= 20
    again = run(monkeypatch, tmp_path, urls, "--pace", "brisk")
    assert {one["rule"] for one in again.values()} <= {"not-asked", "server-error"}


def test_who_asks_to_wait_again_and_again_is_put_off_too(tmp_path, monkeypatch, server):
    """Each wait is short enough to be kept; a run over many links would keep them for hours."""
    server.answers = lambda _host, path: (200, {}) if path == "/robots.txt" else (503, {"Retry-After": "1"})
    urls = [f"{server.base}/p{number}" for number in range(60)]
    found = run(monkeypatch, tmp_path, urls, "--pace", "brisk", "--scale", "0.02")
    assert len(server.asked) < 20
    assert sum("again and again" in one["reason"] for one in found.values()) > 40

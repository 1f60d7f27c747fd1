"""A count agrees with its noun and verb, and has commas from a thousand on, in every text that people read."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.checking.history_view import merge_histories, show_history
from generator.checking.progress import Progress
from generator.checking.secrets import withheld_secrets
from generator.ci.badge import badge_json
from generator.ci.issue import incomplete_reason, title
from generator.commands.curation.import_ import counts_text
from generator.commands.doctor import _history, _sources
from generator.problems import Problem, Severity, counted
from generator.reporting import render
from generator.reporting.phrases import summary
from generator.results import Report
from linkcheck.history import History
from linkcheck.model import Hop, Link, Observation, Outcome, Place
from linkcheck.policy import HostRule, Policy
from tests.reporting.samples import check, found

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "one", "many", "text"),
    [
        (0, "link", "", "0 links"),
        (1, "link", "", "1 link"),
        (2, "entry", "entries", "2 entries"),
        (1, "needs you", "need you", "1 needs you"),
        (1_234_567, "link", "", "1,234,567 links"),
    ],
)
def test_a_number_with_its_noun(number, one, many, text):
    assert counted(number, one, many) == text


def report(number: int, outcome: Outcome) -> Report:
    return check(*(found(f"https://example.org/{one}", outcome, "rule", "reason") for one in range(number)))


def progress(number: int) -> str:
    stream = io.StringIO()
    Progress(number, stream, live=False, clock=lambda: 0.0).close()
    return stream.getvalue()


def imported(number: int) -> str:
    counts = {"links found": number, "imported": number, "reported": 0, "entries": 0, "entries there already": number}
    return counts_text(Report("import", version="1", counts=counts), Path("lists"), written=False)


def without_secret(number: int) -> str:
    policy = Policy(hosts=(HostRule("example.org", credentials=(("Authorization", "Bearer x"),)),))
    return withheld_secrets([Link(f"http://example.org/{one}", Place("a.yaml", 1)) for one in range(number)], policy)[0].message


def topics(folder: Path, number: int) -> str:
    for one in range(number):
        (folder / f"topic-{one}.yaml").touch()
    return next(_sources(folder)).text


@pytest.mark.parametrize(
    ("text", "one", "many"),
    [
        (lambda number, _: progress(number), "0 of 1 link checked", "0 of 1,200 links checked"),
        (lambda number, _: imported(number), "1 link found = 1 imported", "1,200 links found = 1,200 imported"),
        (lambda number, _: imported(number), "1 entry was there already", "1,200 entries were there already"),
        (lambda number, _: without_secret(number), "1 link is asked", "1,200 links are asked"),
        (lambda number, _: summary(report(number, Outcome.DEAD)), "1 needs you", "1,200 need you"),
        (lambda number, _: summary(report(number, Outcome.FAILING)), "1 waits for", "1,200 wait for"),
        (lambda number, _: summary(report(number, Outcome.MOVED)), "1 moved", "1,200 moved"),
        (lambda number, _: summary(report(number, Outcome.ALIVE)), "1 fine", "1,200 fine"),
        (lambda number, _: summary(report(number, Outcome.BLOCKED)), "(1 blocked", "(1,200 blocked"),
        (lambda number, _: title(report(number, Outcome.DEAD)), "report: 1 needs you", "report: 1,200 need you"),
        (lambda number, _: title(report(number, Outcome.MOVED)), "report: 1 moved", "report: 1,200 moved"),
        (lambda number, _: incomplete_reason(check(), number, 0), "0 of 1 machine reported", "0 of 1,200 machines reported"),
        (lambda number, _: badge_json(report(number, Outcome.ALIVE)), "1 of 1 alive", "1,200 of 1,200 alive"),
        (lambda number, folder: topics(folder, number), "1 topic file in", "1,200 topic files in"),
    ],
)
def test_counts_in_messages(tmp_path, text, one, many):
    assert one in text(1, tmp_path)
    assert many in text(1200, tmp_path)


def test_counts_of_a_history(tmp_path):
    for number, urls in ((1, "1 URL asked"), (1200, "1,200 URLs asked")):
        path = tmp_path / f"{number}.db"
        with History(path, now=NOW) as past:
            for one in range(number):
                url = f"https://example.org/{one}"
                past.add(Observation(url, NOW, (Hop(url, 200),)))
        assert urls in show_history((), tmp_path, path, after=None)[1]
        assert urls in next(_history(tmp_path, path)).text
        observations = urls.replace(" asked", "").replace("URL", "new observation")
        assert observations in merge_histories([path], tmp_path, tmp_path / f"into-{number}.db", now=NOW)[1]


def test_what_was_looked_at_is_counted():
    counts = {"links found": 1, "entries there already": 1, "data files": 1, "imported": 1}
    assert summary(Report("import", version="1", counts=counts)).endswith(
        " in 1 link found, 1 entry there already, 1 data file, 1 imported"
    )


def test_problems_are_counted_in_every_format():
    problem = Problem("bad-url", Severity.ERROR, "no URL", Place("a.yaml", 1, 1))
    for number, said in ((1, "1 error in 1 topic"), (1200, "1,200 errors in 1,200 topics")):
        whole = Report("validate", version="1", counts={"topics": number}, problems=(problem,) * number)
        assert all(said in render(whole, form) for form in ("text", "github", "markdown"))

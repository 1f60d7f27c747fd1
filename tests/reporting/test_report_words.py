"""The sentences of reports, and the group of each finding."""

from dataclasses import replace
from datetime import date

import pytest

from generator.problems import Problem, Severity
from generator.reporting import render
from generator.reporting.groups import groups
from generator.reporting.phrases import network_advice, reason_text, summary
from generator.results import Report
from linkcheck.model import Candidate, Cluster, FailureKind, Outcome, Place
from tests.reporting.samples import check, found, night

ERROR = Problem("bad-url", Severity.ERROR, "no URL", Place("a.yaml", 2, 3))
NOTE = Problem("old", Severity.NOTE, "is old", Place("a.yaml", 1, 1))
TWICE = Cluster(
    "same-url",
    "certain",
    "one URL",
    (Candidate(Place("a.yaml", 1), ("https://e.org",), id="a"), Candidate(Place("a.yaml", 2), ("https://e.org",), id="b")),
)
ON_A_PAGE = replace(TWICE, members=tuple(replace(one, id="") for one in TWICE.members))


def links(**numbers):
    """The given number of verdicts of each outcome."""
    return [found(f"https://e.org/{name}/{one}", Outcome(name)) for name, number in numbers.items() for one in range(number)]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            check(*links(dead=2, invalid=1, moved=5, failing=9, alive=290)),
            "3 need you, 5 moved, 9 wait for another night, 290 fine",
        ),
        (check(*links(dead=1, failing=1)), "1 needs you, 1 waits for another night"),
        (check(*links(alive=3, blocked=2, unchecked=1)), "Nothing needs you, 3 fine (2 blocked, 1 unchecked)"),
        (check(*links(alive=1), problems=(ERROR, NOTE), clusters=(TWICE,)), "2 need you, 1 fine"),
        (check(*links(alive=1), clusters=(replace(TWICE, certainty="probable"),)), "Nothing needs you, 1 fine"),
        (check(*links(alive=1), clusters=(ON_A_PAGE,)), "Nothing needs you, 1 fine"),
        (check(*links(alive=1), clusters=(ON_A_PAGE,), fail_on_duplicates=True), "1 needs you, 1 fine"),
        (check(*links(failing=2, alive=1), fail_on=frozenset({Outcome.FAILING})), "2 need you, 1 fine"),
        (check(*links(invalid=1), fail_on=frozenset({Outcome.DEAD})), "1 needs you"),
        (check(), "No links were found, so nothing was checked."),
        (check(problems=(ERROR, NOTE)), "1 needs you; no links were found to check."),
        (check(links=316, selected=0), "0 of 316 links selected: nothing was checked."),
        (Report("validate", version="1", counts={"topics": 22, "entries": 316}), "No problems in 22 topics, 316 entries"),
        (
            Report("validate", version="1", counts={"topics": 1, "entries": 1}, problems=(ERROR, NOTE)),
            "1 error, 1 note in 1 topic, 1 entry",
        ),
        (Report("duplicates", version="1", clusters=(TWICE,)), "1 certain duplicate"),
        (Report("duplicates", version="1"), "No duplicates"),
        (Report("build", version="1", counts={"pages": 2}, stale=("a.md",)), "No problems in 2 pages; 1 page is stale"),
    ],
)
def test_the_last_line_is_the_summary(report, words):
    assert summary(report) == words
    assert render(report, "text").splitlines()[-1] == words
    assert render(report, "github").splitlines()[-1] == words


@pytest.mark.parametrize(
    ("url", "new", "nights", "place", "words"),
    [
        ("http://e.org/a", "https://e.org/a", 2, Place("a.yaml", 1, 1, "a", "url"), "1 can be fixed"),
        ("https://e.org/a", "https://www.e.org/b/c", 3, Place("a.yaml", 1, 1, "a", "links.pdf"), "1 can be fixed"),
        ("https://e.org/a", "https://e.org/b", 1, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
        ("https://e.org/a", "https://f.org/a", 5, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
        ("https://e.org/a", "http://e.org/b", 5, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
        ("https://e.org/a/b", "https://e.org/", 5, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
        ("https://e.org/a", "https://e.org/b", 5, Place("README.md", 1, 1), "1 moved"),
        ("https://e.org/a", "https://e.org/?sig=***", 5, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
        ("https://e.org/a", "https://[/", 5, Place("a.yaml", 1, 1, "a", "url"), "1 moved"),
    ],
)
def test_what_can_be_fixed_is_what_fix_would_do_now(url, new, nights, place, words):
    report = check(found(url, Outcome.MOVED, "moved", "moved for good", place, final_url=new, nights=nights))
    assert summary(report) == f"Nothing needs you, {words}"


def test_offline_gives_no_verdicts():
    verdicts = [
        found(f"https://e.org/{n}", Outcome.UNCHECKED, "offline", "offline: no host name resolves here") for n in range(3)
    ]
    report = check(*verdicts, *links(invalid=1), run={"offline": True, "void": "offline"})
    said = "Offline: no host name resolves here, so nothing was concluded about 3 links."
    assert summary(report) == f"{said} 1 needs you."
    text = render(replace(report, run=replace(report.run, verdicts=tuple(verdicts))), "text")
    assert text == f"{said}\n"


@pytest.mark.parametrize(
    ("outcome", "more", "confirm", "words"),
    [
        ("failing", {"nights": 1, "needed": 3}, 3, "reason; night 1 of the 3 that prove it"),
        ("failing", {"nights": 0, "needed": 3}, 3, "reason; night 1 of the 3 that prove it"),
        ("failing", {"nights": 4, "needed": 10}, 3, "reason; night 4 of the 10 that prove it"),
        ("failing", {"nights": 3, "needed": 3}, 3, "reason; 3 nights of the 3 that prove it, but too close together"),
        ("failing", {"nights": 4}, 3, "reason; failing for 4 nights"),
        ("failing", {"nights": 1, "needed": 1}, 1, "reason; checked in this run only"),
        ("failing", {"nights": 2, "needed": 3, "of_nights": 2}, 3, "reason; night 2 of the 3 that prove it"),
        (
            "failing",
            {"nights": 2, "needed": 3, "of_nights": 5},
            3,
            "reason; night 2 of the 3 that prove it (2 of the last 5 nights)",
        ),
        ("dead", {"nights": 3}, 3, "reason; 3 nights in a row"),
        ("dead", {"nights": 3, "of_nights": 3}, 3, "reason; 3 nights in a row"),
        ("dead", {"nights": 3, "of_nights": 7}, 3, "reason; 3 of the last 7 nights"),
        ("dead", {"nights": 1}, 1, "reason"),
        ("blocked", {"last_alive": date(2026, 1, 2)}, 3, "reason; last seen alive on 2026-01-02"),
        ("alive", {"last_alive": date(2026, 1, 2)}, 3, "reason"),
    ],
)
def test_reasons_have_the_number_of_nights(outcome, more, confirm, words):
    verdict = found("https://e.org", Outcome(outcome), **more)
    assert reason_text(check(verdict, run={"confirm": confirm}), verdict) == words


def test_groups_are_by_urgency_and_have_every_link_once():
    report = night()
    titles = [group.title for group in groups(report)]
    assert titles == [
        "Dead",
        "Invalid",
        "Certain duplicates",
        "Moved",
        "Missing fragments",
        "Changed",
        "Probable duplicates",
        "Failing",
        "Blocked",
    ]
    shown = [item.occurrences[0].url for group in groups(report) for item in group.items if "duplicates" not in group.title]
    assert len(shown) == len(set(shown)) == 8


def test_alive_links_are_only_counted():
    text = render(check(*links(alive=2)), "text")
    assert text == "Nothing needs you, 2 fine\n"


def test_since_uses_this_run_alone_but_keeps_exceptions():
    fresh = found("https://e.org/new", Outcome.FAILING, seen=Outcome.DEAD)
    excused = found("https://e.org/ok", Outcome.UNCHECKED, seen=Outcome.DEAD, excused="known")
    report = check(fresh, excused, since=True)
    (group,) = groups(report)
    assert (group.title, len(group.items)) == ("Dead", 1)
    assert summary(report) == "1 needs you (1 unchecked)"
    assert groups(replace(report, since=False))[0].title == "Failing"


def test_every_place_of_a_url_is_listed():
    places = [Place("a.md", 1, 2), Place("b.md", 3), Place("-")]
    text = render(check(found("https://e.org", Outcome.DEAD, "rule", "reason", *places)), "text")
    assert [line for line in text.splitlines() if line.endswith("https://e.org")] == [
        "  a.md:1:2  https://e.org",
        "  b.md:3  https://e.org",
        "  -  https://e.org",
    ]


def test_explain_is_offered_for_few_codes_errors_first():
    problems = [Problem(f"note-{n % 9}", Severity.NOTE, "m", Place("a.yaml", n)) for n in range(30)]
    text = render(Report("validate", version="1", problems=(*problems, ERROR)), "text")
    offered = [line.split()[-1] for line in text.splitlines() if "listkeeper explain" in line]
    assert offered == ["bad-url", "note-0", "note-1"]


def test_problems_are_in_the_order_of_their_places():
    text = render(Report("validate", version="1", problems=(ERROR, NOTE)), "text")
    assert text.splitlines()[:2] == ["a.yaml:1:1: note[old] is old", "a.yaml:2:3: error[bad-url] no URL"]


@pytest.mark.parametrize(
    ("report", "remark"),
    [
        (check(*links(dead=1), run={"confirm": 1}), "Decided from this run alone, in two passes: there is no history."),
        (check(*links(alive=1), links=316, selected=12), "12 of 316 links selected."),
        (check(*links(unchecked=1), run={"void": "the proxy failed"}), "This run doesn't count: the proxy failed."),
        (
            check(*links(unchecked=1), run={"void": "the network failed", "void_kind": FailureKind.TIMEOUT}),
            f"What to do: {network_advice(FailureKind.TIMEOUT)}; listkeeper doctor tests the network.",
        ),
    ],
)
def test_limits_of_the_run_are_noted(report, remark):
    assert remark in render(report, "text").splitlines()
    assert remark in render(report, "markdown")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (FailureKind.TLS_UNKNOWN_ISSUER, "--ca FILE"),
        (FailureKind.NO_DNS, "--dns ADDRESS"),
        (FailureKind.TIMEOUT, "firewall"),
        (None, ""),
    ],
)
def test_a_void_run_says_what_to_do(kind, word):
    assert word in network_advice(kind)
    assert bool(network_advice(kind)) is (kind is not None)


def test_many_reasons_are_counted_not_listed():
    verdicts = [found(f"https://e.org/{n}", Outcome.UNCHECKED, "host-rule", f"reason {n:03}") for n in range(30)]
    text = render(check(*verdicts), "text")
    assert "Unchecked (30):" in text
    assert "  20  for 20 other reasons" in text


def test_the_host_table_comes_with_verbose_only():
    assert "complaints" in render(night(), "text")
    assert "complaints" not in render(replace(night(), verbose=False), "text")


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        (Place("README.md", 3, 5), "Dead (1): Correct or remove the link."),
        (Place("a.yaml", 3, 5, "a", "url"), "Dead (1): Remove the link, or give an archived copy as `archive_url`."),
    ],
)
def test_the_advice_for_a_dead_link_fits_its_place(place, advice):
    assert advice in render(check(found("https://e.org/a", Outcome.DEAD, "not-found", "gone", place)), "text")

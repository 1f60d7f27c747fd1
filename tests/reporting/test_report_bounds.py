"""The body of an issue is limited in length, and what doesn't fit is counted."""

import json
import re
from dataclasses import replace

import pytest

from generator.problems import Problem, Severity
from generator.reporting import render
from generator.reporting.formats.markdown import LIMIT, MARKER
from generator.reporting.reading import join_reports, read_report
from linkcheck.model import Candidate, Cluster, Hop, Outcome, Place
from tests.reporting.samples import build, check, found


def many(number, outcome, url="https://e.org/{}"):
    return [found(url.format(one), outcome) for one in range(number)]


def counts_in(text, title):
    """The number in a heading, of the items that follow, and of those said to be missing."""
    head, _, rest = text.partition(f"### {title} (")
    assert head
    part = rest.partition("\n### ")[0]
    promised = int(rest.partition(")")[0].replace(",", ""))
    missing = re.search(r"^- … and ([\d,]+) more$", part, re.MULTILINE)
    return promised, len(re.findall(r"^- (?!…)", part, re.MULTILINE)), int(missing[1].replace(",", "")) if missing else 0


@pytest.mark.parametrize(
    ("verdicts", "titles"),
    [
        (many(5000, Outcome.DEAD), ["Dead"]),
        (many(300, Outcome.DEAD, "https://e.org/" + "x" * 5000 + "/{}"), ["Dead"]),
        (many(300, Outcome.DEAD, "::&&" * 5000 + "{}"), ["Dead"]),
        (
            many(400, Outcome.DEAD) + many(400, Outcome.MOVED) + many(400, Outcome.FAILING) + many(400, Outcome.BLOCKED),
            ["Dead", "Moved", "Failing", "Blocked"],
        ),
    ],
)
def test_a_body_fits_and_counts_its_omissions(verdicts, titles):
    text = render(check(*verdicts), "markdown")
    assert len(text) <= LIMIT
    assert text.startswith(MARKER)
    for title in titles:
        promised, shown, missing = counts_in(text, title)
        assert promised == shown + missing
    assert counts_in(text, titles[0])[1] > 0
    assert counts_in(text, titles[-1])[2] > 0


def test_a_short_body_leaves_nothing_out():
    text = render(check(*many(100, Outcome.DEAD)), "markdown")
    assert counts_in(text, "Dead") == (100, 100, 0)


def test_thousands_of_problems_fit():
    problems = tuple(
        Problem("code", Severity.ERROR, "message " * 100, Place("a.yaml", line), "hint " * 100) for line in range(2000)
    )
    text = render(check(*many(9, Outcome.DEAD), problems=problems), "markdown")
    assert len(text) <= LIMIT
    promised, shown, missing = counts_in(text, "Problems in the sources")
    assert promised == shown + missing == 2000
    assert sum(counts_in(text, "Dead")[1:]) == 9


def test_many_places_of_one_url_are_counted():
    places = [Place("a.yaml", line) for line in range(1, 1001)]
    text = render(check(found("https://e.org", Outcome.DEAD, "rule", "reason", *places)), "markdown")
    assert "  - … and 990 more places" in text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://e.org/a_(b)?c=1&copy=2#d", True),
        ("http://e.org:8080/", True),
        ("https://github.com/o/r/issues/1", False),
        ("https://www.github.com/o/r/issues/1", False),
        ("javascript:alert(1)", False),
        ("https://e.org/<script>", False),
        ("https://e.org/a b", False),
        ("ftp://e.org/", False),
        ("https://[::1", False),
    ],
)
def test_only_plain_web_addresses_become_links(url, linked):
    text = render(check(found(url, Outcome.DEAD)), "markdown")
    assert (f"](<{url.replace('&', '&amp;')}>)" in text) is linked
    assert f"`{url}`" in text


def test_one_group_leaves_room_for_the_next():
    long = tuple(Problem("code", Severity.ERROR, f"`{'m' * 290}`", Place("a" * 290, line)) for line in range(1000))
    text = render(check(*many(3, Outcome.DEAD), problems=long), "markdown")
    assert counts_in(text, "Problems in the sources")[2] > 0
    assert sum(counts_in(text, "Dead")[1:]) == 3


@pytest.mark.parametrize("form", ["text", "github"])
@pytest.mark.parametrize(
    ("number", "more"), [(200, ""), (201, "… and 1 more error[tab]"), (5200, "… and 5,000 more error[tab]")]
)
def test_of_one_code_200_problems_are_printed_and_the_rest_is_counted(form, number, more):
    problems = (
        *(Problem("tab", Severity.ERROR, "a tab", Place("a.yaml", line), "use spaces") for line in range(1, number + 1)),
        *(Problem("bad-year", Severity.WARNING, "a year", Place("b.yaml", line)) for line in range(1, 101)),
    )
    text = render(replace(build(), problems=problems), form)
    assert text.count("a tab") == 200
    assert text.count("a year") == 100
    assert re.findall("… and .*", text) == ([more] if more else [])
    assert f"{number:,} error" in text
    assert len(json.loads(render(replace(build(), problems=problems), "json"))["problems"]) == number + 100


@pytest.mark.parametrize("size", [300, 19_999, 20_000, 20_001, 300_000])
@pytest.mark.parametrize("char", ["a", "é", "\n", "\ud800", '"'])
def test_what_is_written_is_read_again(size, char):
    """One long text must not end every night: of a URL, a name, a title or a reason."""
    long = char * size
    at = Place(f"lists/{long[:4000]}.yaml", 1, 2, long, long)
    verdicts = [
        found(
            f"https://e.org/{long}{end}",
            Outcome.DEAD,
            "rule",
            long,
            at,
            final_url=long,
            title=long,
            excused=long,
            hops=(Hop(long, 1, 1),),
        )
        for end in "ab"
    ]
    cluster = Cluster("same-url", "certain", long, (Candidate(at, (long,), id=long), Candidate(at, (long,), id=long)))
    problems = (Problem("tab", Severity.ERROR, long, at, long),)
    written = render(check(*verdicts, problems=problems, clusters=(cluster,), run={"void": long}), "json")
    again = join_reports([read_report(written.encode())])
    assert len(again.verdicts) == 2, "two URLs that are cut stay two"
    assert render(again, "json") == render(join_reports([read_report(render(again, "json"))]), "json")

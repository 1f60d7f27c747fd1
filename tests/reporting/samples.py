"""Reports to render: a realistic one, and one in which every text is hostile."""

from __future__ import annotations

from datetime import UTC, date, datetime

from generator.problems import Problem, Severity
from generator.results import Report
from linkcheck.model import Candidate, Cluster, Hop, HostTally, Outcome, Place, Run, Verdict

STARTED = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
THEORY, GEOMETRY = "lists/theory.yaml", "lists/geometry.yaml"


def found(url, outcome, rule="rule", reason="reason", *places, **more):
    """A verdict whose `seen` is its outcome by default."""
    spots = places or (Place(THEORY, 3, 5, "one", "url"),)
    return Verdict(url, outcome, more.pop("seen", outcome), rule, reason, places=spots, **more)


def run(*verdicts, **more):
    facts = {"started": STARTED, "seconds": 12.3456, "requests": 355, "confirm": 3} | more
    return Run(verdicts=verdicts, **facts)


def check(*verdicts, **more):
    """A report of `check` with these verdicts."""
    made = run(*verdicts, **more.pop("run", {}))
    return Report("check", version="0.1.0", run=made, links=more.pop("links", len(verdicts)), **more)


def night():
    """A report with every kind of finding."""
    dead = Place(THEORY, 12, 10, "lipman-2022-flow", "url")
    also = Place(GEOMETRY, 40, 10, "lipman-2022", "links.pdf")
    moved = Place(THEORY, 20, 10, "people", "url")
    return check(
        found(
            "https://example.org/gone", Outcome.DEAD, "not-found", "not found (404)", dead, also, status=404, nights=3,
            final_url="https://example.org/gone", last_alive=date(2026, 3, 1), hops=(Hop("https://example.org/gone", 404, 0.25),),
        ),
        found("https://exa mple.org/", Outcome.INVALID, "bad-host", "the host has a space", Place(THEORY, 14, 10, "spaced", "url")),
        found(
            "http://old.example.org/a", Outcome.MOVED, "moved", "moved for good", moved, status=200,
            final_url="https://new.example.org/a", title="A page",
            hops=(Hop("http://old.example.org/a", 301, 0.1), Hop("https://new.example.org/a", 200, 0.2)),
        ),
        found("https://slow.example.org/", Outcome.FAILING, "timeout", "no answer in time", nights=2, needed=10),
        found(
            "https://down.example.org/", Outcome.FAILING, "server-error", "server error (503)", nights=5, needed=10, of_nights=7,
            status=503,
        ),
        found(
            "https://shy.example.org/", Outcome.BLOCKED, "forbidden", "refuses us (403)", status=403, last_alive=date(2026, 1, 2)
        ),
        found("https://fine.example.org/#part", Outcome.ALIVE, "alive", "answers", status=200, fragment="missing"),
        found("https://fine.example.org/", Outcome.ALIVE, "alive", "answers", status=200, title="Ça va, 世界"),
        found(
            "https://other.example.org/", Outcome.ALIVE, "answered", "content was seen (200)", status=200,
            title="Casino | best odds", changed_from="Lecture notes on kites",
        ),
        found("mailto:a@example.org", Outcome.UNCHECKED, "not-web", "not a web link (mailto)"),
        found("mailto:b@example.org", Outcome.UNCHECKED, "not-web", "not a web link (mailto)"),
        found(
            "https://excused.example.org/", Outcome.UNCHECKED, "forbidden", "excused: refuses us (403)", seen=Outcome.BLOCKED,
            excused="works in a browser", status=403,
        ),
        run={"hosts": (HostTally("example.org", 5, 7, 1, 1.5), HostTally("github.com", 40, 41, 0, 1.0))},
        clusters=(
            Cluster(
                "same-work", "certain", "arXiv 1803.00567 in both",
                (
                    Candidate(Place(THEORY, 50, 7, "peyre-2019"), ("https://arxiv.org/abs/1803.00567",), id="peyre-2019"),
                    Candidate(Place(GEOMETRY, 9, 7, "cuturi"), ("https://arxiv.org/pdf/1803.00567v2",), id="cuturi"),
                ),
            ),
            Cluster(
                "near-title", "probable", "titles differ in one letter",
                (Candidate(Place(THEORY, 60, 7), ("https://e.org/1",), id="a"), Candidate(Place(THEORY, 70, 7), (), id="b")),
            ),
        ),
        problems=(
            Problem(
                "unknown-key", Severity.ERROR, 'unknown key "titel"', Place(THEORY, 12, 9, "lipman-2022-flow"), "did you mean title?"
            ),
            Problem("missing-title", Severity.NOTE, "4 entries have no title", Place(GEOMETRY), "listkeeper enrich finds them"),
        ),
        verbose=True,
    )  # fmt: skip


def build():
    """A report of another command."""
    return Report(
        "build",
        version="0.1.0",
        problems=(Problem("not-ours", Severity.WARNING, "not rendered by us", Place("lists/notes.md", 1)),),
        counts={"topics": 22, "entries": 1},
        written=("lists/theory.md", "lists/README.md"),
    )


HOSTILE = (
    "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "one\ntwo\r\n::error file=x,line=1::forged\r::stop-commands::x",
    "##[error]forged ##[add-mask]a ##vso[task.setvariable]b",
    "]]> <!-- --> --> &amp; &lt; </testcase>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "@user @org/team #123 GH-7 owner/repo#9 0123456789abcdef0123456789abcdef01234567",
    "```` `` ` [a](javascript:alert(1)) ![x](http://e.org/x.png) *b* _c_ ~~d~~ | $x$",
    "\n# heading\n- item\n> quote\n---\n",
    "long " * 2048,
    "right\u202eot left\u2066 \u200bzero\ufeff tag\U000e0041 line\u2028para\u2029next\x85end",
    "surrogate \ud800 nul \x00 bell \x07 del \x7f noncharacter \uffff",
    "https://evil.example www.evil.example ftp://evil.example mail@evil.example",
    "%0A::error::forged,title=x: 100%",
    "::add-mask::x",
    "see GH-7",
    "at www.evil.example",
    "in 0123456789abcdef",
    "a,line=7,title=forged: b",
)


def hostile(texts=HOSTILE):
    """Every text from outside is hostile, in every kind of finding."""
    verdicts, problems, clusters = [], [], []
    outcomes = list(Outcome)
    for number, text in enumerate(texts):
        place = Place(text, number, 1, text, text)
        for outcome in outcomes:
            url = f"https://e.org/{outcome}/{text}"
            more = {"excused": text} if outcome is Outcome.UNCHECKED and number % 2 else {}
            verdicts.append(
                found(
                    url, outcome, "rule", text, place, Place(THEORY, 1, 1, "b"), title=text, final_url=f"javascript:{text}",
                    hops=(Hop(url, 200, 0.1, detail=text),), fragment="missing", **more,
                )
            )  # fmt: skip
        verdicts.append(found(text, Outcome.INVALID, "bad", text, place))
        problems.extend(Problem("code", severity, text, place, text) for severity in Severity)
        members = (Candidate(place, (text,), id=text), Candidate(place, (text,), id=text))
        clusters += [Cluster("same-work", "certain", text, members), Cluster("near-title", "probable", text, members)]
    return check(
        *verdicts,
        run={"void": texts[0], "hosts": tuple(HostTally(text, 1, 1, 0, 1.0) for text in texts)},
        problems=tuple(problems),
        clusters=tuple(clusters),
        verbose=True,
    )

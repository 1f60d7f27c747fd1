"""The progress display, on a terminal and on another stream."""

import io
import json
import re

import pytest

from generator.checking.progress import Progress, should_be_live
from generator.reporting import render
from generator.reporting.phrases import summary
from linkcheck.model import Outcome
from tests.reporting.samples import check, found


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def closed():
    stream = Terminal()
    stream.close()
    return stream


@pytest.mark.parametrize(
    ("stream", "environ", "live"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "xterm-256color", "CI": ""}, True),
        (Terminal(), {"CI": "false"}, True),
        (Terminal(), {"CI": "true"}, False),
        (Terminal(), {"CI": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"NO_COLOR": "1"}, True),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, False),
        (io.TextIOWrapper(io.BytesIO()), {}, False),
    ],
)
def test_live_only_on_a_persons_terminal(stream, environ, live):
    assert should_be_live(stream, environ) is live


def test_a_closed_stream_is_not_live():
    class Closed(io.StringIO):
        def isatty(self):
            raise ValueError("I/O operation on closed file")

    assert should_be_live(Closed(), {}) is False


def test_plain_lines_come_at_each_tenth():
    stream = io.StringIO()
    progress = Progress(200, stream, live=False, clock=Clock())
    for done in range(1, 201):
        progress.update(done, Outcome.ALIVE)
    lines = stream.getvalue().splitlines()
    assert [int(line.split()[0]) for line in lines] == list(range(20, 201, 20))
    assert lines[0] == "20 of 200 links checked (10 %): 20 alive"


def test_plain_lines_come_at_most_every_ten_seconds_between_tenths():
    stream, clock = io.StringIO(), Clock()
    progress = Progress(100_000, stream, live=False, clock=clock)
    for done in range(1, 101):
        clock.now += 1
        progress.update(done, Outcome.FAILING if done % 2 else Outcome.ALIVE)
        progress.set_waiting([("e.org", 3, 5.0)])
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("10 of 100,000 links checked (0 %): 5 alive, 5 failing")


def test_lines_name_the_waiting_hosts():
    stream, clock = io.StringIO(), Clock()
    progress = Progress(100, stream, live=False, clock=clock)
    rows = [("small.org", 1, 0.0), ("github.com", 40, 12.0), ("arxiv.org", 30, 0.2), ("e\x1b[2J\n.org", 7, 90.0)]
    progress.set_waiting(rows, 300.0)
    clock.now += 10
    progress.update(5, Outcome.ALIVE)
    (line,) = stream.getvalue().splitlines()
    assert (
        line
        == "5 of 100 links checked (5 %): 1 alive; waiting for github.com (40, next in 2 s), arxiv.org (30), e[2J.org (7, next in 80 s); about 5 min left"
    )


def test_without_an_estimate_no_time_is_shown():
    stream = io.StringIO()
    progress = Progress(10, stream, live=False, clock=Clock())
    progress.set_waiting([("e.org", 5, 1.0)])
    progress.update(1, Outcome.ALIVE)
    assert "left" not in stream.getvalue()


def test_closing_prints_the_result_once():
    stream, clock = io.StringIO(), Clock()
    progress = Progress(10, stream, live=False, clock=clock)
    progress.update(1, Outcome.DEAD)
    clock.now += 42
    progress.close()
    progress.close()
    assert stream.getvalue().splitlines()[1:] == ["1 of 10 links checked (10 %): 1 dead in 42 s"]


def test_the_last_line_has_the_numbers_of_the_report():
    stream = io.StringIO()
    progress = Progress(9, stream, live=False, clock=Clock())
    progress.update(1, Outcome.DEAD, 9)
    excused = found("https://e.org/x", Outcome.UNCHECKED, seen=Outcome.DEAD, excused="on purpose")
    report = check(
        *(found(f"docs/{one}.md", Outcome.ALIVE, "on-disk") for one in range(3)),
        found("https://e.org/1", Outcome.FAILING, seen=Outcome.DEAD),
        excused,
        found("mailto:a@e.org", Outcome.UNCHECKED, "not-web"),
    )
    progress.close(report)
    assert stream.getvalue().splitlines()[-1] == "5 of 6 links checked (83 %): 3 alive, 2 unchecked, 1 failing in 0 s"
    assert summary(report) == "Nothing needs you, 1 waits for another night, 3 fine (2 unchecked)"
    assert json.loads(render(report, "json"))["summary"] == {
        "links": 6, "alive": 3, "moved": 0, "failing": 1, "dead": 0, "blocked": 0, "invalid": 0, "unchecked": 2
    }  # fmt: skip


def test_the_total_may_change():
    stream = io.StringIO()
    progress = Progress(0, stream, live=False, clock=Clock())
    progress.update(1, Outcome.ALIVE, 4)
    assert stream.getvalue() == "1 of 4 links checked (25 %): 1 alive\n"


class Broken(io.StringIO):
    def write(self, _text):
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [Broken(), closed(), io.TextIOWrapper(io.BytesIO(), encoding="ascii")])
def test_a_failing_stream_never_ends_the_run(stream):
    progress = Progress(1, stream, live=False, clock=Clock())
    progress.set_waiting([("münchen.example", 1, 0.0)])
    progress.update(1, Outcome.ALIVE)
    progress.close()


def test_a_live_display_leaves_one_line():
    stream, clock = Terminal(), Clock()
    progress = Progress(316, stream, live=True, clock=clock)
    progress.set_waiting([("github.com", 40, 12.0), ("[red]x\x1b]0;t\x07", 3, 0.0)], 75.0)
    for done in range(1, 13):
        progress.update(done, Outcome.ALIVE if done < 12 else Outcome.FAILING)
    progress._live.refresh()
    drawn = stream.getvalue()
    progress.close()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert "12 of 316" in plain
    assert "11 alive" in plain
    assert "1 failing" in plain
    assert re.search(r"github\.com +40 waiting +next in 12 s", plain)
    assert "[red]x]0;t" in plain
    assert "about 75 s left" in plain
    assert "\x1b" not in plain
    assert stream.getvalue().endswith("12 of 316 links checked (3 %): 11 alive, 1 failing in 0 s\n")

"""The front door: one call, on real servers of this machine."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from dataclasses import replace
from ipaddress import ip_network

import pytest

import linkcheck
from linkcheck import Checker, History, Link, Policy, Work, check_urls, check_urls_async
from linkcheck.engine.sender import plain_user_agent, user_agent
from linkcheck.model import Place
from linkcheck.policy import PACES, Pace
from tests.serving import Answering, serving

POLICY = Policy(pace="none", allow_private=(ip_network("127.0.0.0/8"),)).scaled(0.05)


class Handler(Answering):
    def get(self) -> None:
        self.server.asked.append(self.path)
        status = 404 if self.path == "/gone" else 200
        self.answer(status, {"Content-Type": "text/html"}, f"<title>Page {self.path}</title><p>{'words ' * 80}</p>".encode())


@pytest.fixture
def base():
    with serving(Handler) as running:
        yield running.base


def test_one_call_checks_urls(base):
    found = check_urls([f"{base}/a", f"{base}/gone", f"{base}/a", "mailto:a@b.org"], POLICY)
    assert [(one.url, str(one.outcome), len(one.places)) for one in found] == [
        (f"{base}/a", "alive", 2),
        (f"{base}/gone", "dead", 1),
        ("mailto:a@b.org", "unchecked", 1),
    ]


def test_links_bring_their_work_and_their_place(base):
    link = Link(f"{base}/a", Place("list.md", 7), Work(title="Page"))
    (found,) = check_urls([link], POLICY)
    assert found.places == (link.place,)


def test_it_works_in_a_running_loop(base):
    async def go():
        return await check_urls_async([f"{base}/a"], POLICY)

    assert [str(one.outcome) for one in asyncio.run(go())] == ["alive"]


def test_nights_add_up_in_a_history(base, tmp_path):
    checker = Checker(replace(POLICY, confirm=3), history=tmp_path / "h.db")
    run = checker.check([f"{base}/gone"])
    assert [(str(one.outcome), one.nights, one.needed) for one in run.verdicts] == [("failing", 1, 3)]
    with History(tmp_path / "h.db", resume=True) as past:
        assert len(past.of(f"{base}/gone")) == 1
        assert not past.seen_in_run(f"{base}/gone"), "the run has ended, so nothing of it is taken over"


def test_a_single_url_is_a_mistake_that_is_told():
    with pytest.raises(TypeError, match=r"write \['https://example.org/'\]"):
        check_urls("https://example.org/")
    with pytest.raises(TypeError, match="list of URLs"):
        check_urls(Link("https://example.org/", Place("x")))


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"pace": "fast"}, ValueError, "gentle, normal, brisk or none"),
        ({"pace": 3}, TypeError, "pace"),
        ({"confirm": 0}, ValueError, "confirm is 0, and must be at least 1"),
        ({"budget": -1.0}, ValueError, "budget"),
        ({"hosts": "example.org"}, TypeError, "tuple"),
        ({"allow_private": "10.0.0.0/8"}, TypeError, "tuple"),
        ({"concurrency": 0}, ValueError, "concurrency"),
    ],
)
def test_a_policy_checks_its_values(values, error, message):
    with pytest.raises(error, match=message):
        Policy(**values)


def test_a_pace_may_be_given_by_name():
    assert Policy(pace="brisk").pace == PACES["brisk"]
    assert Policy().pace == PACES["normal"] == Pace()


def test_nothing_heavy_is_imported_before_it_is_used():
    code = "import sys, linkcheck; linkcheck.Policy(); print('httpx' in sys.modules, 'asyncio' in sys.modules, *dir(linkcheck))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    network, loop, *names = ran.stdout.split()
    assert (network, loop) == ("False", "False")
    assert {"check_urls", "Checker", "History"} <= set(names)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = linkcheck.nonsense


@pytest.mark.parametrize(
    ("contact", "first", "second"),
    [
        ("", "Mozilla/5.0 (compatible; Listkeeper/0.1.0)", "Listkeeper/0.1.0"),
        (
            "https://e.org/lists",
            "Mozilla/5.0 (compatible; Listkeeper/0.1.0; +https://e.org/lists)",
            "Listkeeper/0.1.0 (+https://e.org/lists)",
        ),
    ],
)
def test_the_user_agent_names_only_an_address_that_was_configured(contact, first, second):
    assert (user_agent(contact), plain_user_agent(contact)) == (first, second)


def test_nothing_runs_on_after_a_check(base):
    before = set(threading.enumerate())
    check_urls([base.replace("127.0.0.1", "localhost")], POLICY)
    left = [one for one in set(threading.enumerate()) - before if "process_request_thread" not in one.name]
    for one in left:
        one.join(5)
    assert [one.name for one in left if one.is_alive()] == []

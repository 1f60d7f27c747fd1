"""Redirects from machine to machine: each asks its own hosts only, and the joining job ends what they began."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from ipaddress import ip_network

import pytest

from generator.checking.handover_lines import continuation, handover_line
from linkcheck.engine.interfaces import RunContext
from linkcheck.engine.run import check
from linkcheck.engine.targets import Continuation, partition
from linkcheck.model import Hop, Link, Place
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import Policy
from linkcheck.urls import host_key
from tests.serving import MADE_UP, Answering, serving

CHAIN = Continuation("https://a.org/x", (Hop("https://a.org/x", 301, 0.25, "https://b.org/ÿ"),), "https://b.org/%C3%BF")
POLICY = Policy(pace="none", allow_private=(ip_network("127.0.0.0/8"),)).scaled(0.05)


@pytest.mark.parametrize("neighbour", ["", "https://b.org/start"])
def test_a_chain_survives_its_line(neighbour):
    chain = replace(CHAIN, neighbour=neighbour)
    assert continuation(handover_line(chain)) == chain


def test_a_secret_of_a_neighbour_is_not_written():
    assert "tulip" not in handover_line(replace(CHAIN, neighbour="https://b.org/?token=tulip"))


@pytest.mark.parametrize(
    "line",
    [
        "", "[]", "{}", "null", "{", '{"key": "https://a.org/x", "hops": [], "url": "https://b.org/"}',
        '{"key": "https://a.org/x", "hops": [], "url": "file:///etc/passwd"}', '{"key": "file:///x", "hops": [], "url": "file:///x"}',
        '{"key": "https://a.org/x", "hops": [["https://a.org/x", 301, 0.1, "y"]], "url": "file:///etc/passwd"}',
        '{"key": "https://other.org/", "hops": [["https://a.org/x", 301, 0.1, "y"]], "url": "https://b.org/"}',
        '{"key": "https://a.org/x", "hops": [["https://a.org/x", "301", 0.1, "y"]], "url": "https://b.org/"}',
        '{"key": "https://a.org/x", "hops": [["https://a.org/x", 301, "soon", "y"]], "url": "https://b.org/"}',
        '{"key": "https://a.org/x", "hops": [["https://a.org/x"]], "url": "https://b.org/"}',
        '{"key": "https://a.org/x", "hops": [], "url": "https://a.org/x", "neighbour": "file:///etc/passwd"}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_other_lines_are_no_chains(line):
    assert continuation(line) is None


def test_every_host_belongs_to_one_machine():
    hosts = [f"h{number}.org" for number in range(1000)]
    shares = [sum(partition(host, 7) == number for host in hosts) for number in range(1, 8)]
    assert sum(shares) == 1000
    assert min(shares) > 90
    assert {partition(host, 1) for host in hosts} == {1}


class Handler(Answering):
    """Hosts by name: `first` leads to `second`, that to `third`; `gone` leads to a page of `second` that isn't there."""

    def get(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        self.server.asked.append((host, self.path))
        port = self.server.server_address[1]
        leads = {
            ("first.test", "/a"): f"http://second.test:{port}/b",
            ("second.test", "/b"): f"http://third.test:{port}/c",
            ("gone.test", "/a"): f"http://second.test:{port}/missing",
        }
        to = leads.get((host, self.path))
        if to:
            self.answer(301, {"Location": to}, b"")
        elif self.path == "/missing" or MADE_UP in self.path:
            self.answer(404, {"Content-Type": "text/html"}, b"<title>Not found</title>")
        else:
            self.answer(200, {"Content-Type": "text/html"}, f"<title>Page</title><p>{'words ' * 80}</p>".encode())


class Everywhere:
    async def resolve(self, _host):
        return Answer(("127.0.0.1",))

    def close(self):
        pass


def run(urls, owned, handed_over=()):
    """One machine's run: (verdicts by host, what it hands over)."""
    begun, passed_on = {chain.key: chain for chain in handed_over}, []

    async def go():
        guard = Guard(Everywhere(), POLICY.allow_private)
        fetcher = Fetcher(guard, POLICY.bounds, user_agent="test")
        context = RunContext(
            fetcher, guard, owns=lambda host: host in owned, hand_over=passed_on.append, continuations=begun.get
        )
        try:
            return await check([Link(url, Place("x", 1)) for url in urls], POLICY, context)
        finally:
            await fetcher.aclose()
            await guard.aclose()

    found = asyncio.run(go())
    lines = [handover_line(chain) for chain in passed_on]
    return {host_key(one.url.split("/")[2].partition(":")[0]): one for one in found.verdicts}, [
        continuation(line) for line in lines
    ]


@pytest.fixture
def server():
    with serving(Handler) as running:
        yield running


def test_each_machine_asks_its_own_hosts_and_the_last_ends_the_chains(server):
    urls = [f"http://{host}.test:{server.server_address[1]}/a" for host in ("first", "gone")]
    found, passed_on = run(urls, {"first.test", "gone.test"})
    assert {(one.rule, one.reason) for one in found.values()} == {
        ("not-asked", "it leads to a host that another machine asks"),
    }
    assert {host for host, _ in server.asked} == {"first.test", "gone.test"}
    assert [chain.url.partition(":")[2].partition(".")[0] for chain in passed_on] == ["//second", "//second"]
    server.asked.clear()
    found, passed_on = run(urls, {"second.test"}, passed_on)
    assert {host for host, _ in server.asked} == {"second.test"}
    assert (found["gone.test"].status, str(found["gone.test"].outcome)) == (404, "dead")
    (chain,) = passed_on
    assert [hop.status for hop in chain.hops] == [301, 301]
    server.asked.clear()
    found, passed_on = run(urls[:1], {"third.test"}, passed_on)
    assert {host for host, _ in server.asked} == {"third.test"}
    (verdict,) = found.values()
    assert (str(verdict.outcome), len(verdict.hops), passed_on) == ("moved", 3, [])
    assert verdict.final_url.endswith("/c")

"""Whose robots.txt is read: where a site (a registrable domain) is asked for more than five links in a night, however they come."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass

import pytest

from linkcheck.engine.run import RunContext, check
from linkcheck.model import Link, Place, RegistryAnswer
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import PACES, Policy
from linkcheck.registries import Reading
from tests.serving import MADE_UP, Answering, serving

PAGE = b"<html><head><title>A page</title></head><body><h1>A page</h1><p>" + b"words " * 80 + b"</p></body></html>"
RULES = b"User-agent: Listkeeper\nDisallow: /private\n"


class Handler(Answering):
    def get(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        self.server.asked.append(f"{host}{self.path}")
        robots = self.path == "/robots.txt"
        status = self.server.robots_status if robots else 404 if MADE_UP in self.path else 200
        body = RULES if robots else PAGE
        self.answer(status, {"Content-Type": "text/plain" if robots else "text/html"}, body)


class Everywhere:
    """All names are this machine."""

    async def resolve(self, _host: str) -> Answer:
        return Answer(("127.0.0.1",))

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Mute:
    """A site whose interface never gives a word: its links' pages are asked, one after the other."""

    name: str = "Mute"
    batch: int = 1

    def key(self, url):
        return url if "works.org" in url else None

    def requests(self, keys):
        return ()

    def read(self, question, status, headers, body):
        return {key: Reading(RegistryAnswer(self.name, "unknown")) for key in question.keys}


@pytest.fixture
def server():
    with serving(Handler) as running:
        running.robots_status = 200
        running.port = running.server_address[1]
        yield running


def run(server, urls, *, sites=(), past=None):
    policy = Policy(allow_private=(ipaddress.ip_network("127.0.0.0/8"),), pace=PACES["none"]).scaled(0.1)

    async def go():
        guard = Guard(Everywhere(), policy.allow_private)
        fetcher = Fetcher(guard, policy.bounds, user_agent="test")
        try:
            links = [Link(url.replace(":0/", f":{server.port}/"), Place("x", 1)) for url in urls]
            return await check(links, policy, RunContext(fetcher, guard, sites=sites, past=past))
        finally:
            await fetcher.aclose()
            await guard.aclose()

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("urls", "read"),
    [
        ([f"http://one.example.org:0/{number}" for number in range(5)], []),
        ([f"http://one.example.org:0/{number}" for number in range(6)], ["one.example.org"]),
        (
            [f"http://h{number % 3}.example.org:0/{number}" for number in range(6)],
            ["h0.example.org", "h1.example.org", "h2.example.org"],
        ),
        ([f"http://h{number}.github.io:0/{number}" for number in range(6)], []),
    ],
)
def test_a_site_is_counted_by_its_owner_and_each_host_speaks_for_itself(server, urls, read):
    run(server, urls)
    assert sorted(one.partition("/")[0] for one in server.asked if one.endswith("/robots.txt")) == read


def test_links_whose_interface_gave_no_word_are_counted_as_they_come(server):
    urls = [
        *(f"http://works.org:0/{number}" for number in range(12)),
        "http://works.org:0/private/a",
        "http://works.org:0/private/b",
    ]
    found = run(server, urls, sites=(Mute(),))
    assert server.asked.count("works.org/robots.txt") == 1
    assert {one.url.rpartition("/")[2]: one.rule for one in found.verdicts if "private" in one.url} == {
        "a": "not-asked",
        "b": "not-asked",
    }
    assert not [one for one in server.asked if "private" in one]
    assert sum(one.outcome == "alive" for one in found.verdicts) == 12


class Notes(dict):
    """What is remembered from night to night, and nothing else."""

    def note(self, name, _now, _days):
        return self.get(name)

    def remember(self, name, value, _now):
        self[name] = value

    def of(self, _key):
        return ()

    def add(self, _seen):
        pass

    def discard(self, _why):
        pass


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (404, 1), (403, 1), (500, 0), (503, 0), (429, 0)])
def test_a_file_that_could_not_be_had_is_not_kept_for_a_week(server, status, kept):
    server.robots_status, notes = status, Notes()
    run(server, [f"http://one.example.org:0/{number}" for number in range(6)], past=notes)
    assert sum(name.endswith("robots.txt") for name in notes) == kept

"""Which repositories a run asks about, when again, and what its history keeps."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Link, Place, Vitality
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import PACES, Policy
from linkcheck.registries import registries, repository_services
from linkcheck.registries.vitality import vitalities
from tests.engine.small_web import PATIENT
from tests.serving import Answering, serving

FIRST = datetime(2026, 11, 1, 3, tzinfo=UTC)


class Handler(Answering):
    """The interfaces of GitHub (REST and GraphQL) and Codeberg; what is asked for is noted."""

    def get(self) -> None:
        self.server.asked.append(self.path)
        name = self.path.partition("/repos/")[2]
        if name.endswith("gone"):
            self.say(404, {"message": "Not Found", "url": "https://codeberg.org/api/swagger"})
        elif self.path.startswith("/codeberg"):
            self.say(
                200,
                {
                    "full_name": name,
                    "name": name,
                    "html_url": f"https://codeberg.org/{name}",
                    "stars_count": 3,
                    "archived": True,
                },
            )
        else:
            self.say(
                200,
                {
                    "full_name": name,
                    "name": name,
                    "html_url": f"https://github.com/{name}",
                    "pushed_at": "2020-01-01T00:00:00Z",
                },
            )

    def post(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["query"]
        self.server.asked.append(f"{self.path} {query.count('repository(')} {self.headers['Authorization']}")
        self.say(200, {"data": {f"r{number}": {"nameWithOwner": "a/b", "stargazerCount": number} for number in range(50)}})

    do_POST = post  # noqa: N815

    def say(self, status, body) -> None:
        headers = {"Content-Type": "application/json"}
        if self.server.left is not None:
            headers["X-RateLimit-Remaining"] = str(self.server.left)
            self.server.left = max(0, self.server.left - 1)
        if self.server.left == 0:
            status, body = 403, {"message": "API rate limit exceeded"}
        self.answer(status, headers, json.dumps(body).encode())


class Names:
    """All names are this machine, on which only the interfaces answer."""

    async def resolve(self, _host: str) -> Answer:
        return Answer(("127.0.0.1",))

    def close(self) -> None:
        pass


@pytest.fixture
def server():
    with serving(Handler) as running:
        running.left = None
        yield running


def night(server, urls, history, *, token="", after=0):
    """Check links on a night; the requests of that night, and what is known of repositories after it."""
    server.asked.clear()
    endpoints = {"github": f"{server.base}/github", "codeberg": f"{server.base}/codeberg"}
    policy = Policy(
        allow_private=(ipaddress.ip_network("127.0.0.0/8"),), pace=PACES["none"], bounds=PATIENT, retries=0, second_pass=False
    ).scaled(0.05)  # fmt: skip
    now = FIRST + timedelta(days=after)

    async def go(past):
        guard = Guard(Names(), policy.allow_private)
        fetcher = Fetcher(guard, policy.bounds, user_agent="test")
        context = RunContext(
            fetcher, guard, past=past, calendar=lambda: now, sites=registries(endpoints, token),
            repositories=repository_services(endpoints, token),
        )  # fmt: skip
        try:
            await check([Link(url, Place("x", 1)) for url in urls], policy, context)
        finally:
            await fetcher.aclose()
            await guard.aclose()

    if history is None:
        asyncio.run(go(None))
        return list(server.asked), {}
    with History(history, now=now) as past:
        asyncio.run(go(past))
        known = vitalities(past.notes())
    return list(server.asked), known


def test_without_a_token_a_repository_is_asked_about_once_a_week(server, tmp_path):
    history, urls = (
        tmp_path / "history.db",
        ["https://github.com/Ada/Engine#readme", "https://github.com/ada/engine", "https://github.com/ada"],
    )
    asked, known = night(server, urls, history)
    assert asked == ["/github/repos/ada/engine"]
    assert dict(known) == {"https://github.com/ada/engine": Vitality(pushed=date(2020, 1, 1), asked=FIRST.date())}
    assert night(server, urls, history, after=6)[0] == []
    assert night(server, urls, history, after=8)[0] == ["/github/repos/ada/engine"]


def test_with_a_token_many_repositories_are_one_request(server, tmp_path):
    urls = [f"https://github.com/ada/engine{number}#top" for number in range(30)]
    asked, known = night(server, urls, tmp_path / "history.db", token="secret")
    assert asked == ["/github/graphql 30 Bearer secret"]
    assert sorted(one.stars for one in known.values()) == list(range(30))


def test_a_link_that_its_service_is_asked_about_costs_no_second_request(server, tmp_path):
    asked, known = night(server, ["https://codeberg.org/ada/engine"], tmp_path / "history.db")
    assert asked == ["/codeberg/repos/ada/engine"]
    assert known["https://codeberg.org/ada/engine"] == Vitality(True, stars=3, asked=FIRST.date())


def test_a_repository_that_is_missing_is_not_asked_about_every_night(server, tmp_path):
    urls, history = ["https://github.com/ada/gone"], tmp_path / "history.db"
    asked, known = night(server, urls, history)
    assert (asked, dict(known)) == (["/github/repos/ada/gone"], {"https://github.com/ada/gone": Vitality(asked=FIRST.date())})
    assert night(server, urls, history, after=1)[0] == []


def test_what_exceeds_the_limit_of_a_night_is_asked_on_the_next(server, tmp_path):
    urls, history = [f"https://github.com/ada/engine{number}" for number in range(70)], tmp_path / "history.db"
    asked, known = night(server, urls, history)
    assert (len(asked), len(known)) == (50, 50)
    asked, known = night(server, urls, history, after=1)
    assert (len(asked), len(known)) == (20, 70)
    # A week later those that were asked first come first.
    asked, _ = night(server, urls, history, after=30)
    assert set(asked) == {f"/github/repos/ada/engine{number}" for number in range(50)}


def test_a_service_that_refuses_is_left_alone(server, tmp_path):
    server.left = 3
    asked, known = night(server, [f"https://github.com/ada/engine{number}" for number in range(40)], tmp_path / "history.db")
    assert len(asked) < 10
    assert len(known) < 5


def test_without_a_history_nothing_is_asked(server):
    assert night(server, ["https://github.com/ada/engine"], None)[0] == []


def test_the_facts_of_another_machine_are_merged(server, tmp_path):
    night(server, ["https://github.com/ada/engine"], tmp_path / "shard.db")
    with History(tmp_path / "history.db", now=FIRST) as past:
        past.merge(tmp_path / "shard.db")
        assert list(vitalities(past.notes())) == ["https://github.com/ada/engine"]

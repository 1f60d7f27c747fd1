"""The checker on the simulated web: every behaviour, the decoys and the mixes, night by night. Fails on any wrong verdict."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from linkcheck.model import Run
from tests.web.expected import BEHAVIOURS, Expected, load
from tests.web.log import Log
from tests.web.score import Card, one_night, policy_for
from tests.web.world import World

NIGHTS = 4
SCALE = 0.1
MIXES = ["M1", "M2", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12"]
POLITE = 10.0
"""The highest rate of `normal`; a burst of three and the two connections' overlap come on top within one second."""


@dataclass(frozen=True)
class Played:
    expected: dict[str, Expected]
    log: Log
    card: Card
    runs: list[Run]


def play(folder, only, nights) -> Played:
    card, runs = Card(), []
    with World(scale=SCALE, only=only) as world:
        policy = policy_for(world)
        for number in range(1, nights + 1):
            run = asyncio.run(one_night(world, number, folder / "history.db", policy))
            card.take(world, number, run)
            runs.append(run)
        return Played(dict(world.expected), world.log, card, runs)


@pytest.fixture(scope="module")
def behaviours(tmp_path_factory) -> Played:
    return play(tmp_path_factory.mktemp("behaviours"), None, NIGHTS)


@pytest.fixture(scope="module")
def mixes(tmp_path_factory) -> Played:
    return play(tmp_path_factory.mktemp("mixes"), MIXES, 5)


def wrong(played: Played, behaviour: str) -> list[str]:
    return [
        f"{variant} night {number}: wanted {wanted}, found {found} [{verdict.rule}] {verdict.reason} {verdict.url}"
        for variant, number, wanted, found, verdict in played.card.wrong
        if variant.partition(".")[0] == behaviour
    ]


@pytest.mark.timeout(170)
def test_the_card(behaviours, capsys):
    with capsys.disabled():
        print("\n" + "\n".join(behaviours.card.lines()))
    assert not behaviours.card.wrong
    assert len(behaviours.card.rows) > 1200


OTHERS = sorted({name for row in load() if not (name := row.partition(".")[0]).startswith("R")} - set(BEHAVIOURS))


@pytest.mark.parametrize("behaviour", [*BEHAVIOURS, *OTHERS])
def test_every_behaviour_is_judged_right(behaviours, mixes, behaviour):
    played = mixes if behaviour.startswith("M") else behaviours
    assert not wrong(played, behaviour)


@pytest.mark.parametrize("kind", ["fragment", "cause"])
def test_fragments_and_causes_are_named(behaviours, kind):
    expected = {url: row for url, row in behaviours.expected.items() if getattr(row, kind)}
    assert expected
    for found in behaviours.runs[0].verdicts:
        row = expected.get(found.url)
        if row is None:
            continue
        said = found.fragment if kind == "fragment" else str(found.hops[-1].failure)
        assert said in getattr(row, kind).split("|"), (row.variant, found.url, said)


def test_a_page_with_another_title_is_reported_as_changed(behaviours):
    url = next(url for url, row in behaviours.expected.items() if row.variant == "B74.a")
    changed = [found.changed_from for run in behaviours.runs for found in run.verdicts if found.url == url]
    assert changed == ["", "", "Reading Group on Sheaves | Lab", ""], "news of a night, and then the page's title"


def test_a_page_that_refreshes_itself_is_asked_once_a_night(behaviours):
    assert len(behaviours.log.of("ferry-board.net")) == NIGHTS


def test_no_private_address_was_connected_to(behaviours, mixes):
    assert behaviours.log.forbidden_connections() == []
    assert mixes.log.forbidden_connections() == []


def test_no_secret_left_its_origin(behaviours):
    assert behaviours.log.leaks() == []


def test_no_host_saw_more_than_its_pace(behaviours):
    log = behaviours.log
    peaks = {host: log.peak_rate(host) for host in log.requests_per_host()}
    assert max(peaks.values()) <= POLITE + 5
    assert max(log.peak_connections(host, lag=0.1) for host in peaks) <= 3


def test_every_request_says_who_asks(behaviours):
    agents = {request.header("User-Agent") or "" for request in behaviours.log.requests}
    assert agents
    assert all("Listkeeper/" in agent and "http" not in agent for agent in agents), "no address that nobody configured"

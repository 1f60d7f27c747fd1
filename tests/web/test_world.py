"""The simulated web does what it says, seen by a client that shares nothing with the checker."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linkcheck.model import FailureKind
from tests.web.client import connection, get, read, url
from tests.web.collection import collection
from tests.web.expected import BEHAVIOURS, load
from tests.web.lab import cases, chosen
from tests.web.realistic import Plan, realistic
from tests.web.world import World


def test_table_and_servers_have_the_same_variants(world: World) -> None:
    rows = {variant for variant in load() if not variant.startswith("R.")}
    assert rows == set(world.cases)
    assert {each.partition(".")[0] for each in rows} >= set(BEHAVIOURS)


def test_table_without_a_behaviour_is_refused(tmp_path: Path) -> None:
    lines = (Path(__file__).parent / "expected.csv").read_text().splitlines(keepends=True)
    poorer = tmp_path / "expected.csv"
    poorer.write_text("".join(line for line in lines if not line.startswith("B41,")))
    with pytest.raises(ValueError, match="B41"):
        load(poorer)


def test_table_with_an_unknown_word_is_refused(tmp_path: Path) -> None:
    poorer = tmp_path / "expected.csv"
    poorer.write_text("behaviour,variant,name,nights,fragment,cause,why\nB1,B1.a,plain,lively,,,\n")
    with pytest.raises(ValueError, match="lively"):
        load(poorer)


def test_causes_are_words_of_the_model() -> None:
    assert {row.cause for row in load().values() if row.cause} <= {trouble.value for trouble in FailureKind}


def test_rows_hold_their_last_outcome() -> None:
    row = load()["B44.a"]
    assert [next(iter(row.on(night))) for night in (1, 3, 4, 9)] == ["failing", "failing", "alive", "alive"]


def test_thirty_decoys_are_alive(world: World) -> None:
    decoys = [identity for identity, each in cases().items() if each.group == "decoys"]
    assert len(decoys) == 30
    for identity in decoys:
        got = get(world, url(world, identity))
        if got.status in {301, 302}:
            got = get(world, "/".join(url(world, identity).split("/")[:3]) + got.headers["location"])
        assert (identity, got.status) == (identity, 200)


def test_unknown_case_is_refused() -> None:
    with pytest.raises(KeyError):
        chosen(["B99"])
    assert {each.behaviour for each in chosen(["B4"])} == {"B4"}


@pytest.mark.parametrize(
    ("variant", "statuses"),
    [
        ("B1.a", [200, 200]),
        ("B1.d-tls", [200]),
        ("B2.a", [204]),
        ("B2.b", [200]),
        ("B4.a", [404, 404, 404]),
        ("B5.a", [410]),
        ("B6.a", [404, 200]),
        ("B7.a", [301]),
        ("B9.b", [307]),
        ("B12.a", [301]),
        ("B18.a", [301]),
        ("B20.c-tr", [200, 200]),
        ("B28.a", [403]),
        ("B31.a", [403]),
        ("B32.a", [999]),
        ("B33.a", [401]),
        ("B33.c", [407]),
        ("B34.a", [451]),
        ("B36.a", [429]),
        ("B42.a", [503]),
        ("B44.a", [502, 502, 502, 200]),
        ("B45.a", [200]),
        ("B46.a", [202]),
        ("B47.b-de", [200]),
        ("B50.a", [200]),
        ("B51.c", [402]),
        ("M7.back", [404, 404, 404, 200]),
    ],
)
def test_statuses_by_night(world: World, variant: str, statuses: list[int]) -> None:
    seen = []
    for night in range(1, len(statuses) + 1):
        world.night = night
        seen.append(get(world, url(world, variant)).status)
    assert seen == statuses


@pytest.mark.parametrize("variant", ["B4.a", "B4.b-de", "B49.a", "B49.b-de", "D02", "D12"])
def test_neighbours_are_honestly_missing(world: World, variant: str) -> None:
    assert get(world, url(world, variant).rpartition("/")[0] + "/zq81-made-up").status == 404


@pytest.mark.parametrize("variant", ["B47.a", "B47.c-fr", "B48.a", "B50.b-de", "B45.b-de"])
def test_neighbours_get_the_same_page(world: World, variant: str) -> None:
    first = get(world, url(world, variant))
    other = get(world, url(world, variant).rpartition("/")[0] + "/zq81-made-up")
    assert (first.status, first.body) == (other.status, other.body)


def test_cookie_opens_the_loop(world: World) -> None:
    first = get(world, url(world, "B15.a"))
    assert (first.status, first.headers["location"]) == (302, "/doc/1")
    cookie = first.headers["set-cookie"].partition(";")[0]
    assert get(world, url(world, "B15.a"), headers={"Cookie": cookie}).status == 200


def test_twelve_hops(world: World) -> None:
    here = url(world, "B17.a")
    statuses: list[int] = []
    while not statuses or statuses[-1] == 302:
        got = get(world, here)
        statuses.append(got.status)
        here = "/".join(here.split("/")[:3]) + got.headers.get("location", "")
    assert statuses == [302] * 12 + [200]


def test_registries_answer_for_their_names(world: World) -> None:
    ends = world.endpoints
    assert json.loads(get(world, ends["doi"] + "10.5555/lin.2019.77").body)["responseCode"] == 1
    unknown = get(world, ends["doi"] + "10.5555/never.registered.1")
    assert (unknown.status, json.loads(unknown.body)["responseCode"]) == (404, 100)
    assert get(world, ends["github"] + "/repos/lattice-lab/solver").headers["x-ratelimit-remaining"] == "59"
    renamed = get(world, ends["github"] + "/repos/lattice-lab/renamed")
    assert (renamed.status, json.loads(get(world, renamed.headers["location"]).body)["full_name"]) == (
        301,
        "lattice-lab/newname",
    )
    assert get(world, ends["github"] + "/repos/lattice-lab/deleted").status == 404
    feed = get(world, ends["arxiv"] + "?id_list=2101.00001,2101.99998,1706.99999v2").text
    assert feed.count("<entry>") == 2
    assert get(world, ends["youtube"] + "?url=https%3A//www.youtube.com/watch%3Fv%3DaaaaAAAA001&format=json").status == 200
    assert get(world, ends["youtube"] + "?url=https://youtu.be/yyyyYYYY998").status == 404


def test_graphql_answers_for_many_repositories(world: World) -> None:
    query = '{a: repository(owner: "lattice-lab", name: "museum") {isArchived} b: repository(owner: "lattice-lab", name: "gone") {url}}'
    body = json.dumps({"query": query})
    with connection(world, world.endpoints["github_graphql"]) as sock:
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: api.github.com\r\nAuthorization: bearer t\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        sock.sendall((head + body).encode())
        answer = json.loads(read(sock).body)
    assert answer["data"]["a"]["isArchived"] is True
    assert answer["data"]["b"] is None
    assert answer["errors"][0]["path"] == ["b"]


def test_calendar_is_the_scripts_not_the_machines(world: World) -> None:
    world.night = 3
    assert world.now.date().isoformat() == "2026-03-03"
    assert get(world, url(world, "B1.a")).headers["date"].startswith("Tue, 03 Mar 2026 02:0")


def test_realistic_web_has_the_wanted_shape() -> None:
    with World(0.02, (), extra=[realistic(300, 90)]) as world:
        plan = world.data["plan"]
        assert isinstance(plan, Plan)
        assert (len(world.links), len(plan.answers)) == (300, 90)
        assert 120 <= max(len(answers) for answers in plan.answers.values()) <= 150, "40 % of the links, some asked twice"
        rows = {variant: len(links) for variant, links in world.cases.items()}
        assert rows["R.alive"] > 200
        assert set(rows) >= {"R.dead", "R.soft", "R.blocked", "R.moved", "R.alive"}
        dead = world.cases["R.dead"][0].url
        assert get(world, dead).status == 404
        big = [link.url for link in world.links[:60]]
        assert 429 in [get(world, each).status for each in big] or world.log.peak_rate() <= 20


def test_as_a_process_it_obeys() -> None:
    command = [sys.executable, "-m", "tests.web", "--scale", "0.02", "--only", "B1", "B6"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        process.stdin.write("night 2\nstats\nnonsense\nquit\n")
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(3)]
        assert process.wait(20) == 0
    assert told["links"][0]["variant"] == "B1.a"
    assert (answers[0]["night"], answers[1]["requests"], "error" in answers[2]) == (2, 0, True)


def test_collection_is_one_topic_with_every_link(world: World) -> None:
    import yaml

    topic = yaml.safe_load(collection(world))
    entries = [entry for section in topic["sections"] for entry in section["entries"]]
    assert [entry["url"] for entry in entries] == [link.url for link in world.links]
    assert len({entry["id"] for entry in entries}) == len(entries)

"""Several machines: each link on exactly one, all links of a host and its siblings on the same, and together the verdicts of one machine."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.checking.selection import links_of_shard, shard_of
from linkcheck.history import History
from linkcheck.model import Link, Place, Run
from linkcheck.registries import ENDPOINTS, registries
from linkcheck.urls import fetch_key, host_key, split, web
from tests.checking.repository import entry, topic
from tests.commands.command import listkeeper
from tests.serving import MADE_UP, Answering
from tests.web.score import one_night, policy_for
from tests.web.world import World

URLS = (
    *(f"https://{sub}host{number}.{end}/{page}" for number in range(40) for sub in ("", "www.") for end in ("org", "co.uk") for page in "ab"),
    *(f"https://user{number}.github.io/x" for number in range(20)),
    "https://bücher.example/a", "https://xn--bcher-kva.example/b", "http://192.0.2.1/a", "http://192.0.2.1:81/b", "HTTPS://HOST1.ORG/c",
    "mailto:a@example.org", "#top", "htp://x", "", "http://[", "\ud800", "https://host1.org/a#part",
)  # fmt: skip
LINKS = tuple(Link(url, Place("x")) for url in URLS)
CHOSEN = ("B1", "B4", "B5", "B7", "B9", "B10", "B18", "B26", "B44")


@pytest.mark.parametrize("count", [1, 2, 5, 50])
def test_each_link_is_on_exactly_one_machine(count):
    shares = [links_of_shard(LINKS, number, count) for number in range(1, count + 1)]
    assert sorted(link.url for share in shares for link in share) == sorted(URLS)
    assert sum(bool(share) for share in shares) > count / 2


@pytest.mark.parametrize("count", [2, 5])
def test_a_hosts_links_stay_together(count):
    owners: dict[str, set[int]] = {}
    for url in filter(web, URLS):
        owners.setdefault(host_key(split(url).ascii_host), set()).add(shard_of(url, count))
    assert len(owners) > 80
    assert all(len(machines) == 1 for machines in owners.values())


def test_the_shard_of_a_link_is_stable():
    assert [shard_of(f"https://host{number}.org/", 5) for number in range(8)] == [5, 1, 1, 4, 2, 4, 5, 5]


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "a/b", "1/", "-1/2", "1/5000", ""])
def test_an_invalid_shard_is_a_usage_error(tmp_path, monkeypatch, text):
    ran = listkeeper(monkeypatch, tmp_path, "check", f"--shard={text}")
    assert (ran.code, "2/5" in ran.err) == (2, True)


def test_the_command_checks_its_shard_and_reports_its_size(repository, monkeypatch, server):
    repository.write(one=topic(entry("a", f"{server.base}/a"), entry("b", f"{server.base}/b")))
    local = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.1", "--quiet")
    ran = [listkeeper(monkeypatch, repository.folder, "check", "--shard", f"{number}/2", *local) for number in (1, 2)]
    assert [one.code for one in ran] == [0, 0]
    assert sorted(said in one.out for one in ran for said in ("0 of 2 links", "2 of 2 links")) == [False, False, True, True]
    assert [server.asked.count(path) for path in ("/a", "/b")] == [1, 1]


@pytest.fixture(scope="module")
def world():
    with World(0.02, CHOSEN) as running:
        yield running


class Machines:
    """Nights of the simulated web, on one machine or several that share a history and merge theirs at the end."""

    def __init__(self, monkeypatch, world: World, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.monkeypatch, self.world, self.folder = monkeypatch, world, folder
        self.policy = policy_for(world)
        self.hosts: list[set[str]] = []

    def night(self, number: int, count: int) -> dict[str, tuple]:
        main, found, self.hosts = self.folder / "h.db", {}, []
        for machine in range(1, count + 1):
            own = self.folder / f"h{machine}.db" if count > 1 else main
            if main.exists() and own != main:
                own.write_bytes(main.read_bytes())
            links = links_of_shard(self.world.links, machine, count)
            share = verdicts(asyncio.run(one_night(self.world, number, own, self.policy, links)))
            assert not set(share) & set(found)
            self.hosts.append({host_key(split(url).ascii_host) for url in share if web(url)})
            found |= share
        if count > 1:
            names = [f"h{machine}.db" for machine in range(1, count + 1)]
            now = self.world.now.isoformat()
            ran = listkeeper(self.monkeypatch, self.folder, "history", "merge", *names, "--history", "h.db", "--now", now)
            assert ran.code == 0, ran.err
        return found


def verdicts(run: Run) -> dict[str, tuple]:
    return {one.url: (one.outcome, one.seen, one.rule, one.nights) for one in run.verdicts}


def facts(path: Path, urls) -> dict[str, list]:
    with History(path) as past:
        return {
            url: [(seen.at.date(), seen.status, seen.failure, seen.discarded_reason) for seen in past.of(fetch_key(url))]
            for url in urls
        }


@pytest.fixture(scope="module")
def alone(world, tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        machine = Machines(monkeypatch, world, tmp_path_factory.mktemp("alone"))
        nights = [machine.night(number, 1) for number in (1, 2, 3)]
    return nights, facts(machine.folder / "h.db", nights[0])


@pytest.mark.parametrize("count", [2, 5])
def test_several_machines_give_the_verdicts_of_one(monkeypatch, world, tmp_path, alone, count):
    machines = Machines(monkeypatch, world, tmp_path / "several")
    nights, history = alone
    assert {"alive", "moved", "failing"} <= {verdict[0] for verdict in nights[0].values()}
    assert "dead" in {verdict[0] for verdict in nights[2].values()}
    for number, wanted in enumerate(nights, 1):
        assert machines.night(number, count) == wanted
        assert sum(map(len, machines.hosts)) == len(set().union(*machines.hosts))
    assert facts(machines.folder / "h.db", nights[0]) == history


def test_two_machines_keep_the_pace_of_one_for_each_host(world, tmp_path):
    world.night = 1
    world.clear_log()
    policy = policy_for(world)
    with ThreadPoolExecutor(2) as machines:
        runs = [
            machines.submit(
                asyncio.run, one_night(world, 1, tmp_path / f"h{number}.db", policy, links_of_shard(world.links, number, 2))
            )
            for number in (1, 2)
        ]
        assert all(run.result().requests for run in runs)
    log = world.log
    assert (
        max(log.peak_rate(host) for host in log.requests_per_host())
        <= policy.pace.ceiling * world.scale + policy.pace.burst + 2
    )


class Leading(Answering):
    """`/to/HOST` leads there; all else but made-up addresses is a page."""

    def get(self) -> None:
        self.server.asked.append((self.headers["Host"].partition(":")[0], self.path))
        if self.path.startswith("/to/"):
            self.answer(
                301,
                {"Location": f"http://{self.path.removeprefix('/to/')}:{self.server.server_address[1]}/there{self.path[-1]}"},
                b"",
            )
        elif self.path.startswith("/secret/"):
            host = self.path.removeprefix("/secret/")
            self.answer(
                302, {"Location": f"http://{host}:{self.server.server_address[1]}/there?X-Amz-Signature=Zq7secret"}, b""
            )
        else:
            status = 404 if MADE_UP in self.path else 200
            self.answer(status, {"Content-Type": "text/html"}, b"<title>Notes</title><p>" + b"words " * 80)


@pytest.fixture
def everywhere():
    """A server at every address of the loopback."""
    with ThreadingHTTPServer(("0.0.0.0", 0), Leading) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def addresses(count: int) -> list[str]:
    """Two addresses of each machine."""
    found: dict[int, list[str]] = {}
    for number in range(2, 200):
        host = f"127.0.0.{number}"
        found.setdefault(shard_of(f"http://{host}/", count), []).append(host)
    return [host for machine in range(1, count + 1) for host in found[machine][:2]]


@pytest.mark.parametrize("count", [2, 3])
def test_redirects_to_hosts_of_other_machines_are_asked_when_all_have_ended(repository, monkeypatch, everywhere, count):
    hosts, port = addresses(count), everywhere.server_address[1]
    paths = [f"/to/{hosts[-1]}", f"/to/{hosts[1]}", f"/secret/{hosts[-1]}", "/a"]
    urls = [f"http://{host}:{port}{path}" for host in hosts for path in paths if not path.endswith(f"/{host}")]
    repository.write(one=topic(*(entry(f"e{number}", url) for number, url in enumerate(urls))))
    local = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.5", "--quiet", "--format", "json")
    reports, asked, files = [], {}, []
    for machine in range(1, count + 1):
        everywhere.asked.clear()
        history = f"night{machine}/h.db"
        ran = listkeeper(monkeypatch, repository.folder, "check", "--shard", f"{machine}/{count}", "--history", history, *local)
        assert ran.code in {0, 1}, ran.err
        reports.append(ran.out)
        files.append(f"night{machine}/handed-over.jsonl")
        asked[machine] = {host for host, _ in everywhere.asked}
        assert {shard_of(f"http://{host}/", count) for host in asked[machine]} == {machine}
    assert not any(b"Zq7secret" in path.read_bytes() for path in repository.folder.rglob("night*/*"))
    assert (
        listkeeper(
            monkeypatch,
            repository.folder,
            "history",
            "merge",
            "--history",
            "h.db",
            *(f"night{n}/h.db" for n in range(1, count + 1)),
        ).code
        == 0
    )
    words = [word for file in files for word in ("--handed-over", file)]
    everywhere.asked.clear()
    last = listkeeper(monkeypatch, repository.folder, "check", *words, "--history", "h.db", *local)
    reports.append(last.out)
    handed = {one["url"]: one for one in json.loads(last.out)["verdicts"]}
    crossing = {url for url in urls if "/to/" in url or "/secret/" in url}
    crossing = {url for url in crossing if shard_of(url, count) != shard_of(f"http://{url.rpartition('/')[2]}/", count)}
    assert set(handed) == crossing
    assert {one["outcome"] for one in handed.values()} <= {"alive", "moved"}
    assert not [path for _, path in everywhere.asked if path.startswith("/to/")], "the hops that are known are not asked again"
    for number, text in enumerate(reports):
        (repository.folder / f"r{number}.json").write_text(text, encoding="utf-8")
    joined = listkeeper(
        monkeypatch, repository.folder, "report", *(f"r{n}.json" for n in range(len(reports))), "--format", "json"
    )
    alone = listkeeper(monkeypatch, repository.folder, "check", "--history", "alone.db", *local)
    assert outcomes(joined.out) == outcomes(alone.out)
    assert not any(one["rule"] == "not-asked" for one in json.loads(joined.out)["verdicts"])


def outcomes(text: str) -> dict[str, tuple[str, str]]:
    return {one["url"]: (one["outcome"], one["final_url"]) for one in json.loads(text)["verdicts"]}


def test_a_link_goes_with_the_host_of_the_registry_that_is_asked():
    sites = registries({**ENDPOINTS, "doi": "https://mirror.example.org/handles"})
    for count in (2, 3, 7):
        youtube = shard_of("https://www.youtube.com/@channel", count, sites)
        videos = (
            "https://youtu.be/dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
        )
        assert {shard_of(url, count, sites) for url in videos} == {youtube}
        assert shard_of("https://doi.org/10.1000/182", count, sites) == shard_of("https://mirror.example.org/x", count)
        assert shard_of("https://youtu.be/", count, sites) == shard_of("https://youtu.be/", count)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--handover", "x"), 2, "--shard"), (("--handed-over", "none.jsonl"), 2, "can't be read"),
        (("--handed-over", "odd.jsonl"), 0, "2 lines of odd.jsonl"), (("--handed-over", "odd.jsonl", "--shard", "1/2"), 2, "--handed-over"),
        (("--shard", "1/2", "--handover", "odd.jsonl/x"), 2, "can't be written"),
    ],
)  # fmt: skip
def test_files_of_other_machines_are_checked(repository, monkeypatch, server, words, code, said):
    repository.write(one=topic(entry("a", f"{server.base}/a")))
    (repository.folder / "odd.jsonl").write_text("{}\nno\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, repository.folder, "check", *words, "--allow-private", "127.0.0.0/8", "--quiet")
    assert (ran.code, said in ran.out + ran.err) == (code, True), ran.out + ran.err
    assert server.asked == []

"""`listkeeper check` as its users run it, against a real server on loopback."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.history import History
from linkcheck.model import Hop, Observation
from tests.commands.command import listkeeper, lists
from tests.serving import Answering, serving

LOCAL = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.05", "--now", "2026-11-21T03:00:00+00:00")
PAGE = "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"


class Handler(Answering):
    asked: list[str]

    def get(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("/")[0].partition("?")[0]
        if name == "moved":
            return self._send(301, location="/fine")
        if name == "inward":
            return self._send(302, location="http://127.1.1.1:1/")
        if name.isdigit():
            return self._send(int(name))
        return self._send(200 if name in {"", "fine", "other"} else 404, title=f"A {name} page")

    def _send(self, status: int, location: str = "", title: str = "") -> None:
        body = PAGE.format(title=title or f"Status {status}", words="words " * 80).encode()
        self.answer(status, {"Content-Type": "text/html"} | ({"Location": location} if location else {}), body)


@pytest.fixture
def server():
    with serving(Handler) as running:
        yield running


def outcomes(ran):
    return {one["url"].rpartition("/")[2]: one["outcome"] for one in json.loads(ran.out)["verdicts"]}


def test_a_markdown_list_is_checked_without_yaml_or_settings(tmp_path, monkeypatch, server):
    page = tmp_path / "README.md"
    page.write_text(
        f"# List\n\n- [Fine]({server.base}/fine)\n- [Gone]({server.base}/404)\n- [Moved]({server.base}/moved)\n",
        encoding="utf-8",
    )
    ran = listkeeper(monkeypatch, tmp_path, "check", "README.md", *LOCAL, "--format", "json")
    data = json.loads(ran.out)
    assert outcomes(ran) == {"fine": "alive", "404": "dead", "moved": "moved"}
    assert ran.code == 1
    assert data["run"]["confirm"] == 1
    assert data["summary"]["links"] == 3
    assert all(hop["seconds"] > 0 for one in data["verdicts"] for hop in one["hops"])
    gone = next(one for one in data["verdicts"] if one["outcome"] == "dead")
    assert gone["places"] == [{"list": None, "path": "README.md", "line": 4, "column": 10, "entry": None, "field": None}]
    assert not (tmp_path / ".listkeeper").exists()


def test_a_collection_needs_three_nights(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/404")
    seen = []
    for night in ("20", "21", "22"):
        ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL[:-1], f"2026-11-{night}T03:00:00+00:00", "--format", "json")
        verdict = json.loads(ran.out)["verdicts"][0]
        assert verdict["hops"][0]["seconds"] > 0
        seen.append((verdict["outcome"], verdict["seen"], verdict["nights"], ran.code))
    assert seen == [("failing", "dead", 1, 0), ("failing", "dead", 2, 0), ("dead", "dead", 3, 1)]


def test_a_first_night_calls_no_link_dead(tmp_path, monkeypatch, server):
    others = "".join(f"  - {server.base}/{name}\n" for name in ("fine", "moved"))
    lists(tmp_path, f"{server.base}/404", others=f"title: Others\nentries:\n{others}")
    (tmp_path / "lists" / "_collection.yaml").write_text("check: {allow_private: [127.0.0.0/8]}\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL)
    assert ran.code == 0
    assert "dead" not in ran.err
    assert ran.err.splitlines()[-1].startswith("3 of 3 links checked (100 %): 1 alive, 1 failing, 1 moved in")
    assert ran.out.splitlines()[-1] == "Nothing needs you, 1 moved, 1 waits for another night, 1 fine"
    again = listkeeper(monkeypatch, tmp_path, "check", *LOCAL[:-1], "2026-11-22T03:00:00+00:00")
    assert again.out.splitlines()[-1] == "Nothing needs you, 1 can be fixed, 1 waits for another night, 1 fine"
    fixed = listkeeper(monkeypatch, tmp_path, "fix", "--dry-run", "--now", "2026-11-22T04:00:00+00:00")
    assert fixed.out.count(f"{server.base}/moved has moved to") == 1


def test_links_proved_on_disk_are_counted_in_progress_and_report(tmp_path, monkeypatch, server):
    (tmp_path / "README.md").write_text(
        f"# List\n\n[a](#list) [b](README.md) [c](gone.md) [d](mailto:a@example.org) [e]({server.base}/fine)\n",
        encoding="utf-8",
    )
    ran = listkeeper(monkeypatch, tmp_path, "check", "README.md", *LOCAL)
    assert ran.err.splitlines()[-1].startswith("4 of 5 links checked (80 %): 3 alive, 1 unchecked, 1 dead in")
    assert ran.out.splitlines()[-1] == "1 needs you, 3 fine (1 unchecked)"
    assert "Unchecked (1):" in ran.out
    assert "Dead (1):" in ran.out


def test_a_private_address_is_never_connected_to(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/fine")
    ran = listkeeper(monkeypatch, tmp_path, "check", "--pace", "none", "--format", "json")
    assert outcomes(ran) == {"fine": "invalid"}
    assert ran.code == 1
    assert server.asked == []


def test_a_private_address_behind_a_redirect_is_never_connected_to(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/inward")
    ran = listkeeper(monkeypatch, tmp_path, "check", "--allow-private", "127.0.0.1/32", *LOCAL[2:], "--format", "json")
    verdict = json.loads(ran.out)["verdicts"][0]
    assert (verdict["outcome"], verdict["rule"]) == ("blocked", "private-address")


def test_one_request_serves_all_places_and_fragments_of_a_page(tmp_path, monkeypatch, server):
    text = f"{server.base}/fine and again {server.base}/fine and {server.base}/fine#part\n"
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "notes.txt", *LOCAL, "--format", "json")
    assert server.asked == ["/fine"]
    assert [len(one["places"]) for one in json.loads(ran.out)["verdicts"]] == [2, 1]


def test_standard_input_and_links_that_are_no_web_links(tmp_path, monkeypatch, server):
    ran = listkeeper(monkeypatch, tmp_path, "check", "-", *LOCAL, "--format", "json", stdin=f"see {server.base}/fine.".encode())
    assert outcomes(ran) == {"fine": "alive"}
    page = tmp_path / "x.md"
    page.write_text(f"[a](mailto:a@example.org) [b](#top) [c](htp://example.org) [d]({server.base}/fine)\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "x.md", *LOCAL, "--format", "json")
    assert sorted(outcomes(ran).values()) == ["alive", "alive", "invalid", "unchecked"]


def test_no_links_is_exit_four(tmp_path, monkeypatch):
    (tmp_path / "empty.md").write_text("# nothing\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "empty.md")
    assert ran.code == 4


def test_only_selects_links_and_an_empty_selection_is_reported(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/fine")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--only", "nowhere.example.org")
    assert ran.code == 2
    assert "nowhere.example.org" in ran.out
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--shard", "1/2")
    other = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--shard", "2/2")
    assert (ran.code, other.code, "0 of 1 link selected" in ran.out + other.out) == (0, 0, True)
    assert listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--only", "peyre2019computational").code == 0
    assert server.asked == ["/fine", "/fine"]


def test_broken_topics_are_reported_and_the_rest_is_checked(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/fine", broken="title: [\n")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--format", "json")
    assert outcomes(ran) == {"fine": "alive"}
    output = {one["place"]["path"] for one in json.loads(ran.out)["problems"] if one["severity"] == "error"}
    assert output == {"lists/broken.yaml"}


@pytest.mark.parametrize(("status", "outcome"), [(403, "blocked"), (500, "failing"), (410, "dead"), (429, "blocked")])
def test_only_proven_outcomes_fail(tmp_path, monkeypatch, server, status, outcome):
    lists(tmp_path, f"{server.base}/{status}")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--format", "json")
    assert outcomes(ran) == {str(status): outcome}
    assert ran.code == (1 if outcome == "dead" else 0)
    named = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--fail-on", outcome)
    assert named.code == 1


def test_without_a_network_there_are_no_verdicts(tmp_path, monkeypatch):
    text = "\n".join(f"https://host{index}.example.com/x" for index in range(8))
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "list.txt", "--dns", "127.0.0.1:9", "--scale", "0.02", "--format", "json")
    data = json.loads(ran.out)
    assert ran.code == 4
    assert data["run"]["offline"] is True
    assert {one["outcome"] for one in data["verdicts"]} == {"unchecked"}


def test_a_failing_proxy_gives_no_verdicts(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/fine")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--format", "json")
    assert (outcomes(ran), ran.code) == ({"fine": "unchecked"}, 4)
    run = json.loads(ran.out)["run"]
    assert ("127.0.0.1:9 can't be reached" in run["void"], run["void_kind"]) == (True, "proxy")
    assert server.asked == []


@pytest.mark.parametrize("name", ["http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", ["socks5h://127.0.0.1:9", "socks4://ann:pw-77@127.0.0.1:9", "SOCKS5://127.0.0.1"])
def test_a_proxy_of_another_kind_is_named(tmp_path, monkeypatch, server, name, proxy):
    lists(tmp_path, f"{server.base}/fine")
    monkeypatch.setenv(name, proxy)
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL)
    assert ran.code == 4
    assert f"{proxy.partition(':')[0].lower()}:// proxies are not supported" in ran.out.lower()
    assert "What to do: name an http:// or https:// proxy" in ran.out
    assert "pw-77" not in ran.out + ran.err


@pytest.mark.parametrize("links", [1, 8])
def test_a_name_server_that_cannot_be_reached_is_named(tmp_path, monkeypatch, links):
    """With a private network allowed, there may be hosts that need no name server; here there are none."""
    text = "\n".join(f"https://host{index}.example/x" for index in range(links))
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "list.txt", "--dns", "127.0.0.1:9", *LOCAL)
    assert ran.code == 4
    assert "name server can't be reached" in ran.out if links == 1 else f"the names of {links} of {links} hosts" in ran.out
    assert links == 1 or "--dns ADDRESS" in ran.out


def test_an_output_file_is_written_whole(tmp_path, monkeypatch, server):
    lists(tmp_path, f"{server.base}/fine")
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--format", "json", "--output", "out/report.json")
    assert ran.out == ""
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["version"] == 1


def test_messages_say_that_the_whole_site_denies(tmp_path, monkeypatch):
    key, start = "https://example.org/a", datetime(2026, 11, 18, 3, tzinfo=UTC)
    with History(tmp_path / ".listkeeper" / "history.db", now=start) as past:
        for day in range(2):
            past.add(Observation(key, start + timedelta(days=day), (Hop(key, 404),), times=2, site_denies=True))
        past.finish(start, None)
    output = listkeeper(monkeypatch, lists(tmp_path, key), "explain", key).out
    assert "failing: not found (404); its whole site denies, so the nights must span 6 days [not-found]" in output
    assert "1 more night like this makes it dead once its nights span 6 days, since the whole site denies; any answer" in output
    assert "the whole site denied: its root, or most of its links" in output


def test_messages_count_the_nights_that_the_rule_counts(tmp_path, monkeypatch, server):
    """A failing night between two 404s does not count towards a proof, and no text says it does."""
    lists(tmp_path, f"{server.base}/404")
    (tmp_path / "lists" / "_collection.yaml").write_text("check: {allow_private: [127.0.0.0/8]}\n", encoding="utf-8")
    key = f"{server.base}/404"
    start = datetime(2026, 11, 18, 3, tzinfo=UTC)
    with History(tmp_path / ".listkeeper" / "history.db", now=start) as past:
        for day, status in enumerate((500, 500, 404)):
            past.add(Observation(key, start + timedelta(days=day), (Hop(key, status),)))
        past.finish(start, None)
    ran = listkeeper(monkeypatch, tmp_path, "check", *LOCAL)
    assert "not found (404); night 2 of the 3 that prove it" in ran.out
    output = listkeeper(monkeypatch, tmp_path, "explain", key).out
    assert "What would change this: 1 more night like this makes it dead; any answer with content proves it alive." in output
    with History(tmp_path / ".listkeeper" / "history.db", now=start) as past:
        past.add(Observation(key, start + timedelta(days=4), (Hop(key, 503),)))
    output = listkeeper(monkeypatch, tmp_path, "explain", key).out
    assert "failures like this make it dead only after 10 nights over 28 days, and this was night 5;" in output


def test_a_target_that_cannot_be_read_is_a_usage_error_beside_one_that_can(tmp_path, monkeypatch, server):
    (tmp_path / "list.md").write_text(f"[a]({server.base}/fine)\n", encoding="utf-8")
    (tmp_path / "bad.xml.gz").write_bytes(b"\x1f\x8bno")
    for missing in ("RAEDME.md", "bad.xml.gz"):
        ran = listkeeper(monkeypatch, tmp_path, "check", "list.md", missing, *LOCAL, "--format", "json")
        assert (ran.code, outcomes(ran)) == (2, {"fine": "alive"})
        assert [(one["code"], one["place"]["path"]) for one in json.loads(ran.out)["problems"]] == [
            ("unreadable-file", missing)
        ]
        assert listkeeper(monkeypatch, tmp_path, "check", missing, *LOCAL).code == 2


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--fail-on", "dead"), 0), (("--fail-on", "dead,duplicates"), 1)])
def test_a_page_may_link_to_one_address_twice(tmp_path, monkeypatch, server, words, code):
    (tmp_path / "list.md").write_text(f"[Looms]({server.base}/fine) [Looms]({server.base}/fine)\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "list.md", *LOCAL, *words)
    assert (ran.code, f"{'1 needs you' if code else 'Nothing needs you'}, 1 fine" in ran.out) == (code, True)
    lists(tmp_path, f"{server.base}/fine", two=f"title: Two\nentries:\n  - {server.base}/fine\n")
    assert listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--no-history", "--fail-on", "dead").code == 1


def test_notes_on_exceptions_that_are_over_are_at_their_own_lines(tmp_path, monkeypatch, server):
    excused = "    link_check: {accept: [blocked], reason: shy}\n"
    text = f"title: T\nentries:\n  - title: A\n    url: {server.base}/fine\n{excused}  - title: B\n    url: {server.base}/other\n    state: dead\n"
    lists(tmp_path, f"{server.base}/fine?1", notes=text)
    found = json.loads(listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--no-history", "--format", "json").out)["problems"]
    assert [(one["code"], one["place"]["line"]) for one in found] == [("link-check-not-needed", 5), ("dead-is-back", 8)]


def test_links_within_texts_have_their_own_lines(tmp_path, monkeypatch, server):
    text = f"title: T\ndescription: |\n  One line,\n  and [a link]({server.base}/404) on another.\nentries: [{{title: A}}]\n"
    lists(tmp_path, f"{server.base}/fine", texts=text)
    found = json.loads(listkeeper(monkeypatch, tmp_path, "check", *LOCAL, "--no-history", "--format", "json").out)["verdicts"]
    places = {one["url"].rpartition("/")[2]: one["places"][0] for one in found}
    assert (places["404"]["line"], places["404"]["column"], places["404"]["field"]) == (4, 16, "description")

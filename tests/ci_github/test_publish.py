"""`listkeeper publish` against a GitHub that fails, refuses or is hostile; the patch and the badge."""

from __future__ import annotations

import json
import subprocess
import threading
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import VERSION
from generator.ci import Target, list_name, target
from generator.ci.badge import badge_json
from generator.ci.github_api import GitHub as GitHubClient
from generator.ci.github_api import is_repository
from generator.ci.issue import nothing_to_do, other_news, text, title, update_issue
from generator.ci.patch import patch
from generator.exit_codes import Exit
from generator.reporting import render
from generator.reporting.reading import Unreadable, join_reports, read_report
from generator.results import Report
from linkcheck.model import Candidate, Cluster, Outcome, Place, Run, Verdict
from tests.ci_github.github import BOT, REPOSITORY, TOKEN, GitHub, serving

WHEN = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def verdict(url: str, outcome: Outcome = Outcome.DEAD, line: int = 3, **more) -> Verdict:
    return Verdict(
        url, outcome, outcome, "not-found", "not found (404)", places=(Place("lists/a.yaml", line, 5, "a", "url"),), **more
    )


def report(*verdicts: Verdict, **more) -> Report:
    run = Run(WHEN, 1.0, 3, 3, verdicts, **more)
    return Report("check", version=VERSION, run=run, links=len(verdicts))


def to(github: GitHub, **more) -> Target:
    return replace(Target(github.base, REPOSITORY, TOKEN), **more)


@pytest.fixture
def hub():
    with serving(GitHub(permissions={"issues": "write"})) as github:
        yield github


BAD = report(verdict("https://example.org/gone"))
GOOD = report(verdict("https://example.org/", Outcome.ALIVE))


def test_the_issue_is_opened_updated_and_closed_once_each(hub: GitHub, tmp_path: Path):
    worse = report(verdict("https://example.org/gone"), verdict("https://example.org/too", line=4))
    for found in (GOOD, BAD, BAD, worse, worse, GOOD, GOOD, BAD):
        code, _ = update_issue(to(hub), found, tmp_path, expected=1, found=1)
        assert code is Exit.OK
    assert [method for method, _ in hub.writes] == ["POST", "PATCH", "PATCH", "POST"]


def test_line_ends_changed_by_github_are_no_difference(hub: GitHub, tmp_path: Path):
    hub.issue(title=title(BAD), body=text(BAD, tmp_path).replace("\n", "\r\n"), login=BOT)
    assert update_issue(to(hub), BAD, tmp_path, expected=1, found=1)[1].endswith("is up to date")
    assert hub.writes == []


def test_of_several_issues_one_stays_open(hub: GitHub, tmp_path: Path):
    first, second = (hub.issue(body=text(BAD, tmp_path), login=BOT) for _ in range(2))
    assert update_issue(to(hub), BAD, tmp_path, expected=1, found=1)[0] is Exit.OK
    assert hub.issues[first]["state"] == "open"
    assert hub.issues[second]["state"] == "closed"


@pytest.mark.parametrize("void", [{"offline": True}, {"void": "more than half of all hosts failed"}])
def test_a_discarded_run_does_not_change_the_issue(hub: GitHub, tmp_path: Path, void: dict[str, object]):
    number = hub.issue(body=text(BAD, tmp_path), login=BOT)
    nothing = report(verdict("https://example.org/gone", Outcome.UNCHECKED), **void)
    code, output = update_issue(to(hub), nothing, tmp_path, expected=1, found=1)
    assert (code, hub.writes) == (Exit.OK, [])
    assert "left unchanged" in output
    assert hub.issues[number]["state"] == "open"
    assert "doesn't count" in badge_json(nothing)


def test_the_largest_report_fits(hub: GitHub, tmp_path: Path):
    folder = load_workspace(tmp_path, *(f"  - https://example.org/{number}/{'x' * 200}" for number in range(3000)))
    many = [
        verdict(
            f"https://example.org/{number}/{'x' * 200}",
            Outcome.MOVED,
            number + 3,
            final_url=f"https://example.org/new/{number}",
        )
        for number in range(3000)
    ]
    code, output = update_issue(to(hub), report(*many), folder, expected=1, found=1)
    assert code is Exit.OK, output
    assert 40_000 < len(hub.issues[1]["body"]) <= 65_536


def test_requests_are_retried_after_server_errors(hub: GitHub, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("generator.ci.github_api.asyncio.sleep", _now)
    hub.sick = 2
    assert update_issue(to(hub), BAD, tmp_path, expected=1, found=1)[0] is Exit.OK
    hub.sick = 9
    code, output = update_issue(to(hub), BAD, tmp_path, expected=1, found=1)
    assert code is Exit.FOUND
    assert "502" in output


async def _now(_seconds: float) -> None: ...


PRIMARY = "API rate limit exceeded for installation."
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
LIMITS: dict[str, tuple[list[tuple[int, dict[str, str], str]], list[float], str]] = {
    "a time": ([(403, {"Retry-After": "30"}, SECONDARY)], [30.0], ""),
    "429 with a time": ([(429, {"Retry-After": "5"}, "Too many")] * 2, [5.0, 5.0], ""),
    "no time": ([(403, {}, SECONDARY)] * 2, [60.0, 120.0], ""),
    "no time, in other words": ([(429, {}, "slow down")], [60.0], ""),
    "a time in the past": ([(403, {"Retry-After": "0"}, SECONDARY)], [2.0], ""),
    "used up": ([(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1100"}, PRIMARY)], [100.0], ""),
    "used up for long": ([(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "3000"}, PRIMARY)], [], "2,000 seconds"),
    "a long time": ([(429, {"Retry-After": "3600"}, SECONDARY)], [], "3,600 seconds"),
    "again and again": ([(403, {"Retry-After": "7"}, SECONDARY)] * 3, [7.0, 7.0], "secondary rate limit"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_rate_limits_are_waited_for(hub: GitHub, tmp_path: Path, monkeypatch, name: str):
    answers, waits, words = LIMITS[name]
    hub.limits = list(answers)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("generator.ci.github_api.asyncio.sleep", sleep)
    monkeypatch.setattr(
        GitHubClient.__init__, "__kwdefaults__", {**GitHubClient.__init__.__kwdefaults__, "clock": lambda: 1000.0}
    )
    code, output = update_issue(to(hub), BAD, tmp_path, expected=1, found=1)
    assert slept == waits
    assert (code, len(hub.issues)) == ((Exit.FOUND, 0) if words else (Exit.OK, 1))
    assert words in output
    assert "permission" not in output


@pytest.mark.parametrize("found", [BAD, GOOD], ids=["news", "no news"])
@pytest.mark.parametrize("actions", ["true", ""])
def test_without_issues_there_is_a_notice(hub: GitHub, tmp_path: Path, found: Report, actions: str):
    hub.issues_off = True
    code, output = update_issue(to(hub, environ={"GITHUB_ACTIONS": actions}), found, tmp_path, expected=1, found=1)
    assert code is Exit.OK
    assert output.startswith("::notice title=No issue::" if actions else "notice: ")
    assert "switched off" in output


def test_each_list_has_its_own_issue(hub: GitHub, tmp_path: Path):
    names = ["lists", "other", "lists-2", "docs/more%20lists", "%2E"]
    for _ in range(2):
        for name in names:
            assert update_issue(to(hub), BAD, tmp_path, expected=1, found=1, name=name)[0] is Exit.OK
    assert [method for method, _ in hub.writes] == ["POST"] * len(names)
    titles = [one["title"] for one in hub.issues.values()]
    assert titles[:2] == ["Link report: 1 needs you", "Link report of other: 1 needs you"]
    assert update_issue(to(hub), GOOD, tmp_path, expected=1, found=1, name="other")[0] is Exit.OK
    assert [one["state"] for one in hub.issues.values()] == ["open", "closed", "open", "open", "open"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("lists", "lists"), ("lists/", "lists"), ("./lists", "lists"), ("docs/../lists", "lists"), ("docs/lists", "docs/lists"),
        (".", "%2E"), ("a b", "a%20b"), ("a --> b", "a%20-%2D%3E%20b"), ("../elsewhere", "elsewhere"), ("é", "%C3%A9"),
    ],
)  # fmt: skip
def test_the_name_of_a_list(tmp_path: Path, monkeypatch, folder: str, name: str):
    monkeypatch.chdir(tmp_path)
    assert list_name(Path(folder)) == name
    assert list_name(tmp_path / folder) == name


MORE = verdict("https://example.org/too", line=4)
GONE = verdict("https://example.org/gone")
CLOSED = {
    "the same": ([GONE], False),
    "the same on another line": ([replace(GONE, places=(Place("lists/a.yaml", 30, 5, "a", "url"),))], False),
    "the same for another reason": ([replace(GONE, rule="gone", reason="gone (410)", nights=9)], False),
    "another": ([MORE], True),
    "one more": ([GONE, MORE], True),
    "the same, now invalid": ([replace(GONE, outcome=Outcome.INVALID)], True),
    "something to wait for": ([GONE, replace(MORE, outcome=Outcome.FAILING)], False),
}


@pytest.mark.parametrize("reason", ["completed", "not_planned"])
@pytest.mark.parametrize("name", CLOSED)
def test_an_issue_closed_by_a_maintainer_stays_closed_until_there_is_other_news(
    hub: GitHub, tmp_path: Path, name: str, reason: str
):
    verdicts, opened = CLOSED[name]
    assert update_issue(to(hub), report(GONE), tmp_path, expected=1, found=1)[0] is Exit.OK
    hub.close(1, reason)
    for _ in range(2):
        code, output = update_issue(to(hub), report(*verdicts), tmp_path, expected=1, found=1)
        assert code is Exit.OK
    assert [one["number"] for one in hub.open()] == ([2] if opened else [])
    assert ("no other news" in output) is not opened
    assert hub.issues[1]["state"] == "closed"


def test_what_was_good_in_between_is_other_news(hub: GitHub, tmp_path: Path):
    assert update_issue(to(hub), report(GONE, MORE), tmp_path, expected=1, found=1)[0] is Exit.OK
    hub.close(1)
    for verdicts, numbers in (([GONE, MORE], []), ([GONE], []), ([GONE], []), ([GONE, MORE], [2])):
        assert update_issue(to(hub), report(*verdicts), tmp_path, expected=1, found=1)[0] is Exit.OK
        assert [one["number"] for one in hub.open()] == numbers
    hub.close(2)
    for verdicts, numbers in (([], []), ([GONE], [3])):
        assert update_issue(to(hub), report(*verdicts), tmp_path, expected=1, found=1)[0] is Exit.OK
        assert [one["number"] for one in hub.open()] == numbers


def test_a_machine_that_did_not_report_takes_nothing_out_of_a_closed_issue(hub: GitHub, tmp_path: Path):
    assert update_issue(to(hub), report(GONE, MORE), tmp_path, expected=2, found=2)[0] is Exit.OK
    hub.close(1)
    assert update_issue(to(hub), report(GONE), tmp_path, expected=2, found=1)[0] is Exit.OK
    assert update_issue(to(hub), report(GONE, MORE), tmp_path, expected=2, found=2)[0] is Exit.OK
    assert hub.open() == []


def test_a_closed_issue_is_found_among_others(hub: GitHub, tmp_path: Path):
    assert update_issue(to(hub), BAD, tmp_path, expected=1, found=1)[0] is Exit.OK
    hub.issue(body=hub.issues[1]["body"], login="stranger", state="closed")
    for number in range(70):
        hub.issue(title=f"Other {number}", state="closed")
    hub.close(1)
    assert "no other news" in update_issue(to(hub), BAD, tmp_path, expected=1, found=1)[1]
    assert hub.open() == []


def test_much_news_is_known_as_far_as_there_is_room():
    many = frozenset(number.to_bytes(6, "big") for number in range(0, 6000, 2))
    body = f"x\n<!-- listkeeper-news {b64encode(b''.join(sorted(many)[:1000])).decode()} -->"
    assert not other_news(many, body)
    assert other_news(many | {(7).to_bytes(6, "big")}, body)
    assert other_news(many, "a body of an older version")
    assert other_news(many, "<!-- listkeeper-news ==A -->")
    assert not other_news(frozenset(), "anything")


@pytest.mark.parametrize(
    ("permissions", "more", "words"),
    [
        ({"issues": "read_report"}, {}, "permission"),
        ({}, {}, "permission"),
        ({"issues": "write"}, {"token": "another"}, "GITHUB_TOKEN"),
        ({"issues": "write"}, {"repository": "reader/other"}, "404"),
    ],
)
def test_a_refusal_has_a_message(hub: GitHub, tmp_path: Path, permissions: dict[str, str], more: dict[str, str], words: str):
    hub.permissions = permissions
    code, output = update_issue(to(hub, **more), BAD, tmp_path, expected=1, found=1)
    assert code is Exit.FOUND
    assert words in output
    assert hub.issues == {}


def test_in_a_private_repository_a_missing_permission_looks_like_a_missing_repository(hub: GitHub, tmp_path: Path):
    hub.permissions, hub.private = {}, True
    code, output = update_issue(to(hub), BAD, tmp_path, expected=1, found=1)
    assert code is Exit.FOUND
    assert "404" in output
    assert "permission" in output


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_goes_to_no_other_host(tmp_path: Path, status: int):
    asked: list[str] = []

    class Thief(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(str(self.headers.get("Authorization")))
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.2:{self.server.server_address[1]}/stolen")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("0.0.0.0", 0), Thief)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = Target(f"http://127.0.0.1:{server.server_port}", REPOSITORY, TOKEN)
    code, output = update_issue(here, BAD, tmp_path, expected=1, found=1)
    server.shutdown()
    server.server_close()
    assert code is Exit.FOUND
    assert "another host" in output
    assert asked == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"GITHUB_TOKEN": "a b", "GITHUB_REPOSITORY": REPOSITORY},
        {"GITHUB_TOKEN": "a\r\nX: y", "GITHUB_REPOSITORY": REPOSITORY},
        {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": "no-name"},
        {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": "a/../b"},
        {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_API_URL": "http://api.example.org"},
    ],
)
def test_wrong_settings_have_a_message(environ: dict[str, str]):
    assert isinstance(target(None, None, environ), str)


def test_names_of_repositories():
    assert is_repository("reader/a.b-c_d")
    assert not any(is_repository(name) for name in ("a", "a/b/c", "a/..", "../b", "a/b?x", "a/b\n", "a /b", "a/", "/b", "ä/b"))


def load_workspace(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "lists").mkdir(exist_ok=True)
    (tmp_path / "lists" / "a.yaml").write_text("\n".join(["title: A", "entries:", *lines, ""]), encoding="utf-8")
    return tmp_path / "lists"


OLD, NEW = "https://example.org/old", "https://example.org/new"


@pytest.mark.parametrize(
    ("line", "new", "wanted"),
    [
        (f"  - {OLD}", NEW, f"  - {NEW}"),
        (f"  - {{url: {OLD}, year: 2019}}", NEW, f"  - {{url: {NEW}, year: 2019}}"),
        (f'  - url: "{OLD}"  # kept', NEW, f'  - url: "{NEW}"  # kept'),
        (f"  - {{title: A, description: 'See [it]({OLD}).'}}", NEW, f"  - {{title: A, description: 'See [it]({NEW}).'}}"),
        (f"  - {OLD}/longer", NEW, None),
        (f"  - [{OLD}, {OLD}]", NEW, None),
        (f"  - {OLD}", "https://example.org/new#part", "  - https://example.org/new#part"),
        (f"  - {{url: {OLD}}}", "https://example.org/a,b", '  - {url: "https://example.org/a,b"}'),
        (f"  - {OLD}", "https://example.org/a:", '  - "https://example.org/a:"'),
        (f"  - {OLD}", "https://example.org/a' b", None),
        (f"  - {OLD}", "https://example.org/```", "  - https://example.org/```"),
        (f"  - {OLD}", "https://elsewhere.example/old", None),
        ("  - https://example.org/other", NEW, None),
    ],
)
def test_the_patch_changes_only_the_url(tmp_path: Path, monkeypatch, line: str, new: str, wanted: str | None):
    load_workspace(tmp_path, line)
    monkeypatch.chdir(tmp_path)
    output = patch(report(verdict(OLD, Outcome.MOVED, final_url=new, nights=2)), Path("lists"), room=60_000)
    assert patch(report(verdict(OLD, Outcome.MOVED, final_url=new, nights=1)), Path("lists"), room=60_000) == ""
    fences = [row for row in output.splitlines() if row.startswith("```")]
    assert not output or fences[0] == f"{fences[1]}diff"
    assert (f"-{line}\n+{wanted}\n" in output) if wanted else output == ""


def test_git_applies_the_patch(tmp_path: Path, monkeypatch):
    folder = load_workspace(tmp_path, f"  - {OLD}", "  - title: B", f"    url: {OLD}/b")
    monkeypatch.chdir(tmp_path)
    found = report(*(verdict(url, Outcome.MOVED, final_url=url.replace("old", "new"), nights=2) for url in (OLD, f"{OLD}/b")))
    diff = patch(found, Path("lists"), room=60_000).split("```diff\n")[1].split("\n```")[0] + "\n"
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff.encode(), check=True)
    assert (folder / "a.yaml").read_text(encoding="utf-8").splitlines()[2:] == [
        f"  - {NEW}",
        "  - title: B",
        f"    url: {NEW}/b",
    ]


def test_the_patch_reads_only_the_lists(tmp_path: Path, monkeypatch):
    load_workspace(tmp_path)
    (tmp_path / "secret.yaml").write_text(f"title: A\nentries:\n  - {OLD}\n", encoding="utf-8")
    (tmp_path / "lists" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    monkeypatch.chdir(tmp_path)
    for path in ("secret.yaml", "lists/../secret.yaml", str(tmp_path / "secret.yaml"), "lists/link.yaml"):
        moved = replace(verdict(OLD, Outcome.MOVED, final_url=NEW, nights=2), places=(Place(path, 3, 5),))
        assert patch(report(moved), Path("lists"), room=60_000) == ""


def test_when_there_is_nothing_to_do():
    calm = [
        verdict("https://example.org/1", one) for one in (Outcome.ALIVE, Outcome.FAILING, Outcome.BLOCKED, Outcome.UNCHECKED)
    ]
    assert nothing_to_do(report(*calm))
    assert not any(
        nothing_to_do(report(*calm, verdict("https://example.org/2", one)))
        for one in (Outcome.DEAD, Outcome.INVALID, Outcome.MOVED)
    )
    member = Candidate(Place("lists/a.yaml", 3, 5, "a"))
    assert not nothing_to_do(
        replace(report(*calm), clusters=(Cluster("near-title", "probable", "nearly the same title", (member, member)),))
    )


def test_joined_shards_equal_one_machine(tmp_path: Path):
    verdicts = [
        verdict(f"https://example{number % 7}.org/{number}", list(Outcome)[number % 7], number) for number in range(1, 60)
    ]
    whole = join_reports([read_report(render(report(*verdicts), "json"))])
    for shards in (2, 5):
        parts = [read_report(render(report(*verdicts[shard::shards]), "json")) for shard in range(shards)]
        apart = join_reports(parts)
        assert apart.verdicts == whole.verdicts
        assert text(replace(apart, run=whole.run), tmp_path) == text(whole, tmp_path)


def test_a_report_read_back_is_the_same():
    found = report(verdict("https://example.org/a", Outcome.FAILING, status=404, nights=2, title="Not found", excused="known"))
    assert json.loads(render(read_report(render(found, "json")), "json")) == json.loads(render(found, "json"))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"run": None},
        {"verdicts": {}},
        {"verdicts": [[]]},
        {"verdicts": [{"url": 1}]},
        {"problems": [{"code": "x", "severity": "fatal"}]},
        {"duplicates": [{"class": "same-url", "certainty": "certain", "why": "x" * 30_000, "places": []}]},
        {"run": {"started": "yesterday", "seconds": 1, "requests": 1, "confirm": 1}},
        {"run": {"started": "2026-11-21T03:00:00Z", "seconds": float("nan"), "requests": 1, "confirm": 1}},
        {"run": {"started": "2026-11-21T03:00:00Z", "seconds": 1, "requests": True, "confirm": 1}},
    ],
)
def test_invalid_documents_are_refused(change: dict[str, object]):
    whole = json.loads(render(BAD, "json"))
    with pytest.raises(Unreadable):
        read_report(json.dumps(whole | change))

"""What README and the guide say of the project is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main_group
from generator.cli.group import COMMANDS
from generator.reporting.formats import text
from linkcheck.model import Outcome, Place
from tests.commands.command import listkeeper
from tests.reporting.samples import check, found

ROOT = Path(__file__).parents[2]
PAGES = {page: page.read_text(encoding="utf-8") for page in (ROOT / "README.md", ROOT / ".github" / "GUIDE.md")}
README, GUIDE = PAGES.values()
LINKS = sorted({(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", text)})


@pytest.mark.parametrize(("page", "link"), LINKS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_links_lead_to_files(page, link):
    assert (page.parent / link).exists()


def test_readme_stays_short():
    assert len(README.encode()) < 12_000


def test_the_report_shown_is_what_one_sees():
    gone, moved = (Place("lists/physics.yaml", 12, 10, "lee2019", "url"), Place("lists/theory.yaml", 40, 10, "chen2018", "url"))
    night = check(
        found(
            "https://example.org/notes",
            Outcome.DEAD,
            "not-found",
            "not found (404)",
            gone,
            nights=3,
            last_alive=date(2026, 11, 2),
        ),
        found(
            "http://example.net/paper",
            Outcome.MOVED,
            "moved",
            "permanently moved (trivial) to https://example.net/paper",
            moved,
            final_url="https://example.net/paper",
            nights=2,
        ),
        *(found(f"https://example.com/{page}", Outcome.ALIVE, "alive", "answers") for page in range(310)),
    )
    assert f"```text\n{text.render(night)}```" in README


@pytest.mark.parametrize("page", PAGES.values(), ids=[page.name for page in PAGES])
def test_every_command_shown_is_there(page):
    shown = set(re.findall(r"listkeeper ([a-z]+)", page))
    assert shown <= set(main_group.every())


def test_every_command_is_shown():
    assert all(f"listkeeper {name}" in GUIDE for name in main_group.every())


def test_options_shown_are_there():
    known = {option for command in main_group.every().values() for param in command.params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", README + GUIDE)) <= known | {"--help"}


def test_nobody_is_told_to_install_a_package_by_a_name_that_is_not_ours_yet():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\0"
    )[:-1]
    told = [
        path
        for path in tracked
        if Path(path).suffix in {".md", ".yml", ".yaml", ".py", ".toml", ".tmpl", ""} and path != "tests/house/test_readme.py"
        if (ROOT / path).is_file()
        and re.search(r"(?:pipx|pip|uv tool|uv pip) install (?:['\"]?)listkeeper", (ROOT / path).read_text("utf-8", "replace"))
    ]
    assert told == []


def test_help_of_every_command_reads(tmp_path):
    for name in main_group.every():
        done = subprocess.run(
            [sys.executable, "-m", "generator", name, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.count("\n") > 4


def test_the_list_of_commands_is_whole_and_true():
    assert set(main_group.every()) == set(COMMANDS) == set(main_group.commands)
    for name, (_, line) in COMMANDS.items():
        words = set(re.findall(r"[a-z]{4,}", line.lower()))
        told = set(re.findall(r"[a-z]{4,}", (main_group.commands[name].help or "").lower()))
        assert len(line) <= 68
        assert words & told, name


def test_the_example_for_gitlab_is_a_valid_pipeline(tmp_path):
    example = next(text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "codequality" in text)
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(example, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.gitlab-ci",
        "--data-transform",
        "gitlab-ci",
        str(path),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_our_own_pages_pass_their_own_check(monkeypatch):
    pages = ["README.md", *(f".github/{page.name}" for page in sorted((ROOT / ".github").glob("*.md")))]
    ran = listkeeper(monkeypatch, ROOT, "check", *pages, "--format", "json", "--dns", "127.0.0.1:1")
    data = json.loads(ran.out)
    assert ran.code in {0, 4}
    assert data["problems"] == []
    assert (data["summary"]["dead"], data["summary"]["invalid"]) == (0, 0)
    assert data["summary"]["alive"] > 20

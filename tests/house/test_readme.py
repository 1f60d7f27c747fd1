"""What the README says of the project holds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main_group
from generator.cli.group import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`((?:lists|linkcheck|generator|tests|\.github)/[\w./-]*|pyproject\.toml)`", README)))
LINKS = sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", README)))


@pytest.mark.parametrize("path", [*PATHS, *LINKS])
def test_paths_exist(path):
    assert (ROOT / path).exists() or "<" in path


def test_where_do_i_change_names_enough_places():
    assert len(PATHS) > 12


def test_every_command_it_shows_is_there():
    shown = set(re.findall(r"listkeeper ([a-z]+)", README)) - {"from", "check", "is"}
    assert shown <= set(main_group.every())


def test_every_command_is_shown():
    assert all(f"listkeeper {name}" in README for name in main_group.every())


def test_options_it_shows_are_there():
    known = {option for command in main_group.every().values() for param in command.params for option in param.opts}
    shown = set(re.findall(r"`?(--[a-z][a-z-]+)", README))
    assert shown <= known | {"--print"}


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

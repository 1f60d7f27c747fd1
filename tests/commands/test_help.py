"""The help of every command: an example that the command line accepts, and options that are explained."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from generator.cli import main_group


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The group and all commands below it, each with its path on the command line."""
    yield path, group
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


ALL = list(commands(main_group))


def examples(command: click.Command) -> list[str]:
    """The example calls at the end of a command's help."""
    text = command.get_help(click.Context(command))
    found = re.search(r"\n +Examples?:\n((?: {4}listkeeper .*\n?)+)\Z", text)
    return [line.strip() for line in found[1].splitlines()] if found else []


EXAMPLES = [(path, line) for path, command in ALL for line in examples(command)]


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "listkeeper" for path, _ in ALL])
def test_every_command_has_an_example_of_itself(path, command):
    assert examples(command)
    assert all(line.startswith(" ".join(("listkeeper", *path))) for line in examples(command))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The files that examples name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lists").mkdir()
    for name in ("README.md", "references.bib", "tools.csv", "history.db", "badge.json", "lists/optimal-transport.yaml"):
        (tmp_path / name).touch()


def parse(words: list[str]) -> None:
    """Parse a call up to its command; raises click's error for a wrong one."""
    command: click.Command = main_group
    context = main_group.make_context("listkeeper", list(words))
    while isinstance(command, click.Group):
        name, command, words = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, list(words), parent=context)


@pytest.mark.parametrize(("path", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_examples_parse(path, line, folder):
    parse(shlex.split(line.partition(" < ")[0])[1:])


@pytest.mark.parametrize("line", ["check --confirm many", "fix --onyl moved", "add", "publish isue report.json"])
def test_a_wrong_example_would_be_noticed(line, folder):
    with pytest.raises(click.UsageError):
        parse(shlex.split(line))


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "listkeeper" for path, _ in ALL])
def test_every_option_is_explained(path, command):
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert not [one.name for one in options if not one.help or not one.help.split("  [")[0].endswith((".", "]"))]

"""`kill -9` at chosen moments of commands that write several files: what must be true of the folder then, and after the next run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.editing.workspace import load_workspace
from tests.commands.killing import Runner

__all__ = ["SCENES", "faults", "moments", "tree"]

_TODAY = date(2026, 3, 1)
_TOPICS = 12


@dataclass(frozen=True)
class Scene:
    """A command, and the folder that it runs in; `random` are endings of files whose content differs from run to run."""

    arguments: tuple[str, ...]
    prepare: Callable[[Runner, Path], None]
    random: tuple[str, ...] = ()


def _topic(number: int, related: str = "t03") -> str:
    """A topic that refers to another one and to its first entry."""
    return (
        f"title: Topic {number}\nrelated: [{related}]\ndescription: See [another](t03.md).\nentries:\n"
        f"  - title: Work {number} of things\n    id: w{number}\n    url: https://example.org/{number}\n"
        "    not_duplicate_of: [{id: w3, reason: another edition}]\n"
        f"  - title: Second{number}\n    url: https://example.org/second/{number}\n    authors: [Ada Example]\n    year: 2019\n"
    )


def _sources(_runner: Runner, folder: Path) -> None:
    lists = folder / "lists"
    lists.mkdir()
    (lists / "_collection.yaml").write_text(f"title: Lists\ntopics: [{', '.join(f't{n:02}' for n in range(_TOPICS))}]\n")
    for number in range(_TOPICS):
        text = _topic(number, "t04" if number == 3 else "t03")
        text = text.replace("    not_duplicate_of: [{id: w3, reason: another edition}]\n", "") if number == 3 else text
        (lists / f"t{number:02}.yaml").write_text(text)


def _built(runner: Runner, folder: Path) -> None:
    """Built once; then a topic is removed and others are new or changed."""
    _sources(runner, folder)
    collection = folder / "lists" / "_collection.yaml"
    collection.write_text("title: Lists\nrepository: https://github.com/example/lists\n")
    (folder / "README.md").write_text("# Lists\n\n<!-- listkeeper: index -->\n<!-- listkeeper: end -->\n")
    for arguments in (("build",), ("build", "--to", "data")):
        assert runner.run(folder, arguments).code == 0
    (folder / "lists" / "t11.yaml").unlink()
    (folder / "lists" / "t12.yaml").write_text(_topic(12))
    for number in (1, 2, 4):
        path = folder / "lists" / f"t{number:02}.yaml"
        path.write_text(path.read_text().replace("of things", "of other things"))


def _page(_runner: Runner, folder: Path) -> None:
    """A page to split into topics, one of which is there with fewer entries."""
    parts = (
        f"## Part {part}\n\n" + "".join(f"- [Work {part}.{n}](https://example.org/{part}/{n}) - Words.\n" for n in range(8))
        for part in range(_TOPICS)
    )
    (folder / "page.md").write_text("# A list\n\n" + "\n".join(parts))
    (folder / "lists").mkdir()
    (folder / "lists" / "part-3.yaml").write_text(
        "title: Part 3\nentries:\n  - title: Work 3.0\n    url: https://example.org/3/0\n"
    )


def _to_fix(runner: Runner, folder: Path) -> None:
    _sources(runner, folder)
    for path in (folder / "lists").glob("t*.yaml"):
        path.write_text(
            path.read_text() + f"  - title: Fix {path.stem}\n    doi: https://doi.org/10.1000/{path.stem}\n    colour: 1\n"
        )
        path.write_text(path.read_text().replace("    colour: 1\n", "    authers: [Ada Example]\n"))


SCENES: Mapping[str, Scene] = {
    "build": Scene(("build",), _built),
    "first build of data": Scene(("build", "--to", "data"), _sources, (".xml", "feed.json", ".listkeeper.json")),
    "build of a site": Scene(
        ("build", "--to", "site", "--output", "public"), _built, (".xml", "feed.json", ".listkeeper.json")
    ),
    "import": Scene(("import", "page.md", "--split"), _page),
    "fix": Scene(("fix",), _to_fix),
    "rename a topic": Scene(("rename", "topic", "t03", "another", "--yes"), _sources),
    "rename an entry": Scene(("rename", "entry", "w3", "another", "--yes"), _sources),
    "move": Scene(("move", "w3", "--to", "t01", "--yes"), _sources),
    "move an entry without an id": Scene(("move", "example2019second7", "--to", "t09", "--yes"), _sources),
}


def moments(changes: int, number: int) -> list[int]:
    """Moments of a run with so many changes of files, evenly spread, the first and the last among them."""
    if changes <= number:
        return list(range(1, changes + 1))
    return sorted({1 + round(n * (changes - 1) / (number - 1)) for n in range(number)})


def faults(runner: Runner, name: str, folder: Path, number: int) -> Iterator[str]:
    """Kill a command at so many moments in copies of a folder; what is wrong, moment by moment: "" where nothing is."""
    scene = SCENES[name]
    start, whole = folder / "start", folder / "whole"
    start.mkdir()
    scene.prepare(runner, start)
    shutil.copytree(start, whole)
    ended = runner.run(whole, scene.arguments)
    assert ended.code == 0, ended.output
    before, after = tree(start), tree(whole)
    assert before != after
    for moment in moments(ended.changes, number):
        copy = folder / str(moment)
        shutil.copytree(start, copy)
        killed = runner.run(copy, scene.arguments, moment)
        assert killed.code == -9, killed.output
        half = [path for path, data in tree(copy).items() if data not in {before.get(path), after.get(path)}]
        found = [f"half: {path}" for path in half if not path.endswith(scene.random) or not scene.random]
        found += [f"lost: {entry}" for entry in _entries(start) - _entries(copy)]
        again = runner.run(copy, scene.arguments)
        found += [] if again.code == 0 else [f"exit {again.code}: {again.output}"]
        found += [f"not finished: {path}" for path in _different(tree(copy), after, scene.random)]
        found += [f"left behind: {path}" for path in copy.rglob(".*.listkeeper")]
        yield f"{name}, moment {moment} of {ended.changes}: {'; '.join(found)}" if found else ""
        shutil.rmtree(copy)


def tree(folder: Path) -> dict[str, bytes]:
    """The files by path, without backups and new files that were not renamed yet."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "before-fix" not in path.parts
        and not path.name.endswith(".listkeeper")
    }  # fmt: skip


def _different(one: Mapping[str, bytes], other: Mapping[str, bytes], random: Sequence[str]) -> list[str]:
    return [
        path
        for path in sorted({*one, *other})
        if (path in one) != (path in other) or (one[path] != other[path] and not path.endswith(tuple(random)))
    ]


def _entries(folder: Path) -> set[tuple[str | None, str | None]]:
    catalogue = load_workspace(folder / "lists", today=_TODAY).catalogue
    return {(entry.title, entry.url) for _, entry in catalogue.entries()}

"""`listkeeper init`: a list that validates, builds and is checked at once; nothing that is there is overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from generator import VERSION
from generator.commands.templates import starter
from generator.editing.plan import FileChange, Plan
from generator.exit_codes import Exit
from generator.markdown.text import heading as headline
from generator.problems import Place, Problem, Severity, quoted
from generator.publishing.schema_files import schema_files
from generator.sources import git
from generator.sources.catalogue.ids import slug
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from generator.sources.yaml_tree.scalars import scalar

__all__ = ["WORKFLOW", "init"]

WORKFLOW = Path(".github") / "workflows" / "lists.yml"
_CONTRIBUTING = ("CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/CONTRIBUTING.md", "contributing.md")


def init(folder: Path, *, topic: str = "first-topic", title: str | None = None, upgrade: bool = False) -> Plan:
    """The plan: what isn't there yet; with `upgrade` what of the schemas and the workflow this version would write otherwise.

    `folder` is that of the sources; the repository is the one in which it is, or else the folder around it.
    """
    name = topic.removesuffix(".yaml")
    if slug(name) != name or not name or name == "readme":
        hint = f"write {slug(name)}" if slug(name) and slug(name) != "readme" else "write small letters, digits and hyphens"
        problem = Problem(
            "bad-file-name", Severity.ERROR, f"{quoted(topic)} is no name for a topic", Place(shown(folder)), hint
        )
        return Plan(problems=(problem,), code=Exit.USAGE)
    root = folder.absolute().parent
    # GitHub runs workflows from the top of a repository only, wherever in it the lists are.
    top = git.top(root) or root
    lists = Path(os.path.relpath(folder.resolve(), top.resolve())).as_posix()
    heading = title or root.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Reading lists"
    words = {
        "title": heading,
        "topic": name,
        "topic_title": scalar(name.replace("-", " ").title()),
        "version": VERSION,
        "folder": folder.name,
        "lists": lists,
        "lists_scalar": scalar(lists),
        "own_scalar": scalar((Path(lists).parent / ".listkeeper").as_posix()),
    }
    ours, theirs = _ours(folder, top, words), _theirs(folder, root, top, words)
    if upgrade:
        return _upgraded({path: text for path, text in ours.items() if path.exists()})
    changes: dict[Path, FileChange] = {}
    kept: list[Path] = []
    for path, text in {**theirs, **ours}.items():
        if path.exists():
            kept.append(path)
        else:
            changes[path] = FileChange(None, text.encode())
    said = [f"{shown(path)} is there already and stays as it is" for path in kept]
    ignored = root / ".gitignore"
    if ignored in kept and (lacking := _lacking(ignored, starter("ignore", words))):
        said.append(f"{shown(ignored)} lacks {', '.join(lacking)}: add it, so that git leaves out what the machine finds out")
    return Plan(changes, notes=tuple(said))


def _lacking(path: Path, wanted: str) -> list[str]:
    """The lines of our own that an ignore file doesn't have."""
    try:
        there = {line.strip().strip("/") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()}
    except OSError:
        return []
    return [line for line in wanted.splitlines() if line and not line.startswith("#") and line.strip("/") not in there]


def _ours(folder: Path, top: Path, words: dict[str, str]) -> dict[Path, str]:
    """Files that a later version may know better."""
    return {**schema_files(folder), top / WORKFLOW: starter("workflow", words)}


def _theirs(folder: Path, root: Path, top: Path, words: dict[str, str]) -> dict[Path, str]:
    """Files that are the maintainer's from the first moment. A folder with a topic needs no first one."""
    quoted_title = {**words, "title": scalar(words["title"])}
    begun = any(path.name != COLLECTION for path in folder.glob("*.yaml"))
    found: dict[Path, str] = {}
    if not begun:
        found[folder / COLLECTION] = starter("collection", quoted_title)
        found[folder / f"{words['topic']}.yaml"] = starter("topic", words)
    if not any((root / name).exists() for name in ("README.md", "readme.md", "Readme.md")):
        found[root / "README.md"] = starter("readme", {**words, "title": headline(words["title"])[1]})
    if not any((top / name).exists() for name in _CONTRIBUTING):
        found[top / ".github" / "CONTRIBUTING.md"] = starter("contributing", words)
    found[root / ".gitignore"] = starter("ignore", words)
    return found


def _upgraded(ours: dict[Path, str]) -> Plan:
    changes = {path: FileChange(path.read_bytes(), text.encode()) for path, text in ours.items()}
    plan = Plan(changes)
    return replace(plan, notes=("everything is as this version would write it",)) if not plan.real_changes else plan

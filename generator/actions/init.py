"""`listkeeper init`: a list that validates, builds and is checked at once; nothing that is there is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator import VERSION
from generator.actions import Exit
from generator.actions.plan import Change, Plan
from generator.actions.schema import NAMES
from generator.catalogue.ids import slug
from generator.catalogue.schema import collection_schema, schema_text, topic_schema
from generator.catalogue.write import scalar
from generator.files import shown
from generator.problems import Place, Problem, Severity, quoted
from generator.starter import starter

__all__ = ["WORKFLOW", "init"]

WORKFLOW = Path(".github") / "workflows" / "lists.yml"
_CONTRIBUTING = ("CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/CONTRIBUTING.md", "contributing.md")


def init(folder: Path, *, topic: str = "first-topic", title: str | None = None, upgrade: bool = False) -> Plan:
    """The plan: what isn't there yet; with `upgrade` what of the schemas and the workflow this version would write otherwise.

    `folder` is that of the sources; the repository is the folder around it.
    """
    name = topic.removesuffix(".yaml")
    if slug(name) != name or not name or name == "readme":
        hint = f"write {slug(name)}" if slug(name) and slug(name) != "readme" else "write small letters, digits and hyphens"
        problem = Problem(
            "bad-file-name", Severity.ERROR, f"{quoted(topic)} is no name for a topic", Place(shown(folder)), hint
        )
        return Plan(problems=(problem,), code=Exit.USAGE)
    root = folder.absolute().parent
    heading = title or root.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Reading lists"
    words = {
        "title": heading,
        "topic": name,
        "topic_title": scalar(name.replace("-", " ").title()),
        "version": VERSION,
    }
    ours, theirs = _ours(folder, root, words), _theirs(folder, root, words)
    if upgrade:
        return _upgraded({path: text for path, text in ours.items() if path.exists()})
    changes: dict[Path, Change] = {}
    kept: list[Path] = []
    for path, text in {**theirs, **ours}.items():
        if path.exists():
            kept.append(path)
        else:
            changes[path] = Change(None, text.encode())
    said = [f"{shown(path)} is there already and stays as it is" for path in kept]
    return Plan(changes, said=tuple(said))


def _ours(folder: Path, root: Path, words: dict[str, str]) -> dict[Path, str]:
    """Files that a later version may know better."""
    return {
        folder / NAMES["topic"]: schema_text(topic_schema()),
        folder / NAMES["collection"]: schema_text(collection_schema()),
        root / WORKFLOW: starter("workflow", words),
    }


def _theirs(folder: Path, root: Path, words: dict[str, str]) -> dict[Path, str]:
    """Files that are the maintainer's from the first moment. A folder with a topic needs no first one."""
    quoted_title = {**words, "title": scalar(words["title"])}
    begun = any(path.name != "_collection.yaml" for path in folder.glob("*.yaml"))
    found: dict[Path, str] = {}
    if not begun:
        found[folder / "_collection.yaml"] = starter("collection", quoted_title)
        found[folder / f"{words['topic']}.yaml"] = starter("topic", words)
    if not any((root / name).exists() for name in ("README.md", "readme.md", "Readme.md")):
        found[root / "README.md"] = starter("readme", words)
    if not any((root / name).exists() for name in _CONTRIBUTING):
        found[root / ".github" / "CONTRIBUTING.md"] = starter("contributing", words)
    found[root / ".gitignore"] = starter("ignore", words)
    return found


def _upgraded(ours: dict[Path, str]) -> Plan:
    changes = {path: Change(path.read_bytes(), text.encode()) for path, text in ours.items()}
    plan = Plan(changes)
    return replace(plan, said=("everything is as this version would write it",)) if not plan.real else plan

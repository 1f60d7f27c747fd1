"""`listkeeper init`: write the files of a new list; existing files are never overwritten."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

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

UNKNOWN_SOURCE = "OWNER/listkeeper", "0" * 40
"""Repository and commit in a workflow where they aren't known; a commit is needed, since an action must be pinned."""
WORKFLOW = Path(".github") / "workflows" / "lists.yml"
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_CONTRIBUTING = ("CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/CONTRIBUTING.md", "contributing.md")


def init(folder: Path, *, topic: str = "first-topic", title: str | None = None, upgrade: bool = False) -> Plan:
    """Plan the missing files; with `upgrade` the schemas and the workflow as this version would write them.

    `folder` is that of the sources; the repository is the one that contains it, or else its parent folder.
    """
    name = topic.removesuffix(".yaml")
    if slug(name) != name or not name or name == "readme":
        hint = f"write {slug(name)}" if slug(name) and slug(name) != "readme" else "write small letters, digits and hyphens"
        problem = Problem(
            "bad-file-name", Severity.ERROR, f"{quoted(topic)} can't be the name of a topic", Place(shown(folder)), hint
        )
        return Plan(problems=(problem,), code=Exit.USAGE)
    root = folder.absolute().parent
    # GitHub runs workflows from the top folder of a repository only.
    top = git.top(root) or root
    lists = Path(os.path.relpath(folder.resolve(), top.resolve())).as_posix()
    source = installed_from() or UNKNOWN_SOURCE
    heading = title or root.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Reading lists"
    words = {
        "title": heading,
        "topic": name,
        "topic_title": scalar(name.replace("-", " ").title()),
        "repository": source[0],
        "commit": source[1],
        "folder": folder.name,
        "lists": lists,
        "lists_scalar": scalar(lists),
        "sources_scalar": scalar(f"{lists}/*.yaml", flow=True),
    }
    upgradable, initial = _upgradable_files(folder, top, words), _maintainers_files(folder, root, top, words)
    if upgrade:
        return _upgrade({path: text for path, text in upgradable.items() if path.exists()})
    changes: dict[Path, FileChange] = {}
    existing: list[Path] = []
    for path, text in {**initial, **upgradable}.items():
        if path.exists():
            existing.append(path)
        else:
            changes[path] = FileChange(None, text.encode())
    said = [f"{shown(path)} exists and is not changed" for path in existing]
    if source == UNKNOWN_SOURCE and top / WORKFLOW in changes:
        said.append(
            f"in {shown(top / WORKFLOW)}, replace OWNER/listkeeper by Listkeeper's repository on GitHub, and the zeros by the commit "
            "of it that you trust"
        )
    ignored = root / ".gitignore"
    if ignored in existing and (missing := _missing_lines(ignored, starter("ignore", words))):
        said.append(f"{shown(ignored)} lacks {', '.join(missing)}: add it, so that git ignores the history")
    return Plan(changes, notes=tuple(said))


def installed_from() -> tuple[str, str] | None:
    """The repository on GitHub (`owner/name`) and the commit that this very Listkeeper was installed from; None if that isn't known.

    Read from `direct_url.json` (PEP 610), which pip writes for packages that come from a repository.
    """
    try:
        found = json.loads(distribution("listkeeper").read_text("direct_url.json") or "{}")
        url, info = urlsplit(found["url"]), found["vcs_info"]
        repository, commit = url.path.strip("/").removesuffix(".git"), str(info["commit_id"])
    except (PackageNotFoundError, KeyError, TypeError, ValueError):
        return None
    on_github = url.scheme in {"https", "ssh"} and url.hostname == "github.com"
    return (repository, commit) if on_github and _REPOSITORY.fullmatch(repository) and _COMMIT.fullmatch(commit) else None


def _missing_lines(path: Path, wanted: str) -> list[str]:
    """The lines that an ignore file should have but doesn't."""
    try:
        there = {line.strip().strip("/") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()}
    except OSError:
        return []
    return [line for line in wanted.splitlines() if line and not line.startswith("#") and line.strip("/") not in there]


def _upgradable_files(folder: Path, top: Path, words: dict[str, str]) -> dict[Path, str]:
    """The files that `--upgrade` may rewrite."""
    return {**schema_files(folder), top / WORKFLOW: starter("workflow", words)}


def _maintainers_files(folder: Path, root: Path, top: Path, words: dict[str, str]) -> dict[Path, str]:
    """The files that belong to the maintainer once written. A folder with a topic gets no first topic."""
    quoted_title = {**words, "title": scalar(words["title"])}
    has_topics = any(path.name != COLLECTION for path in folder.glob("*.yaml"))
    found: dict[Path, str] = {}
    if not has_topics:
        found[folder / COLLECTION] = starter("collection", quoted_title)
        found[folder / f"{words['topic']}.yaml"] = starter("topic", words)
    if not any((root / name).exists() for name in ("README.md", "readme.md", "Readme.md")):
        found[root / "README.md"] = starter("readme", {**words, "title": headline(words["title"])[1]})
    if not any((top / name).exists() for name in _CONTRIBUTING):
        found[top / ".github" / "CONTRIBUTING.md"] = starter("contributing", words)
    found[root / ".gitignore"] = starter("ignore", words)
    return found


def _upgrade(upgradable: dict[Path, str]) -> Plan:
    changes = {path: FileChange(path.read_bytes(), text.encode()) for path, text in upgradable.items()}
    plan = Plan(changes)
    return replace(plan, notes=("everything is up to date",)) if not plan.real_changes else plan

"""Files of the lists folder that look like topics but aren't read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.problems import Place, Problem, Severity, quoted
from generator.sources.catalogue.ids import slug

_NEAR = (".yml", ".yaml", ".yam", ".ymal", ".yaml.txt", ".yml.txt", ".yaml.bak", ".yaml~")
_KNOWN_BARE = frozenset(
    ("license", "licence", "makefile", "readme", "codeowners", "contributing", "authors", "copying", "notice")
)


def unread(sources: Iterable[str], others: Iterable[str]) -> Iterator[Problem]:
    """Problems of files that look like topics, and of topics whose name can't be the name of a page."""
    sources = sorted(sources)
    roots = {PurePosixPath(path).parent for path in sources}
    for path in sources:
        yield from _name(path)
    for path in sorted(others):
        pure = PurePosixPath(path)
        if pure.name.startswith(".") or any(part.startswith(".") for part in pure.parts):
            continue
        name = pure.name.casefold()
        target = ""
        if pure.parent not in roots and roots and name.endswith((".yaml", ".yml")):
            root = min(roots, key=lambda each: len(each.parts))
            target = f"{root / pure.stem}.yaml"
            message = f"{quoted(path)} is in a folder of its own and isn't read: all topics are in one folder"
        elif name.endswith(_NEAR) and (roots or not name.endswith(".yaml")):
            target = f"{pure.parent / pure.name.split('.')[0]}.yaml"
            message = f"{quoted(path)} looks like a topic and isn't read: only .yaml is"
        elif "." not in name and name not in _KNOWN_BARE:
            target = f"{path}.yaml"
            message = f"{quoted(path)} has no extension and isn't read"
        if target:
            hint = f"name it {target}, or move it out of the folder"
            yield Problem("unread-file", Severity.ERROR, message, Place(path), hint)


def _name(path: str) -> Iterator[Problem]:
    stem = PurePosixPath(path).name.removesuffix(".yaml")
    if stem == "_collection":
        return
    if stem.casefold() in {"readme", "index"}:
        message = f"a topic can't be named {quoted(stem)}: that is the name of the index"
        yield Problem("bad-file-name", Severity.ERROR, message, Place(path, 1, 1), "give the file another name")
    elif slug(stem) != stem and slug(stem):
        message = f"{quoted(stem)} makes an awkward address for a page"
        hint = f"name the file {slug(stem)}.yaml (small letters, digits and -)"
        yield Problem("bad-file-name", Severity.WARNING, message, Place(path, 1, 1), hint)

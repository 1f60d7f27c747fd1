"""The safe fixes as a patch: each moved link's new URL, written where the old one stands, for `git apply`."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import unified_diff
from pathlib import Path

from generator.report.model import Report
from linkcheck.model import Outcome

__all__ = ["patch"]

_SAFE = re.compile(r"https?://[\w.~%/+=&?:@!$*;-]*[\w~%/+=&-]", re.ASCII)
"""URLs that need no quotes in YAML and no brackets in Markdown: without `#`, comma, bracket, space or a colon at the end."""

_HEAD = "\n<details><summary>A patch that writes the new URLs</summary>\n\nSave it as `moved.patch`, then `git apply moved.patch`.\n\n"
_TAIL = "\n\n</details>\n"


def patch(report: Report, folder: Path, *, room: int) -> str:
    """A block for the issue with the diff of all sources, "" where there is nothing safe; whole files, as many as have room."""
    diffs, left = list[str](), room - len(_HEAD) - len(_TAIL) - 120
    changes = _changes(report)
    skipped = 0
    for path in sorted(changes):
        diff = _diff(path, changes[path], folder)
        if len(diff) > left:
            skipped += 1
            continue
        diffs.append(diff)
        left -= len(diff)
    shown = "".join(diffs)
    if not shown:
        return ""
    more = f"\n\n{skipped} more files have no room here: mend these first." if skipped else ""
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=2) + 1)
    return f"{_HEAD}{fence}diff\n{shown.rstrip()}\n{fence}{more}{_TAIL}"


def _changes(report: Report) -> dict[str, dict[int, list[tuple[str, str]]]]:
    """By source and line: the old URL and the new one."""
    found: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for verdict in report.verdicts:
        old, new = verdict.url, verdict.final_url
        if report.standing(verdict) is not Outcome.MOVED or old == new or not (_SAFE.fullmatch(old) and _SAFE.fullmatch(new)):
            continue
        for place in verdict.places:
            if place.line and place.path.endswith(".yaml"):
                found[place.path][place.line].append((old, new))
    return found


def _diff(path: str, changes: dict[int, list[tuple[str, str]]], folder: Path) -> str:
    # A report says where; only files of the lists folder itself are read, whatever it says.
    source = folder / Path(path).name
    if Path(path).as_posix() != source.as_posix() or source.is_symlink() or not source.is_file():
        return ""
    try:
        text = source.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""
    if "\r" in text or not text.endswith("\n"):
        return ""
    old = [f"{line}\n" for line in text.split("\n")[:-1]]
    new = list(old)
    for line, pairs in changes.items():
        if line <= len(old):
            for was, now in pairs:
                new[line - 1] = _rewritten(new[line - 1], was, now)
    return "".join(unified_diff(old, new, f"a/{path}", f"b/{path}", n=2))


def _rewritten(line: str, was: str, now: str) -> str:
    """The line with the one URL in another's place; as it is where the URL doesn't stand there exactly once, by itself."""
    pattern = rf"(?<![^\s\"'\[(<]){re.escape(was)}(?=[\s\"'\]}}>]|[,.;)](?:[\s)\]}}.,;]|$)|$)"
    places = list(re.finditer(pattern, line))
    return f"{line[: places[0].start()]}{now}{line[places[0].end() :]}" if len(places) == 1 else line

"""The safe fixes of moved links, as `listkeeper fix` would make them, as a patch for `git apply`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.editing.diff import diff
from generator.editing.fix_loop import fix_context, fix_once
from generator.editing.fixes import chosen
from generator.editing.fixes.moved import find as moved
from generator.problems import counted
from generator.reporting.safe_markdown import fenced
from generator.results import Report
from generator.sources.files import find, shown

__all__ = ["patch"]

_CONTEXT = 2
_HEAD = "\n<details><summary>A patch that writes the new URLs</summary>\n\nSave it as `moved.patch`, then `git apply moved.patch`.\n\n"
_TAIL = "\n\n</details>\n"


def patch(report: Report, folder: Path, *, room: int) -> str:
    """A block for the issue with the diffs of whole files, as many as fit into `room` characters; "" without a safe fix."""
    diffs, left = list[str](), room - len(_HEAD) - len(_TAIL) - 120
    skipped = 0
    for text in _diffs(report, folder):
        if len(text) > left:
            skipped += 1
            continue
        diffs.append(text)
        left -= len(text)
    whole = "".join(diffs)
    if not whole:
        return ""
    more = f"\n\n{counted(skipped, 'more file has', 'more files have')} no room here: fix these first." if skipped else ""
    return f"{_HEAD}{fenced(whole, 'diff')}{more}{_TAIL}"


def _diffs(report: Report, folder: Path) -> Iterator[str]:
    """The diffs, file by file. Symbolic links are not read, nor files with Windows line ends, which an issue's text can't contain."""
    today = report.run.started.date() if report.run else date.min
    sources = dict[str, bytes]()
    for file in find(folder).sources:
        data = b"" if file.is_symlink() else file.read_bytes()
        if b"\r" not in data and data.endswith(b"\n"):
            sources[shown(file)] = data
    verdicts = {verdict.url: verdict for verdict in report.verdicts}
    context = fix_context(sources, lambda _catalogue: verdicts, today=today, archived_copies={}, read={})
    changed, _, _ = fix_once(context, [fix for fix in moved(context) if chosen(fix, ())])
    for path in sorted(changed):
        before, after = (data.decode("utf-8", "replace") for data in (sources[path], changed[path].data))
        yield diff(path, before, after, context=_CONTEXT)

"""Markdown for the body of one issue, edited in place: it begins with a marker by which the next night finds it.

Text that isn't our own is either of plain words or stands in a code span, where GitHub looks for no mention, no reference, no
HTML and no link. A URL is a link only where it is plain http(s), and never to a GitHub page: naming one tells its owners.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.markdown.text import code
from generator.reporting import sanitize
from generator.reporting.groups import Item, Occurrence, groups
from generator.reporting.phrases import counted, place, run_notes, summary, unchecked_reasons
from generator.reporting.safe_markdown import on_github
from generator.results import Report

__all__ = ["LIMIT", "MARKER", "render"]

MARKER = "<!-- listkeeper-report -->"
LIMIT = 60_000
"""Characters of a body; GitHub takes 65,536."""

_MAX_OCCURRENCES = 10
_PLAIN = re.compile(r"[^\W_](?:[\w ,.;()'\"…–/%?-]|:(?= ))*", re.ASCII)
_TEMPTING = re.compile(r"_|www\.|[A-Za-z]-\d|[0-9a-fA-F]{7}|//", re.ASCII)
"""What GitHub would make a link of, or emphasis: then a code span."""
_LINKABLE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?#][\w./?#:@!$'()*+,;=&%~-]*)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    head: str
    lines: tuple[str, ...]


def render(report: Report, *, limit: int = LIMIT, marker: str = MARKER) -> str:
    """The report as Markdown of at most `limit` characters; what doesn't fit is counted where it is missing."""
    parts = _parts(report)
    tail = "\n".join([*_remarks(report), _signature(report)])
    room = limit - sum(len(part.head) + 40 for part in parts) - len(tail) - 500
    body = [marker, f"**{_words(summary(report))}**"]
    for part in parts:
        shown, room = _fitting(part.lines, room)
        left = len(part.lines) - len(shown)
        body.append("\n".join([part.head, "", *shown, *([f"- … and {left:,} more"] if left else [])]))
    return "\n\n".join([*body, tail]) + "\n"


def _remarks(report: Report) -> list[str]:
    told = run_notes(report)
    return [" ".join(map(_words, told)), ""] if told else []


def _parts(report: Report) -> list[_Part]:
    parts = []
    if report.problems:
        lines = tuple(
            f"- {_code(place(problem.place))} {problem.severity} {_code(sanitize.text(problem.code, 80))}: "
            + "; ".join(_words(sanitize.text(told)) for told in (problem.message, problem.hint) if told)
            for problem in report.problems
        )
        parts.append(_Part(f"### Problems in the sources ({len(lines):,})", lines))
    parts += [
        _Part(f"### {group.title} ({len(group.items):,})\n\n{group.advice}", tuple(map(_item, group.items)))
        for group in groups(report)
    ]
    reasons = unchecked_reasons(report)
    if reasons:
        total = sum(number for _, number in reasons)
        lines = tuple(f"- {number:,}: {_words(reason)}" for reason, number in reasons)
        parts.append(_Part(f"### Unchecked ({total:,})", lines))
    return parts


def _item(item: Item) -> str:
    first, *others = item.occurrences[:_MAX_OCCURRENCES]
    same = all(occurrence.url == first.url for occurrence in item.occurrences)
    lines = [f"- {_url(first.url)}{f' → {_url(item.now)}' if item.now else ''} — {_words(item.reason)} — {_where(first)}"]
    lines.extend(
        f"  - {_where(occurrence)}" if same else f"  - {_url(occurrence.url)} — {_where(occurrence)}" for occurrence in others
    )
    if len(item.occurrences) > _MAX_OCCURRENCES:
        lines.append(f"  - … and {counted(len(item.occurrences) - _MAX_OCCURRENCES, 'more place')}")
    return "\n".join(lines)


def _where(occurrence: Occurrence) -> str:
    return f"{_code(place(occurrence.place))}{f' ({_code(occurrence.entry)})' if occurrence.entry else ''}"


def _url(url: str) -> str:
    shown = _code(sanitize.address(url, 500)) if url else "no URL"
    if not _LINKABLE.fullmatch(url) or on_github(url):
        return shown
    return f"[{shown}](<{url.replace('&', '&amp;')}>)"


def _words(text: str) -> str:
    """Plain words as they are, anything else as code."""
    return text if _PLAIN.fullmatch(text) and not _TEMPTING.search(text) else _code(text)


def _code(text: str) -> str:
    return code(text) if text else ""


def _fitting(lines: Iterable[str], room: int) -> tuple[list[str], int]:
    shown: list[str] = []
    for line in lines:
        if len(line) + 1 > room:
            break
        shown.append(line)
        room -= len(line) + 1
    return shown, room


def _signature(report: Report) -> str:
    run = report.run
    when = f", {run.started.date().isoformat()}, {counted(run.requests, 'request')}" if run else ""
    return f"_{report.tool}{when}_"

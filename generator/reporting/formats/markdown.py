"""Markdown for the body of an issue. It begins with a marker, by which the next run finds the issue.

Text from elsewhere is plain words or in a code span, where GitHub sees no mention, reference, HTML or link. A URL is a link only if
it is plain http(s), and never to a GitHub page, since that notifies its owners.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.markdown.text import code
from generator.reporting import sanitize
from generator.reporting.by_list import by_list, heading, shared
from generator.reporting.groups import Item, Occurrence, groups
from generator.reporting.phrases import counted, place, run_notes, summary, unchecked_reasons
from generator.reporting.safe_markdown import on_github
from generator.results import Report

__all__ = ["LIMIT", "MARKER", "render"]

MARKER = "<!-- listkeeper-report -->"
LIMIT = 60_000
"""Maximum length of a body in characters; GitHub accepts 65,536."""

_MAX_OCCURRENCES = 10
_PLAIN = re.compile(r"[^\W_](?:[\w ,.;()'\"…–/%?-]|:(?= ))*", re.ASCII)
_AUTOLINKED = re.compile(r"_|www\.|[A-Za-z]-\d|[0-9a-fA-F]{7}|//", re.ASCII)
"""What GitHub would turn into a link or emphasis."""
_LINKABLE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?#][\w./?#:@!$'()*+,;=&%~-]*)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    head: str
    lines: tuple[str, ...]


def render(report: Report, *, limit: int = LIMIT, marker: str = MARKER) -> str:
    """The report as Markdown of at most `limit` characters; each part says how many items are left out."""
    parts = _parts(report)
    tail = "\n".join([*_notes(report), _signature(report)])
    room = limit - sum(len(part.head) + 40 for part in parts) - len(tail) - 500
    body = [marker, f"**{_words(summary(report))}**"]
    for part in parts:
        shown, room = _fitting(part.lines, room)
        left = len(part.lines) - len(shown)
        body.append("\n".join([part.head, "", *shown, *([f"- … and {left:,} more"] if left else [])]))
    return "\n\n".join([*body, tail]) + "\n"


def _notes(report: Report) -> list[str]:
    notes = run_notes(report)
    return [" ".join(map(_words, notes)), ""] if notes else []


def _parts(report: Report) -> list[_Part]:
    if report.lists:
        return _list_parts(report)
    parts = []
    if report.problems:
        lines = tuple(
            f"- {_code(place(problem.place))} {problem.severity} {_code(sanitize.text(problem.code, 80))}: "
            + "; ".join(_words(sanitize.text(text)) for text in (problem.message, problem.hint) if text)
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


def _list_parts(report: Report) -> list[_Part]:
    """The parts of all lists; the first of each list names it."""
    parts = _parts(shared(report))
    for found in by_list(report):
        its = _parts(found.report)
        if its:
            parts += [replace(its[0], head=f"## {_words(heading(found))}\n\n{its[0].head}"), *its[1:]]
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
    """Plain words unchanged, any other text as code."""
    return text if _PLAIN.fullmatch(text) and not _AUTOLINKED.search(text) else _code(text)


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

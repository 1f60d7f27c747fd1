"""Show and merge histories: what each check saw of a link, which rule decided, and what would change the verdict."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from generator.exit_codes import Exit
from generator.problems import counted
from generator.reporting.sanitize import text as clean
from generator.sources.files import outside, remove_leftovers, shown, write
from linkcheck.history import History, HistoryError
from linkcheck.history.file import may_be_history
from linkcheck.judging.classify import Finding, Proof, classify
from linkcheck.judging.verdict import SITE_DAYS, verdict
from linkcheck.model import Link, Observation, Outcome, Place, Verdict
from linkcheck.policy import Policy
from linkcheck.urls import fetch_key

STATE_FOLDER = ".listkeeper"
_ALIVE = "any answer with content proves it alive"
_MARKS = (
    "challenge", "refusal", "login", "wall", "choice", "maintenance", "not_found", "tombstone", "parked", "sale", "gambling",
)  # fmt: skip
"""Signals of a page that are shown."""
_CHANGES = {
    Proof.NONE: "failures like this never make it dead",
    Proof.AUTHORITY: "the same answer twice in one run makes it dead",
    Proof.NAME: "a second night on which the name doesn't exist makes it dead",
    Proof.DENIAL: "{left} like this {make} it dead",
    Proof.TROUBLE: "failures like this make it dead only after {slow} nights over {days} days, and this was night {nights}",
}


def history_path(folder: Path, history: Path | None) -> Path:
    """The path of a collection's history: `history` if given, else `.listkeeper/history.db` beside the lists folder."""
    return history or folder.absolute().parent / STATE_FOLDER / "history.db"


def state_folder(folder: Path) -> Path:
    """The folder `.listkeeper` beside the sources, created with a `.gitignore` if possible."""
    own = folder.absolute().parent / STATE_FOLDER
    with suppress(OSError):
        remove_leftovers([own / ".gitignore"])
        if not own.exists() or not any(own.iterdir()):  # empty where it was killed
            write(own / ".gitignore", "*\n")
    return own


def writable(path: Path) -> Path:
    """The path of a history; raises `HistoryError` if a symbolic link on the way to it leads outside."""
    link = outside(path)
    if link is not None:
        raise HistoryError(f"{shown(link)} is a symbolic link that leads outside; name your own history with --history FILE")
    return path


def observations_of(url: str, path: Path) -> tuple[Observation, ...]:
    """All observations of a URL, oldest first; empty without a history. The file is not changed."""
    if not path.is_file():
        return ()
    with History(path) as past:
        return past.of(fetch_key(url))


def explain_link(link: Link, nights: Sequence[Observation], policy: Policy, now: datetime) -> str:
    """The verdict on one URL with everything that led to it, as text."""
    return "\n".join(_explanation(link, nights, policy, now)) + "\n"


def show_history(urls: Sequence[str], folder: Path, history: Path | None, *, after: datetime | None) -> tuple[Exit, str]:
    """The observations of each URL, or without URLs the size of the history. Exit 2 if there is no history, or nothing on a URL."""
    path = history_path(folder, history)
    if not path.is_file():
        return Exit.USAGE, f"There is no history at {shown(path)}: `listkeeper check` creates one.\n"
    try:
        return _show(urls, path, after)
    except (HistoryError, sqlite3.DatabaseError) as error:
        return Exit.USAGE, unreadable_history(path, error)


def unreadable_history(path: Path, error: Exception) -> str:
    """The message for a file that isn't a history."""
    return f"{shown(path)} can't be read as a history: {error}\n"


def _show(urls: Sequence[str], path: Path, after: datetime | None) -> tuple[Exit, str]:
    if not urls:
        with History(path) as past:
            keys = dict(past.last_seen())
        last = f", the last one on {max(keys.values()):%Y-%m-%d %H:%M} UTC" if keys else ""
        return Exit.OK, f"{shown(path)}: {counted(len(keys), 'URL')} asked{last}\n"
    lines, missing = list[str](), False
    for url in urls:
        nights = [seen for seen in observations_of(url, path) if after is None or seen.at >= after]
        missing = missing or not nights
        lines.append(clean(url) if nights else f"{clean(url)}: not in the history")
        for index in range(len(nights) - 1, -1, -1):
            lines += _night(nights[index], Link(url, Place("")), nights[:index])
    return Exit.USAGE if missing else Exit.OK, "\n".join(lines) + "\n"


def _explanation(link: Link, nights: Sequence[Observation], policy: Policy, now: datetime) -> Iterator[str]:
    found = verdict(link, nights, policy, now, confirm=policy.confirm)
    yield clean(link.url)
    yield f"{found.outcome}: {clean(found.reason)} [{found.rule}]"
    if found.excused:
        yield f"excused: {clean(found.excused)}"
    usable = [one for one in nights if not one.discarded_reason]
    if usable:
        last = classify(usable[-1], link, usable[:-1])
        change = _change(last, found, policy, site_denies=usable[-1].site_denies)
        if change:
            yield f"What would change this: {change}."
    yield ""
    yield "What was seen, newest first:"
    for index in range(len(nights) - 1, -1, -1):
        yield from _night(nights[index], link, nights[:index])


def _night(seen: Observation, link: Link, earlier: Sequence[Observation]) -> Iterator[str]:
    finding = classify(seen, link, [one for one in earlier if not one.discarded_reason])
    words = f"doesn't count: {seen.discarded_reason}" if seen.discarded_reason else f"{finding.outcome} [{finding.rule}]"
    yield f"  {seen.at:%Y-%m-%d %H:%M} UTC  {clean(words)}{f', asked {seen.times:,} times' if seen.times > 1 else ''}"
    for hop in seen.hops:
        answer = str(hop.status or hop.failure or "no answer")
        leads = f" -> {clean(hop.location)}" if hop.location else ""
        yield f"      {answer} {clean(hop.url)}{leads}{f' ({clean(hop.detail)})' if hop.detail else ''}"
    signals = seen.signals
    if signals and signals.title:
        yield f"      title: {clean(signals.title)}"
    for name in _MARKS:
        if signals and (text := getattr(signals, name)):
            yield f"      mark {name.replace('_', '-')}: {clean(text)}"
    if seen.soft404:
        yield f"      a made-up URL of the site answered {seen.soft404.status}: {clean(seen.soft404.title or seen.soft404.final_url)}"
    if seen.site_denies:
        yield "      the whole site denied: its root, or most of its links"
    if seen.registry:
        yield f"      {seen.registry.name} says: {seen.registry.status} {clean(seen.registry.detail)}".rstrip()


def _change(finding: Finding, found: Verdict, policy: Policy, *, site_denies: bool) -> str:
    if found.outcome is not Outcome.FAILING or finding.proof not in _CHANGES:
        return ""
    left = found.needed - found.nights
    more = counted(left, "more night") if left > 0 else "a later night"
    text = _CHANGES[finding.proof].format(
        left=more, make="make" if left > 1 else "makes", slow=policy.slow_confirm, days=policy.slow_days, nights=found.nights
    )
    if site_denies and finding.proof is Proof.DENIAL:
        text += f" once its nights span {SITE_DAYS} days, since the whole site denies"
    return f"{text}; {_ALIVE}"


def merge_histories(histories: Sequence[Path], folder: Path, history: Path | None, *, now: datetime) -> tuple[Exit, str]:
    """Merge other histories into this one, and report how many observations each added.

    A damaged or newer one gives a warning, and the others are merged: a lost night mustn't end all that follow. Exit 2 for a file
    that is missing or no history. An interrupted run stays open for `check --resume`.
    """
    if not histories:
        return Exit.USAGE, "name the histories to merge: listkeeper history merge FILE...\n"
    lines, bad, own = list[str](), False, history_path(folder, history)
    try:
        opened = History(writable(own), now=now, begin=False)
    except (HistoryError, OSError) as error:
        return Exit.USAGE, unreadable_history(own, error)
    with opened as past:
        lines += [f"warning: {text}" for text in (past.newer, past.warning) if text]
        for path in histories:
            try:
                new, invalid = past.merge(path)
            except (sqlite3.DatabaseError, HistoryError) as error:
                bad = bad or not _was_history(path)
                lines.append(f"{'' if bad else 'warning: '}{shown(path)}: not merged, {error}")
                continue
            lines.append(f"{shown(path)}: {counted(new, 'new observation')}")
            if invalid:
                rows = f"{counted(invalid, 'row')} of its table seen"
                lines.append(f"warning: {shown(path)}: {rows} not written by Listkeeper, ignored")
    return Exit.USAGE if bad else Exit.OK, "\n".join(lines) + "\n"


def _was_history(path: Path) -> bool:
    """Whether a file that can't be merged is a damaged or newer history, and not another file or none."""
    try:
        return may_be_history(path)
    except OSError:
        return False

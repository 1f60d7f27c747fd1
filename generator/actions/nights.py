"""`listkeeper explain URL` and `listkeeper history`: what was seen on which night, which rule decided, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from generator.actions import Exit
from generator.report.clean import text as clean
from linkcheck.findings import Finding, Proof, find
from linkcheck.history import History
from linkcheck.judge import verdict
from linkcheck.model import Link, Observation, Outcome, Place, Policy
from linkcheck.urls import fault, fetch_key, scheme_note

_CHANGES = {
    Proof.AUTHORITY: "asked twice in one run with the same answer, it counts as dead; any answer with content proves it alive",
    Proof.NAME: "a second night on which the name doesn't exist makes it dead; any answer with content proves it alive",
    Proof.DENIAL: "{left} more nights like this make it dead; any answer with content proves it alive",
    Proof.TROUBLE: "trouble alone makes it dead only after {slow} nights over {days} days; any answer with content proves it alive",
}


def explain_url(url: str, history: Path, link: Link | None, policy: Policy, *, now: datetime) -> tuple[Exit, str]:
    """The whole story of one URL, for a person to read. Exit 2 where nothing is known of it."""
    note = scheme_note(url) if fault(url) is None else None
    wrong = fault(url)
    if wrong is not None or note is not None:
        said = f"{wrong.message} {wrong.hint}".strip() if wrong else f"not asked: {note}"
        return Exit.OK, f"{clean(url)}\n{'invalid' if wrong else 'unchecked'}: {clean(said)}\n"
    nights = past_of(url, history)
    if not nights:
        return Exit.USAGE, f"{clean(url)} was never asked: {history} holds nothing of it. Ask now with: listkeeper check --only HOST\n"
    about = link or Link(url, Place(""))
    return Exit.OK, "\n".join(_story(about, nights, policy, now)) + "\n"


def past_of(url: str, history: Path) -> tuple[Observation, ...]:
    """All observations of a URL, oldest first; none where there is no history. The file is not changed."""
    if not history.is_file():
        return ()
    with History.reading(history) as past:
        return past.of(fetch_key(url))


def _story(link: Link, nights: Sequence[Observation], policy: Policy, now: datetime) -> Iterator[str]:
    found = verdict(link, nights, policy, now, confirm=policy.confirm)
    yield clean(link.url)
    yield f"{found.outcome}: {clean(found.reason)} [{found.rule}]"
    if found.excused:
        yield f"excused: {clean(found.excused)}"
    usable = [one for one in nights if not one.void]
    if usable:
        last = find(usable[-1], link, usable[:-1])
        change = _change(last, found.nights, policy)
        if change:
            yield f"What would change it: {change}."
    yield ""
    yield "What was seen, newest first:"
    for index in range(len(nights) - 1, -1, -1):
        yield from _night(nights[index], link, nights[:index])


def _night(seen: Observation, link: Link, earlier: Sequence[Observation]) -> Iterator[str]:
    finding = find(seen, link, [one for one in earlier if not one.void])
    words = f"counts for nothing: {seen.void}" if seen.void else f"{finding.outcome} [{finding.rule}]"
    yield f"  {seen.at:%Y-%m-%d %H:%M} UTC  {clean(words)}{f', asked {seen.times} times' if seen.times > 1 else ''}"
    for hop in seen.hops:
        said = str(hop.status or hop.trouble or "no answer")
        leads = f" -> {clean(hop.location)}" if hop.location else ""
        yield f"      {said} {clean(hop.url)}{leads}{f' ({clean(hop.detail)})' if hop.detail else ''}"
    marks = seen.marks
    if marks and marks.title:
        yield f"      title: {clean(marks.title)}"
    for name in ("challenge", "login", "not_found", "tombstone", "parked", "sale", "gambling"):
        if marks and (text := getattr(marks, name)):
            yield f"      mark {name.replace('_', '-')}: {clean(text)}"
    if seen.sibling:
        yield f"      a made-up neighbour answered {seen.sibling.status}: {clean(seen.sibling.title or seen.sibling.final_url)}"
    if seen.registry:
        yield f"      {seen.registry.name} says: {seen.registry.word} {clean(seen.registry.detail)}".rstrip()


def _change(finding: Finding, nights: int, policy: Policy) -> str:
    if finding.outcome is not Outcome.FAILING:
        return ""
    text = _CHANGES.get(finding.proof, "")
    return text.format(left=max(0, policy.confirm - nights), slow=policy.slow_confirm, days=policy.slow_days)


def merge(histories: Sequence[Path], into: Path, *, now: datetime) -> tuple[Exit, str]:
    """Take over what other histories know. Each is named with how many of its rows were new."""
    lines = []
    with History(into, now=now) as past:
        for path in histories:
            lines.append(f"{path}: {past.merge(path)} new")
        past.finish(now, None)
    return Exit.OK, "\n".join(lines) + "\n"

"""Findings about links and duplicates, grouped by what to do; the text and Markdown formats are made from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.reporting import sanitize
from generator.reporting.phrases import change_text, entry_id, is_changed, member_parts, reason_text
from generator.results import Report
from linkcheck.model import Cluster, Outcome, Place, Verdict

__all__ = ["Group", "Item", "Occurrence", "groups"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of an item, with its entry and URL ("" if unknown)."""

    place: Place
    entry: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: where, why, and for a moved link the new URL."""

    occurrences: tuple[Occurrence, ...]
    reason: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items with the same thing to do. `tone` is "bad", "fix", "wait" or "calm"."""

    title: str
    advice: str
    tone: str
    items: tuple[Item, ...]


def groups(report: Report) -> tuple[Group, ...]:
    """All groups that have an item, the most urgent first."""

    def links(outcome: Outcome, *, shown: Callable[[Verdict], Item] | None = None) -> tuple[Item, ...]:
        make = shown or (lambda verdict: _link(verdict, reason_text(report, verdict)))
        return tuple(make(verdict) for verdict in report.verdicts if report.outcome_of(verdict) is outcome)

    lost = tuple(
        _link(verdict, "the page exists, but has no such fragment")
        for verdict in report.verdicts
        if verdict.fragment == "missing" and report.outcome_of(verdict) is Outcome.ALIVE
    )
    dead = links(Outcome.DEAD)
    found = (
        Group("Dead", _advice_for_dead(dead), "bad", dead),
        Group("Invalid", "These URLs can't be requested as written: correct them.", "bad", links(Outcome.INVALID)),
        Group(
            "Certain duplicates", "One work, listed twice: keep one entry; `also_in` shows it in other topics.", "bad",
            _clusters(report, report.fails),
        ),
        Group(
            "Moved", "Permanently: replace the old URL by the new one.", "fix",
            links(Outcome.MOVED, shown=lambda verdict: _moved(report, verdict)),
        ),
        Group("Missing fragments", "Alive, but what follows `#` is not on the page: correct or drop it.", "fix", lost),
        Group(
            "Changed", "Look whether it is still the work.", "fix",
            tuple(_link(verdict, change_text(verdict)) for verdict in report.verdicts if is_changed(report, verdict)),
        ),
        Group(
            "Probable duplicates", "Decide whether they are one work; if not, say so with `not_duplicate_of`.", "fix",
            _clusters(report, lambda found: found.certainty != "certain"),
        ),
        Group("Failing", "Not proven dead: nothing to do until the next check.", "wait", links(Outcome.FAILING)),
        Group("Blocked", "The server answers, but does not let us see the page: nothing to do.", "calm", links(Outcome.BLOCKED)),
        Group(
            "Linked twice", "Several places on pages link to the same: nothing to do, unless it is a mistake.", "calm",
            _clusters(report, lambda found: found.certainty == "certain" and not report.fails(found)),
        ),
    )  # fmt: skip
    return tuple(group for group in found if group.items)


def _advice_for_dead(items: Sequence[Item]) -> str:
    """What to do about dead links; those of plain pages have no entry that could name an archived copy."""
    if any(one.entry for item in items for one in item.occurrences):
        return "Remove the link, or give an archived copy as `archive_url`."
    return "Correct or remove the link."


def _link(verdict: Verdict, reason: str, now: str = "") -> Item:
    url = sanitize.address(verdict.url, 2000)
    occurrences = tuple(Occurrence(place, entry_id(place), url) for place in verdict.places)
    return Item(occurrences or (Occurrence(Place(""), "", url),), reason, now)


def _moved(report: Report, verdict: Verdict) -> Item:
    now = verdict.final_url if verdict.final_url != verdict.url else ""
    return _link(verdict, reason_text(report, verdict), sanitize.address(now, 2000))


def _clusters(report: Report, wanted: Callable[[Cluster], bool]) -> tuple[Item, ...]:
    return tuple(_cluster(found) for found in report.clusters if wanted(found))


def _cluster(found: Cluster) -> Item:
    occurrences = tuple(Occurrence(*member_parts(one)) for one in found.members)
    return Item(
        occurrences or (Occurrence(Place(""), "", ""),),
        f"{sanitize.text(found.kind.replace('-', ' '))}: {sanitize.text(found.why)}",
    )

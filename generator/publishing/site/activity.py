"""How alive the repository of an entry is: facts beside its links, a badge, and what sorts and filters it."""

from __future__ import annotations

from enum import StrEnum
from html import escape

from generator.markdown.text import clean
from generator.publishing.site.html import attributes
from generator.publishing.site.model import Health
from generator.publishing.site.strings import Strings
from generator.sources.catalogue.model import Entry
from linkcheck.model import Vitality
from linkcheck.registries.vitality import IDLE_DAYS, QUIET_DAYS, idle_days

__all__ = ["Activity", "activity", "activity_badge", "activity_facts", "activity_order", "of_entry"]


class Activity(StrEnum):
    """How alive a repository is; the order is that of the filter."""

    ACTIVE = "active"
    QUIET = "quiet"
    IDLE = "idle"
    ARCHIVED = "archived"
    NOT_ASKED = "not_asked"


def of_entry(entry: Entry, health: Health) -> Vitality | None:
    """What is known of the repository that is an entry's page; None if it is none, or wasn't asked about."""
    return health.repositories.get(entry.page[1]) if entry.page else None


def activity(entry: Entry, health: Health) -> Activity | None:
    """How alive the repository is that is an entry's page; None if it is none, or nothing is known of its commits."""
    if entry.page is None or entry.page[1] not in health.repositories:
        return None
    vitality = of_entry(entry, health)
    if vitality is None:
        return Activity.NOT_ASKED
    if vitality.archived:
        return Activity.ARCHIVED
    days = idle_days(vitality, health.today) if health.today else None
    if days is None:
        return None
    return Activity.IDLE if days >= IDLE_DAYS else Activity.QUIET if days >= QUIET_DAYS else Activity.ACTIVE


def activity_order(entry: Entry, health: Health) -> str:
    """The attributes by which entries are sorted, with a blank before each; "" where nothing is known."""
    vitality = of_entry(entry, health)
    if vitality is None:
        return ""
    stars = "" if vitality.stars is None else str(vitality.stars)
    return attributes(**{"data-stars": stars, "data-pushed": vitality.pushed.isoformat() if vitality.pushed else ""})


def activity_facts(entry: Entry, health: Health, words: Strings) -> str:
    """Stars, licence, latest release and last commit of an entry's repository, as HTML; "" where none is known."""
    vitality = of_entry(entry, health)
    if vitality is None:
        asked = activity(entry, health) is not Activity.NOT_ASKED
        return "" if asked else f'<span class="vitality">{escape(words("activity_not_asked"))}</span>'
    facts = [
        f"★\u00a0{words.number(vitality.stars)}" if vitality.stars is not None else "",
        clean(vitality.licence or ""),
        clean(vitality.release or ""),
        words("last_commit", day=words.day(vitality.pushed)) if vitality.pushed else "",
    ]
    shown = " · ".join(escape(one) for one in facts if one)
    return f'<span class="vitality" dir="auto">{shown}</span>' if shown else ""


def activity_badge(entry: Entry, health: Health, words: Strings) -> str:
    """A badge for a repository that is archived, or has had no commit for 186 or 365 days; "" for others and without a state "active"."""
    found, vitality = activity(entry, health), of_entry(entry, health)
    if entry.state != "active" or vitality is None or found in {None, Activity.ACTIVE}:
        return ""
    days = idle_days(vitality, health.today) if health.today else None
    said = words("activity_archived") if found is Activity.ARCHIVED else words.count("no_commit", days or 0)
    asked = words("asked_on", day=words.day(vitality.asked)) if vitality.asked else ""
    return f'<span class="health {found}"{attributes(title=asked)}>{escape(said)}</span>'

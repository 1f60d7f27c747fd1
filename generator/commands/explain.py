"""`listkeeper explain`: explain a problem's code, a rule, or the verdict on a URL or an entry's URLs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from generator.exit_codes import Exit
from generator.reporting.explanations import explain as page_of
from generator.reporting.explanations import known_codes, rules
from generator.reporting.sanitize import text as clean

if TYPE_CHECKING:
    from generator.checking.inputs import CheckInputs
    from generator.sources.catalogue.model import Entry

_HEAD = """\
<!-- rendered from generator/reporting/explanations/ by `listkeeper explain --all`; edit those files, not this page -->

# Every code and every rule, explained

Every problem has a code, and every verdict the name of the rule that decided it. Each is explained here and by
`listkeeper explain NAME`. In short: one good answer proves a link alive; dead needs several nights that agree, as the rule says.
"""


def explain_target(target: str, folder: Path, history: Path | None, *, now: datetime) -> tuple[Exit, str]:
    """Explain a code, a rule, an entry (by id) or a URL; exit 2 with the nearest names for anything else."""
    found = explain_code(target)
    if found[0] is Exit.OK:
        return found
    from generator.checking.inputs import read_inputs

    inputs = read_inputs((), folder, today=now.date())
    view = _View(inputs, folder, history, now)
    entry = next((one for _, one in inputs.catalogue.entries() if target in {one.id, *one.aliases}), None)
    if entry is not None:
        return _explain_entry(entry, view)
    if "/" in target or ":" in target or "." in target:
        known = {link.url for link in inputs.links}
        whole = (f"{scheme}{target}{end}" for scheme in ("", "https://", "http://") for end in ("", "/"))
        return _explain_url(next((url for url in whole if url in known), target), view)
    return explain_code(target, [one.id for _, one in inputs.catalogue.entries()])


def explain_code(name: str, ids: Iterable[str] = ()) -> tuple[Exit, str]:
    """The page of a code or rule; exit 2 if there is none, with the nearest codes, rules and `ids`."""
    page = page_of(name)
    if page is not None:
        return Exit.OK, page
    near = get_close_matches(name.casefold(), [*known_codes(), *rules(), *ids], n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    known = "Name a URL, the id of an entry, or a code; all codes and rules: listkeeper explain --all"
    return Exit.USAGE, f'There is no code, rule or entry "{clean(name, 100)}".{hint}\n{known}\n'


def explain_all() -> tuple[Exit, str]:
    """All codes and rules on one page."""
    rows = [f"| `{name}` | {rule['outcome']} | {rule['means']} | {rule['advice']} |" for name, rule in rules().items()]
    table = ["| rule | outcome | what was seen | what to do |", "| --- | --- | --- | --- |"]
    # Each page begins with its code as a top-level heading; here it is a sub-heading.
    pages = [f"##{page_of(code, rule=False)}".rstrip() for code in known_codes()]
    parts = [_HEAD, "## Rules about links", "\n".join([*table, *rows]), "## Problems in the sources", *pages]
    return Exit.OK, "\n\n".join(part.rstrip() for part in parts) + "\n"


@dataclass(frozen=True, slots=True)
class _View:
    """What is known: the collection, its folder and history, and the time."""

    inputs: CheckInputs
    folder: Path
    history: Path | None
    now: datetime


def _explain_entry(entry: Entry, view: _View) -> tuple[Exit, str]:
    """The verdict on each URL of an entry. Exit 2 if none of them was ever checked."""
    urls = dict.fromkeys(link.url for link in view.inputs.links if link.place.entry == entry.id)
    place = f"{entry.place.path}:{entry.place.line}:{entry.place.column}"
    head = f"{entry.id}: {clean(entry.title or 'without a title')} ({place})\n"
    if not urls:
        return Exit.OK, f"{head}It has no URL.\n"
    found = [_explain_url(url, view) for url in urls]
    return min(code for code, _ in found), "\n".join([head, *(text for _, text in found)])


def _explain_url(url: str, view: _View) -> tuple[Exit, str]:
    """What each check saw, hop by hop, which rule decided, and what would change the verdict. Exit 2 for a URL that was never checked."""
    import sqlite3

    from generator.checking.history_view import explain_link, history_path, observations_of, unreadable_history
    from generator.sources.files import shown
    from linkcheck.engine.targets import unaskable
    from linkcheck.history import HistoryError
    from linkcheck.model import Link, Place
    from linkcheck.urls import split

    link = next((one for one in view.inputs.links if one.url == url), Link(url, Place("")))
    unasked = unaskable(link, view.inputs.policy)
    if unasked is not None:
        return Exit.OK, f"{clean(url)}\n{unasked.outcome}: {clean(unasked.reason)} [{unasked.rule}]\n"
    path = history_path(view.folder, view.history)
    try:
        nights = observations_of(url, path)
    except (HistoryError, sqlite3.DatabaseError) as error:
        return Exit.USAGE, unreadable_history(path, error)
    if not nights:
        ask = f"listkeeper check --only {split(url).ascii_host}"
        return Exit.USAGE, f"{clean(url)} is not in {shown(path)}: it was never checked. To check it: {ask}\n"
    return Exit.OK, explain_link(link, nights, view.inputs.policy, view.now)

"""`listkeeper explain`: explain a problem's code, a rule, or the verdict on a URL."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.exit_codes import Exit
from generator.problems import nearest
from generator.reporting.explanations import explain as page_of
from generator.reporting.explanations import known_codes, rules

_HEAD = """\
<!-- rendered from generator/reporting/explanations/ by `listkeeper explain --all`; edit those files, not this page -->

# Every code and every rule, explained

Every problem has a code, and every verdict the name of the rule that decided it. Each is explained here and by
`listkeeper explain NAME`. In short: one good answer proves a link alive; dead needs several nights that agree, as the rule says.
"""


def explain_code(code: str) -> tuple[Exit, str]:
    """The page of a code or rule; exit 2 with the most similar one if there is none."""
    page = page_of(code)
    if page is not None:
        return Exit.OK, page
    known = sorted({*known_codes(), *rules()})
    near = nearest(code, known)
    hint = f' Did you mean "{near}"?' if near else ""
    return Exit.USAGE, f'There is no code "{code}".{hint}\nKnown codes: {", ".join(known)}\n'


def explain_all() -> tuple[Exit, str]:
    """All codes and rules on one page."""
    rows = [f"| `{name}` | {rule['outcome']} | {rule['means']} | {rule['advice']} |" for name, rule in rules().items()]
    table = ["| rule | outcome | what was seen | what to do |", "| --- | --- | --- | --- |"]
    # Each page begins with its code as a top-level heading; here it is a sub-heading.
    pages = [f"##{page_of(code, rule=False)}".rstrip() for code in known_codes()]
    parts = [_HEAD, "## Rules about links", "\n".join([*table, *rows]), "## Problems in the sources", *pages]
    return Exit.OK, "\n\n".join(part.rstrip() for part in parts) + "\n"


def explain_url(url: str, folder: Path, history: Path | None, *, now: datetime) -> tuple[Exit, str]:
    """What each check saw, hop by hop, which rule decided, and what would change the verdict. Exit 2 for a URL that was never checked."""
    import sqlite3

    from generator.checking.history_view import explain_link, history_path, observations_of, unreadable_history
    from generator.checking.inputs import read_inputs
    from generator.reporting.sanitize import text as clean
    from generator.sources.files import shown
    from linkcheck.engine.targets import unaskable
    from linkcheck.history import HistoryError
    from linkcheck.model import Link, Place
    from linkcheck.urls import split

    inputs = read_inputs((), folder, today=now.date())
    link = next((one for one in inputs.links if one.url == url), Link(url, Place("")))
    unasked = unaskable(link, inputs.policy)
    if unasked is not None:
        return Exit.OK, f"{clean(url)}\n{unasked.outcome}: {clean(unasked.reason)} [{unasked.rule}]\n"
    path = history_path(folder, history)
    try:
        nights = observations_of(url, path)
    except (HistoryError, sqlite3.DatabaseError) as error:
        return Exit.USAGE, unreadable_history(path, error)
    if not nights:
        ask = f"listkeeper check --only {split(url).ascii_host}"
        return Exit.USAGE, f"{clean(url)} is not in {shown(path)}: it was never checked. To check it: {ask}\n"
    return Exit.OK, explain_link(link, nights, inputs.policy, now)

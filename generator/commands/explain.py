"""`listkeeper explain`: a problem's code, or the whole story of a URL."""

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

What `listkeeper` calls a problem or a verdict has a name, and each name is explained here and by `listkeeper explain NAME`.
How verdicts are reached, in short: one good answer proves life, and death needs agreement, by as many nights as the rule says.
"""


def explain_code(code: str) -> tuple[Exit, str]:
    """The page of a code; exit 2 and the nearest codes where there is no such one."""
    page = page_of(code)
    if page is not None:
        return Exit.OK, page
    known = sorted({*known_codes(), *rules()})
    near = nearest(code, known)
    hint = f' Did you mean "{near}"?' if near else ""
    return Exit.USAGE, f'There is no code "{code}".{hint}\nKnown codes: {", ".join(known)}\n'


def explain_all() -> tuple[Exit, str]:
    """All codes and rules on one page."""
    rows = [f"| `{name}` | {rule['outcome']} | {rule['means']} | {rule['mend']} |" for name, rule in rules().items()]
    table = ["| rule | outcome | what was seen | what to do |", "| --- | --- | --- | --- |"]
    # The pages begin with their code as a heading; here it stands under one of ours.
    pages = [f"##{page_of(code, rule=False)}".rstrip() for code in known_codes()]
    parts = [_HEAD, "## Rules about links", "\n".join([*table, *rows]), "## Problems in the sources", *pages]
    return Exit.OK, "\n\n".join(part.rstrip() for part in parts) + "\n"


def explain_url(url: str, folder: Path, history: Path | None, *, now: datetime) -> tuple[Exit, str]:
    """What was seen hop by hop on which night, which rule decided, what would change it. Exit 2 where it was never asked."""
    import sqlite3

    from generator.checking.history_view import history_path, link_story, observations_of, unreadable_history
    from generator.checking.inputs import read_inputs
    from generator.reporting.sanitize import text as clean
    from generator.sources.files import shown
    from linkcheck.engine.targets import unaskable
    from linkcheck.history import HistoryError
    from linkcheck.model import Link, Place
    from linkcheck.urls import split

    inputs = read_inputs((), folder, today=now.date())
    link = next((one for one in inputs.links if one.url == url), Link(url, Place("")))
    settled = unaskable(link, inputs.policy)
    if settled is not None:
        return Exit.OK, f"{clean(url)}\n{settled.outcome}: {clean(settled.reason)} [{settled.rule}]\n"
    path = history_path(folder, history)
    try:
        nights = observations_of(url, path)
    except (HistoryError, sqlite3.DatabaseError) as error:
        return Exit.USAGE, unreadable_history(path, error)
    if not nights:
        ask = f"listkeeper check --only {split(url).ascii_host}"
        return Exit.USAGE, f"{clean(url)} was never asked, as far as {shown(path)} knows. Ask it now: {ask}\n"
    return Exit.OK, link_story(link, nights, inputs.policy, now)

"""`listkeeper explain CODE`: what a problem's code means and how to mend it."""

from __future__ import annotations

from generator.actions import Exit
from generator.codes import explain as page_of
from generator.codes import known_codes
from generator.problems import nearest


def explain_code(code: str) -> tuple[Exit, str]:
    """The page of a code; exit 2 and the nearest codes where there is no such one."""
    page = page_of(code)
    if page is not None:
        return Exit.OK, page
    near = nearest(code, known_codes())
    hint = f' Did you mean "{near}"?' if near else ""
    return Exit.USAGE, f'There is no code "{code}".{hint}\nKnown codes: {", ".join(sorted(known_codes()))}\n'

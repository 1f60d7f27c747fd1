"""What each code means: one Markdown page a problem's code beside this file, and a table of the rules that decide about links."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["explain", "known_codes", "rules"]


@cache
def known_codes() -> tuple[str, ...]:
    """All codes of problems, by name: those that have a page."""
    pages = (page.name for page in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in pages if name.endswith(".md")))


@cache
def rules() -> Mapping[str, Mapping[str, str]]:
    """All rules of verdicts and findings of reports: `outcome`, `means` and `mend` by name, in the order of the file."""
    return tomllib.loads(files(__name__).joinpath("rules.toml").read_text(encoding="utf-8"))


def explain(code: str, *, rule: bool = True) -> str | None:
    """The page of a problem's code, and with `rule` of a rule of that name; None where there is neither."""
    pages = []
    if rule and code in rules():
        found = rules()[code]
        pages.append(
            f"# {code}\n\nA rule about links: {found['outcome']}.\n\n{found['means']}\n\nWhat to do: {found['mend']}\n"
        )
    if code in known_codes():
        pages.append(files(__name__).joinpath(f"{code}.md").read_text(encoding="utf-8"))
    return "\n".join(pages) or None

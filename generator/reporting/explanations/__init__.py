"""Explanations: one Markdown page for each problem code beside this file, and a table of the rules that decide about links."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["explain", "known_codes", "rules"]


@cache
def known_codes() -> tuple[str, ...]:
    """All problem codes, sorted: those that have a page."""
    pages = (page.name for page in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in pages if name.endswith(".md")))


@cache
def rules() -> Mapping[str, Mapping[str, str]]:
    """All rules and findings of reports, in the order of the file: `outcome`, `means` and `advice` by name."""
    return tomllib.loads(files(__name__).joinpath("rules.toml").read_text(encoding="utf-8"))


def explain(code: str, *, rule: bool = True) -> str | None:
    """The page of a problem code, and with `rule` that of the rule with this name; None if there is neither."""
    pages = []
    if rule and code in rules():
        found = rules()[code]
        pages.append(
            f"# {code}\n\nA rule about links: {found['outcome']}.\n\n{found['means']}\n\nWhat to do: {found['advice']}\n"
        )
    if code in known_codes():
        pages.append(files(__name__).joinpath(f"{code}.md").read_text(encoding="utf-8"))
    return "\n".join(pages) or None

"""Check links: URLs in (with what is known of the work behind them), verdicts out.

    from linkcheck import check_urls
    for verdict in check_urls(["https://example.org/"]):
        print(verdict.outcome, verdict.url, verdict.reason)

`Checker` keeps a policy and a history. This package reads no configuration, no environment and no list, and writes to no terminal:
the caller passes in what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkcheck.engine.checker import Checker, check_urls, check_urls_async
    from linkcheck.history import History
    from linkcheck.model import Link, Outcome, Verdict, Work
    from linkcheck.policy import Policy

__all__ = ["Checker", "History", "Link", "Outcome", "Policy", "Verdict", "Work", "check_urls", "check_urls_async"]

LISTKEEPER = "0.1.0"
"""Marks this package as Listkeeper's own: another tool installs a package of the same name and overwrites this file only."""

_HOMES = {
    **dict.fromkeys(("Checker", "check_urls", "check_urls_async"), "linkcheck.engine.checker"),
    "History": "linkcheck.history",
    **dict.fromkeys(("Link", "Outcome", "Verdict", "Work"), "linkcheck.model"),
    "Policy": "linkcheck.policy",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that offline commands never load the network."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    """The public names, beside what is loaded."""
    return sorted({*globals(), *__all__})

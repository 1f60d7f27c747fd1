"""Rules over the whole catalogue. Every file here is one, found by its name: `check(catalogue, today)` yields problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from generator.problems import Problem, Severity
from generator.sources.catalogue.model import Catalogue

Rule = Callable[[Catalogue, date], Iterator[Problem]]

_COUNTING = {"missing-title": "missing_title", "not-an-author": "unnamed_authors"}
"""Rules whose notes count the entries of a topic, by code."""


@cache
def rules() -> tuple[tuple[str, Rule], ...]:
    """All rules by the names of their files."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return tuple((name, import_module(f"{__name__}.{name}").check) for name in names)


def counting_rule(problem: Problem) -> Rule | None:
    """The rule of a note that counts the entries of a topic; None for any other problem."""
    name = _COUNTING.get(problem.code) if problem.severity is Severity.NOTE else None
    return dict(rules())[name] if name else None


def check_all(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """The problems of every rule."""
    for _, check in rules():
        yield from check(catalogue, today)

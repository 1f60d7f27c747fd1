"""Problems to report to a maintainer: what is wrong, where, and how to fix it. They are values, not exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from generator.exit_codes import Exit
from linkcheck.model import Place

__all__ = ["Place", "Problem", "Severity", "counted", "errors", "errors_and_warnings", "exit_of", "nearest", "quoted"]


_NOT_READ = frozenset({"no-sources", "unreadable-file"})


class Severity(StrEnum):
    """An error stops a build, a warning only under `--strict`, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `message` quotes the offending text; `hint` says what would be right, or "" if that isn't known."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def exit_of(problems: Iterable[Problem]) -> Exit:
    """2 if sources are missing or couldn't be read, 1 for any other error, else 0."""
    codes = {problem.code for problem in errors(problems)}
    return Exit.USAGE if codes & _NOT_READ else Exit.FOUND if codes else Exit.OK


def errors_and_warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that commands other than `validate` report."""
    return tuple(problem for problem in problems if problem.severity is not Severity.NOTE)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that a misspelt word most likely meant; None if none is similar enough."""
    names = list(choices)
    folded = {name.casefold().replace("_", "-"): name for name in names}
    match = get_close_matches(word.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None


def counted(number: int, one: str, many: str = "") -> str:
    """A number with commas and its noun: "1 link", "2,000 links". `many` is the plural where it isn't `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quoted(text: str, limit: int = 60) -> str:
    """A text in quotation marks for a message: on one line, without control characters, shortened in the middle to `limit`."""
    line = "".join(char if char.isprintable() else " " for char in text).strip()
    if len(line) > limit:
        line = f"{line[: limit - 20]} … {line[-16:]}"
    return f'"{line}"'

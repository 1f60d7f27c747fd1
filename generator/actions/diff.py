"""A unified diff of texts, as git writes it and takes it."""

from __future__ import annotations

from difflib import unified_diff


def diff(path: str, before: str, after: str) -> str:
    """The differences of one file, "" where there are none. A carriage return belongs to its line, as in git."""
    rows = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", n=3)
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]

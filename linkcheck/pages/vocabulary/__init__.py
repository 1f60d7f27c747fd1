"""The set phrases that marks look for, by kind and language. Tables only; a new language is a new row in each."""

from __future__ import annotations


def phrases(table: str) -> frozenset[str]:
    """The phrases of a table, which separates them by `|` and breaks lines anywhere before one."""
    return frozenset(phrase.strip() for phrase in table.replace("\n", "").split("|")) - {""}


def words(table: str) -> frozenset[str]:
    """The words of a table, which separates them by white space."""
    return frozenset(table.split())

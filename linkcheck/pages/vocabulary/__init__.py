"""Phrases that signals look for, by kind and language. A new language is new rows in each table."""

from __future__ import annotations


def phrases(table: str) -> frozenset[str]:
    """The phrases of a table, separated by `|`; line breaks are ignored."""
    return frozenset(phrase.strip() for phrase in table.replace("\n", "").split("|")) - {""}


def words(table: str) -> frozenset[str]:
    """The words of a table, separated by white space."""
    return frozenset(table.split())

"""Authors, year and venue where a column or a line names them, as a page of ours says them."""

from __future__ import annotations

import re

from generator.importing.markdown.inline import Token
from generator.importing.markdown.words import plain_key

__all__ = ["YEAR", "field_of", "origin"]

_PEOPLE = frozenset(("author", "authors", "by", "作者"))
_YEARS = frozenset(("year", "date", "published", "年份"))
_VENUES = frozenset(("venue", "conference", "journal", "published in", "publication", "会议", "期刊"))
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def field_of(key: str) -> str:
    """The field of an entry that an attribute or a column names: "people", "year", "venue", or "" for none of them."""
    key = plain_key(key)
    return next((name for name, keys in (("people", _PEOPLE), ("year", _YEARS), ("venue", _VENUES)) if key in keys), "")


def origin(fields: dict[str, str]) -> list[Token]:
    """Authors, venue and year as a page of ours says them."""
    people, venue, year = (fields.get(name, "") for name in ("people", "venue", "year"))
    if not fields:
        return []
    tokens: list[Token] = [{"type": "stop"}]
    ended = f"{people}, {year}." if people and year and not venue else f"{people}." if people else ""
    tokens += [{"type": "text", "raw": f"{ended} "}] if ended else []
    if venue:
        tokens += [{"type": "emphasis", "children": [{"type": "text", "raw": venue}]}]
        tokens += [{"type": "text", "raw": f", {year}." if year else "."}]
    elif year and not people:
        tokens.append({"type": "text", "raw": f"{year}."})
    return tokens

"""The title among the words that stand before labelled links: set in type of its own, in quotation marks, before a line's end."""

from __future__ import annotations

import re

from generator.importing.markdown.citation import is_people, is_tag, split_title
from generator.importing.markdown.inline import Token, plain
from generator.importing.markdown.labels import trimmed
from generator.importing.markdown.marks import words
from generator.importing.markdown.words import is_label

__all__ = ["MARKS", "title_and_rest"]

MARKS = re.compile(r"[\W_]*(?:[\[(【][^\])】\[]{1,30}[\])】][\W_]*){0,2}")
"""Marks, and up to two tags in brackets: what may stand before a title."""
_QUOTED = re.compile(r"[\"“«「『„][^\"”»」』“„]{6,}[\"”»」』“]")
_TAGS = re.compile(r"^(?:\W*[\[(【][^\])】]{1,30}[\])】])+")


def title_and_rest(tokens: list[Token]) -> tuple[str | None, list[Token]]:
    """A title in plain text, and the tokens around it."""
    links = [token for token in tokens if token["type"] == "link"]
    texts = trimmed([token for token in tokens if token["type"] != "link"])
    for index, token in enumerate(texts):
        if token["type"] not in {"emphasis", "strong"}:
            continue
        if _people_begin(texts, index):
            title, rest_text = split_title(plain(texts[:index]))
            lead: list[Token] = [{"type": "text", "raw": rest_text}] if rest_text else []
            return title, [*_spaced([*lead, *texts[index:]]), *links]
        if _stands_out(texts, index):
            rest = [other for other in texts if other is not token]
            return plain([token]).rstrip(".,:"), [*_spaced(rest), *links]
    for index, token in enumerate(texts):
        if (token["type"] == "stop" or (token["type"] == "break" and token.get("hard"))) and words(plain(texts[:index])):
            title, rest_text = split_title(plain(texts[:index]))
            lead = [{"type": "text", "raw": rest_text}, {"type": "stop"}] if rest_text else []
            return title, [*lead, *texts[index + 1 :], *links]
    title, rest_text = split_title(plain(texts))
    return title, [*([{"type": "text", "raw": f"{rest_text} "}] if rest_text else []), *links]


def _people_begin(texts: list[Token], at: int) -> bool:
    """Whether the names of people stand in type of their own behind a title."""
    before = plain(texts[:at])
    return is_people(plain([texts[at]])) and len(words(_TAGS.sub("", before))) > 1 and not is_people(before)


def _stands_out(texts: list[Token], at: int) -> bool:
    """Whether a text is the title by its type: nothing but marks or people before it, or less than it says itself."""
    shown, before = plain([texts[at]]), plain(texts[:at])
    many, bare = len(words(shown)), _TAGS.sub("", before)
    if is_tag(shown) or is_label(shown) or not re.search(r"[^\W\d_]", shown):
        return False
    if texts[at]["type"] == "emphasis" and _QUOTED.search(before):
        return False
    if texts[at]["type"] == "strong" and many > 1 and (MARKS.fullmatch(before) or is_people(before)):
        return True
    return many >= 3 and (many > len(words(bare)) or bare.count(",") > 1 or is_people(before) or bare.endswith(('"', "“", "«")))


def _spaced(tokens: list[Token]) -> list[Token]:
    shown = ", ".join(part for token in tokens if (part := _unquoted(plain([token]).strip(" ,.|·"))))
    return [{"type": "text", "raw": f"{shown} "}] if shown else []


def _unquoted(text: str) -> str:
    """A text without the quotation mark that opens or closes what isn't in it any more."""
    if text.count('"') % 2:
        text = text.strip('"') if text.startswith('"') or text.endswith('"') else text
    return text.strip(" “”«»,.|·")

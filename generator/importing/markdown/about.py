"""What follows a title: authors, venue and year where they stand in our own form, a state, extra columns, a description.

Whatever is read here is read back from the page that is rendered of it: the form of a description is the page's own, with
the escapes left out that Markdown doesn't need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator.importing.markdown.addresses import SAFE
from generator.importing.markdown.citation import people
from generator.importing.markdown.inline import Token, plain
from generator.markdown import descriptions
from generator.markdown.inline import inline
from generator.markdown.text import capitalized, clean, sentence, text
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import Author

__all__ = ["About", "about", "markdown_of"]

_STATES = {"Deprecated.": "deprecated", "Withdrawn.": "withdrawn", "Retracted.": "retracted"}
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_YEARS = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PEOPLE = r"(?:By )?(?P<people>[^_*`\[\]]{3,400}?)"
_WITH_VENUE = re.compile(rf"(?:{_PEOPLE}\. )?_(?P<venue>[^_*`\[\]]+)_(?:, {_YEARS})?\.(?: |$)")
_WITH_YEAR = re.compile(rf"{_PEOPLE}, {_YEARS}\.(?: |$)")
_YEAR = re.compile(rf"{_YEARS}\.(?: |$)")
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST = re.compile(r"_((?:\\.|[^\s_\\])+)_(?= |$)")
_MARKED = re.compile(r"(?<!\\)(?:\\\\)*[_*`\[]")
_STOPPED = re.compile(r"[.!?…。！？:;,，；][\"”’')*_]*\s*$")
_KEY = re.compile(r"(?:^|[.!?…。！？][\"”’')*_]*\s)\s*(?P<key>[^.:;`\s][^.:;`]{0,39}): $")
_NEXT = re.compile(r"; (?P<key>[^.:;`]{1,40}): $")


@dataclass(frozen=True, slots=True)
class About:
    """What an entry's text says besides its title and links."""

    authors: tuple[Author, ...] = ()
    year: int | None = None
    venue: str | None = None
    state: str = "active"
    description: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


def about(tokens: list[Token], title: str | None) -> About:
    """The parts of an entry's text, without its title and its labelled links."""
    state = "active"
    if tokens and tokens[0]["type"] == "strong" and plain([tokens[0]]) in _STATES:
        state, tokens = _STATES[plain([tokens[0]])], tokens[1:]
    tokens, extra = _extra(joined(tokens))
    shown = markdown_of(tokens)
    first = _FIRST.match(shown)
    if first and not _MARKED.search(shown[first.end() :]):
        shown = f"{first[1]}{shown[first.end() :]}"
    authors, year, venue, shown = _origin(sentence(shown), title) if shown else ((), None, None, "")
    said = re.search(r"\w", shown) or (shown and not shown.isascii())
    return About(authors, year, venue, state, _source(capitalized(sentence(shown))) if said else None, extra)


def joined(tokens: list[Token]) -> list[Token]:
    """Line ends and the ends of paragraphs as spaces and full stops."""
    out: list[Token] = []
    for token in tokens:
        if token["type"] == "stop":
            before = plain(out)
            if out and out[-1]["type"] == "text":
                out[-1] = {"type": "text", "raw": str(out[-1]["raw"]).rstrip()}
            out.append({"type": "text", "raw": " " if not before or _STOPPED.search(before) else ". "})
        elif token["type"] == "break":
            out.append({"type": "text", "raw": " "})
        else:
            out.append(token)
    return out


def markdown_of(tokens: list[Token]) -> str:
    """Tokens as the Markdown that a page shows, on one line."""
    if all(token["type"] == "text" for token in tokens):
        return text("".join(str(token["raw"]) for token in tokens))
    shown = inline(list(_encoded(tokens))).strip()
    return shown if shown.isprintable() and "  " not in shown else " ".join(shown.split())


def _encoded(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with the URLs of links as a page writes them: it reads a description by mistune, which percent-encodes."""
    for token in tokens:
        if token["type"] == "link":
            yield {**token, "attrs": {"url": quote(str(token["attrs"]["url"]), safe=SAFE)}}
        elif token.get("children"):
            yield {**token, "children": list(_encoded(token["children"]))}
        else:
            yield token


def _source(shown: str) -> str:
    r"""A description as people write it: what a page shows, without those escapes that change nothing."""
    if "\\" not in shown:
        return shown
    bare = _ESCAPE.sub(r"\1", shown)
    return bare if sentence(descriptions.line(bare)) == shown else shown


def source_of(shown: str) -> str:
    """The same for a paragraph of a section's description."""
    if "\\" not in shown:
        return shown
    bare = _ESCAPE.sub(r"\1", shown)
    return bare if descriptions.blocks(bare) == descriptions.blocks(shown) else shown


def _extra(tokens: list[Token]) -> tuple[list[Token], tuple[tuple[str, str], ...]]:
    """`Key: value; Key: value.` at the end, the values as code: the columns of a table."""
    if len(tokens) < 3 or tokens[-1]["type"] != "text" or str(tokens[-1]["raw"]).strip() != ".":
        return tokens, ()
    found: list[tuple[str, str]] = []
    at = len(tokens) - 2
    while at > 0 and tokens[at]["type"] == "codespan" and tokens[at - 1]["type"] == "text":
        lead = str(tokens[at - 1]["raw"])
        value = clean(str(tokens[at]["raw"]))
        if following := _NEXT.fullmatch(lead):
            found.append((clean(following["key"]), value))
            at -= 2
            continue
        before = "".join(str(token["raw"]) if token["type"] == "text" else plain([token]) for token in tokens[: at - 1])
        first = _KEY.search(before + lead)
        if first and first.start("key") >= len(before):
            found.append((clean(first["key"]), value))
            rest = lead[: first.start("key") - len(before)]
            head = [*tokens[: at - 1], {"type": "text", "raw": rest}] if rest.strip() else tokens[: at - 1]
            pairs = tuple(reversed(found))
            distinct = len({key for key, _ in pairs}) == len(pairs) and all(key and value for key, value in pairs)
            return (head, pairs) if distinct else (tokens, ())
        break
    return tokens, ()


def _origin(shown: str, title: str | None) -> tuple[tuple[Author, ...], int | None, str | None, str]:
    """Authors, year and venue at the beginning, in the form of our pages; what is left is description."""
    for pattern in (_WITH_VENUE, _WITH_YEAR):
        match = pattern.match(shown)
        if not match:
            continue
        found = match.groupdict()
        names = people(_ESCAPE.sub(r"\1", found["people"])) if found["people"] else ()
        venue = clean(_ESCAPE.sub(r"\1", found.get("venue") or "")) or None
        if (found["year"] or (venue and _HAS_YEAR.search(venue))) and bool(names) == bool(found["people"]):
            return tuple(map(author, names)), int(found["year"]) if found["year"] else None, venue, shown[match.end() :].strip()
    year_alone = _YEAR.match(shown)
    if year_alone and year_alone["year"] not in (title or ""):
        return (), int(year_alone["year"]), None, shown[year_alone.end() :].strip()
    return (), None, None, shown

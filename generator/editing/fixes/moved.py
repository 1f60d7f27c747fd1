"""Fixes that replace the URLs of permanently moved links, in fields and in Markdown texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from generator.editing.edit import Edit
from generator.editing.fixes.model import Fix, FixContext
from generator.problems import quoted
from generator.sources.catalogue.links import links, urls_in
from generator.sources.catalogue.model import Entry, Section, Topic
from linkcheck.judging.moves import CONFIRMING_NIGHTS
from linkcheck.judging.redirect_kind import is_followed, redirect_kind
from linkcheck.judging.title_match import names_work
from linkcheck.model import Link, Outcome, Place, Verdict
from linkcheck.urls import fault, web

_PLAIN = re.compile(r"[\x21-\x7e]+")
_PROSE = frozenset({"description", "abstract", "header", "footer"})


def find(context: FixContext) -> Iterator[Fix]:
    """A fix for each place of a moved link; one without edits where a maintainer or another night has to confirm it."""
    prose: dict[tuple[str, str | None, str, str], list[tuple[Link, str, Fix]]] = defaultdict(list)
    for link in links(context.catalogue):
        verdict, field = context.verdicts.get(link.url), link.place.field or ""
        if verdict is None or verdict.outcome is not Outcome.MOVED or link.state == "dead":
            continue
        new = new_address(link.url, verdict)
        if new is None:
            continue
        fix = _fix_of(link, new, verdict)
        if not fix.edits:
            yield fix
        elif field == "url" or field.startswith("links."):
            found = context.entry(link.place.path, link.place.entry)
            yield Fix(fix.kind, fix.place, fix.message, (*_id_edits(context, found, field, new), *fix.edits), fix.safe)
        elif field in _PROSE:
            text_field = _text_field(context, link.place)
            if text_field is not None:
                prose[link.place.path, link.place.entry, *text_field].append((link, new, fix))
    for (_, _, name, text), group in prose.items():
        yield from _text_fixes(name, text, group)


def new_address(url: str, verdict: Verdict) -> str | None:
    """The new URL of a moved one, with its fragment; None where it can't be listed (malformed, private, redacted)."""
    new = verdict.final_url
    if "#" in url and "#" not in new:
        new = f"{new}#{url.partition('#')[2]}"
    # Histories and reports have "***" instead of secrets.
    if new == url or not web(new) or not _PLAIN.fullmatch(new) or "***" in new:
        return None
    wrong, was = fault(new), fault(url)
    # Lists of an intranet have private addresses; only there may a link move to another one.
    private = wrong is not None and was is not None and wrong.code == was.code == "private-address"
    return new if wrong is None or private else None


def _fix_of(link: Link, new: str, verdict: Verdict) -> Fix:
    """The fix for one moved link."""
    url, title = link.url, link.work.title if link.work else None
    how = redirect_kind(url, new)
    kind = "moved-domain" if how == "domain" else "moved"
    message = f"{url} has moved to {new}"
    if verdict.nights < CONFIRMING_NIGHTS:
        return Fix(kind, link.place, f"{message}, seen on one night only: wait for a second one", (), safe=False)
    names_entry = names_work(title, verdict.title)
    if how == "domain" and not names_entry:
        shown = f"whose page is titled {quoted(verdict.title)}" if verdict.title else "whose page has no title"
        return Fix(kind, link.place, f"{message}, another site {shown}: check whether it is the same work", (), safe=False)
    edit = Edit(link.place.path, link.place.entry, link.place.field or "", url, new)
    safe = is_followed(url, new, names_work=names_entry)
    return Fix(kind, link.place, f"{message} ({verdict.nights} nights)", (edit,), safe)


def _id_edits(context: FixContext, found: tuple[Topic, Entry] | None, field: str, new: str) -> tuple[Edit, ...]:
    """Edits that keep the ids derived from the entry's URL, where they are referred to."""
    if found is None or field != "url":
        return ()
    topic, entry = found
    return context.id_edits(topic, entry, replace(entry, url=new))


def _text_fixes(field: str, text: str, group: list[tuple[Link, str, Fix]]) -> Iterator[Fix]:
    """One edit for all moved links of a text, since they share one value."""
    first, _, fix = group[0]
    for safe in (True, False):
        moves = {link.url: new for link, new, one in group if one.safe is safe}
        changed = _replace_urls(text, moves)
        if moves and changed is not None and changed != text:
            message = "; ".join(one.message for _, _, one in group if one.safe is safe)
            kind = fix.kind if safe else next(one.kind for _, _, one in group if not one.safe)
            edit = Edit(first.place.path, first.place.entry, field, text, changed)
            yield Fix(kind, first.place, message, (edit,), safe)


def _replace_urls(text: str, moves: dict[str, str]) -> str | None:
    """A Markdown text with URLs replaced; None where other links would change as well."""
    changed = text
    for old, new in moves.items():
        # A URL ends before space, a bracket, a quotation mark, or punctuation at the end of a word.
        alone = re.compile(rf"(?<![\w/.:?=&%#~-]){re.escape(old)}(?=[\s)>\]\"'<]|[.,;:!?]+(?:[\s)>\]\"']|$)|$)")
        changed = alone.sub(new.replace("\\", r"\\"), changed)
    wanted = tuple(dict.fromkeys(moves.get(url, url) for url in urls_in(text)))
    return changed if urls_in(changed) == wanted else None


def _text_field(context: FixContext, place: Place) -> tuple[str, str] | None:
    """The field that a place is in, named as in an `Edit`, and its text; None where it isn't a string."""
    name = place.field or ""
    if place.entry is not None:
        found = context.entry(place.path, place.entry)
        text = getattr(found[1], name, None) if found else None
        return (name, text) if isinstance(text, str) else None
    topic = next((one for one in context.catalogue.topics if one.path == place.path), None)
    for prefix, part in _walk(topic) if topic else ():
        text = getattr(part, name, None)
        if isinstance(text, str) and place in part.places.values():
            return f"{prefix}{name}", text
    return None


def _walk(part: Topic | Section, prefix: str = "") -> Iterator[tuple[str, Topic | Section]]:
    yield prefix, part
    for number, section in enumerate(part.sections):
        yield from _walk(section, f"{prefix}sections.{number}.")

"""CSL-JSON for citation processors and reference managers (schema `csl-data.json` 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from generator.publishing.data.export_set import ExportedEntry, ExportSet, tidied
from generator.publishing.data.kinds import csl_type
from generator.publishing.data.texts import array, compact, plain
from generator.publishing.data.vocabulary import BY_NAME
from generator.sources.catalogue.authors import named, read_people
from generator.sources.catalogue.model import Author, Entry

__all__ = ["SHOWN", "STATUS", "date_of", "render", "row"]

SHOWN = frozenset({
    "id", "kind", "title", "authors", "year", "date", "venue", "volume", "issue", "pages", "publisher", "editors",
    "doi", "arxiv", "url", "archive_url", "status", "state", "description", "abstract", "tags", "language", "links",
    "also_in", "citation_key", "cite_as", "keep_case", "extra",
})  # fmt: skip
"""The fields that CSL-JSON gets; of `extra` those that CSL knows."""

_MORE = {"volume": "volume", "issue": "issue", "page": "pages", "publisher": "publisher"}
"""CSL variables and the fields they come from."""
STATUS = {"in-preparation": "in preparation", "in-press": "in press", "advance-online": "advance online publication"}
_PUBLISHED = frozenset({"book", "report", "thesis"})
"""Types whose venue is who published them."""
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")
_SEASONS = range(21, 25)


def render(_: ExportSet, rows: Sequence[str]) -> str:
    """An array with an object for each entry."""
    return array(rows) + "\n"


def row(exported: ExportedEntry) -> str:
    """The object of an entry; values without a CSL variable go under `custom`."""
    entry = exported.entry
    kind, extra = csl_type(entry), dict(entry.extra)
    found: dict[str, Any] = {"id": exported.key, "citation-key": exported.key, "type": kind, "title": _title(exported)}
    own = kind in _PUBLISHED and "publisher" not in entry.more
    found |= {
        "author": [_name(author) for author in named(exported.authors)],
        "issued": _issued(entry, extra.get("issued", "")),
        "publisher" if own else "container-title": "" if entry.venue == extra.get("eventtitle") else plain(entry.venue or ""),
        **{name: plain(entry.more[field]) for name, field in _MORE.items() if field in entry.more},
        "editor": [_name(editor) for editor in tidied(entry.more.get("editors", ()))],
        "DOI": entry.doi or "",
        "URL": (exported.url or "") if entry.url or not entry.doi or entry.state == "dead" else "",
        "abstract": plain(entry.abstract or ""),
        "annote" if "note" in extra else "note": exported.about,
        "keyword": ", ".join(map(plain, entry.tags)),
        "language": entry.language or "",
        "status": STATUS.get(entry.status or "", entry.status or ""),
    }
    if entry.arxiv:
        found |= {"archive": "arXiv", "archive_location": entry.arxiv, "number": f"arXiv:{entry.arxiv}"}
    found |= {name: value for name, value in _extra(entry).items() if value and not (name != "number" and found.get(name))}
    links = {plain(label): list(map(plain, urls)) for label, urls in entry.links}
    topics = list(dict.fromkeys((exported.home.slug, *entry.also_in)))
    found["custom"] = {"kind": entry.kind, "topics": topics, "state": entry.state} | ({"links": links} if links else {})
    return compact({name: value for name, value in found.items() if value})


def _title(exported: ExportedEntry) -> str:
    """The title, with the words of `keep_case` marked as CSL does, and the subtitle, for which CSL has no variable."""
    text = exported.title
    for phrase in exported.entry.keep_case[:100]:
        text = re.sub(rf"(?<![\w>]){re.escape(phrase)}(?![\w<])", lambda found: f'<span class="nocase">{found[0]}</span>', text)
    subtitle = plain(dict(exported.entry.extra).get("subtitle", ""))
    return f"{text}: {subtitle}" if subtitle else text


def _extra(entry: Entry) -> dict[str, Any]:
    """The values of `extra` by CSL variable."""
    found: dict[str, Any] = {}
    for name, text in entry.extra:
        variable = BY_NAME.get(name)
        if variable is None or not variable.csl:
            continue
        if variable.shape == "people":
            found[variable.csl] = [_name(person) for person in tidied(read_people(text))]
        elif variable.shape == "date":
            found[variable.csl] = date_of(text)
        else:
            found[variable.csl] = plain(text)
    return found


def _name(author: Author) -> dict[str, str]:
    """A name; words in lower case before a family name or after a given name are particles."""
    if author.literal or not (author.family and author.given):
        return {"literal": author.name}
    family, given = author.family.split(" "), author.given.split(" ")
    before = next((at for at, word in enumerate(family) if not word[:1].islower()), 0)
    after = next((at for at, word in enumerate(reversed(given)) if not (word[:1].islower() and word.isalpha())), 0)
    found = {
        "family": " ".join(family[before:]),
        "given": " ".join(given[: len(given) - after]),
        "non-dropping-particle": " ".join(family[:before]),
        "dropping-particle": " ".join(given[len(given) - after :]),
        "suffix": author.suffix,
    }
    return {name: part for name, part in found.items() if part}


def _issued(entry: Entry, issued: str) -> dict[str, Any]:
    if entry.date:
        return {"date-parts": [[entry.date.year, entry.date.month, entry.date.day]]}
    if issued and (entry.year is None or str(entry.year) in issued):
        return date_of(issued)
    return {"date-parts": [[entry.year]]} if entry.year else {}


def date_of(text: str) -> dict[str, Any]:
    """A date or range as biblatex writes it, as CSL's date; any other text as a literal one."""
    matches = [_DATE.fullmatch(part) for part in text.split("/")]
    if len(matches) > 2 or not all(matches):
        return {"literal": plain(text)} if text else {}
    found: dict[str, Any] = {}
    parts: list[list[int]] = []
    for match in filter(None, matches):
        numbers = [int(part) for part in match.group(1, 2, 3) if part]
        if len(numbers) == 2 and numbers[1] in _SEASONS:
            found["season"] = numbers.pop() - _SEASONS.start + 1
        if match[4]:
            found["circa"] = True
        parts.append(numbers)
    return {"date-parts": parts} | found

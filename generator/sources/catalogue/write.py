"""A catalogue's topics, sections and entries as new YAML text, as a maintainer would write it: read back, they are the same.

Only for text that isn't there yet. What a maintainer wrote is never written anew: comments, order and quoting are theirs.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import Author, Collection, Entry, Section, Topic

__all__ = ["collection_text", "entry_lines", "same", "scalar", "section_lines", "topic_text"]

_MODELINE = "# yaml-language-server: $schema=_{}.schema.json"
_WIDTH = 120
# What YAML 1.1 takes for something else than a text.
_WORDS = frozenset(
    ("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", ".inf", "-.inf", "+.inf", ".nan")
)
_NUMBER = re.compile(r"[-+]?[.\d][\d_,.:]*(?:[eE][-+]?\d*)?$|0[xob][\da-fA-F_]+$|\d{4}-\d{1,2}-\d{1,2}.*$")
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|[-?:](?=[^\s,\[\]{}])")
_UNSAFE = re.compile(r": | #|:$|[\t\n]")
_FLOW = re.compile(r"[,\[\]{}]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def topic_text(topic: Topic) -> str:
    """A topic's whole file, with a final newline."""
    lines = [_MODELINE.format("topic"), f"title: {scalar(topic.title)}"]
    lines += [f"aliases: {_flow(topic.aliases)}"] if topic.aliases else []
    lines += _text("description", topic.description, 0)
    if topic.related:
        lines.append(f"related: {_flow(topic.related)}")
    if topic.start:
        lines.append("start:")
        lines += [f"  - {{id: {scalar(step.id, flow=True)}, reason: {scalar(step.reason, flow=True)}}}" for step in topic.start]
    lines += _text("header", topic.header, 0, verbatim=True)
    lines += _entries(topic.entries, 0)
    lines += _sections(topic.sections, 0)
    lines += _text("footer", topic.footer, 0, verbatim=True)
    return "\n".join(lines) + "\n"


def collection_text(collection: Collection) -> str:
    """The file of what holds for all topics; its policy is left to the maintainer."""
    lines = [_MODELINE.format("collection"), f"title: {scalar(collection.title)}"]
    lines += _text("description", collection.description, 0)
    for name, value in (("license", collection.license), ("repository", collection.repository)):
        lines += [f"{name}: {scalar(value)}"] if value else []
    lines += ["topics:", *(f"  - {scalar(slug)}" for slug in collection.topics)] if collection.topics else []
    return "\n".join(lines) + "\n"


def section_lines(section: Section, indent: int) -> list[str]:
    """A section as a list item, its dash `indent` spaces in."""
    lines = [f"title: {scalar(section.title)}"]
    lines += [f"id: {scalar(section.id)}"] if section.id else []
    inner = indent + 2
    body = [
        *_text("description", section.description, inner),
        *_entries(section.entries, inner),
        *_sections(section.sections, inner),
    ]
    return _item(lines, body, indent)


def entry_lines(entry: Entry, indent: int) -> list[str]:
    """An entry as a list item, its dash `indent` spaces in; one that is a URL alone is that URL."""
    fields = list(_fields(entry, indent + 2))
    pad = " " * indent
    if len(fields) == 1 and fields[0].startswith("url: "):
        return [f"{pad}- {fields[0].removeprefix('url: ')}"]
    return _item(fields[:1], fields[1:], indent)


def _item(lines: list[str], body: list[str], indent: int) -> list[str]:
    pad = " " * indent
    return [f"{pad}- {lines[0]}", *(f"{pad}  {line}" for line in lines[1:]), *body]


def _entries(entries: Iterable[Entry], indent: int) -> list[str]:
    lines = [line for entry in entries for line in entry_lines(entry, indent + 2)]
    return [f"{' ' * indent}entries:", *lines] if lines else []


def _sections(sections: Iterable[Section], indent: int) -> list[str]:
    lines = [line for section in sections for line in section_lines(section, indent + 2)]
    return [f"{' ' * indent}sections:", *lines] if lines else []


def _fields(entry: Entry, indent: int) -> Iterator[str]:
    """An entry's fields as lines; the first without indent."""
    pad = " " * indent
    lead = ""

    def line(text: str) -> str:
        nonlocal lead
        shown, lead = f"{lead}{text}", pad
        return shown

    if entry.id_given:
        yield line(f"id: {scalar(entry.id)}")
    if entry.title is not None:
        yield line(f"title: {scalar(entry.title)}")
    if entry.url is not None:
        yield line(f"url: {scalar(entry.url)}")
    if entry.aliases:
        yield line(f"aliases: {_flow(entry.aliases)}")
    if entry.kind != "other":
        yield line(f"kind: {scalar(entry.kind)}")
    if entry.authors:
        yield line(f"authors: [{', '.join(map(_author, entry.authors))}]")
    for name, value in (
        ("year", entry.year), ("date", entry.date), ("venue", entry.venue), ("language", entry.language), ("doi", entry.doi),
        ("arxiv", entry.arxiv),
    ):  # fmt: skip
        if value is not None:
            yield line(f"{name}: {value if isinstance(value, int | date) else scalar(value)}")
    yield from _text("description", entry.description, indent)
    yield from _text("abstract", entry.abstract, indent)
    yield from _more(entry, pad)


def _more(entry: Entry, pad: str) -> Iterator[str]:
    if entry.tags:
        yield f"{pad}tags: {_flow(entry.tags)}"
    if entry.also_in:
        yield f"{pad}also_in: {_flow(entry.also_in)}"
    if entry.not_duplicate_of:
        pairs = (
            f"{{id: {scalar(one.id, flow=True)}, reason: {scalar(one.reason, flow=True)}}}" for one in entry.not_duplicate_of
        )
        yield f"{pad}not_duplicate_of: [{', '.join(pairs)}]"
    if entry.links:
        yield f"{pad}links:"
        for label, urls in entry.links:
            if len(urls) == 1:
                yield f"{pad}  {scalar(label, key=True)}: {scalar(urls[0])}"
            else:
                yield f"{pad}  {scalar(label, key=True)}:"
                yield from (f"{pad}    - {scalar(url)}" for url in urls)
    for name, value in (("archive_url", entry.archive_url), ("added", entry.added), ("status", entry.status)):
        if value is not None:
            yield f"{pad}{name}: {value if isinstance(value, date) else scalar(value)}"
    if entry.state != "active":
        yield f"{pad}state: {entry.state}"
    if entry.link_check is not None:
        excuse = entry.link_check
        accept = ", ".join(code if code.isdigit() else scalar(code, flow=True) for code in excuse.accept)
        until = f", until: {excuse.until}" if excuse.until else ""
        yield f"{pad}link_check: {{accept: [{accept}], reason: {scalar(excuse.reason, flow=True)}{until}}}"
    if entry.extra:
        yield f"{pad}extra:"
        yield from (f"{pad}  {scalar(key, key=True)}: {scalar(value)}" for key, value in entry.extra)


def _author(person: Author) -> str:
    """A name as one text where that is read back as the same name, else by its parts."""
    if person.name and author(person.name) == person:
        return scalar(person.name, flow=True)
    if person.family and person.given and author(f"{person.family}, {person.given}") == person:
        return scalar(f"{person.family}, {person.given}", flow=True)
    parts = (("family", person.family), ("given", person.given), ("literal", person.literal))
    return f"{{{', '.join(f'{name}: {scalar(value, flow=True)}' for name, value in parts if value)}}}"


def _flow(texts: Iterable[str]) -> str:
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def scalar(text: str, *, flow: bool = False, key: bool = False) -> str:
    """A text on one line as YAML: in quotes only where it would be read as something else without."""
    unsafe = (
        not _PLAIN_START.match(text)
        or text != text.strip()
        or text.casefold() in _WORDS
        or _UNSAFE.search(text)
        or _NUMBER.match(text)
        or not text.isprintable()
        or ((flow or key) and (_FLOW.search(text) or ":" in text or text.startswith(("?", "-"))))
        or (key and (text.startswith("...") or len(text) > 100))
    )
    if not unsafe:
        return text
    if ('"' in text or "\\" in text) and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(_ESCAPES.get(char) or (char if char.isprintable() else f"\\U{ord(char):08X}") for char in text)
    return f'"{escaped}"'


def _text(name: str, value: str | None, indent: int, *, verbatim: bool = False) -> list[str]:
    """A field of several lines, or of one that is too long for a line: folded where that changes nothing, else as it stands."""
    if value is None:
        return []
    pad = " " * indent
    line = f"{pad}{name}: {scalar(value)}"
    if "\n" not in value and not verbatim and len(line) <= _WIDTH:
        return [line]
    inner = " " * (indent + 2)
    if "\n" not in value and "  " not in value and value == value.strip():
        folded = textwrap.wrap(value, max(_WIDTH - indent - 2, 40), break_long_words=False, break_on_hyphens=False)
        if " ".join(folded) == value and value.isprintable():
            return [f"{pad}{name}: >-", *(f"{inner}{part}" for part in folded)]
    if not _literal(value):
        return [line]
    return [f"{pad}{name}: |", *(f"{inner}{part}" if part else "" for part in value.split("\n"))]


def _literal(value: str) -> bool:
    """Whether a text can stand in a literal block, where nothing is escaped and the first line sets the indent."""
    return value == value.strip() and all(char in {"\n", "\t"} or _shown(char) for char in value)


def _shown(char: str) -> bool:
    return char.isprintable() or (ord(char) >= 0xA0 and char not in "\u2028\u2029\ufeff" and not 0xD800 <= ord(char) <= 0xDFFF)


def same(first: Topic, second: Topic) -> bool:
    """Whether two topics say the same, wherever they stand; keys that were derived don't count."""
    return _said(first) == _said(second)


def _said(topic: Topic) -> tuple[object, ...]:
    return (
        topic.title, topic.aliases, topic.description, topic.related, topic.start, topic.header, topic.footer,
        tuple(map(_entry_said, topic.entries)), tuple(map(_section_said, topic.sections)),
    )  # fmt: skip


def _section_said(section: Section) -> tuple[object, ...]:
    return (
        section.title,
        section.id,
        section.description,
        tuple(map(_entry_said, section.entries)),
        tuple(map(_section_said, section.sections)),
    )


def _entry_said(entry: Entry) -> tuple[object, ...]:
    return (
        entry.id if entry.id_given else None, entry.title, entry.url, entry.kind, entry.aliases, entry.authors, entry.year, entry.date,
        entry.venue, entry.language, entry.doi, entry.arxiv, entry.description, entry.abstract, entry.tags, entry.also_in,
        entry.not_duplicate_of, entry.links, entry.archive_url, entry.added, entry.status, entry.state, entry.link_check, entry.extra,
    )  # fmt: skip

"""A catalogue's topics, sections and entries as new YAML text, as a maintainer would write it: read back, they are the same.

Only for text that isn't there yet. What a maintainer wrote is never written anew: comments, order and quoting are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import Author, Collection, Entry, Section, Topic
from generator.sources.yaml_tree.scalars import flow_list, scalar, text_lines

__all__ = ["collection_text", "entry_lines", "same", "section_lines", "topic_text"]

_MODELINE = "# yaml-language-server: $schema=_{}.schema.json"


def topic_text(topic: Topic) -> str:
    """A topic's whole file, with a final newline."""
    lines = [_MODELINE.format("topic"), f"title: {scalar(topic.title)}"]
    lines += [f"aliases: {flow_list(topic.aliases)}"] if topic.aliases else []
    lines += text_lines("description", topic.description, 0)
    if topic.related:
        lines.append(f"related: {flow_list(topic.related)}")
    if topic.start:
        lines.append("start:")
        lines += [f"  - {{id: {scalar(step.id, flow=True)}, reason: {scalar(step.reason, flow=True)}}}" for step in topic.start]
    lines += text_lines("header", topic.header, 0, verbatim=True)
    lines += _entries(topic.entries, 0)
    lines += _sections(topic.sections, 0)
    lines += text_lines("footer", topic.footer, 0, verbatim=True)
    return "\n".join(lines) + "\n"


def collection_text(collection: Collection) -> str:
    """The file of what holds for all topics; its policy is left to the maintainer."""
    lines = [_MODELINE.format("collection"), f"title: {scalar(collection.title)}"]
    lines += text_lines("description", collection.description, 0)
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
        *text_lines("description", section.description, inner),
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
        yield line(f"aliases: {flow_list(entry.aliases)}")
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
    yield from text_lines("description", entry.description, indent)
    yield from text_lines("abstract", entry.abstract, indent)
    yield from _more(entry, pad)


def _more(entry: Entry, pad: str) -> Iterator[str]:
    if entry.tags:
        yield f"{pad}tags: {flow_list(entry.tags)}"
    if entry.also_in:
        yield f"{pad}also_in: {flow_list(entry.also_in)}"
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

"""A catalogue's topics, sections and entries as new YAML text, as a maintainer would write it: read back, they are the same.

Only for text that isn't there yet. What a maintainer wrote is never written anew: comments, order and quoting are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.sources.catalogue.fields import ENTRY
from generator.sources.catalogue.model import Collection, Entry, Section, Topic
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
    inner, pad = indent + 2, " " * indent
    lines = [f"{pad}  id: {scalar(entry.id)}"] if entry.id_given else []
    for field in ENTRY.values():
        if field.name != "id" and (value := field.of(entry)) != field.empty:
            lines += field.shape.write(field.name, value, inner)
    if len(lines) == 1 and lines[0].startswith(f"{pad}  url: "):
        return [f"{pad}- {lines[0].removeprefix(f'{pad}  url: ')}"]
    return [f"{pad}- {lines[0][inner:]}", *lines[1:]]


def _item(lines: list[str], body: list[str], indent: int) -> list[str]:
    pad = " " * indent
    return [f"{pad}- {lines[0]}", *(f"{pad}  {line}" for line in lines[1:]), *body]


def _entries(entries: Iterable[Entry], indent: int) -> list[str]:
    lines = [line for entry in entries for line in entry_lines(entry, indent + 2)]
    return [f"{' ' * indent}entries:", *lines] if lines else []


def _sections(sections: Iterable[Section], indent: int) -> list[str]:
    lines = [line for section in sections for line in section_lines(section, indent + 2)]
    return [f"{' ' * indent}sections:", *lines] if lines else []


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
    return (entry.id if entry.id_given else None, *(field.of(entry) for field in ENTRY.values() if field.name != "id"))

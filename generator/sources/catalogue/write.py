"""Write topics, sections and entries as new YAML that is read back as the same.

Only for new text: text that a maintainer wrote is edited in place, so that comments, order and quoting stay.
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
    """The text of `_collection.yaml`, without `check`."""
    lines = [_MODELINE.format("collection"), f"title: {scalar(collection.title)}"]
    lines += text_lines("description", collection.description, 0)
    for name, value in (("license", collection.license), ("repository", collection.repository)):
        lines += [f"{name}: {scalar(value)}"] if value else []
    lines += ["topics:", *(f"  - {scalar(slug)}" for slug in collection.topics)] if collection.topics else []
    return "\n".join(lines) + "\n"


def section_lines(section: Section, indent: int) -> list[str]:
    """A section as a list item, indented by `indent` spaces."""
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
    """An entry as a list item, indented by `indent` spaces; an entry that has only a URL is written as that URL."""
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
    """Whether two topics have the same content; places and derived ids don't count."""
    return _content(first) == _content(second)


def _content(topic: Topic) -> tuple[object, ...]:
    return (
        topic.title, topic.aliases, topic.description, topic.related, topic.start, topic.header, topic.footer,
        tuple(map(_entry_content, topic.entries)), tuple(map(_section_content, topic.sections)),
    )  # fmt: skip


def _section_content(section: Section) -> tuple[object, ...]:
    return (
        section.title,
        section.id,
        section.description,
        tuple(map(_entry_content, section.entries)),
        tuple(map(_section_content, section.sections)),
    )


def _entry_content(entry: Entry) -> tuple[object, ...]:
    return (entry.id if entry.id_given else None, *(field.of(entry) for field in ENTRY.values() if field.name != "id"))

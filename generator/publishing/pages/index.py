"""Render the index of all topics, as a page and as a block for a README."""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.markdown import descriptions
from generator.markdown.marker import marker
from generator.markdown.text import heading, sentence, text
from generator.publishing.pages.outline import page_name
from generator.sources.catalogue.model import Catalogue, Topic

__all__ = ["first_sentence", "index_block", "index_page", "with_index"]

_BEGIN = "<!-- listkeeper:index -->"
_END = "<!-- /listkeeper:index -->"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# A full stop before a capital ends a sentence, except after a single letter or a common abbreviation.
_STOP = re.compile(r"(?<![\s.(][A-Za-z])(?<!\b(?:vs|cf|al|St|Dr))(?<!\betc)[.!?][\"”)]?(?=\s+[\"“(]?[^\W\d_a-z])|。")


def index_page(catalogue: Catalogue, *, folder: str) -> str:
    """The Markdown of the index page; `folder` is that of the sources, with "/" at its end, or ""."""
    collection = catalogue.collection
    parts = [marker(folder or "./"), f"# {heading(collection.title)[1]}"]
    parts += descriptions.blocks(collection.description) if collection.description else []
    parts.append(index_block(catalogue, ""))
    if collection.license:
        parts.append(f"License of the lists: {sentence(text(collection.license))}")
    return "\n\n".join(filter(None, parts)) + "\n"


def index_block(catalogue: Catalogue, folder: str = "lists") -> str:
    """All topics as list items with first sentence and count; links are relative to the parent of `folder` ("": to the folder)."""
    prefix = "" if folder in {"", "."} else f"{quote(folder.strip('/'))}/"
    return "\n".join(_topic_row(topic, prefix) for topic in catalogue.topics)


def with_index(readme_text: str, block: str) -> str | None:
    """A README with `block` between the index markers, or None without both of them; markers in code blocks don't count.

    The README's line ends stay, and the block gets the same.
    """
    lines = readme_text.splitlines(keepends=True)
    marks = _marker_lines(lines)
    if marks is None:
        return None
    begin, end = marks
    newline = "\r\n" if lines[begin].endswith("\r\n") else "\n"
    inside = [newline, *(f"{line}{newline}" for line in block.splitlines()), newline] if block.strip() else []
    return "".join([*lines[: begin + 1], *inside, *lines[end:]])


def _marker_lines(lines: list[str]) -> tuple[int, int] | None:
    begin, fence = None, ""
    for number, line in enumerate(lines):
        if opened := _FENCE.match(line):
            if not fence:
                fence = opened[1]
            elif opened[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and line.strip() == _BEGIN:
            begin = number
        elif not fence and line.strip() == _END and begin is not None:
            return begin, number
    return None


def _topic_row(topic: Topic, prefix: str) -> str:
    count = sum(1 for _ in topic.walk())
    about = first_sentence(descriptions.first_paragraph(topic.description)) if topic.description else ""
    tail = " ".join(filter(None, (sentence(text(about)) if about else "", f"{count} {'entry' if count == 1 else 'entries'}.")))
    return f"- [{heading(topic.title)[1]}]({prefix}{page_name(topic.slug)}) - {tail}"


def first_sentence(paragraph: str) -> str:
    """The first sentence of a paragraph."""
    stop = _STOP.search(paragraph)
    return paragraph[: stop.end()] if stop else paragraph

"""The target "pages": one Markdown page for each topic and each of its former names, and the index, as GitHub shows them."""

from __future__ import annotations

from generator.publishing.pages.index import index_page
from generator.publishing.pages.moved import moved_page
from generator.publishing.pages.outline import outlines
from generator.publishing.pages.page import page
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former, resolved

__all__ = ["render_pages"]


def render_pages(catalogue: Catalogue, *, folder: str = "lists") -> dict[str, str]:
    """Every page by its path (with `/`, under `folder`): LF, a final newline, the same text for the same catalogue."""
    base = folder.strip("/")
    prefix = "" if base in {"", "."} else f"{base}/"
    catalogue = resolved(catalogue)
    topics = {topic.slug: topic for topic in catalogue.topics}
    index = catalogue.collection.title
    found = outlines(catalogue)
    pages = {
        f"{prefix}{outline.topic.slug}.md": page(outline, pointers, topics, folder=prefix, index=index)
        for outline, pointers in found
    }
    by_topic = {outline.topic.slug: outline for outline, _ in found}
    pages |= {
        f"{prefix}{alias}.md": moved_page(by_topic[topic.slug], folder=prefix)
        for alias, topic in former(catalogue.topics).items()
    }
    return pages | {f"{prefix}README.md": index_page(catalogue, folder=prefix)}

"""The build target "pages": a Markdown page for each topic and each former name of one, and the index, for GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.problems import Place, Problem, Severity
from generator.publishing.pages.index import index_page
from generator.publishing.pages.outline import outlines
from generator.publishing.pages.topic_page import moved_page, topic_page
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.names import former, resolved

__all__ = ["LIMIT", "NEAR", "long_pages", "render_pages"]

LIMIT = 512_000
"""Bytes of a Markdown file that GitHub renders; the rest is cut off without notice."""
NEAR = LIMIT * 4 // 5


def render_pages(catalogue: Catalogue, *, folder: str = "lists") -> dict[str, str]:
    """All pages by path (with `/`, under `folder`), with LF line ends; equal catalogues give equal texts."""
    base = folder.strip("/")
    prefix = "" if base in {"", "."} else f"{base}/"
    catalogue = resolved(catalogue)
    topics = {topic.slug: topic for topic in catalogue.topics}
    index, fold = catalogue.collection.title, catalogue.collection.pages.fold
    found = outlines(catalogue)
    pages = {
        f"{prefix}{outline.topic.slug}.md": topic_page(outline, pointers, topics, folder=prefix, index=index, fold=fold)
        for outline, pointers in found
    }
    by_topic = {outline.topic.slug: outline for outline, _ in found}
    pages |= {
        f"{prefix}{alias}.md": moved_page(by_topic[topic.slug], folder=prefix)
        for alias, topic in former(catalogue.topics).items()
    }
    return pages | {f"{prefix}README.md": index_page(catalogue, folder=prefix)}


def long_pages(pages: Mapping[str, str], way_out: str) -> Iterator[Problem]:
    """A warning for each page of at least 80 % of the limit; `pages` are texts by shown path, `way_out` is the hint."""
    for path, text in pages.items():
        size = len(text.encode())
        if size < NEAR:
            continue
        share = f"{size:,} bytes, {size * 100 // LIMIT} % of the {LIMIT:,}"
        if size > LIMIT:
            message = f"{path} has {share} that GitHub shows: its end is cut off there"
        else:
            message = f"{path} has {share} that GitHub shows of a page"
        yield Problem("long-page", Severity.WARNING, message, Place(path), way_out)

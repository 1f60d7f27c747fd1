"""Render a catalogue as Markdown pages: texts by path. Pure."""

from generator.markdown.marker import MARKER, is_rendered
from generator.publishing.pages.index import index_block, with_index
from generator.publishing.pages.render_pages import long_pages, render_pages
from generator.publishing.pages.topic_page import is_moved

__all__ = ["MARKER", "index_block", "is_moved", "is_rendered", "long_pages", "render_pages", "with_index"]

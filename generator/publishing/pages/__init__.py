"""Renderers: a catalogue in, texts by path out, one file per target. No disk, no clock, no network."""

from generator.markdown.marker import MARKER, is_rendered
from generator.publishing.pages.index import index_block, with_index
from generator.publishing.pages.moved import is_moved
from generator.publishing.pages.pages import render_pages

__all__ = ["MARKER", "index_block", "is_moved", "is_rendered", "render_pages", "with_index"]

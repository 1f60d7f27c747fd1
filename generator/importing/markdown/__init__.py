"""A list written in Markdown: its blocks, what each of them is, and the topic they make."""

from generator.importing.markdown.page import read_page

__all__ = ["read_page"]

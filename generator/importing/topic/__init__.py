"""The topic of a page: header, sections with their entries, footer; and what could not be kept, with why."""

from generator.importing.topic.page import explained, read_page

__all__ = ["explained", "read_page"]

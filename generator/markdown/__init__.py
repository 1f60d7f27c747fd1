"""Escape, parse and render Markdown; shared by several packages."""

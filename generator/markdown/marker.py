"""The first line of everything rendered: what lacks it was written by a person, and is never overwritten or removed."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["MARKER", "is_rendered", "marker"]

MARKER = "<!-- rendered from "


def marker(source: str) -> str:
    """The line for what is rendered from one file (or, where the name ends in "/", from all files of a folder)."""
    edit = "those files" if source.endswith("/") else "that file"
    return f"{MARKER}{quote(source, safe='/ ~+')} by Listkeeper; edit {edit}, not this page -->"


def is_rendered(text: str) -> bool:
    """Whether a file's text was rendered by us, judged by its first line alone."""
    return text.removeprefix("\ufeff").startswith(MARKER)

"""The first line of every rendered file; files without it are never overwritten or removed."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["MARKER", "is_rendered", "marker"]

MARKER = "<!-- rendered from "


def marker(source: str) -> str:
    """The line for a file rendered from a source file, or from all files of a folder if `source` ends with "/"."""
    edit = "those files" if source.endswith("/") else "that file"
    return f"{MARKER}{quote(source, safe='/ ~+')} by Listkeeper; edit {edit}, not this page -->"


def is_rendered(text: str) -> bool:
    """Whether a file's text begins with the marker."""
    return text.removeprefix("\ufeff").startswith(MARKER)

"""The files of a new list: templates with placeholders in double braces."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

__all__ = ["starter"]

_FILES = {
    "collection": "collection.yaml",
    "topic": "topic.yaml",
    "readme": "readme.md",
    "contributing": "contributing.md",
    "workflow": "workflow.yml",
    "ignore": "ignore.txt",
}


def starter(name: str, words: Mapping[str, str]) -> str:
    """A template with its placeholders filled in."""
    text = files(__name__).joinpath(_FILES[name]).read_text(encoding="utf-8")
    for key, value in words.items():
        text = text.replace(f"{{{{{key}}}}}", value)
    return text

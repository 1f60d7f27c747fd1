"""Report formats: one pure function each, from a `Report` to text; imported only when used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.results import Report

__all__ = ["FORMATS", "render"]

FORMATS = {
    "text": "generator.reporting.formats.text:render",
    "json": "generator.reporting.formats.json_:render",
    "jsonl": "generator.reporting.formats.jsonl:render",
    "github": "generator.reporting.formats.github:render",
    "sarif": "generator.reporting.formats.sarif:render",
    "codequality": "generator.reporting.formats.codequality:render",
    "junit": "generator.reporting.formats.junit:render",
    "markdown": "generator.reporting.formats.markdown:render",
}
"""Each format's name and its function as "module:function". A new format is a file and a line here."""


def render(report: Report, name: str) -> str:
    """A whole report in one of `FORMATS`, ending in a newline; KeyError for another name."""
    module, _, function = FORMATS[name].partition(":")
    to_text: Callable[[Report], str] = getattr(import_module(module), function)
    return to_text(report)

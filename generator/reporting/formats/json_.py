"""One JSON document. For `check` it is a published contract: `check.schema.json`."""

from __future__ import annotations

import json

from generator.reporting.data import document
from generator.results import Report

__all__ = ["render"]


def render(report: Report) -> str:
    """The report as indented JSON; non-ASCII characters are not escaped."""
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"

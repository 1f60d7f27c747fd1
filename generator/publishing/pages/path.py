"""A topic's reading path: its steps in order, each with the reason for reading it there."""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown.text import line_start, sentence, text
from generator.publishing.pages.entry import named, target
from generator.publishing.pages.outline import Step

__all__ = ["reading_path"]


def reading_path(steps: Iterable[Step], prefix: str = "start") -> tuple[str, str]:
    """The steps as an ordered list, and the destinations of its links, labelled `prefix` and number.

    The entry stands on the page once more, at home; a reference may repeat a link where a link may not (awesome-lint).
    """
    rows, targets = [], []
    for number, step in enumerate(steps, 1):
        shown, url = named(step.entry), target(step.entry)
        if url:
            targets.append(f"[{prefix}-{number}]: {url}")
            shown = f"[{shown}][{prefix}-{number}]"
        reason = text(step.reason)
        rows.append(f"{number}. {line_start(shown)}" + (f" - {sentence(reason)}" if reason else ""))
    return "\n".join(rows), "\n".join(targets)

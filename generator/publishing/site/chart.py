"""An SVG chart of the nights: stacked bars of links that aren't alive, coloured by the style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import count

from generator.publishing.site.model import Night
from generator.publishing.site.strings import Strings
from linkcheck.model import Outcome

__all__ = ["STACK", "chart"]

STACK = (Outcome.DEAD, Outcome.INVALID, Outcome.FAILING, Outcome.BLOCKED, Outcome.MOVED)
"""The outcomes in a bar, from the bottom. Alive links are left out: they are most, and would hide the rest."""

_WIDTH, _HEIGHT = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 12, 28
_MAX_BAR_WIDTH = 44.0
_GRID_STEPS = 4


def chart(nights: Sequence[Night], words: Strings) -> str:
    """The chart, oldest night first, as one image with a text alternative."""
    highest = max((night.of(*STACK) for night in nights), default=0)
    top = _round_up(highest)
    room = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(nights), 1)
    wide = min(step * 0.72, _MAX_BAR_WIDTH)
    parts = []
    for value in range(0, top + 1, top // _GRID_STEPS):
        y = _TOP + room * (1 - value / top)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="axis" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words.number(value)}</text>')
    for index, night in enumerate(nights):
        left, base = _LEFT + step * index + (step - wide) / 2, float(_TOP + room)
        bars = []
        for outcome in STACK:
            tall = room * night.of(outcome) / top
            if tall:
                base -= tall
                bars.append(f'<rect class="{outcome}" x="{left:.1f}" y="{base:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>')
        parts.append(f"<g><title>{escape(_night_text(night, words))}</title>{''.join(bars)}</g>")
    for index in sorted({0, len(nights) - 1}) if nights else ():
        # The first and the last date stay inside the drawing.
        x = _LEFT + step * (index + 0.5)
        end = "middle" if len(nights) == 1 else "end" if index else "start"
        x = x if len(nights) == 1 else _WIDTH - _RIGHT if index else _LEFT
        parts.append(
            f'<text class="axis" x="{x:.1f}" y="{_HEIGHT - 6}" text-anchor="{end}">{escape(words.day(nights[index].day))}</text>'
        )
    label = ""
    if nights:
        label = words("chart_label", nights=words.count("night", len(nights)), last=_night_text(nights[-1], words))
    return f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def _night_text(night: Night, words: Strings) -> str:
    found = ((night.of(outcome), outcome) for outcome in STACK)
    counts = ", ".join(f"{words.number(number)} {words(f'outcome_{outcome}')}" for number, outcome in found if number)
    return f"{words.day(night.day)}: {counts or words('all_alive')}"


def _round_up(number: int) -> int:
    """The smallest number of at least `number` that is four times 1, 2 or 5 times a power of ten."""
    tens = (int(f"1{'0' * size}") for size in count())
    return next(_GRID_STEPS * ten * step for ten in tens for step in (1, 2, 5) if _GRID_STEPS * ten * step >= number)

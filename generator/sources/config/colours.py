"""Colours of the site: read `#rrggbb`, compare with the paper by WCAG 2.2, and find the nearest colour that can be read."""

from __future__ import annotations

import re

__all__ = ["DARK_PAPERS", "LEAST_CONTRAST", "LIGHT_PAPERS", "contrast", "hex_colour", "readable"]

LEAST_CONTRAST = 7.0
"""The contrast ratio of text at level AAA (WCAG 2.2, success criterion 1.4.6)."""
LIGHT_PAPERS = ("#fcfbf9", "#f4f1ec")
DARK_PAPERS = ("#15171b", "#1e2127")
"""The backgrounds of the style sheet: of pages, and of raised boxes."""

_LONG = re.compile(r"#[0-9a-f]{6}$")
_SHORT = re.compile(r"#[0-9a-f]{3}$")
_STEPS = 256


def hex_colour(text: str) -> str | None:
    """A colour as `#rrggbb` in small letters, from that form or `#rgb`; None for anything else."""
    written = text.strip().lower()
    if _SHORT.match(written):
        written = "#" + "".join(2 * digit for digit in written[1:])
    return written if _LONG.match(written) else None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, papers: tuple[str, ...]) -> str:
    """The colour itself if it has `LEAST_CONTRAST` on all papers, else the nearest one towards black, or white on dark papers."""
    end = "#000000" if _luminance(papers[0]) > 0.5 else "#ffffff"
    steps = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((one for one in steps if min(contrast(one, paper) for paper in papers) >= LEAST_CONTRAST), end)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(end), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)

"""GitHub's anchors of headings: lower case, no punctuation, numbered if repeated (as in github-slugger)."""

from __future__ import annotations

from unicodedata import category

__all__ = ["Anchors", "slug"]

_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
# Enclosed letters are symbols by category, but have the property Alphabetic.
_ENCLOSED = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


def slug(title: str) -> str:
    """The anchor of a heading before numbering; "" if it is all punctuation. Each space becomes "-"."""
    return "".join("-" if char == " " else char for char in title.lower() if _counts(char))


def _counts(char: str) -> bool:
    if char in " -" or category(char) in _KEPT:
        return True
    return any(first <= ord(char) <= last for first, last in _ENCLOSED)


class Anchors:
    """Assigns the anchors of one page; headings must be added in order, from the title on."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def add(self, title: str) -> str:
        """The anchor of the page's next heading."""
        first = anchor = slug(title)
        while anchor in self._used:
            self._used[first] += 1
            anchor = f"{first}-{self._used[first]}"
        self._used[anchor] = 0
        return anchor

"""robots.txt (RFC 9309), as far as a program that asks single pages must heed it. Pure.

A group that names Listkeeper is obeyed wholly. Of the group for everybody only `Crawl-delay` counts: asking one page that a person
linked to is not crawling, but doing it slowly is what such a file asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

TOKEN = "listkeeper"  # noqa: S105  # a product token (RFC 9309 section 2.2.1), no secret
_MOST_LINES = 5000
_LONGEST = 500 * 1024


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host's file says to us: seconds between requests (None where it says nothing), and path rules of our own group."""

    delay: float | None = None
    rules: tuple[tuple[bool, str], ...] = ()

    def allows(self, target: str) -> bool:
        """Whether the group that names us lets us ask a path with its query: the longest matching rule, on a tie the allowing one."""
        matching = [(len(pattern), allow) for allow, pattern in self.rules if _matches(pattern, target)]
        return max(matching)[1] if matching else True


def parse(text: str) -> Robots:
    """Read a robots.txt; what isn't understood is passed over, as the RFC asks."""
    groups: list[tuple[set[str], list[tuple[bool, str]], list[float]]] = []
    reading_agents = False
    for line in text[:_LONGEST].splitlines()[:_MOST_LINES]:
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not reading_agents:
                groups.append((set(), [], []))
            groups[-1][0].add(value.lower())
            reading_agents = True
            continue
        reading_agents = False
        if not groups:
            continue
        if name in {"allow", "disallow"} and value:
            groups[-1][1].append((name == "allow", value))
        elif name == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            groups[-1][2].append(float(value))
    ours = [group for group in groups if TOKEN in group[0]]
    everybody = [group for group in groups if "*" in group[0]]
    delays = [delay for group in ours or everybody for delay in group[2]]
    return Robots(max(delays) if delays else None, tuple(rule for group in ours for rule in group[1]))


def _matches(pattern: str, target: str) -> bool:
    """Whether a pattern matches a target from its start; `*` is anything, a last `$` the end (RFC 9309 section 2.2.3).

    Each piece is looked for once, leftmost: as a regular expression, a hostile pattern could take hours.
    """
    path = unquote(target)
    first, *pieces = [unquote(piece) for piece in pattern.removesuffix("$").split("*")]
    if not path.startswith(first):
        return False
    at = len(first)
    last = None
    if pattern.endswith("$"):
        if not pieces:
            return path == first
        last = pieces.pop()
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return last is None or (path.endswith(last) and len(path) - len(last) >= at)

"""The table: what a trustworthy checker says of each variant, night by night. Written down apart from the servers' scripts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("expected.csv")
BEHAVIOURS = tuple(f"B{number}" for number in range(1, 81))
OUTCOMES = frozenset({"alive", "moved", "dead", "blocked", "failing", "invalid", "unchecked"})
DECOYS = 30


@dataclass(frozen=True, slots=True)
class Expected:
    """One row. `nights` holds, for each night in turn, the outcomes that are right (nearly always one); the last holds on.

    `fragment` and `cause` (a word of `linkcheck.model.Trouble`) are "" where the table says nothing of them.
    """

    variant: str
    name: str
    nights: tuple[frozenset[str], ...]
    fragment: str = ""
    cause: str = ""
    why: str = ""

    @property
    def behaviour(self) -> str:
        """The id without the variant."""
        return self.variant.partition(".")[0]

    def on(self, night: int) -> frozenset[str]:
        """The right outcomes on a night, counted from 1."""
        return self.nights[min(night, len(self.nights)) - 1]


def load(table: Path = TABLE) -> dict[str, Expected]:
    """All rows by variant, the decoys among them. Raises ValueError for an unknown word, a repeated row or a missing behaviour."""
    rows: dict[str, Expected] = {}
    with table.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            nights = tuple(frozenset(night.split("|")) for night in row["nights"].split())
            if not nights or not frozenset.union(*nights) <= OUTCOMES:
                raise ValueError(f"{row['variant']}: {row['nights']!r}")
            if row["variant"] in rows:
                raise ValueError(f"{row['variant']} stands there twice")
            rows[row["variant"]] = Expected(row["variant"], row["name"], nights, row["fragment"], row["cause"], row["why"])
    missing = set(BEHAVIOURS) - {each.behaviour for each in rows.values()}
    if missing:
        raise ValueError(f"missing: {', '.join(sorted(missing))}")
    for number in range(1, DECOYS + 1):
        rows[f"D{number:02}"] = Expected(f"D{number:02}", "decoy", (frozenset({"alive"}),), why="a live page")
    return rows

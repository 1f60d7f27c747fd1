"""Duplicates among 100,000 entries, beside a tenth of them: ten times the work is the goal (linear)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from linkcheck.duplicates import clusters
from linkcheck.model import Candidate, Place, Work
from tests.bench import ratio, seconds
from tests.bench.catalogue import WORDS


def many(count: int, seed: int = 1) -> list[Candidate]:
    chance = random.Random(seed)
    names = [f"word{index}" for index in range(5000)]
    return [
        Candidate(
            Place(f"lists/topic-{index % 100}.yaml", index),
            (f"https://example{index % 5000}.org/papers/{index}",),
            Work(
                " ".join([*chance.choices(WORDS, k=4), *chance.choices(names, k=4)]),
                (f"Author{index % 9000}",),
                1990 + index % 35,
            ),
            f"entry{index}",
        )
        for index in range(count)
    ]


def measure() -> Iterator[str]:
    few, all_ = many(10_000), many(100_000)
    yield ratio(
        "duplicates of 100,000 entries",
        seconds(lambda: clusters(all_), 1),
        seconds(lambda: clusters(few), 3),
        13.0,
        yardstick="10,000 entries",
    )

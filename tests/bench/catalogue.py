"""Validate and build of 5,000 generated entries, beside only composing the same YAML with the C loader."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import yaml

from generator.publishing.pages import render_pages
from generator.sources.catalogue.parse import assemble
from tests.bench import ratio, seconds

WORDS = [
    "deep",
    "neural",
    "kernel",
    "optimal",
    "transport",
    "random",
    "matrix",
    "learning",
    "theory",
    "bounds",
    "flow",
    "score",
    "inverse",
    "problem",
    "graph",
]


def topics(entries: int = 5000, each: int = 250, seed: int = 1) -> dict[str, bytes]:
    """Topic files with ten fields an entry, as many as wanted."""
    chance = random.Random(seed)
    files = {}
    for number in range(entries // each):
        lines = [
            "# yaml-language-server: $schema=_topic.schema.json",
            f"title: Topic {number}",
            "description: |",
            "  Some words.",
            "sections:",
        ]
        for index in range(each):
            if index % 50 == 0:
                lines += [f"  - title: Section {index // 50}", "    entries:"]
            key = number * each + index
            title = " ".join(chance.choices(WORDS, k=7)).title()
            lines += [
                f"      - id: entry{key}",
                f'        title: "{title}: a study {key}"',
                f"        url: https://example{key % 700}.org/papers/{key}/index.html?id={key}",
                "        kind: paper",
                f"        authors: [Ada Author{key}, Bo Writer, Cy Scholar]",
                f"        year: {1990 + key % 35}",
                "        venue: Journal of Generated Results",
                f"        description: It shows that {' '.join(chance.choices(WORDS, k=9))}.",
                "        tags: [generated, test]",
                f"        links: {{pdf: https://example{key % 700}.org/pdf/{key}.pdf, code: https://github.com/example{key}/code}}",
            ]
        files[f"lists/topic-{number}.yaml"] = ("\n".join(lines) + "\n").encode()
    return files


def measure() -> Iterator[str]:
    files = topics()
    texts = [data.decode() for data in files.values()]

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    def ours() -> None:
        catalogue, problems = assemble(files, today=date(2026, 11, 21), others=())
        assert not [one for one in problems if one.severity == "error"], problems[:3]
        render_pages(catalogue)

    yield ratio(
        "validate + build of 5,000 entries", seconds(ours, 3), seconds(compose, 3), 4.0, yardstick="composing the same YAML"
    )

"""Import of a list of 5,000 entries with its promises checked, beside mistune's parse of the same text alone."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import mistune

from generator.commands.curation.import_ import Request, import_
from tests.bench import ratio, seconds
from tests.bench.catalogue import WORDS

_ROUNDS = 7


def page(entries: int = 5000, seed: int = 1) -> str:
    """An awesome list in the shapes that real ones mix: described links, papers with labelled links, rows of a table."""
    chance = random.Random(seed)
    lines = ["# Awesome Generated Works", "", "> Works that a generator made up.", ""]
    for key in range(entries):
        if key % 50 == 0:
            lines += ["", f"## Section {key // 50}", "", "Some words about it.", ""]
            shape = (_described, _described, _cited, _row)[key // 50 % 4]
            lines += ["| Name | What | Code |", "| --- | --- | --- |"] if shape is _row else []
        title = " ".join(chance.choices(WORDS, k=6)).title()
        lines.append(shape(key, f"{title} {key}", " ".join(chance.choices(WORDS, k=9))))
    return "\n".join([*lines, ""])


def _described(key: int, title: str, words: str) -> str:
    return f"- [{title}](https://example{key % 700}.org/works/{key}/index.html?id={key}) - It shows `that` {words}."


def _cited(key: int, title: str, _: str) -> str:
    links = f"[[pdf](https://example{key % 700}.org/{key}.pdf)] [[code](https://github.com/example{key}/code)]"
    return f"- **{title}** ({1990 + key % 35}), Ada Author, Bo Writer. {links}"


def _row(key: int, title: str, words: str) -> str:
    return f"| [{title}](https://example{key % 700}.org/{key}/) | {words.capitalize()}. | [code](https://github.com/example{key}/code) |"


def measure() -> Iterator[str]:
    text = page()
    parse = mistune.create_markdown(renderer="ast", plugins=["url", "table", "strikethrough"])
    with tempfile.TemporaryDirectory(prefix="listkeeper-bench-") as name:
        source = Path(name) / "README.md"
        source.write_text(text, encoding="utf-8")
        request = Request((source,), Path(name) / "lists", date(2026, 11, 21))
        _, report = import_(request)
        assert report.counts["entries"] == 5000, report.counts
        assert not report.counts["reported"], report.problems[:3]
        # In turns, and the fastest of each: whatever else the machine does then bears on both.
        pairs = [(seconds(lambda: import_(request), 1), seconds(lambda: parse(text), 1)) for _ in range(_ROUNDS)]
    ours, theirs = map(min, zip(*pairs, strict=True))
    yield ratio("import of 5,000 entries", ours, theirs, 5.0, yardstick="mistune's parse alone")

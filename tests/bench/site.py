"""The site of 5,000 generated entries: all of it beside its Markdown pages, and again after one edit; and a search in a browser."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from generator.commands.serve import SiteRenderer
from generator.publishing.data import bibtex, render_data
from generator.publishing.data.export_set import export_sets
from generator.publishing.pages import render_pages
from generator.publishing.site import render_site
from generator.sources.catalogue.parse import assemble
from tests.bench import ratio, seconds
from tests.bench.catalogue import topics

TODAY = date(2026, 11, 21)
FIRST_VIEW = ("index.html", "assets/site.css", "assets/page.js", "assets/words.js", "assets/search.js")
_KEY = 50
"""Milliseconds from a key to its results that a reader doesn't notice, similar words looked up."""
_QUERIES = (
    "d",
    "deep",
    "deep kernel",
    "author12",
    "transport random matrix study 4",
    "optmal transprot",
    '"deep kernel" zebra',
)
_FIRST_RESULT = 150


def measure() -> Iterator[str]:
    catalogue, _ = assemble(topics(), today=TODAY)
    entries = next(export_sets(catalogue, {})).entries
    ways = (render_site, render_pages, partial(render_data, folder=""), lambda _: list(map(bibtex.row, entries)))
    # In turns, and the fastest of each: whatever else the machine does then bears on all.
    rounds = [[seconds(partial(way, catalogue), 1) for way in ways] for _ in range(9)]
    whole, markdown, data, records = map(min, zip(*rounds, strict=True))
    files = render_site(catalogue)
    size = sum(len(text.encode()) for path, text in files.items() if path.startswith("data/")) / 1e6
    # The data files are not pages: they are counted apart, as `build --to data` makes them, and the sum is told. The BibTeX records
    # count for the pages as well, which show them.
    yield ratio("whole site of 5,000 entries", whole - data + records, markdown, 4.0, yardstick="its Markdown pages")
    yield f"  and its data files ({size:.0f} MB): {data:.2f} s, so {whole:.2f} s together, {whole / markdown:.1f} times the Markdown pages"
    first = sum(len(gzip.compress(files[path].encode())) for path in FIRST_VIEW) / 1000
    yield f"first view of it: {first:.0f} kB compressed; goal 60 kB: {'met' if first <= 60 else 'MISSED'}"
    yield from _rebuild()
    yield from _search(files)


def _rebuild() -> Iterator[str]:
    """What `serve` does: read the folder, render, all of it and then after an edit."""
    with tempfile.TemporaryDirectory(prefix="listkeeper-bench-") as name:
        folder = Path(name) / "lists"
        folder.mkdir()
        for path, data in topics().items():
            (Path(name) / path).write_bytes(data)
        source = folder / "topic-3.yaml"
        before = source.read_text(encoding="utf-8")
        draft = SiteRenderer(folder)
        turns = iter(range(1000))

        def edited() -> None:
            source.write_text(before.replace("a study 760", f"a study again {next(turns)}"), encoding="utf-8")
            draft.render(TODAY)

        full = seconds(lambda: SiteRenderer(folder).render(TODAY), 5)
        draft.render(TODAY)
        yield ratio("rebuild after one changed entry", seconds(edited, 5), full, 0.5, yardstick="reading and rendering all")


def _search(files: dict[str, str]) -> Iterator[str]:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        yield "search in 5,000 entries: not measured, Chromium is missing here"
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="listkeeper-bench-") as name, sync_playwright() as playwright:
        for path in (*FIRST_VIEW, "assets/search-data.js"):
            (Path(name) / path).parent.mkdir(exist_ok=True)
            (Path(name) / path).write_text(files[path], encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page()
        times = []
        for _ in range(5):
            page.goto(f"{Path(name).as_uri()}/index.html")
            times.append(page.evaluate(_FIRST))
        first = sorted(times)[2]
        yield (
            f"first result in 5,000 entries, with loading them: {first:.0f} ms; goal {_FIRST_RESULT} ms: "
            f"{'met' if first <= _FIRST_RESULT else 'MISSED'}"
        )
        spent = max(page.evaluate(_TYPE, query) for query in _QUERIES)
        yield f"search in 5,000 entries: {spent:.1f} ms at most; goal {_KEY} ms: {'met' if spent <= _KEY else 'MISSED'}"
        browser.close()


_FIRST = """async () => {
  const input = document.querySelector("input[type=search]");
  const begun = performance.now();
  input.value = "study";
  input.dispatchEvent(new Event("input"));
  while (!document.querySelector(".hits .title")) await new Promise((resolve) => { setTimeout(resolve, 1); });
  return performance.now() - begun;
}"""

_TYPE = """(query) => {
  const input = document.querySelector("input[type=search]");
  const spent = [];
  for (let turn = 0; turn < 9; turn += 1) {
    input.value = query + " ".repeat(turn);
    const begun = performance.now();
    input.dispatchEvent(new Event("input"));
    spent.push(performance.now() - begun);
  }
  return spent.sort((one, other) => one - other)[4];
}"""

"""CSV, read back by the standard library, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from generator.publishing.data import render_data
from generator.publishing.data.csv_ import columns
from tests.publishing.data.evil import evil
from tests.publishing.samples import catalogue, entry, topic


def rows(lists, name="all"):
    return list(csv.DictReader(io.StringIO(render_data(lists)[f"lists/data/{name}.csv"]), strict=True))


def test_every_row_has_every_column_and_is_one_line():
    text = render_data(evil())["lists/data/all.csv"]
    assert len(text.splitlines()) == 1 + sum(1 for _ in evil().entries())
    assert all(set(row) == set(columns()) and None not in row.values() for row in rows(evil()))


def test_no_cell_is_a_formula():
    cells = [cell for row in rows(evil()) for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r|%" and cell]
    assert any(cell.startswith("'=HYPERLINK(") for cell in cells)
    assert any(cell.startswith("'@SUM") for cell in cells)


@pytest.mark.parametrize("title", ['comma, "quotes" and ; semicolons', "Łukasz 深層学習 🚀", "a 'quoted' = sign"])
def test_harmless_text_comes_back_as_it_was(title):
    (row,) = rows(catalogue(topic("t", entries=[entry(title, "https://example.org/?a=1,2")])))
    assert (row["title"], row["url"], row["topic"], row["year"]) == (title, "https://example.org/?a=1,2", "t", "")


def test_several_values_and_sections_share_a_cell():
    row = next(row for row in rows(evil()) if row["id"] == "text-9")
    assert row["authors"].startswith("Peyré, Gabriel; van den Oord, Aäron; ")
    assert row["links"].endswith("code: https://example.org/code")
    assert row["section"] == "Kinds / \\input{/etc/passwd} \\write18{rm}"

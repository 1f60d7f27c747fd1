"""Each format against its golden file. `LISTKEEPER_REWRITE=1` rewrites the files; then read the diff."""

import os
from pathlib import Path

import pytest

from generator.reporting import FORMATS, render
from tests.reporting.samples import build, night

GOLDEN = Path(__file__).parent / "golden"
CASES = [(f"{name}.{case.__name__}", name, case) for name in FORMATS for case in (night, build)]


@pytest.mark.parametrize(("file", "name", "case"), CASES, ids=[case[0] for case in CASES])
def test_formats_match_their_golden_files(file, name, case):
    golden = GOLDEN / f"{file}.txt"
    text = render(case(), name)
    if os.environ.get("LISTKEEPER_REWRITE") == "1":
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_golden_belongs_to_a_case():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{file}.txt" for file, _, _ in CASES}

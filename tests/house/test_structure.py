"""Every code that a problem carries is explained."""

from __future__ import annotations

import re
from pathlib import Path

from generator.reporting.explanations import explain, known_codes

ROOT = Path(__file__).parents[2]


def test_every_code_is_explained():
    used = set()
    for path in (ROOT / "generator").rglob("*.py"):
        used |= set(re.findall(r'Problem\(\s*"([a-z]+(?:-[a-z]+)+)"', path.read_text(encoding="utf-8")))
    assert used, "codes are found"
    assert used <= set(known_codes())
    assert all(explain(code) for code in known_codes())

"""Parsing and comparing names of authors."""

from __future__ import annotations

import pytest

from linkcheck.duplicates.people import Person, people


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Gabriel Peyré", [Person("peyre", "g")]),
        ("Peyré, Gabriel", [Person("peyre", "g")]),
        ("Madonna", [Person("madonna", "")]),
        ("Marco Cuturi et al.", [Person("cuturi", "m")]),
        ("Marco Cuturi, et  al", [Person("cuturi", "m")]),
        ("Marco Cuturi and others", [Person("cuturi", "m")]),
        ("Marco Cuturi & others", [Person("cuturi", "m")]),
        ("Marco Cuturi u. a.", [Person("cuturi", "m")]),
        ("et al.", []),
        ("Jose Bothers", [Person("bothers", "j")]),
        ("Marco" + " " * 20_000 + "Cuturi", [Person("cuturi", "m")]),
    ],
)
def test_names_are_folded_without_et_al(written, folded):
    assert list(people((written,))) == folded

"""Names of authors, as evidence for one work."""

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
def test_a_name_is_folded_and_what_stands_for_others_left_out(written, folded):
    assert list(people((written,))) == folded

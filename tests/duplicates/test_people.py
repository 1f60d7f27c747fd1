"""Parsing and comparing names of authors."""

from __future__ import annotations

import pytest

from linkcheck.duplicates.people import Agreement, Person, agreement, people


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


A, B, C, D = "Ann Lee", "Bob Ray", "Cai Wu", "Dora Day"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((A, B), (A, C), Agreement.GOOD),
        ((A, B), ("A. Lee",), Agreement.GOOD),
        ((A, B), (B, A), Agreement.GOOD),
        ((A, B, C), (B, C, A, D), Agreement.GOOD),
        ((A, B, C), (B, C, D), Agreement.GOOD),
        ((A, B, C), (B, D), Agreement.SOME),
        ((A, B), (C, B), Agreement.SOME),
        ((A, B, C, D), (B,), Agreement.SOME),
        ((A,), (B,), Agreement.NONE),
        ((A,), ("Bo Lee",), Agreement.NONE),
        ((A,), (), Agreement.UNKNOWN),
        ((), (A,), Agreement.UNKNOWN),
    ],
)
def test_first_authors_or_half_of_all_agree(one, other, found):
    assert agreement(people(one), people(other)) is found

"""Bare URLs end where GitHub's parser ends them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.publishing.pages.readers import by_github, by_mistune

PIECES = st.sampled_from((
    " https://example.org/", " (https://example.org/", " www.example.org", " (www.example.org/", "x", "y_z", "(", ")", ".", ",", "*", "**", "_", "~", "'", '"', ";", ":", "!", "?", "&x;", "&", "/", "=",
))  # fmt: skip


@settings(max_examples=1500, derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES, min_size=1, max_size=9).map("".join))
@example(" https://example.org/Foo_(bar).")
@example(" (https://example.org/Foo_(bar))")
@example(" **https://example.org/**")
def test_a_bare_url_ends_as_on_github(text):
    # GitHub's parser ignores an underscore in a host name where it is the last character of a paragraph.
    assume(not re.search(r"www\.[\w.-]*_$", text))
    (ours,), _ = by_mistune(f"see{text}")
    (theirs,), _ = by_github(f"see{text}")
    assert [url for _, url in ours.links] == [url for _, url in theirs.links]


@pytest.mark.parametrize("tail", ["(", ")", ").", "&a;", ".", "https://"])
def test_long_urls_take_linear_time(tail):
    by_mistune("https://example.org/" + tail * 20_000)

"""Exceptions of a policy, by URL."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck.engine.targets import with_exceptions
from linkcheck.model import Excuse, Link, Place
from linkcheck.policy import LinkRule

RULES = (
    LinkRule("https://e.org/a", "exact"),
    LinkRule("https://e.org/*", "pattern", ("blocked",), date(2027, 1, 31)),
    LinkRule("https://f.org/?q=[1]", "signs"),
    LinkRule("https://f.org/?r=[*", "signs and text"),
    LinkRule("x.md", "beside", folder="docs"),
)


@pytest.mark.parametrize(
    ("url", "path", "reason"),
    [
        ("https://e.org/a", "a.md", "exact"),
        ("https://e.org/a#part", "a.md", "exact"),
        ("https://e.org/b", "lists/a.yaml", "pattern"),
        ("https://e.org", "a.md", None),
        ("https://f.org/?q=[1]", "a.md", "signs"),
        ("https://f.org/?q=1", "a.md", None),
        ("https://f.org/?r=[2]", "a.md", "signs and text"),
        ("https://f.org/xr=[2]", "a.md", None),
        ("x.md", "docs/a.md", "beside"),
        ("x.md", "docs/sub/a.md", None),
        ("x.md", "a.md", None),
    ],
)
def test_a_rule_covers_links_by_url_and_folder(url, path, reason):
    (link,) = with_exceptions([Link(url, Place(path, 1))], RULES)
    assert (link.excuse.reason if link.excuse else None) == reason


def test_a_links_own_exception_counts_first():
    own = Excuse(("dead",), "mine")
    (link,) = with_exceptions([Link("https://e.org/a", Place("a.yaml"), excuse=own)], RULES)
    assert link.excuse == own

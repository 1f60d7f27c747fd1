"""What a robots.txt says to us."""

from __future__ import annotations

import pytest

from linkcheck.engine.pacing.robots import parse


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("", None),
        ("User-agent: *\nCrawl-delay: 5", 5.0),
        ("user-agent: *\ncrawl-delay: 2.5 # please\n", 2.5),
        ("User-agent: other\nCrawl-delay: 9", None),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: Listkeeper\nCrawl-delay: 1", 1.0),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("Crawl-delay: 5", None),
        ("<html>not a robots file: at all</html>", None),
    ],
)
def test_crawl_delay(text, delay):
    assert parse(text).delay == delay


@pytest.mark.parametrize(
    ("text", "target", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/x", True),
        ("User-agent: Listkeeper\nDisallow: /", "/x", False),
        ("User-agent: a\nUser-agent: listkeeper\nDisallow: /private", "/private/x", False),
        ("User-agent: a\nUser-agent: listkeeper\nDisallow: /private", "/public", True),
        ("User-agent: Listkeeper\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: Listkeeper\nDisallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("User-agent: Listkeeper\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: Listkeeper\nDisallow: /*.pdf$", "/x/y.pdf?v=1", True),
        ("User-agent: Listkeeper\nDisallow: /%7Ejoe", "/~joe/", False),
        ("User-agent: Listkeeper\nDisallow:", "/x", True),
        ("User-agent: Listkeeper\nDisallow: /*/b*c$", "/a/bc", False),
        ("User-agent: Listkeeper\nDisallow: /a*a$", "/a", True),
        ("User-agent: Listkeeper\nDisallow: /a$", "/a/", True),
        ("User-agent: Listkeeper\nDisallow: " + "*a" * 50, "/" + "a" * 5000, False),
        ("User-agent: Listkeeper\nDisallow: /" + "*a" * 19 + "$", "/" + "a" * 5000 + "b", True),
    ],
)
def test_only_a_group_that_names_us_forbids(text, target, allowed):
    assert parse(text).allows(target) is allowed

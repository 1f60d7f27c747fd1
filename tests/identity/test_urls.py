"""Parsing, comparing, resolving and displaying URLs."""

import pytest

from linkcheck.urls import compare_key, display, fetch_key, host_key, join, normalise, split, web
from linkcheck.urls.comparing import anchor


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "fragment"),
    [
        ("https://e.org", "e.org", 443, b"/", ""),
        ("HTTP://E.org:080/", "e.org", 80, b"/", ""),
        ("http://e.org?q", "e.org", 80, b"/?q", ""),
        ("http://e.org/?", "e.org", 80, b"/?", ""),
        ("http://e.org:8080/a%2Fb%2f/../c;d+e", "e.org", 8080, b"/a%2Fb%2f/../c;d+e", ""),
        ("https://e.org/a b?c d#e f", "e.org", 443, b"/a%20b?c%20d", "e f"),
        ("https://e.org/é?ü=ß", "e.org", 443, b"/%C3%A9?%C3%BC=%C3%9F", ""),
        ("https://e.org/%zz|[x]{y}\"<>^`'", "e.org", 443, b"/%zz|[x]%7By%7D%22%3C%3E%5E%60'", ""),
        ("https://e.org/?%zz|[x]{y}\"<>^`'", "e.org", 443, b"/?%zz|[x]%7By%7D%22%3C%3E%5E%60%27", ""),
        ("https://e.org/a%7Bb%7d/$(x)!*,;=:@~_", "e.org", 443, b"/a%7Bb%7d/$(x)!*,;=:@~_", ""),
        ("https://e.org/a\\b?c\\d", "e.org", 443, b"/a/b?c\\d", ""),
        ("https://e.org/a\u00a0b?c\u3000d", "e.org", 443, b"/a%C2%A0b?c%E3%80%80d", ""),
        ("https://e.org/a\u00a0", "e.org", 443, b"/a", ""),
        ("https://e.org/a?b=c\u2009\u00a0", "e.org", 443, b"/a?b=c", ""),
        ("https://faß.de/", "xn--fa-hia.de", 443, b"/", ""),
        ("https://☃.net/", "xn--n3h.net", 443, b"/", ""),
        ("https://A_b.example/", "a_b.example", 443, b"/", ""),
        ("https://E%78ample.org/", "example.org", 443, b"/", ""),
        ("http://[2001:DB8:0::1]:81/", "2001:db8::1", 81, b"/", ""),
        ("http://0x7f.1/", "127.0.0.1", 80, b"/", ""),
        ("https://e.org/\ud800", "e.org", 443, b"/%EF%BF%BD", ""),
    ],
)
def test_split_gives_what_is_sent(url, host, port, target, fragment):
    parts = split(url)
    assert (parts.ascii_host, parts.port, parts.target, parts.fragment) == (host, port, target, fragment)


@pytest.mark.parametrize(
    ("url", "netloc"),
    [
        ("https://E.org:443/", "e.org"),
        ("https://e.org:80/", "e.org:80"),
        ("http://[::1]:80/", "[::1]"),
        ("http://[::1]:81/", "[::1]:81"),
    ],
)
def test_netloc_is_the_value_of_the_host_header(url, netloc):
    assert split(url).netloc == netloc


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTPS://E.org:443#a", "https://e.org/"),
        ("https://e.org/%2f", "https://e.org/%2f"),
        ("https://e.org/%2F", "https://e.org/%2F"),
        ("https://e.org/a/../b", "https://e.org/a/../b"),
        ("https://e.org/A?B=c&b#x", "https://e.org/A?B=c&b"),
        ("https://e.org/?", "https://e.org/?"),
        ("https://e.org/%7Ea", "https://e.org/%7Ea"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("mailto:a@e.org", "mailto:a@e.org"),
        ("https://", "https://"),
    ],
)
def test_fetch_keys_keep_every_byte_that_may_matter(url, key):
    assert fetch_key(url) == key
    assert fetch_key(key) == key


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://E.ORG:80", "http://e.org/"),
        ("http://e.org/%7ea%2f%c3%a9", "http://e.org/~a%2F%C3%A9"),
        ("http://e.org/é ü", "http://e.org/%C3%A9%20%C3%BC"),
        ("http://e.org/a/./b/../c/..", "http://e.org/a/"),
        ("http://e.org/a/%2E%2e/b", "http://e.org/b"),
        ("http://e.org/../../a", "http://e.org/a"),
        ("http://e.org//a//b", "http://e.org//a//b"),
        ("http://e.org/a+b;c", "http://e.org/a+b;c"),
        ("http://e.org/%zz%", "http://e.org/%25zz%25"),
        ("http://e.org/%%341", "http://e.org/%2541"),
        ("http://e.org/?b&a#x", "http://e.org/?b&a"),
        ("http://[::0001]/", "http://[::1]/"),
        ("mailto:A@e.org", "mailto:A@e.org"),
        ("http://a..b/", "http://a..b/"),
    ],
)
def test_normalisation_of_rfc_3986(url, normal):
    assert normalise(url) == normal


def test_normalisation_can_keep_the_fragment():
    assert normalise("http://e.org/#a%7E", fragment=True) == "http://e.org/#a~"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://e.org/a", "https://www.e.org/a/", True),
        ("http://e.org/a/index.html", "http://e.org/a", True),
        ("http://e.org/Default.aspx", "http://e.org", True),
        ("http://e.org/?utm_source=a&id=3&gclid=4", "http://e.org/?id=3", True),
        ("http://e.org/?UTM_Source=a", "http://e.org", True),
        ("http://e.org./", "http://e.org/", True),
        ("http://e.org/a#b", "http://e.org/a#c", True),
        ("http://e.org/#/a", "http://e.org/#/b", False),
        ("http://e.org/?id=3", "http://e.org/?id=4", False),
        ("http://e.org/?v=A", "http://e.org/?v=a", False),
        ("http://e.org/?a&b", "http://e.org/?b&a", False),
        ("http://e.org/?ref=main", "http://e.org/", False),
        ("http://e.org/myindex.html", "http://e.org/my", False),
        ("http://e.org/A", "http://e.org/a", False),
        ("http://www.org/", "http://org/", False),
        ("http://e.org:8080/", "http://e.org/", False),
    ],
)
def test_compare_keys_of_two_urls(one, other, same):
    assert (compare_key(one) == compare_key(other)) is same


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://e.org/#a", "a"),
        ("http://e.org/", ""),
        ("http://e.org/#", ""),
        ("http://e.org/#top", ""),
        ("http://e.org/#:~:text=a", ""),
        ("http://e.org/#/r", ""),
    ],
)
def test_anchors(url, place):
    assert anchor(url) == place


BASE = "https://e.org/a/b/c?q=1#part"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("https://f.org/x", "https://f.org/x#part"),
        ("//f.org", "https://f.org/#part"),
        ("/x", "https://e.org/x#part"),
        ("x", "https://e.org/a/b/x#part"),
        ("../x", "https://e.org/a/x#part"),
        ("../../../x", "https://e.org/x#part"),
        ("%2e%2E/x", "https://e.org/a/x#part"),
        ("?z", "https://e.org/a/b/c?z#part"),
        ("#other", "https://e.org/a/b/c?q=1#other"),
        ("/x#", "https://e.org/x"),
        (" /x y\t\r\n", "https://e.org/x%20y#part"),
        ("/a\nb", "https://e.org/ab#part"),
        ("/é", "https://e.org/%C3%A9#part"),
        ('/{id}/"x"<y>`z`^?q={1}"2"', "https://e.org/%7Bid%7D/%22x%22%3Cy%3E%60z%60%5E?q=%7B1%7D%222%22#part"),
        ("/%7Bid%7D", "https://e.org/%7Bid%7D#part"),
        ("/a\u00a0b", "https://e.org/a%C2%A0b#part"),
        ("\\x\\y?a\\b", "https://e.org/x/y?a\\b#part"),
        ("\\\\f.org\\x", "https://f.org/x#part"),
        ("http:///f.org/x", "http://f.org/x#part"),
        ("https:x", "https://e.org/a/b/x#part"),
        ("http:f.org", "http://f.org/#part"),
        ("HTTPS://F.org:443/%2f", "https://f.org/%2f#part"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/#part"),
        ("https://ann:pw@f.org/", "https://f.org/#part"),
        ("./a:b", "https://e.org/a/b/a:b#part"),
        ("http://127.0.0.1/", "http://127.0.0.1/#part"),
        ("", None),
        (" \n", None),
        ("ftp://f.org/", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://a..b/", None),
        ("https://f.org:99999/", None),
        ("/" + "a" * 40_000, None),
    ],
)
def test_a_location_is_resolved_as_in_browsers(location, target):
    assert join(BASE, location) == target


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.cs.ox.ac.uk", "ox.ac.uk"),
        ("a.b.example.com", "example.com"),
        ("ann.github.io", "ann.github.io"),
        ("x.ann.github.io", "ann.github.io"),
        ("github.io", "github.io"),
        ("a.example.test", "example.test"),
        ("WWW.Bücher.de.", "xn--bcher-kva.de"),
        ("127.0.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_registrable_domains(host, key):
    assert host_key(host) == key


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://people.csail.mit.edu/madry/6.883/", "people.csail.mit.edu: madry/6.883"),
        ("https://www.deeplearningbook.org/", "deeplearningbook.org"),
        ("https://e.org/a/index.html", "e.org: a"),
        ("https://en.wikipedia.org/wiki/Kurt_G%C3%B6del", "en.wikipedia.org: wiki/Kurt_Gödel"),
        ("https://www.youtube.com/watch?v=abc&utm_source=x", "youtube.com: watch?v=abc"),
        ("https://e.org:8080/?id=3", "e.org:8080: ?id=3"),
        ("https://e.org/%E9/x", "e.org: %E9/x"),
        ("https://e.org/a%0Ab%E2%80%AEc", "e.org: a%0Ab%E2%80%AEc"),
        ("https://e.org/" + "part/" * 20 + "end", "e.org: …/" + "part/" * 9 + "end"),
        ("mailto:ann@e.org", "mailto:ann@e.org"),
    ],
)
def test_displayed_urls(url, shown):
    assert display(url) == shown


def test_only_http_and_https_are_web_links():
    assert web("HTTP://e.org")
    assert web("https:e.org")
    assert not web("httpx://e.org")
    assert not web("ftp://e.org")

"""Properties that hold for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.duplicates import clusters
from linkcheck.duplicates.titles import fold, title_nearness
from linkcheck.identity import arxiv, doi, identify
from linkcheck.model import Candidate, Place, Work
from linkcheck.urls import compare_key, display, fault, fetch_key, host_key, join, normalise, scheme_note, split, web

PIECES = st.sampled_from([
    "http", "https", "://", ":", "//", "/", "?", "#", "@", "[", "]", "%", "%2e", "%C3%A9", "%zz", "..", ".", "\\", " ", "\t", "\n", "\x00", "e.org",
    "www.", "127.0.0.1", "0x7f", "[::1]", ":80", ":99999", "é", "☃", "ß", "\u202e", "\u200b", "\ud800", "arxiv.org", "/abs/", "1706.03762", "doi.org",
    "10.1000/a", "utm_a=b", "&", "=", "index.html", "a", "A", "1", "。",
])  # fmt: skip
URLS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=10).map(lambda parts: "https://e.org" + "".join(parts)),
    st.text(),
)
LAWS = settings(max_examples=400, deadline=None, derandomize=True, database=None)


@LAWS
@given(URLS, URLS)
def test_no_function_raises(one, other):
    for function in (
        fault,
        scheme_note,
        web,
        split,
        fetch_key,
        normalise,
        compare_key,
        host_key,
        display,
        identify,
        doi,
        arxiv,
        fold,
    ):
        function(one)
    join(one, other)
    title_nearness(fold(one), fold(other))
    clusters(
        [Candidate(Place("a"), (one,), Work(one, (other,), 1, one, other)), Candidate(Place("b"), (other, one), Work(other))]
    )


@LAWS
@given(URLS)
def test_normal_forms_are_idempotent(url):
    assert normalise(normalise(url)) == normalise(url)
    assert normalise(normalise(url, fragment=True), fragment=True) == normalise(url, fragment=True)
    assert fetch_key(fetch_key(url)) == fetch_key(url)
    for read in (doi, arxiv):
        found = read(url)
        assert found is None or read(found) == found


@LAWS
@given(URLS)
def test_a_valid_url_can_be_sent_unchanged(url):
    if web(url) and fault(url) is None:
        parts = split(url)
        assert parts.ascii_host.isascii()
        assert parts.ascii_host
        assert 0 < parts.port < 65536
        assert parts.target.startswith(b"/")
        assert all(0x21 <= byte <= 0x7E for byte in parts.target)
        assert fault(fetch_key(url)) is None
        assert fetch_key(normalise(url)) == normalise(url)


@LAWS
@given(URLS)
def test_a_repair_has_no_fault(url):
    found = fault(url)
    assert found is None or not found.repair or fault(found.repair) is None


@LAWS
@given(URLS)
def test_a_redirect_gives_a_valid_or_private_url(location):
    target = join("https://e.org/a/b?c#d", location)
    found = target and fault(target)
    assert not found or found.code == "private-address"


@LAWS
@given(URLS)
def test_a_displayed_url_is_one_printable_line(url):
    shown = display(url)
    assert len(shown) <= 60
    assert shown.isprintable()

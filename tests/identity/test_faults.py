"""Faults of URLs and their repairs."""

import sys
from ipaddress import ip_network
from subprocess import run

import pytest

from linkcheck.urls import FAULTS, fault, scheme_note

MENDED = {
    "htp://e.org/a": ("mistyped-scheme", "http://e.org/a"),
    "ttp://e.org/a": ("mistyped-scheme", "http://e.org/a"),
    "htttps://e.org": ("mistyped-scheme", "https://e.org"),
    "hxxps://e.org": ("mistyped-scheme", "https://e.org"),
    "https//e.org/a": ("mistyped-scheme", "https://e.org/a"),
    "http:/e.org/a": ("mistyped-scheme", "http://e.org/a"),
    "https:e.org/a": ("mistyped-scheme", "https://e.org/a"),
    "http;//e.org": ("mistyped-scheme", "http://e.org"),
    "https:://e.org": ("mistyped-scheme", "https://e.org"),
    "HTTPS//e.org": ("mistyped-scheme", "https://e.org"),
    "http://https://e.org/a": ("mistyped-scheme", "https://e.org/a"),
    "https://https//e.org": ("mistyped-scheme", "https://e.org"),
    "http s://e.org": ("space-in-url", "https://e.org"),
    "https:// e.org/a": ("space-in-url", "https://e.org/a"),
    " https://e.org/a ": ("space-in-url", "https://e.org/a"),
    "https://e.org/my notes.pdf": ("space-in-url", "https://e.org/my%20notes.pdf"),
    "https://e.org/a\tb": ("control-character", "https://e.org/ab"),
    "https://e.org/\u200b": ("control-character", "https://e.org/"),
    "\ufeffhttps://e.org/": ("control-character", "https://e.org/"),
    "https://e.org/\u202egpj": ("control-character", "https://e.org/gpj"),
    "\u00a0https://e.org/": ("space-in-url", "https://e.org/"),
    "https://e.org/a b\u00a0c": ("space-in-url", "https://e.org/a%20b%C2%A0c"),
    "www.e.org/a": ("missing-scheme", "https://www.e.org/a"),
    "<https://e.org/a>": ("malformed-url", "https://e.org/a"),
    "[paper](https://e.org/a_(b))": ("malformed-url", "https://e.org/a_(b)"),
    '"https://e.org/a"': ("malformed-url", "https://e.org/a"),
    "https:\\\\e.org\\a": ("mistyped-scheme", "https://e.org/a"),
    "https://e.org\\a?b\\c": ("malformed-url", "https://e.org/a?b\\c"),
    "http:///e.org/a": ("empty-host", "http://e.org/a"),
    "https://e.org.,/a": ("bad-host", "https://e.org/a"),
    "https://ann:secret@e.org/": ("userinfo", "https://e.org/"),
}
HOPELESS = {
    "": "empty-url",
    "  \n": "empty-url",
    "https://": "empty-host",
    "https://?q": "empty-host",
    "https://:80/": "empty-host",
    "https://user@/": "empty-host",
    "http://ex ample.org/": "space-in-url",
    "http://ex\u00a0ample.org/": "space-in-url",
    "http://e.org/a http://e.org/b": "space-in-url",
    "http://e.org/a (pdf)": "space-in-url",
    "see section 3": "space-in-url",
    "http://e.org/long\n  name": "control-character",
    "http://e.org/a\nhttp://e.org/b": "control-character",
    "http://e.org:99999/": "bad-port",
    "http://e.org:0/": "bad-port",
    "http://e.org:8a/": "bad-port",
    "http://e.org:٨٠/": "bad-port",
    "http://a..b/": "bad-host",
    "http://.e.org/": "bad-host",
    "http://-/": "bad-host",
    "http://e*.org/": "bad-host",
    "http://e%00.org/": "bad-host",
    "http://e%2eorg%2fa/": "bad-host",
    "http://℀.org/": "bad-host",
    "http://1.2.3.4.5/": "bad-host",
    "http://256.1.1.1/": "bad-host",
    "http://e.09/": "bad-host",
    f"http://{'a' * 64}.org/": "bad-host",
    f"http://{'a.' * 127}org/": "bad-host",
    "http://[::1/": "bad-brackets",
    "http://e.org]/": "bad-brackets",
    "http://[::1]x/": "bad-brackets",
    "http://[zz]/": "bad-host",
    "http://[fe80::1%25eth0]/": "bad-host",
    "https://e.org/\ud800": "malformed-url",
    "https://e.org/" + "a" * 40_000: "url-too-long",
}
PRIVATE = [
    "http://localhost/", "http://LOCALHOST:8080/x", "http://a.localhost/", "http://localhost./", "http://127.0.0.1/", "http://127.1/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127%2e0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://0/",
    "http://10.0.0.1./", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest", "http://100.64.0.1/", "http://224.0.0.1/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:a00:1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[fec0::1]/",
    "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b:1::1]/", "http://[ff02::1]/", "http://user@127.0.0.1/",
]  # fmt: skip
GOOD = [
    "https://e.org", "HTTPS://E.ORG/", "http://e.org:8080/a?b#c", "http://e.org:/", "https://a_b.example.org/", "https://-a.example.org/", "https://xn--n3h.net/",
    "https://☃.net/", "https://faß.de/", "https://例え.テスト/パス?クエリ=値", "https://e.org/%zz", "https://e.org/a|b[c]{d}", "https://e.org//a//b", "https://e.org./",
    "https://e.org/@ann:b", "https://e.org/?u=http://f.org/", "https://web.archive.org/web/2019/http://e.org/", "http://8.8.8.8/", "http://134744072/", "http://[2606:4700::1]/",
    "https://http.cat/404", "https://www.e.org/", "https://ai/", "https://e.org/\u200c\u0646",
    "https://e.org/a\u00a0b", "https://e.org/a\u00a0", "https://e.org/?q=a\u3000b\u202f",
]  # fmt: skip
NO_WEB = {
    "mailto:ann@e.org?subject=a b": "a mail address",
    "tel:+41 1": "a telephone number",
    "ftp://e.org/a": "a file by FTP",
    "javascript:alert(1)": "a script",
    "doi:10.1000/a": "a DOI",
    "#anchor": "an anchor",
    "./a.md": "a relative path",
    "/a/b": "a relative path",
    "../a?b": "a relative path",
    "page.html": "a relative path",
    "https/a": "a relative path",
    "http-notes/a.md": "a relative path",
    "e.org:8080/a": "a relative path",
    "//e.org/a": "a URL without a scheme",
    "git@github.com:ann/odes.git": "an address for git",
    "C:\\notes\\a.pdf": "a local file",
    "ann@e.org": "a mail address",
    "steam://run/1": 'a link with the scheme "steam"',
}


@pytest.mark.parametrize("url", MENDED)
def test_faults_with_a_repair(url):
    code, repair = MENDED[url]
    found = fault(url)
    assert found.code == code
    assert found.repair == repair
    assert repair in found.hint
    assert fault(repair) is None


@pytest.mark.parametrize("url", HOPELESS)
def test_faults_without_a_repair(url):
    found = fault(url)
    assert (found.code, found.repair) == (HOPELESS[url], "")
    assert found.hint


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_found_in_every_spelling(url):
    assert fault(url).code == "private-address"


@pytest.mark.parametrize(
    ("url", "network", "code"),
    [
        ("http://127.0.0.1:8000/", "127.0.0.0/8", None),
        ("http://2130706433/", "127.0.0.0/8", None),
        ("http://localhost/", "127.0.0.0/8", None),
        ("http://localhost/", "::1/128", None),
        ("http://[::1]/", "::1/128", None),
        ("http://[::ffff:10.1.2.3]/", "10.0.0.0/8", None),
        ("http://10.1.2.3/", "127.0.0.0/8", "private-address"),
        ("http://localhost/", "10.0.0.0/8", "private-address"),
    ],
)
def test_allowed_networks_are_not_private(url, network, code):
    found = fault(url, (ip_network(network),))
    assert (found and found.code) == code


@pytest.mark.parametrize("url", GOOD)
def test_unusual_urls_that_browsers_accept_are_valid(url):
    assert fault(url) is None
    assert scheme_note(url) is None


@pytest.mark.parametrize("text", NO_WEB)
def test_other_links_have_a_description_and_no_fault(text):
    assert fault(text) is None
    assert scheme_note(text).startswith(NO_WEB[text])


def test_messages_quote_the_text_on_one_line():
    found = fault("http://e.org/a\nb" + "c" * 500)
    assert "\n" not in found.message
    assert len(found.message) < 160
    assert '"e*.org"' in fault("http://e*.org/").message


def test_every_code_is_explained():
    codes = {fault(url).code for url in (*MENDED, *HOPELESS, *PRIVATE)}
    assert codes == set(FAULTS)


def test_importing_urls_loads_nothing_heavy():
    program = (
        "import sys, linkcheck.urls; print({'rapidfuzz', 'httpx', 'publicsuffixlist', 'idna', 'asyncio'} & set(sys.modules))"
    )
    assert run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "set()"

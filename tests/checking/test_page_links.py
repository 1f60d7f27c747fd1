"""What is a link in Markdown, HTML, bookmarks, sitemaps and plain text, and where it stands."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checking.page_links import PageError, links_of_page

ROOT = Path(__file__).parents[2]


def urls(text, path):
    return [link.url for link in links_of_page(text.encode() if isinstance(text, str) else text, path)]


@pytest.mark.parametrize(
    "text",
    [
        "https://*.example.com", "https://{{user}}.example/x", "https://$HOST/x", "https://<host>/x", "https://%s/x", "https://.org",
        "https://YOUR_HOST/x", "https://a.b_c.com/", "https://a.b.c_d/", "https://[::1]/x", "https://_a.example.com", "https://-a.org",
        "https://", "https://「x」", "xhttp://x.org", "www.b_c.org", "Www.x.org",
        "HTTP://x.org/a", "Https://x.org", "1http://x.org", "**HTTPS://X.org**", "https://a_b.example.com/", "https://例え.jp/x",
        "https://example.{tld}/x", "https://localhost:80/", "見https://x.org/a。", "(https://x.org)", "*https://x.org/a*", "https://💩.la",
        "https://x.org/a_b_", "_https://x.org/it_", "https://x.org/?a=1&copy=2", "www.x.org/a.", "[*.x](https://*.x.org)",
        "<https://$HOST/x>", "https://x.org/{id}", "http://a:b@x.org/",
    ],
)  # fmt: skip
def test_bare_addresses_are_links_where_github_links_them(text):
    shown = cmarkgfm.github_flavored_markdown_to_html(text)
    wanted = [unquote(unescape(url)) for url in re.findall(r'href="([^"]*)"', shown)]
    assert [unquote(url) for url in urls(text, "a.md")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("見よ「https://x.org/a」と", ["https://x.org/a"]),
        ("见 https://x.org/a，以及（https://x.org/b）。", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/a。https://x.org/b、｢https://x.org/c｣", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("【https://x.org/a】《https://x.org/b》〈https://x.org/c〉", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("https://x.org/a！https://x.org/b？", ["https://x.org/a", "https://x.org/b"]),
        ("“https://x.org/a” ‘https://x.org/b’ „https://x.org/c“", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("«https://x.org/a», ‹https://x.org/b›", ["https://x.org/a", "https://x.org/b"]),
        ("see https://x.org/a—it is… https://x.org/b…", ["https://x.org/a", "https://x.org/b"]),
        ("https://x.org/a، https://x.org/b؟ https://x.org/c।", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("(https://x.org/a), [https://x.org/b]; <https://x.org/c>.", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("https://ja.wikipedia.org/wiki/ジョン・スミス", ["https://ja.wikipedia.org/wiki/ジョン・スミス"]),
        ("https://x.org/wiki/A_(b) and (https://x.org/A_(b))", ["https://x.org/wiki/A_(b)", "https://x.org/A_(b)"]),
        ("https://x.org/Michelson–Morley –", ["https://x.org/Michelson–Morley"]),
        ("https://x.org/a,https://x.org/b;https://x.org/c", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("https://web.archive.org/web/2020/https://x.org/a,b", ["https://web.archive.org/web/2020/https://x.org/a,b"]),
        ("HTTP://X.org/A Http://x.org/b", ["HTTP://X.org/A", "Http://x.org/b"]),
        ("https://*.x.org https://$HOST/a https://{h}/a https://%HOST%/a https://${h}/a https://<host>/a", []),
        ("https://x.org/{id} https://x.org/<id> https://x{n}.org/", []),
        ("https://x.org<br>https://x.org/b</p>", ["https://x.org", "https://x.org/b"]),
        ("\\url{https://x.org/a}{b} \"https://x.org/b\", 'https://x.org/c'", ["https://x.org/a", "https://x.org/b", "https://x.org/c"]),
        ("https://%C3%A9.org/", ["https://%C3%A9.org/"]),
        ("https:// http://", []),
    ],
)  # fmt: skip
def test_signs_of_a_sentence_end_an_address_in_plain_text(text, wanted):
    assert urls(text, "list.txt") == urls(text, "-") == wanted


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# L\r\n\r\n- [a](https://x.org/café) - x\r\n"),
        ("a.txt", "see https://x.org/café – it\r\n"),
        ("a.html", "<html><a href='https://x.org/café'>x</a></html>"),
        ("a.xml", "<?xml version='1.0'?><urlset><url><loc>https://x.org/café</loc></url></urlset>"),
    ],
)
def test_files_are_read_in_the_encodings_of_editors(name, text, codec):
    data = text.encode(codec)
    if codec.startswith("utf-16-") and not text.startswith("<"):
        data = (text * 20).encode(codec)  # enough to tell without a byte order mark
    assert set(urls(data, name)) == {"https://x.org/café"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><urlset><loc>https://x.org/é</loc></urlset>'.encode("latin-1"), "s.xml"),
        ('<html><meta charset="koi8-r"><a href="https://x.org/ж">x</a>'.encode("koi8-r"), "s.html"),
    ],
)
def test_a_declared_encoding_is_used(data, name):
    assert urls(data, name) in (["https://x.org/é"], ["https://x.org/ж"])


MARKDOWN = """# T

`https://x.org/1` and ``https://x.org/2 `` are code, [x](https://x.org/1) is not. _https://x.org/it_

    https://x.org/2

[two](https://x.org/2 "t") <!-- <a href="https://x.org/3"> --> <a href="https://x.org/3">q</a>
[![alt](b.svg)](https://x.org/4?a=1&copy=2) www.x.org/5) and [w](http://www.x.org/6)

[c][Case] then [d][case], [Case] and[^n] ![p][pic]

- item
  > <p align=center>
  > <img src="q.png" srcset="q1.png 1x,
  >   q2.png 2x">

| a | b |
|---|---|
| <a href="https://x.org/c\\|d">x</a> | <https://x.org/e\\|f> https://x.org/g\\|h `\\|` [i](https://x.org/i\\|j) |

```
[CASE]: https://x.org/none
```

[esc](a\\_b.md) [sp](<c d.md>) [pc](%C3%BC.md) [am](https://x.org/?a&amp;b)

[CASE]: https://x.org/case
[pic]: <pic.png> 'P'
[^n]: foot https://x.org/foot
"""


def test_every_link_of_a_page_has_its_line_and_column():
    lines = MARKDOWN.split("\n")
    found = [
        (link.url, link.place.line, lines[link.place.line - 1][link.place.column - 1 :])
        for link in links_of_page(MARKDOWN.encode(), "a.md")
    ]
    assert [(url, line) for url, line, _ in found] == [
        ("https://x.org/1", 3), ("https://x.org/it", 3), ("https://x.org/2", 7), ("https://x.org/3", 7), ("b.svg", 8),
        ("https://x.org/4?a=1&copy=2", 8), ("http://www.x.org/5", 8), ("http://www.x.org/6", 8), ("q.png", 14), ("q1.png", 14),
        ("q2.png", 15), ("https://x.org/c|d", 19), ("https://x.org/e|f", 19), ("https://x.org/g|h", 19), ("https://x.org/i|j", 19),
        ("a_b.md", 25), ("c%20d.md", 25), ("%C3%BC.md", 25), ("https://x.org/?a&b", 25), ("https://x.org/case", 27),
        ("pic.png", 28), ("https://x.org/foot", 29),
    ]  # fmt: skip
    begins = {
        "http://www.x.org/5": "www.x.org/5",
        "a_b.md": "a\\_b",
        "c%20d.md": "c d",
        "https://x.org/?a&b": "https://x.org/?a&amp;b",
    }
    assert all(rest.startswith(begins.get(url, url).split("|")[0]) for url, _, rest in found)


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/golden/import/**/*.md"))[:40], ids=lambda path: path.parent.name)
def test_no_link_of_a_real_page_is_without_a_place(path):
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    for link in links_of_page(path.read_bytes(), "a.md"):
        there = lines[link.place.line - 1][link.place.column - 1 :]
        assert link.place.line
        assert unquote(there).replace("\\", "").startswith((unquote(link.url)[:2], "ww") if link.url else ")")


HTML = """<!DOCTYPE html><html><head><title>https://x.org/no</title><link rel="preconnect" href="https://x.org">
<link rel=stylesheet href=style.css><script src='a.js'>"<a href='https://x.org/no'>"</script></head><body>
<!-- <a href="https://x.org/no">n</a> --><a href="https://x.org/?a=1&amp;b=2&copy=3" class=x>A <b>page</b></a>
<picture><source media="(dark)" srcset="https://x.org/d.png 1x, https://x.org/d2.png 2x"><img src="https://x.org/l.png"></picture>
<video src=v.mp4 poster=p.png></video><audio src="a.mp3"></audio><A HREF='  https://x.org/up '
>up</A><area href="#map"><img src="data:image/png;base64,AAAA"><iframe src="https://x.org/f"></iframe>
<a href="my file.html">s</a><a name=x>none</a><a href="mailto:a@x.org">m</a>
"""


def test_html_is_read_as_browsers_read_it():
    found = links_of_page(HTML.encode(), "index.html")
    assert [(link.url, link.place.line, link.place.column) for link in found] == [
        ("style.css", 2, 27), ("a.js", 2, 50), ("https://x.org/?a=1&b=2&copy=3", 3, 51), ("https://x.org/d.png", 4, 41),
        ("https://x.org/d2.png", 4, 65), ("https://x.org/l.png", 4, 100), ("v.mp4", 5, 12), ("p.png", 5, 25), ("a.mp3", 5, 51),
        ("https://x.org/up", 5, 77), ("#map", 6, 20), ("https://x.org/f", 6, 77), ("my%20file.html", 7, 10), ("mailto:a@x.org", 7, 56),
    ]  # fmt: skip
    assert [link.work.title for link in found if link.work] == ["A page", "up", "s", "m"]


@pytest.mark.parametrize(
    ("base", "wanted"),
    [
        ("https://x.org/docs/", ["https://x.org/docs/a.html", "https://x.org/b", "#c", "mailto:d"]),
        ("/app/", ["/app/a.html", "/b", "#c", "mailto:d"]),
    ],
)
def test_a_base_element_completes_relative_addresses(base, wanted):
    page = f'<base href="{base}"><a href="a.html">a</a><a href="/b">b</a><a href="#c">c</a><a href="mailto:d">d</a>'
    assert urls(page, "a.html") == wanted


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">Folder</H3>
    <DL><p>
        <DT><A HREF="https://x.org/a" ADD_DATE="1" ICON_URI="https://x.org/i.ico" ICON="data:image/png;base64,AA">Notes &amp; more</A>
        <DD>https://x.org/no
        <DT><A HREF="place:sort=8">Recent</A><DT><A HREF="javascript:void(0)">b</A>
    </DL><p>
</DL>
"""


@pytest.mark.parametrize("name", ["bookmarks.html", "bookmarks_2026.htm", "bookmarks", "bookmarks.txt"])
def test_bookmarks_are_links_with_titles(name):
    found = links_of_page(BOOKMARKS.encode(), name)
    assert [(link.url, link.place.line) for link in found] == [
        ("https://x.org/a", 7),
        ("place:sort=8", 9),
        ("javascript:void(0)", 9),
    ]
    assert found[0].work.title == "Notes & more"


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="https://x.org/s.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
  xsi:schemaLocation="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc>https://x.org/?a=1&amp;b=2</loc><lastmod>2026-01-01</lastmod>
    <xhtml:link rel="alternate" hreflang="de" href="https://x.org/de"/>
    <image:image><image:loc>https://x.org/i.png</image:loc></image:image></url>
  <!-- <loc>https://x.org/no</loc> -->
  <url><loc><![CDATA[https://x.org/?c=1&d=2]]></loc></url>
  <url><loc>
    https://x.org/lines
  </loc></url><url><loc>not-a-url</loc></url>
</urlset>
"""
IN_SITEMAP = [
    ("https://x.org/?a=1&b=2", 5, 13), ("https://x.org/de", 6, 53), ("https://x.org/i.png", 7, 29), ("https://x.org/?c=1&d=2", 9, 22),
    ("https://x.org/lines", 11, 5), ("not-a-url", 12, 25),
]  # fmt: skip


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap.xml.gz", "sitemap", "-"])
def test_a_sitemap_is_read(name):
    data = SITEMAP.encode()
    found = links_of_page(gzip.compress(data) if name.endswith(".gz") else data, name)
    assert [(link.url, link.place.line, link.place.column) for link in found] == IN_SITEMAP


def test_a_sitemap_index_and_other_xml_have_links():
    index = "<sitemapindex><sitemap><loc>https://x.org/a.xml.gz</loc></sitemap></sitemapindex>"
    opml = '<opml><outline text="a https://x.org/no" xmlUrl="https://x.org/feed" htmlUrl="https://x.org/"/></opml>'
    feed = "<rss><link>https://x.org/</link><description>see https://x.org/no</description><guid>https://x.org/g</guid></rss>"
    assert urls(index, "s.xml") == ["https://x.org/a.xml.gz"]
    assert urls(opml, "s.opml") == ["https://x.org/feed", "https://x.org/"]
    assert urls(feed, "s.xml") == ["https://x.org/", "https://x.org/g"]


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"x" * 1000)[:-9], b"\x1f\x8bno", gzip.compress(b"x")[:-4]],
    ids=["cut in the text", "no gzip", "cut in the checksum"],
)
def test_a_damaged_gzip_file_is_a_problem(data):
    with pytest.raises(PageError, match="gzip"):
        links_of_page(data, "sitemap.xml.gz")


def test_a_gzip_file_is_decompressed_up_to_a_bound():
    with pytest.raises(PageError, match="100 MiB"):
        links_of_page(gzip.compress(bytes(101 * 1024 * 1024), 9), "sitemap.xml.gz")


@given(st.text(st.sampled_from("<>a/=\"'! -?bsrc,[]()&;\n\\|`*_h:t.p"), max_size=80))
def test_any_text_is_read(text):
    for name in ("a.md", "a.html", "a.xml", "a.txt"):
        for link in links_of_page(text.encode(), name):
            assert 1 <= link.place.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "piece",
    ['<a "', "<!--", "<script>", "<a b", '<a b="', "<img srcset='a (", "</script", "<", "[a][", "[a]: ", "`a", "<b>\n", "https://a.b,", "\\|%41&amp;"],
)  # fmt: skip
def test_a_hostile_text_is_read_in_time(piece):
    text = piece * 100_000
    for name in ("a.html", "a.xml", "a.txt"):
        links_of_page(text.encode(), name)
    links_of_page((piece * 5_000).encode(), "a.md")

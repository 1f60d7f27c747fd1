"""Title, heading, words, refresh and digest of pages."""

from __future__ import annotations

import pytest

from linkcheck.model import PageSignals
from linkcheck.pages import read
from tests.pages.samples import ENGLISH, GERMAN, HTML, bare, live, see


def test_title_and_heading_are_one_line_of_plain_text() -> None:
    marks = see(
        "<html><title>\n A  study &amp;\tmore </title><body><svg><title>Icon</title></svg><h1>A <em>study</em></h1><h2>Then</h2>"
    )
    assert (marks.title, marks.heading) == ("A study & more", "A study")
    assert see("<svg><title>Icon</title></svg><h2>First</h2><h2>Second</h2>").heading == "First"
    assert see("<svg><title>Icon</title></svg><p>x").title == ""
    assert see('<head><meta property="og:title" content="From the card"></head>').title == "From the card"
    assert len(see(f"<title>{'x' * 5000}</title>").title) <= 300


def test_words_are_the_visible_ones() -> None:
    assert (
        see(
            "<p>One two</p><script>three four</script><style>five{}</style><noscript>six</noscript><template>seven</template>"
        ).words
        == 2
    )
    assert see("<p>One two</p><p hidden>three</p><p style='display: none'>four</p>").words == 2
    assert see("<p>页面不存在了吧</p>").words >= 3


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Überblick</title>".encode("iso-8859-1"), "text/html; charset=ISO-8859-1"),
        ("<title>Überblick</title>".encode("cp1252"), "text/html"),
        ("<title>Überblick</title>".encode(), "text/html"),
        ("<title>Überblick</title>".encode(), 'text/html; charset="UTF-8"'),
        (b"\xef\xbb\xbf" + "<title>Überblick</title>".encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + "<title>Überblick</title>".encode("utf-16-le"), "text/html"),
        (b'<meta charset="windows-1252">' + "<title>Überblick</title>".encode("cp1252"), "text/html"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=latin1">'
            + "<title>Überblick</title>".encode("cp1252"),
            "text/html",
        ),
        ("<title>Überblick</title>".encode(), "text/html; charset=punycode"),
        ("<title>Überblick</title>".encode(), "text/html; charset=unicode_escape"),
        ("<html><title>Überblick</title>".encode(), ""),
    ],
)
def test_encodings(body: bytes, content_type: str) -> None:
    assert read(body, (("content-type", content_type),), "https://x.example/", status=200).title == "Überblick"


def test_east_asian_encodings() -> None:
    assert read(
        "<title>页面不存在</title>".encode("gbk"),
        (("Content-Type", "text/html; charset=gb2312"),),
        "https://x.example/",
        status=200,
    ).not_found
    assert read(
        "<title>見つかりません</title>".encode("shift_jis"),
        (("Content-Type", "text/html; charset=Shift_JIS"),),
        "https://x.example/",
        status=200,
    ).not_found
    assert read(
        "<title>Страница не найдена</title>".encode("cp1251"),
        (("Content-Type", "text/html; charset=windows-1251"),),
        "https://x.example/",
        status=200,
    ).not_found


def test_a_text_cut_within_a_character_keeps_its_encoding() -> None:
    assert (
        read("<title>Über</title><p>é".encode()[:-1], (("Content-Type", "text/html"),), "https://x.example/", status=200).title
        == "Über"
    )


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "application/zip", "video/mp4"])
def test_binary_bodies_have_no_signals(content_type: str) -> None:
    assert (
        read(b"<title>404 Not Found</title>", (("Content-Type", content_type),), "https://x.example/", status=200)
        == PageSignals()
    )


def test_long_plain_texts_have_no_signals() -> None:
    assert (
        read(ENGLISH.encode() * 30, (("Content-Type", "text/plain"),), "https://x.example/rfc1.txt", status=200)
        == PageSignals()
    )


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/new", "/new"),
        ("0;URL='https://new.example/a?b=c;d'", "https://new.example/a?b=c;d"),
        ('5 ; url = "../up"', "../up"),
        ("0;/bare", "/bare"),
        ("1.5;url=/x", "/x"),
        ("10; url=/x", "/x"),
        ("11; url=/x", ""),
        ("3600; url=/x", ""),
        ("5", ""),
        ("", ""),
        ("soon; url=/x", ""),
        ("99999999999999999999; url=/x", ""),
    ],
)
def test_refresh(content: str, target: str) -> None:
    attribute = content.replace('"', "&quot;")
    assert see(bare("Moved", "<p>moved</p>", head=f'<META HTTP-EQUIV="Refresh" CONTENT="{attribute}">')).refresh == target
    assert see(bare("Moved", "<p>moved</p>"), headers=(("Refresh", content),)).refresh == target
    assert read(b"", (("Refresh", content),), "https://x.example/", status=200).refresh == target


def test_a_refresh_in_noscript_is_ignored() -> None:
    assert (
        see(bare("App", "<p>x</p>", head='<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>')).refresh
        == ""
    )
    assert see(bare("App", "<pre>&lt;meta http-equiv=refresh content='0; url=/x'&gt;</pre>")).refresh == ""


def template(path: str, request: str, time: str, text: str = GERMAN) -> str:
    return bare(
        "Fehler",
        f"<h1>Seite nicht gefunden</h1><p>Die Adresse <code>{path}</code> gibt es hier nicht.</p><p>{text}</p><p>Anfrage {request} um {time}</p>",
    )


def test_answers_of_one_template_share_a_digest() -> None:
    one = see(
        template("/papers/optimal-transport.html", "7f3a-99c1", "12:03:55"),
        "https://site.example/papers/optimal-transport.html",
    )
    other = see(
        template("/papers/listkeeper-link-check-0badcafe", "deadbeef12", "12:03:59"),
        "https://site.example/papers/listkeeper-link-check-0badcafe",
    )
    assert one.digest == other.digest != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/team/contact", "/team/listkeeper-link-check-12ab34cd"),
        ("/blog/my-first-post", "/blog/listkeeper-link-check-12ab34cd"),
        ("/a/%E6%96%87%E7%AB%A0", "/a/listkeeper-link-check-12ab34cd"),
    ],
)
def test_a_repeated_address_does_not_change_the_digest(one: str, other: str) -> None:
    first, second = (
        see(
            bare("x", f'<p>Sorry, "{path}" is not on site.example{path}, request 17{len(path)}.</p><p>Fri, 21 Nov 2026</p>'),
            f"https://site.example{path}",
        )
        for path in (one, other)
    )
    assert first.digest == second.digest != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("/статьи/первая", "/новости/вторая"), ("/お知らせ/一覧", "/資料/目次"), ("/übersicht/größe", "/müller/straße")],
)
def test_addresses_of_another_script_do_not_change_the_digest(one: str, other: str) -> None:
    first, second = (
        see(bare("x", f"<p>Страницы нет: {path} — её удалили.</p>"), "https://site.example/x") for path in (one, other)
    )
    assert first.digest == second.digest != ""


def test_a_menu_that_names_the_requested_page_keeps_the_digest() -> None:
    menu = "<nav><a>Team</a> <a>Contact</a> <a>Papers</a></nav><p>Nothing here.</p>"
    assert (
        see(bare("x", menu), "https://site.example/contact").digest
        == see(bare("x", menu), "https://site.example/nope-1f").digest
    )


def test_other_texts_have_other_digests() -> None:
    digests = {
        see(live("A", text=ENGLISH)).digest,
        see(live("A", text=GERMAN)).digest,
        see(live("A", "<p>more of it</p>")).digest,
        see(bare("", "<p>页面不存在</p>")).digest,
        see(bare("", "<p>域名出售</p>")).digest,
    }
    assert len(digests) == 5


def test_an_empty_page_has_no_digest() -> None:
    assert see(bare("App", '<div id="root"></div><script src=x></script>')).digest == ""


def test_an_ordinary_page_has_no_signals() -> None:
    marks = see(live("Optimal transport for everybody"))
    assert marks == PageSignals(
        title="Optimal transport for everybody",
        heading="Optimal transport for everybody",
        digest=marks.digest,
        words=marks.words,
    )
    assert read(b"", HTML, "https://x.example/", status=200) == PageSignals()

"""Not-found words count in title, heading or tiny text, as most of it."""

from __future__ import annotations

import pytest

from linkcheck.pages import read
from tests.pages.samples import GERMAN, bare, live, see


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Error 404 (Not Found)!!1",
        "Page not found · GitHub Pages",
        "Page not found – Statistics Group",
        "Oops! That page can’t be found. – Blog",
        "404: This page could not be found",
        "Sorry, this page isn't available.",
        "The requested URL was not found on this server",
        "Object not found!",
        "Seite nicht gefunden | Universität",
        "Die angeforderte Seite existiert leider nicht mehr",
        "Fehler 404",
        "Page introuvable",
        "Désolé, cette page n'existe pas",
        "Página no encontrada - Instituto",
        "Lo sentimos, la página que busca no existe",
        "Pagina non trovata",
        "Questa pagina non esiste",
        "Página não encontrada",
        "Pagina niet gevonden",
        "Deze pagina bestaat niet meer",
        "Nie znaleziono strony",
        "Strona nie istnieje",
        "Страница не найдена — Кафедра",
        "Запрашиваемая страница не существует",
        "Sayfa bulunamadı",
        "Aradığınız sayfa mevcut değil",
        "页面不存在",
        "抱歉，您访问的页面不存在",
        "404页面-找不到页面",
        "ページが見つかりません",
        "お探しのページは見つかりませんでした",
        "페이지를 찾을 수 없습니다",
        "요청하신 페이지가 존재하지 않습니다",
        "We can't seem to find the page you're looking for",
        "Obsolete link",
        "Sorry, this link has expired",
        "This page has wandered off",
        "Veralteter Link",
        "Diese Seite konnten wir nicht finden",
        "Lien obsolète",
        "Nous n'arrivons pas à trouver cette page",
        "Enlace roto",
        "Link interrotto",
        "Link quebrado",
        "Verouderde link",
        "Nieaktualny link",
        "Неверная ссылка",
        "Мы не смогли найти страницу",
        "Bozuk bağlantı",
        "エラー404",
        "リンク切れ",
        "404 에러",
        "잘못된 주소입니다",
        "페이지를 찾지 못했습니다",
        "链接已失效",
    ],
)
def test_not_found_words_in_title_and_heading(title: str) -> None:
    assert see(live(title)).not_found
    assert see(bare("Institut", f"<div class=logo>Institut</div><h1>{title}</h1><p>{GERMAN * 3}</p>")).not_found
    assert see(bare("Institut", f"<h1>Institut</h1><h2>{title}</h2><p>{GERMAN * 3}</p>")).not_found


@pytest.mark.parametrize(
    "title",
    [
        "How 404 pages work",
        "Soft 404s and how search engines find them",
        "404 Media",
        "The 404, 88: a talk about kites - Example",
        "Room 404, a short story | Example",
        "Peugeot 404",
        "The obsolete link between tides and tempers",
        "Wie man eine Seite „nicht gefunden“ richtig beantwortet",
        "Why HTTP uses the number 404",
        "The existence of solutions to the Navier–Stokes equations",
        "Existiert ein freier Wille?",
        "Lost in translation",
        "为什么页面会显示错误代码",
        "Nothing Compares 2 U",
        "Finding missing persons with graphs",
    ],
)
def test_other_titles_are_not_suspected(title: str) -> None:
    assert not see(live(title)).not_found


def test_the_whole_text_of_a_tiny_page_counts() -> None:
    assert see(bare("", "<p>Sorry, the page you are looking for could not be found.</p>")).not_found
    assert see(bare("Acme", "<center>Die Seite wurde nicht gefunden.</center>")).not_found
    assert read(b"404 page not found\n", (("Content-Type", "text/plain"),), "https://go.example/x", status=200).not_found


@pytest.mark.parametrize("level", ["h1", "h2", "h3"])
@pytest.mark.parametrize("title", ["Page not found", "エラー 404 NOT FOUND", "Seite nicht gefunden", "404"])
def test_a_later_heading_of_a_page_with_little_text_counts(level: str, title: str) -> None:
    page = f"<h1>Institut</h1><h2>Menü</h2><h1>Institut</h1><p>{GERMAN}</p><{level}>{title}</{level}><p>{GERMAN}</p>"
    assert see(bare("Institut", page)).not_found
    assert not see(bare("Institut", page + f"<p>{GERMAN * 4}</p>")).not_found


MENU = "<nav>Home Blog About Contact</nav>"
FOOTER = "<p>Made with a small script. Kite Cafe, all wrongs reserved. Write to us at the usual address if you miss something here.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "The page you are looking for was not found. It may have blown away while we were building.",
        "Sorry, but we could not find the page that you requested; please try the menu.",
        "We can't seem to find that page. Try the archive.",
        "Nothing lives at this address any more. Perhaps it is in the old house of this site.",
        "You just hit a route that doesn't exist... the sadness.",
        "The requested URL /papers/intro was not found on this server.",
        "Die von Ihnen aufgerufene Seite existiert leider nicht mehr. Nutzen Sie das Menü.",
        "Diese Adresse gibt es nicht.",
        "La page que vous cherchez est introuvable. Revenez à l'accueil.",
        "La página que busca no existe. Use el menú.",
        "La pagina che stai cercando non esiste più.",
        "A página que você procura não foi encontrada.",
        "De pagina die u zoekt bestaat niet meer.",
        "Strona, której szukasz, nie istnieje.",
        "Страница, которую вы ищете, не найдена.",
        "Aradığınız sayfa bulunamadı.",
        "お探しのページは見つかりませんでした。メニューからお進みください。",
        "요청하신 페이지를 찾을 수 없습니다. 메뉴를 이용해 주세요.",
        "抱歉，您访问的页面不存在。请使用菜单。",
    ],
)
def test_a_sentence_of_a_page_with_little_text_counts(text: str) -> None:
    assert see(bare("Kite Cafe", f"<h1>Kite Cafe</h1><h2>Wind, tea and string</h2>{MENU}<p>{text}</p>{FOOTER}")).not_found
    assert not see(live("Kite Cafe", f"{MENU}<p>{text}</p>")).not_found


@pytest.mark.parametrize(
    "text",
    [
        "A proof of the theorem was not found until 1995, on the last page of a letter.",
        "The manuscript no longer exists; this page describes what copies of it say.",
        "Kites are not available in winter. See the page of the shop.",
        "Item 1 Item 2 Item 999 (not found) on another page",
        "その他 連絡はダイレクトメッセージで 本ページ中の画像等はリアルタイムの情報ではありません",
        "Man kann nicht finden, was man nicht sucht. Eine Seite über das Suchen.",
        "No se encontró vida en Marte, dice la página de la agencia.",
    ],
)
def test_a_sentence_about_something_else_does_not(text: str) -> None:
    assert not see(bare("Kite Cafe", f"<h1>Kite Cafe</h1>{MENU}<p>{text}</p>{FOOTER}")).not_found


def test_an_empty_page_whose_script_leads_to_an_error_page() -> None:
    assert see(bare("", "<script>var lang = 'it'; window.location.replace('/' + lang + '/404.html')</script>")).not_found
    assert see(bare("", '<script>location.href = "/en/not-found";</script>')).not_found
    assert not see(bare("", "<script>location.replace('/2026/404-media/intro.html')</script>")).not_found


def test_not_found_words_deep_in_a_text_are_ignored() -> None:
    assert not see(live("A study of redirects", "<p>Page not found</p><h3>404 Not Found</h3>")).not_found


def test_error_pages_by_address_and_declaration() -> None:
    assert see(live("Acme"), "https://acme.example/404.html").not_found
    assert see(live("Acme"), "https://acme.example/en/not-found/").not_found
    assert not see(live("Acme"), "https://acme.example/how-404-pages-work").not_found
    assert see(live("Acme", head='<meta name="prerender-status-code" content="404">')).not_found


def test_the_signal_quotes_the_page() -> None:
    assert see(live("Page not found - Statistics Group")).not_found == "Page not found"
    assert see(live("Страница не найдена — Кафедра")).not_found == "Страница не найдена"

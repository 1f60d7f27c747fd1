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
        "Peugeot 404",
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

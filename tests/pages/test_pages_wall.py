"""Walls stand before the content; a page with content that mentions one is none."""

from __future__ import annotations

import pytest

from tests.pages.samples import ENGLISH, GERMAN, bare, live, see


def kinds(html: str, url: str = "https://site.example/papers/intro") -> tuple[str, bool, bool]:
    """What the wall does, and whether the page is a choice or maintenance."""
    signals = see(html, url)
    return signals.wall.partition(":")[0], bool(signals.choice), bool(signals.maintenance)


AGE, BROWSER, COOKIES = "asks for the visitor's age", "wants another browser", "wants cookies"
REGION, QUEUE, CONSENT = "refuses the visitor's country", "lets visitors wait", "asks for consent"


@pytest.mark.parametrize(
    ("title", "text", "does"),
    [
        ("Age verification", "Please enter your date of birth.", AGE),
        ("Welcome | Brewery", "Are you of legal drinking age? Yes No", AGE),
        ("Willkommen", "Bitte bestätigen Sie, dass Sie mindestens 18 Jahre alt sind.", AGE),
        ("Vérification de l'âge - Cave", "Oui Non", AGE),
        ("年齢確認", "あなたは18歳以上ですか。はい いいえ", AGE),
        ("Подтверждение возраста", "Мне есть 18 лет", AGE),
        ("Unsupported browser", "Please use a current version of a common browser.", BROWSER),
        ("Site", "Your browser is out of date. Update it to see this site.", BROWSER),
        ("Browser nicht unterstützt", "Verwenden Sie eine neuere Fassung.", BROWSER),
        ("Navigateur obsolète", "Mettez à jour votre navigateur.", BROWSER),
        ("Cookies required", "Turn them on and load the page again.", COOKIES),
        ("Error", "Cookies must be enabled in your browser to use this site.", COOKIES),
        ("Bitte Cookies aktivieren", "Danach laden Sie die Seite neu.", COOKIES),
        ("Sorry", "This content is not available in your region.", REGION),
        ("451", "Unfortunately, our website is currently unavailable in most European countries.", REGION),
        ("Hinweis", "Diese Seite ist in Ihrem Land nicht verfügbar.", REGION),
        ("Aviso", "Este contenido no está disponible en su país.", REGION),
        ("You are now in line", "When it is your turn, you have ten minutes to enter.", QUEUE),
        ("Tickets", "There are many visitors. Your estimated wait time is 4 minutes.", QUEUE),
        ("Virtuelle Warteschlange", "Sie sind gleich dran.", QUEUE),
        ("Before you continue to Site", f"We use cookies and data. {ENGLISH} Accept all Reject all", CONSENT),
        ("Bevor Sie fortfahren", f"Wir verwenden Cookies. {GERMAN} Alle annehmen Alle ablehnen", CONSENT),
        ("Your privacy choices", "Accept all", CONSENT),
    ],
)
def test_a_wall_is_recognised(title: str, text: str, does: str) -> None:
    assert kinds(bare(title, f"<h1>{title}</h1><p>{text}</p>")) == (does, False, False)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Scheduled maintenance", "We will be back at noon."),
        ("Site", "We are currently performing scheduled maintenance and will be back shortly."),
        ("Wartungsarbeiten", "Wir sind gleich wieder da."),
        ("Site en maintenance", "Merci de votre patience."),
        ("En mantenimiento", "Volvemos pronto."),
        ("Технические работы", "На сайте ведутся технические работы."),
        ("メンテナンス中", "しばらくお待ちください。"),
        ("系统维护中", "请稍后再来。"),
    ],
)
def test_maintenance_is_recognised(title: str, text: str) -> None:
    assert kinds(bare(title, f"<h1>{title}</h1><p>{text}</p>")) == ("", False, True)


@pytest.mark.parametrize(
    "title", ["Choose your country", "Wählen Sie Ihr Land", "Select your language | Acme", "言語を選択", "Kies uw taal"]
)
def test_a_choice_is_recognised(title: str) -> None:
    assert kinds(bare(title, f"<h1>{title}</h1><a href=/de>Deutsch</a> <a href=/en>English</a>")) == ("", True, False)


@pytest.mark.parametrize(
    ("url", "does"),
    [
        ("https://site.example/eu/shop/age-gate?return_to=%2Fpapers%2Fintro", AGE),
        ("https://agegate.site.example/?next=https%3A%2F%2Fsite.example%2Fpapers", AGE),
        ("https://site.example/gdpr/?redirect=/papers/intro", CONSENT),
        ("https://consent.site.example/m?continue=https://site.example/papers/intro", CONSENT),
        ("https://site.example/browser-not-supported.html?url=/papers/intro", BROWSER),
        ("https://site.example/errors/enable-cookies.aspx?returnUrl=/papers/intro", COOKIES),
        ("https://queue.site.example/?c=x&t=https%3A%2F%2Fsite.example%2Fpapers", QUEUE),
    ],
)
def test_an_address_with_a_way_back_is_a_wall_whatever_it_says(url: str, does: str) -> None:
    assert kinds(bare("Hello", "<p>Please answer this first.</p>"), url)[0] == does


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (live("How we do scheduled maintenance"), "https://site.example/blog/maintenance"),
        (live("Notes", f"<p>Your browser is not supported. {ENGLISH}</p>"), "https://site.example/notes"),
        (bare("Notes", f"<h1>Notes</h1><p>{ENGLISH}</p><div>We value your privacy. Accept</div>"), "https://site.example/notes"),
        (bare("Consent in medicine", f"<h1>Consent in medicine</h1><p>{ENGLISH}</p>"), "https://site.example/consent"),
        (bare("The waiting room: a novel", f"<p>{ENGLISH * 3}</p>"), "https://queue.site.example/2026/intro"),
        (bare("Road maintenance in Finland", f"<p>{ENGLISH}</p>"), "https://site.example/maintenance/"),
        (bare("Which country to choose", f"<p>{ENGLISH}</p>"), "https://site.example/country"),
    ],
)  # fmt: skip
def test_a_page_with_content_is_no_wall(html: str, url: str) -> None:
    assert kinds(html, url) == ("", False, False)

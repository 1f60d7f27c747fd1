"""What whole runs say of sites: each row is a site as it answers, and the right outcome and rule."""

from __future__ import annotations

import pytest

from tests.engine.small_web import ENGLISH, Reply, page, ran, to

LINK = "notes.example/papers/intro"
TITLE = "An Introduction to Kites"


def judged(answer, link=LINK, title=TITLE, **more):
    """The verdict of one link on a site."""
    (found,) = ran({link.partition("/")[0]: answer}, (link, title), **more).last.values()
    return found


REFUSALS = [
    (503, "Sorry", "We're sorry, but your computer or network may be sending automated queries. This isn't served right now."),
    (502, "Blocked", "Your IP address has been blocked because of automated requests."),
    (500, "Zugriff nicht möglich", "Von Ihrem Netz kommt ungewöhnlicher Datenverkehr. Ihre IP-Adresse wurde gesperrt."),
    (503, "Service indisponible", "Nous avons détecté des requêtes automatisées venant de votre réseau."),
    (503, "Error", "Detectamos tráfico inusual procedente de su red."),
    (502, "Ошибка", "С вашего адреса поступают автоматические запросы."),
    (503, "提示", "检测到异常流量，您的IP已被封禁。"),
    (503, "エラー", "自動化されたアクセスを検出しました。"),
    (500, "Access denied", "Please contact the administrator."),
    (503, "Error 1015", "You are being rate limited. Ray ID: 8f1c"),
    (200, "Access denied | notes.example used Cloudflare to restrict access", "Error 1006 Ray ID: 8f1c What happened? The owner has banned your IP address."),
    (200, "Access denied", "Your IP address has been blocked."),
]  # fmt: skip


@pytest.mark.parametrize(("status", "title", "text"), REFUSALS)
def test_an_answer_that_refuses_programs_is_blocked(status, title, text):
    found = judged(lambda _: Reply(page(title, text), status))
    assert (found.outcome, found.rule) == ("blocked", "refusal")


@pytest.mark.parametrize(
    ("status", "title", "text", "outcome", "rule"),
    [
        (503, "Service Unavailable", "The server is temporarily unable to service your request.", "failing", "server-error"),
        (502, "Bad gateway", "The web server reported a bad gateway error.", "failing", "server-error"),
        (500, "Database error", "Access denied for user 'web'@'localhost' (using password: YES)", "failing", "server-error"),
        (522, "notes.example | 522: Connection timed out", "Cloudflare Ray ID: 8f1c. What happened? The host timed out.", "failing", "server-error"),
        (404, "Not found", "Bots are not allowed to guess addresses.", "dead", "not-found"),
        (200, "Why your IP address has been blocked", f"{ENGLISH} Your IP address has been blocked, says the page. {ENGLISH}", "alive", "answered"),
    ],
)  # fmt: skip
def test_other_errors_and_pages_refuse_nobody(status, title, text, outcome, rule):
    found = judged(lambda _: Reply(page(title, text), status))
    assert (found.outcome, found.rule) == (outcome, rule)


@pytest.mark.parametrize("status", [400, 402, 405, 408, 414, 418, 421, 422, 431, 451, 464, 495, 505, 999])
def test_only_a_denial_denies(status):
    assert judged(lambda _: Reply(page("Error", "Sorry, something went wrong."), status)).outcome == "blocked"


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Set-Cookie": "visid_incap_27=x; path=/"}, "blocked"),
        ({"Set-Cookie": "datadome=x; path=/"}, "blocked"),
        ({"X-Kpsdk-Ct": "x"}, "failing"),
        ({"Set-Cookie": "session=x"}, "failing"),
    ],
)
def test_a_reset_behind_a_vendors_cookie_is_a_wall(headers, outcome):
    pages = {"/papers/intro": to("/papers/intro?go=1", **headers)}
    found = judged(pages.get)
    assert found.outcome == outcome


def test_a_vendors_cookie_of_another_site_says_nothing():
    sites = {
        "notes.example": lambda _: to("http://other.example:PORT/x", **{"Set-Cookie": "datadome=x"}),
        "other.example": lambda _: None,
    }
    (found,) = ran(sites, (LINK, TITLE)).last.values()
    assert found.outcome == "failing"

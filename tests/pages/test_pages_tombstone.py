"""Notices of a host that a site was taken down, as the main content of a page."""

from __future__ import annotations

import pytest

from linkcheck.pages import read
from tests.pages.samples import bare, live, see


@pytest.mark.parametrize(
    ("html", "status", "words"),
    [
        (
            bare(
                "Account Suspended",
                "<h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider.</p>",
            ),
            503,
            "Account Suspended",
        ),
        (
            bare(
                "402: PAYMENT_REQUIRED",
                "<p>This Deployment has been disabled.</p><p>Code: <code>DEPLOYMENT_DISABLED</code></p><p>ID: <code>fra1::x</code></p>",
            ),
            402,
            "DEPLOYMENT_DISABLED",
        ),
        (
            bare("Site not found · GitHub Pages", "<h1>404</h1><p><strong>There isn't a GitHub Pages site here.</strong></p>"),
            404,
            "GitHub Pages",
        ),
        (bare("No such app", '<iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe>'), 404, "o such app"),
        (
            bare(
                "Bandwidth Limit Exceeded",
                "<h1>Bandwidth Limit Exceeded</h1>The server is temporarily unable to service your request.",
            ),
            509,
            "Bandwidth",
        ),
        (
            bare(
                "Blog has been removed", "<h1>Blog has been removed</h1><p>Sorry, the blog at old.example has been removed.</p>"
            ),
            404,
            "Blog has been removed",
        ),
        (
            bare(
                "Repository unavailable due to DMCA takedown", "<p>This repository is currently disabled due to a notice.</p>"
            ),
            451,
            "DMCA",
        ),
        (
            bare(
                "Konto gesperrt",
                "<h1>Diese Website wurde gesperrt</h1><p>Bitte wenden Sie sich an den Betreiber.</p>",
                lang="de",
            ),
            403,
            "gesperrt",
        ),
        (bare("", "<p>Ce compte a été suspendu.</p>", lang="fr"), 503, "suspendu"),
        (bare("Сайт заблокирован", "<p>Обратитесь в поддержку.</p>", lang="ru"), 503, "Сайт заблокирован"),
        (bare("网站已暂停", "<p>该网站已被暂停，请联系管理员。</p>", lang="zh"), 404, "网站已暂停"),
    ],
)
def test_a_tombstone_is_recognised(html: str, status: int, words: str) -> None:
    assert words in see(html, status=status).tombstone


def test_tombstones_without_markup() -> None:
    vercel = b"The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND\n\nfra1::abc-1700000000000-0123456789ab\n"
    assert "DEPLOYMENT_NOT_FOUND" in read(vercel, (("Content-Type", "text/plain"),), "https://x.example/", status=404).tombstone
    bucket = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>'
    assert "NoSuchBucket" in read(bucket, (("Content-Type", "application/xml"),), "https://x.example/", status=404).tombstone


@pytest.mark.parametrize(
    "html",
    [
        live("Why my account was suspended", "<p>The page said: account suspended. DEPLOYMENT_DISABLED.</p>"),
        live("Gesperrte Konten in der Geschichte des Bankwesens"),
        bare("Suspended sediment in rivers", "<h1>Suspended sediment in rivers</h1><p>Lecture notes and data.</p>"),
        bare("Service", "<h1>Unavailable</h1><p>The service is under maintenance. Please come back later.</p>"),
    ],
)
def test_other_pages_have_no_tombstone(html: str) -> None:
    assert not see(html, status=503).tombstone

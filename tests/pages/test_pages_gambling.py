"""Gambling pages: several terms, also in the title, and many in the text."""

from __future__ import annotations

import pytest

from tests.pages.samples import ENGLISH, bare, live, see


@pytest.mark.parametrize(
    ("html", "term"),
    [
        (bare("Slot Gacor Hari Ini | Situs Judi Online Terpercaya", "<h1>Slot Gacor</h1>" + "<p>Daftar slot online di situs judi dengan RTP live dan bonus new member, gampang menang dan maxwin setiap hari untuk semua.</p>" * 12), "slot gacor"),
        (bare("Best Online Casino Bonus 2026", "<h1>No Deposit Bonus</h1>" + "<p>Claim free spins and a welcome bonus at the best online casino sites with live dealer tables today.</p>" * 9), "casino"),
        (bare("澳门新葡京娱乐城_网上赌场", "<h1>真人百家乐</h1><p>注册送彩金，老虎机，体育投注。</p>", lang="zh"), "新葡京"),
        (bare("Онлайн казино Вулкан", "<h1>Игровые автоматы</h1><p>Фриспины и бездепозитный бонус для новых игроков.</p>", lang="ru"), "казино"),
        (bare("Deneme Bonusu Veren Siteler", "<p>Canlı bahis ve güvenilir bahis siteleri için güncel giriş adresi.</p>", lang="tr"), "deneme bonusu"),
        (bare("Buy Viagra Online", "<h1>Canadian pharmacy</h1><p>Generic Viagra and Cialis, no prescription needed.</p>"), "viagra"),
    ],
)  # fmt: skip
def test_spam_is_recognised(html: str, term: str) -> None:
    assert term in see(html).gambling


@pytest.mark.parametrize(
    "html",
    [
        live(
            "Gambler's ruin and the probability of a jackpot",
            "<p>A player at an online casino bets on red. Roulette and odds are fair.</p>",
        ),
        live("Glücksspielsucht: Hilfe und Beratung", "<p>Sportwetten und Spielautomaten sind die häufigsten Anlässe.</p>"),
        live("Optimal betting with the Kelly criterion", f"<p>{ENGLISH}</p>"),
        live("Sildenafil in pulmonary hypertension", "<p>Sildenafil (sold as Viagra) was given to 20 patients.</p>"),
        bare("Time slots for the defence", "<h1>Time slots</h1><p>Slots are open from Monday on.</p>"),
    ],
)
def test_papers_and_help_pages_are_not_spam(html: str) -> None:
    assert not see(html).gambling

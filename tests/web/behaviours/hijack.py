"""Sold, taken over, or only renamed: B20 and B21."""

from __future__ import annotations

from tests.web.answers import html, redirect
from tests.web.lab import Lab, case
from tests.web.prose import article
from tests.web.sites import site

CASINO = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>LuckyHarbour - Play 2,000+ Slots Online & Claim 200 Free Spins</title>
<meta name="description" content="Join LuckyHarbour today: live roulette, blackjack tables, jackpots and a 100% welcome bonus.">
<link rel="stylesheet" href="/wp-content/themes/casinova/style.css"></head>
<body class="home"><header><a class="btn btn-register" href="/signup?ref=8841">Register</a><a class="btn" href="/signup">Log in</a></header>
<section class="hero"><h1>Your 200 free spins are waiting</h1><p>Deposit 10 and play with 30. Live dealers, poker rooms and daily
jackpots. New players only. 18+. Gamble responsibly.</p></section>
<section class="games"><div class="game-card">Book of Pharaoh</div><div class="game-card">Lightning Roulette</div>
<div class="game-card">Mega Baccarat</div><div class="game-card">Sweet Fruits Slot</div></section>
<footer>Payment methods: Visa, Skrill, USDT. Licensed by the authority of an island.</footer></body></html>"""

SLOT_ID = """<!doctype html><html lang="id"><head><meta charset="UTF-8">
<title>NAGA138 : Situs Slot Gacor Hari Ini Terpercaya Gampang Maxwin</title>
<meta name="keywords" content="slot gacor, slot online, judi online, rtp live, togel">
<link rel="amphtml" href="https://amp-naga138.xyz/"><script type="application/ld+json">{"@type":"Product","name":"NAGA138",
"aggregateRating":{"ratingValue":"4.9","reviewCount":"98211"}}</script></head>
<body><h1>NAGA138 Slot Gacor Malam Ini</h1><a class="daftar" href="https://link-alternatif.xyz/r/1">DAFTAR</a>
<a class="login" href="https://link-alternatif.xyz/l">LOGIN</a>
<p>Bandar judi online dengan RTP live tertinggi. Deposit pulsa tanpa potongan, bonus new member 100%, togel dan casino live 24 jam.</p>
</body></html>"""

CASINO_TR = """<html lang="tr"><head><meta charset="utf-8"><title>Altınbahis Güncel Giriş - Canlı Casino ve Bahis Sitesi</title></head>
<body><div class="top-bar"><a href="/giris">Giriş Yap</a> <a href="/kayit">Üye Ol</a></div>
<h1>Altınbahis yeni giriş adresi</h1><p>Canlı bahis, rulet, blackjack ve slot oyunları. İlk üyelik bonusu 1000 TL, deneme bonusu ve
kayıp bonusu sizi bekliyor. Yüksek oranlarla iddaa kuponunuzu yapın.</p></body></html>"""

CASINO_DE = """<!DOCTYPE html><html lang="de-DE"><head><meta charset="utf-8"><title>Online Casino ohne OASIS 2026: Testsieger im Vergleich</title>
<meta name="robots" content="index,follow"><link rel="stylesheet" href="/wp-content/themes/generatepress/style.css"></head>
<body class="home page"><h1>Die besten Online Casinos ohne Limit</h1><table class="toplist"><tr><td>1</td><td>GoldBude</td><td>100 % bis 500 € +
200 Freispiele</td><td><a rel="nofollow sponsored" href="/go/goldbude">Zum Casino</a></td></tr><tr><td>2</td><td>SpinSchloss</td><td>Willkommensbonus
250 %</td><td><a rel="nofollow sponsored" href="/go/spinschloss">Zum Casino</a></td></tr></table>
<p>Spielautomaten, Roulette, Sportwetten: wir haben Bonus ohne Einzahlung und Auszahlungsdauer geprüft. Glücksspiel kann süchtig machen.</p></body></html>"""


@case("B20.a")
def to_casino(lab: Lab) -> None:
    casino = lab.host("luckyharbour-slots.com", lambda _: html(CASINO))
    lost = lab.host("osint-handbook.org", lambda _: redirect(301, casino.url("/")))
    lab.link(lost.url("/guides/geolocation"), "The Geolocation Handbook")


@case("B20.b-id")
def to_slots(lab: Lab) -> None:
    slots = lab.host("naga138-resmi.xyz", lambda _: html(SLOT_ID))
    lost = lab.host("numerica-workshop.org", lambda _: redirect(302, slots.url("/?ref=numerica")))
    lab.link(lost.url("/2018/program.html"), "Workshop on Numerical Linear Algebra 2018")


@case("B20.c-tr")
def taken_over_in_place(lab: Lab) -> None:
    """The first night it was still itself; afterwards every path of the same domain is a betting site."""
    title = "Deep Learning Summer School, Lecture Videos"
    plain = site({"/videos": article(title, "DLSS")})
    host = lab.host("dlss-school.org", lambda visit: plain(visit) if visit.night == 1 else html(CASINO_TR))
    lab.link(host.url("/videos"), title)


@case("B20.d-de")
def through_two_domains(lab: Lab) -> None:
    ads = lab.host("casino-ohne-oasis-vergleich.com", lambda _: html(CASINO_DE))
    middle = lab.host("trk-klick7.net", lambda _: redirect(301, ads.url("/de/")))
    lost = lab.host("statistik-tutorium.de", lambda _: redirect(301, middle.url("/c/881")))
    lab.link(lost.url("/regression.html"), "Tutorium Regression")


@case("B21.a")
def rebrand(lab: Lab) -> None:
    title = "Gradient Garden: an Interactive Course"
    new = lab.host("gradientgarden.io", site({"/course": article(title, "Gradient Garden")}))
    old = lab.host("gradient-garden-course.com", lambda visit: redirect(301, new.url(visit.target)))
    lab.link(old.url("/course"), title)


@case("B21.b-de")
def institute_renamed(lab: Lab) -> None:
    title = "Vorlesung Inverse Probleme"
    new = lab.host(
        "www.uni-nordheide.de", site({"/mathematik/inverse-probleme": article(title, "Universität Nordheide", "de")}, lang="de")
    )
    old = lab.host("www.fh-nordheide.de", site({"/ip/": redirect(308, new.url("/mathematik/inverse-probleme"))}, lang="de"))
    lab.link(old.url("/ip/"), title)


@case("B21.c")
def moved_through_two_domains(lab: Lab) -> None:
    title = "TopoLib: Persistent Homology in Two Lines"
    new = lab.host("topolib.dev", site({"/": article(title, "TopoLib")}))
    middle = lab.host("topolib.readthedocs-mirror.com", lambda _: redirect(301, new.url("/")))
    old = lab.host("topolib.org", lambda _: redirect(301, middle.url("/en/latest/")))
    lab.link(old.url("/"), title)

"""Parked domains and domains for sale; articles and shops about domains are none."""

from __future__ import annotations

import pytest

from tests.pages.samples import bare, live, see

URL = "https://oldconference.example/2014/program"
ADS = (
    "<ul><li><a href=/?q=1>Cheap Flights</a></li><li><a href=/?q=2>Car Insurance</a></li><li><a href=/?q=3>Hotels</a></li></ul>"
)


@pytest.mark.parametrize(
    ("html", "service"),
    [
        (bare("oldconference.example", f'{ADS}<script src="https://img.sedoparking.com/js/main.js"></script>'), "Sedo"),
        (
            bare(
                "oldconference.example", f'{ADS}<script>window.park = "eyJ1dWlk";</script><script src="/bIhXcbqWH.js"></script>'
            ),
            "window.park",
        ),
        (
            bare(
                "oldconference.example", f'<iframe src="https://parking.bodis.com/frame?d=oldconference.example"></iframe>{ADS}'
            ),
            "Bodis",
        ),
        (
            bare("oldconference.example", f'{ADS}<script src="//d38psrni17bvxu.cloudfront.net/scripts/js3.js"></script>'),
            "ParkingCrew",
        ),
        (bare("", '<script>window.onload=function(){window.location.href="/lander"}</script>'), "/lander"),
        (
            bare(
                "oldconference.example",
                '<div id="root"></div><script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>',
            ),
            "GoDaddy",
        ),
        (
            bare(
                "oldconference.example",
                f'{ADS}<script>var s=document.createElement("script");s.src="https://cdn.parklogic.com/x.js"</script>',
            ),
            "ParkLogic",
        ),
        (
            "<html><head><title>oldconference.example</title></head><frameset><frame src='http://searchvity.com/?dn=oldconference.example'></frameset></html>",
            "Searchvity",
        ),
        (
            bare(
                "oldconference.example",
                '<h1>oldconference.example</h1><a href="https://www.afternic.com/forsale/oldconference.example">Get a quote</a>',
            ),
            "Afternic",
        ),
        (bare("oldconference.example", f'{ADS}<script src="https://www.google.com/adsense/domains/caf.js"></script>'), "caf"),
        (
            bare(
                "Diese Domain ist bereits registriert",
                "<h1>oldconference.example</h1><p>Diese Domain wurde für einen Kunden registriert.</p>",
            ),
            "registriert",
        ),
        (bare("", "<p>Этот домен припаркован.</p><p>oldconference.example</p>"), "припаркован"),
        (bare("oldconference.example", "<p>このドメインは、お名前.comで取得されています。</p>"), "お名前.com"),
        (
            bare("Apache2 Ubuntu Default Page: It works", "<p>This is the default welcome page of the web server.</p>"),
            "Default Page",
        ),
        (bare("Ce domaine est enregistré", "<h1>Ce domaine est enregistré</h1>"), "enregistré"),
    ],
)
def test_a_parked_page_is_recognised(html: str, service: str) -> None:
    assert service.lower() in see(html, URL).parked.lower()


@pytest.mark.parametrize(
    "html",
    [
        bare(
            "oldconference.example is for sale",
            "<h1>The domain oldconference.example is for sale</h1>" + "<p>Buy safely and quickly.</p>" * 3,
        ),
        bare(
            "OldConference.example is for sale | HugeDomains",
            "<p>Since 2005 we have helped people find the perfect name.</p>" * 60,
        ),
        bare("oldconference.example", "<h1>oldconference.example</h1><p>This domain is for sale. Make an offer.</p>"),
        bare(
            "oldconference.example",
            "<p>Diese Domain steht zum Verkauf.</p><a href=mailto:a@b.example>Angebot machen</a>",
            lang="de",
        ),
        bare("Ce nom de domaine est à vendre", "<p>Contactez-nous.</p>", lang="fr"),
        bare("Este dominio está en venta", "<p>Haga una oferta.</p>", lang="es"),
        bare("Questo dominio è in vendita!", "<p>Fai la tua offerta.</p>", lang="it"),
        bare("Este domínio está à venda", "<p>Faça uma proposta.</p>", lang="pt"),
        bare("Deze domeinnaam is te koop", "<p>Doe een bod.</p>", lang="nl"),
        bare("Ta domena jest na sprzedaż", "<p>Złóż ofertę.</p>", lang="pl"),
        bare("Домен продаётся", "<p>Предложите цену.</p>", lang="ru"),
        bare("Bu alan adı satılıktır", "<p>Teklif verin.</p>", lang="tr"),
        bare("域名出售", "<p>该域名正在出售，请联系我们。</p>", lang="zh"),
        bare("oldconference.example", "<p>このドメインは売り出し中です。</p>", lang="ja"),
        bare("도메인 판매", "<p>연락 주세요.</p>", lang="ko"),
    ],
)
def test_a_domain_for_sale_is_recognised(html: str) -> None:
    assert see(html, URL).sale


FILLER = "<p>Names that people remember are short and easy to say, and they last longer than any campaign. We hand them over within two days, and our team answers every question by mail or telephone.</p>"


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("oldconference.example", f"<h1>oldconference.example</h1><p>A premium domain. Make an offer or choose lease to own.</p>{FILLER * 7}<p>Your domain is safe: every domain is held in escrow.</p>"),
        ("Buy a name", f"<p>Asking price 900. Buy now, or pay in monthly payments. This domain, as every domain here, comes with buyer protection and free domain transfer.</p>{FILLER * 5}"),
        ("oldconference.example", f"<p>Premium-Domain, Kaufpreis 900. Sofort kaufen oder Ratenzahlung. Diese Domain wird vom Treuhänder übergeben; die Domain gehört dann Ihnen, mit allen Rechten an der Domain.</p>{FILLER * 4}"),
        ("oldconference.example", f"<p>域名出售：一口价。立即购买本域名，中介交易保证域名安全。</p>{FILLER * 2}"),
        ("Premium domain", FILLER),
    ],
)  # fmt: skip
def test_an_offer_without_a_known_vendor_is_recognised(title: str, html: str) -> None:
    assert see(bare(title, html), URL).sale


@pytest.mark.parametrize(
    "words", ["Related searches", "Sponsored listings", "Ähnliche Suchanfragen", "Похожие запросы", "関連検索"]
)
def test_advertisements_under_the_name_of_the_domain_are_recognised(words: str) -> None:
    assert see(bare("oldconference.example", f"<p>{words}</p>{ADS * 20}"), URL).parked
    assert not see(bare("Old conference", f"<p>{words}</p>{ADS * 20}"), URL).parked


@pytest.mark.parametrize(
    ("sentence", "field"), [("The domain is parked at a registrar.", "parked"), ("The domain is for sale.", "sale")]
)
@pytest.mark.parametrize(
    ("words", "named", "found"), [(40, False, True), (90, False, False), (90, True, True), (150, True, False), (40, True, True)]
)
def test_a_sentence_counts_on_a_notice_and_longer_where_the_page_names_its_domain(
    sentence: str, field: str, words: int, named: bool, found: bool
) -> None:
    """Up to 60 words without the name, up to 120 with it."""
    name = "oldconference.example" if named else "Some place"
    page = see(bare("Hello", f"<p>{name} has moved on. {sentence}</p><p>{'and so on ' * ((words - 10) // 3)}</p>"), URL)
    assert bool(getattr(page, field)) is found


def test_a_long_placeholder_of_a_server_is_recognised() -> None:
    assert see(bare("Default Web Site Page", FILLER * 8), URL).parked


ABOUT_PARKING = live(
    "What domain parking is",
    '<p>Providers such as <a href="https://sedoparking.com">Sedo</a> and <a href="https://www.bodis.com">Bodis</a> show a note:'
    ' <q>This domain is for sale</q>.</p><pre>window.park = "..."</pre>',
)
SHORT_LINKS = bare(
    "Domain marketplaces",
    '<h1>Domain marketplaces</h1><ul><li><a href="https://www.afternic.com/forsale/foo.example">Afternic</a></li><li><a href="https://dan.com/">Dan</a>'
    '</li><li><a href="https://www.bodis.com/">Bodis</a></li></ul>',
)
HOUSES = bare("Häuser zu verkaufen", "<h1>Haus am See steht zum Verkauf</h1><p>Vier Zimmer, Garten, Boot.</p>", lang="de")
USED_CARS = bare("Cars for sale", "<h1>Cars for sale</h1><p>This week: a blue one.</p>")
GARAGE = bare("Parkeerplaats te huur", "<p>Geparkeerd in het centrum, dag en nacht bewaakt.</p>", lang="nl")
CITY_PARK = bare(
    "City park", "<h1>City park</h1><p>Open from dawn to dusk.</p><script>window.park = Object.assign({}, window.park)</script>"
)
SHOP = bare("Kite shop", f"<h1>Kites for sale</h1><p>Make an offer, buy now or in monthly payments.</p>{FILLER * 3}")
ON_DOMAINS = bare("Integral domains", f"<h1>Integral domains</h1><p>A domain in which every ideal of the domain is principal is for sale nowhere.</p>{FILLER}")  # fmt: skip
SALE_HISTORY = live("When this domain is for sale: a history of the name market in four acts")


@pytest.mark.parametrize(
    "html",
    [
        SHOP,
        ON_DOMAINS,
        ABOUT_PARKING,
        SHORT_LINKS,
        HOUSES,
        USED_CARS,
        GARAGE,
        CITY_PARK,
        SALE_HISTORY,
        live("Domain adaptation"),
    ],
)
def test_pages_about_domains_and_sales_are_content(html: str) -> None:
    marks = see(html, "https://blog.example/domains")
    assert (marks.parked, marks.sale) == ("", "")

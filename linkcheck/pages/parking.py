"""Detect domains that changed hands: parked, for sale, or about gambling, pills or pornography, as most hijacked ones are. Pure.

Evidence of a parking page: it loads a parking service (an article only links to one), shows a registrar's usual phrases, or has
only a script that leads to `/lander`. All these pages are short.
"""

from __future__ import annotations

import re

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import ADDRESS, Phrases, fold, main_phrase
from linkcheck.pages.vocabulary.gambling import GAMBLING
from linkcheck.pages.vocabulary.sale import ADS, DOMAIN, OFFERS, PARKED, SALE, SALE_FILLER

_MAX_WORDS = 400
"""Maximum words of a parking page, advertisements included."""
_TINY, _NOTICE = 120, 60
"""Maximum words of a page whose text may contain the phrase: if it names its own domain, and if it doesn't."""

_SERVICES = (
    ("Sedo", ("sedoparking.com", "sedo.com/search/details", "sedo.cachefly.net")),
    ("Bodis", ("bodis.com", "bodiscdn.com")),
    ("ParkingCrew", ("parkingcrew.net", "parkingcrew.com", "d38psrni17bvxu.cloudfront.net")),
    ("Dan.com", ("cdn0.dan.com", "dan.com/buy-domain", "dan.com/lander", "undeveloped.com")),
    ("Afternic", ("afternic.com/forsale", "afternic.com/assets", "parking.afternic.com")),
    ("HugeDomains", ("hugedomains.com",)),
    ("GoDaddy parking", ("wsimg.com/parking-lander", "parking.godaddy.com", "cashparking.com", "godaddy.com/park")),
    ("ParkLogic", ("parklogic.com",)),
    ("Searchvity", ("searchvity.com",)),
    ("Above.com", ("park.above.com", "above.com/marketplace", "trellian.com")),
    ("Skenzo", ("skenzo.com", "cdn-fileserver.com/bping")),
    ("Team Internet", ("teaminternet.com", "tonic.com/parking")),
    ("Voodoo", ("voodoo.com", "parkingspa.com")),
    ("NameBright", ("namebright.com", "turncommerce.com")),
    ("DomainMarket", ("domainmarket.com", "buydomains.com", "brandbucket.com/names", "squadhelp.com/name", "atom.com/name")),
    ("Namecheap parking", ("parkingpage.namecheap.com", "namecheap.com/parking")),
    ("Dynadot parking", ("dynadot.com/domain-parking", "park.dynadot.com", "dynadot.com/market")),
    ("Sav", ("sav.com/parking", "parking.sav.com")),
    ("Epik", ("epik.com/landing", "park.epik.com")),
    ("Uniregistry", ("uniregistry.com/lander", "assets.uniregistry.com")),
    ("REG.RU parking", ("parking.reg.ru", "reg.ru/parking", "parking-static.reg.ru")),
    ("Internet.bs", ("parkingcdn.internet.bs",)),
    ("NameSilo parking", ("parking.namesilo.com", "namesilo.com/parking")),
    ("22.cn", ("am.22.cn", "4.cn/name", "west.cn/ykj", "mi.aliyun.com/detail")),
    ("ZeroPark", ("zeropark.com",)),
    ("Giant Panda", ("giantpanda.com",)),
)
"""Service, and parts of addresses that its pages load."""

_HOST = re.compile(r"//([a-z0-9.-]{4,100})")
_SELLERS = (
    "afternic.com/forsale/",
    "dan.com/buy-domain/",
    "hugedomains.com/domain_profile",
    "sedo.com/search/details",
    "godaddy.com/domainsearch",
)
"""Addresses of offers: they count if a short page links to the offer of its own domain."""
_SCRIPTS = (
    'window.park="',
    'window.park = "',
    "data-adblockkey",
    "lander_system",
    "google.ads.domains.caf",
    "adsense/domains/caf",
)
"""Parts of the scripts of parking pages."""
_LANDER = re.compile(
    r"(?:location(?:\.href)?\s*=\s*|location\.(?:replace|assign)\()\s*[\"'](?:https?://[^\"'/]+)?/lander\b", re.IGNORECASE
)

_SERVICE_DOMAINS = frozenset(
    ".".join(needle.partition("/")[0].split(".")[-2:]) for _, addresses in _SERVICES for needle in addresses
)
"""The last two labels of the services' hosts; pages that contain none of them are skipped early."""

_LEAST_OFFERS, _LEAST_DOMAINS = 3, 3
"""Least number of different phrases of an offer, and of times that a longer page says "domain"."""

_MIN_TERMS = 3
"""Least number of different terms."""
_WORDS_PER_TERM = 40
"""There must be at least one term per this number of words."""
_MAX_SHOWN = 5

_sale = Phrases(SALE)
_offers = Phrases(OFFERS)
_domains = Phrases(DOMAIN)
_ads = Phrases(ADS)
_parked = Phrases(PARKED)
_filler = Phrases(SALE_FILLER)
_gambling = Phrases(GAMBLING)


def parked(page: Page) -> str:
    """The parking service or the phrase of a placeholder, or ""."""
    if page.words > _MAX_WORDS:
        return ""
    if page.words <= 20 and _LANDER.search(page.source):
        return "a script to /lander"
    mark = next((mark for mark in _SCRIPTS if mark in page.lower and mark not in page.text.lower()), "")
    service = _service(page)
    if mark or service:
        return service or f"a parking script ({mark})"
    for text in page.title_and_headings:
        found = main_phrase(text, _parked, _filler, 0.5)
        if found:
            return found[:80]
    text = fold(page.text)
    if page.words <= (_TINY if _names_own_domain(page) else _NOTICE) and (found := _parked.first(text)):
        return found
    own = _without_www(page.host)
    return _ads.first(text) if own in {_without_www(top.lower()) for top in page.title_and_headings} else ""


def sale(page: Page) -> str:
    """The words that offer the domain for sale, or ""."""
    for text in page.title_and_headings:
        found = main_phrase(ADDRESS.sub(" domain ", text), _sale, _filler, 0.85)
        if found:
            return text[:80]
    if page.words > _MAX_WORDS:
        return ""
    folded = fold(f"{page.title} {page.heading} {page.text}")
    if page.words <= (_TINY if _names_own_domain(page) else _NOTICE) and (found := _sale.first(folded)):
        return found
    if len(_domains.all(folded)) < _LEAST_DOMAINS:
        return ""
    offers = dict.fromkeys(_offers.all(folded))
    return ", ".join(offers)[:80] if len(offers) >= _LEAST_OFFERS else ""


def _service(page: Page) -> str:
    """The service whose scripts, frames or images the page loads, or whose offer of this domain it links to; else ""."""
    if (
        page.tree is None
        or "//" not in page.lower
        or not _SERVICE_DOMAINS & {_last_two(host) for host in _HOST.findall(page.lower)}
    ):
        return ""
    nodes = page.tree.css("iframe[src],frame[src],img[src],link[href],form[action]")
    loaded = [node.attributes.get(key) or "" for node in nodes for key in ("src", "href", "action")]
    offers = [node.attributes.get("href") or "" for node in page.tree.css("a[href]")]
    loaded += [
        offer
        for offer in offers
        if _without_www(page.host) in offer.lower() and any(seller in offer.lower() for seller in _SELLERS)
    ]
    text = "\n".join((*loaded, page.scripts)).lower()
    return next((name for name, addresses in _SERVICES if any(f"/{one}" in text or f".{one}" in text for one in addresses)), "")


def _last_two(host: str) -> str:
    return ".".join(host.rstrip(".").split(".")[-2:])


def _names_own_domain(page: Page) -> bool:
    """Whether the page names its own domain."""
    name = _without_www(page.host)
    return len(name) > 3 and name in f"{page.title} {page.heading} {page.text}".lower()


def _without_www(host: str) -> str:
    return host.removeprefix("www.")


def gambling(page: Page) -> str:
    """Up to five terms of gambling, pills or pornography, or "": evidence among others.

    At least one must be in title or heading, and the text must have many.
    """
    in_headings = _gambling.all(fold(" ".join(page.title_and_headings)))
    if not in_headings:
        return ""
    found = in_headings + _gambling.all(fold(page.text))
    distinct = list(dict.fromkeys(found))
    if len(distinct) < _MIN_TERMS or len(found) * _WORDS_PER_TERM < page.words:
        return ""
    return ", ".join(distinct[:_MAX_SHOWN])

"""Detect bot challenges: answers of any status that demand proof of a browser or a human before any content. Pure.

Evidence is, in this order: headers that vendors set only on challenges; a vendor's scripts or forms in a page with little text
(not in its visible text: an article may quote them); the usual phrases. A page with a captcha beside its own form is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, fold, main_phrase, sole_phrase, stated_phrase
from linkcheck.pages.vocabulary.challenge import AUTOMATIC, CHECKING, CHECKING_FILLER, REFUSED, REFUSING

_HEADERS = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare (cf-mitigated: {})"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF (x-amzn-waf-action: {})"),
    ("x-vercel-mitigated", re.compile("challenge|deny"), "Vercel (x-vercel-mitigated: {})"),
    ("x-kpsdk-ct", re.compile("."), "Kasada"),
    ("x-datadome", re.compile("protected"), "DataDome"),
    ("x-dd-b", re.compile("."), "DataDome"),
    ("x-sucuri-block", re.compile("."), "Sucuri"),
    ("sg-captcha", re.compile("challenge"), "SiteGround (sg-captcha)"),
)
"""Header name in lower case, pattern of its value, vendor."""

_COOKIES = (
    ("incap_ses_", "Imperva"), ("visid_incap_", "Imperva"), ("datadome=", "DataDome"), ("_abck=", "Akamai"), ("ak_bmsc=", "Akamai"),
    ("bm_sz=", "Akamai"), ("aws-waf-token=", "AWS WAF"), ("_px", "PerimeterX"), ("kp_uidz", "Kasada"), ("acw_tc=", "Alibaba Cloud WAF"),
    ("__jsl_clearance", "Knownsec"), ("sucuri_cloudproxy_uuid", "Sucuri"), ("__ddg", "DDoS-Guard"), ("rbzid=", "Reblaze"),
)  # fmt: skip
"""Beginnings of cookies that vendors set to tell programs from browsers. They come with normal content, too."""

_NEEDS_REFUSAL = frozenset({"x-kpsdk-ct", "x-datadome", "x-dd-b"})
"""Headers that vendors also send with normal content: a challenge only together with a refusing status."""

_REFUSALS = frozenset({401, 403, 405, 406, 418, 429, 503, 521})
_ORIGIN_FAILED = frozenset(range(520, 531)) - {521}
"""Statuses with which Cloudflare says that the server behind it failed."""

_ACTIVE = ("<script", "<form", "<iframe", "http-equiv")
"""A challenge page must have at least one of these."""

_MAX_WORDS = 250
"""Maximum words of a challenge page; the longest ones explain themselves."""

_VENDORS = (
    ("Cloudflare", ("_cf_chl_opt", "/challenge-platform/h/b/orchestrate", "/challenge-platform/h/g/orchestrate", "cf_chl_prog",
                    "cf-browser-verification", 'id="challenge-form"', "jschl_vc", "cf-challenge-running")),
    ("Anubis", ('id="anubis_challenge"', 'id="preact_info"', "/.within.website/x/cmd/anubis", "/.within.website/x/xess")),
    ("AWS WAF", ("awswafcookiedomainlist", "awswafintegration.", ".token.awswaf.com/", ".captcha.awswaf.com/", "gokuprops")),
    ("Akamai", ("/_sec/cp_challenge/", "sec-if-cpt-container", "sec-cpt-if", "bm-verify=", "/akam/challenge")),
    ("Imperva", ("_incapsula_resource", "incapsula incident id", "/_imperva/challenge")),
    ("PerimeterX", ('id="px-captcha"', "_pxappid", "captcha.px-cdn.net", "captcha.px-cloud.net", "window._pxuuid")),
    ("DataDome", ("captcha-delivery.com/", "ct.captcha-delivery.com", "geo.captcha-delivery.com")),
    ("Sucuri", ("sucuri_cloudproxy_js", "sucuri_cloudproxy_uuid")),
    ("Vercel", ("/.well-known/vercel/security/", "vercel security checkpoint")),
    ("Kasada", ("/ips.js?", "kpsdk.start", "window.kpsdk=")),
    ("DDoS-Guard", ("/.well-known/ddos-guard/", "check.ddos-guard.net/", "ddos-guard/js-challenge")),
    ("Fastly", ("/_fs-ch-", "fst-post-back", "/.fastly/challenge")),
    ("SiteGround", ("/.well-known/sgcaptcha/", "/.well-known/captcha/?r=")),
    ("F5", ("/tspd/", 'window["bobcmn"]', "apm_do_not_touch", "<br/>your support id is")),
    ("Radware", ("captcha.perfdrive.com", "validate.perfdrive.com", "cas.avalon.perfdrive.com")),
    ("Qrator", ("/__qrator/", "__qrator.challenge")),
    ("Yandex SmartCaptcha", ("/showcaptcha?", "checkboxcaptcha-form", "captcha_smart")),
    ("Knownsec", ("__jsl_clearance",)),
    ("Alibaba Cloud WAF", ("acw_sc__v2", "/_____tmd_____/", "aliyun_waf_aa", "_waf_bd8ce2ce37")),
    ("BunkerWeb", ("/challenge?bunker", "bunkerweb antibot")),
    ("Bunny Shield", ("/.bunny-shield/", "bunny-shield/challenge")),
    ("go-away", ("/.well-known/.git.gammaspectra.live/git/go-away/",)),
    ("basedflare", ("/.basedflare/",)),
    ("Imunify360", ("imunify360-webshield", "/imunify360-captcha", "wsidchk")),
    ("Azure WAF", ("/.azwaf/",)),
    ("Amazon", ("/errors/validatecaptcha",)),
    ("Google", ("/sorry/index?continue", "our systems have detected unusual traffic from your computer network")),
    ("Reblaze", ("rbzns", "rbzid=")),
    ("StackPath", ("/sbbi/?sbbpg=", "sbbgscc")),
    ("BitNinja", ("bitninja captcha", "/bitninja-captcha")),
    ("Sina", ("visitor.passport.weibo", "sina visitor system")),
    ("Baidu", ("wappass.baidu.com/static/captcha", "百度安全验证")),
)  # fmt: skip

_ALSO_ON_PAGES = frozenset(
    {"Cloudflare", "AWS WAF", "PerimeterX", "Akamai", "Imperva", "Kasada", "F5", "Reblaze", "DataDome", "Qrator", "Knownsec"}
)
"""Vendors whose scripts also run in ordinary pages: their marks need a page with few words, or a refusing status."""
_FEW_WORDS = 90

_WIDGET = re.compile(
    r"class=[\"'][^\"'>]*\b(?:cf-turnstile|g-recaptcha|h-captcha|frc-captcha|smart-captcha|geetest_\w+|mtcaptcha)\b|<altcha-widget|<cap-widget"
    r"|id=[\"'](?:cf-turnstile|g-recaptcha|h-captcha|captcha-?(?:box|container|form)?|recaptcha)[\"']|turnstile\.render\(|hcaptcha\.render\("
)
_NAMES = (("turnstile", "Turnstile"), ("h-captcha", "hCaptcha"), ("hcaptcha", "hCaptcha"), ("recaptcha", "reCAPTCHA"))
_OTHER_FIELDS = (
    'textarea,select,input[type="email"],input[type="password"],input[type="search"],input[type="file"],input[type="tel"]'
)
_OWN_FIELDS = f'{_OTHER_FIELDS},input[type="text"]:not([name*="capt" i])'
_CAPTCHA_FORM = 'form[action*="captcha" i],img[src*="captcha" i]'
_FIELD = 'input:not([type]),input[type="text" i]'
_PICTURE_OR_LINK = 'img:not([src*="captcha" i]),picture,video,a[href]:not([href^="#"]):not([href^="javascript:" i])'
_INTERSTITIAL, _NOTICE, _LITTLE = 100, 60, 40
"""Maximum words of a challenge without a known vendor: with a refusing status, without one, and without a known phrase."""

_NUMBERED = re.compile(r"\berror(?: code)?:? ?(10(?:0[5-9]|1[0125]|20))\b")
"""Numbers with which Cloudflare refuses an address, a country or a program."""
_NOTICE_OF_REFUSAL = 120
"""Maximum words of a page with status 200 that refuses programs."""

_OWN_WORDS = 8
"""Words that are content of a page's own, together with its own heading and pictures or links."""

_checking = Phrases(CHECKING)
_automatic = Phrases(AUTOMATIC)
_filler = Phrases(CHECKING_FILLER)
_refusing = Phrases(REFUSING)
_refused = Phrases(REFUSED)


def challenge_in_headers(headers: Mapping[str, str], status: int) -> str:
    """The vendor according to the headers (by lower-case name), or ""."""
    for name, value, vendor in _HEADERS:
        shown = headers.get(name, "").lower()
        if shown and value.search(shown) and (name not in _NEEDS_REFUSAL or status in _REFUSALS):
            return vendor.format(shown[:40])
    if headers.get("server", "").lower() == "ddos-guard" and status in _REFUSALS:
        return "DDoS-Guard (server: ddos-guard)"
    return ""


def vendor_in_cookies(headers: Iterable[tuple[str, str]]) -> str:
    """The vendor that tells programs from browsers on this site, by the cookies that an answer sets; "" if none does."""
    cookies = [value.lstrip().lower() for name, value in headers if name.lower() == "set-cookie"]
    return next((f"{vendor} ({start})" for start, vendor in _COOKIES if any(one.startswith(start) for one in cookies)), "")


def challenge(page: Page) -> str:
    """The vendor or the phrase if the page is a challenge, else ""."""
    if page.words > _MAX_WORDS:
        return ""
    refused = page.status in _REFUSALS or page.status == 202 or (500 <= page.status < 600 and page.status not in _ORIGIN_FAILED)
    words = stated_phrase(page.title_and_headings, _checking, _filler)
    confident = refused or bool(words)
    if any(active in page.lower for active in _ACTIVE):
        shown = page.text.lower()
        for vendor, marks in _VENDORS:
            mark = next((one for one in marks if one in page.lower and (one not in shown or (confident and " " in one))), "")
            if mark and (confident or page.words <= _FEW_WORDS or vendor not in _ALSO_ON_PAGES):
                return f"{vendor} ({mark})"
    return _captcha(page, confident=confident) or _words(page, words, refused=refused)


def refusal(page: Page) -> str:
    """The words with which a page refuses programs or their address, or "".

    A server error may say so anywhere in a short text. A page with status 200 must be nothing else: an article may quote it.
    """
    failed = page.status >= 500
    if page.words > (_MAX_WORDS if failed else _NOTICE_OF_REFUSAL) or not (failed or 200 <= page.status < 300):
        return ""
    text = fold(f"{page.title} {page.text}")
    numbered = _NUMBERED.search(text)
    if numbered and (failed or "cloudflare" in page.lower or "ray id" in text or page.words <= _FEW_WORDS // 10):
        return f"error {numbered[1]}"
    if failed:
        return _refusing.first(text) or _stated_refusal(page)
    return _stated_refusal(page) if _refusing.first(text) else ""


def _stated_refusal(page: Page) -> str:
    """The title or heading that is a refusal."""
    return next((found[:80] for top in page.title_and_headings if (found := sole_phrase(top, _refused, _filler))), "")


def _captcha(page: Page, *, confident: bool) -> str:
    """The captcha if the page has no other form fields, few words and no content of its own, else ""."""
    if page.words > _INTERSTITIAL or page.tree is None or ("captcha" not in page.lower and "turnstile" not in page.lower):
        return ""
    widget = _WIDGET.search(page.lower) if page.tree.css_first(_OWN_FIELDS) is None else None
    if widget is None:
        return _captcha_form(page)
    if not confident and (page.words > _LITTLE or _own_content(page)):
        return ""
    return next(
        (f"{name} before any content" for marker, name in _NAMES if marker in widget[0]), "a captcha before any content"
    )


def _captcha_form(page: Page) -> str:
    """A form that asks for the letters of a picture, and for nothing else, on a page without content of its own; else ""."""
    if page.words > _NOTICE or page.tree is None or page.tree.css_first(_CAPTCHA_FORM) is None:
        return ""
    asks = len(page.tree.css(_FIELD)) == 1 and page.tree.css_first(_OTHER_FIELDS) is None and not _own_content(page)
    return "a captcha form before any content" if asks else ""


def _own_content(page: Page) -> bool:
    """Whether the page has a heading of its own, some words, and pictures or links that aren't a captcha's."""
    if page.tree is None or not page.headings or page.words < _OWN_WORDS:
        return False
    return not _checking.first(fold(page.heading)) and page.tree.css_first(_PICTURE_OR_LINK) is not None


def _words(page: Page, words: str, *, refused: bool) -> str:
    """The challenge phrase if the status refuses, or if the page has few words and a script or refresh; else ""."""
    if page.words > (_INTERSTITIAL if refused else _NOTICE):
        return ""
    words = words or _automatic.first(fold(page.text))
    if not words and page.words <= _LITTLE:
        words = (
            main_phrase(page.text[:400], _checking, _filler) if refused else sole_phrase(page.text[:400], _checking, _filler)
        )
    if words and (refused or "<script" in page.lower or "http-equiv" in page.lower or "<noscript" in page.lower):
        return words[:80]
    return ""

"""Normalise URLs (RFC 3986) and make keys that different spellings of one page share. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote_plus

from linkcheck.urls.components import DEFAULT_PORTS, percent_encoded, port_number, split_authority, split_url, web
from linkcheck.urls.hosts import ascii_host

TRACKING = (
    "utm_*", "mtm_*", "pk_*", "hsa_*", "vero_*", "oly_*", "stm_*", "ga_*", "_hs*", "__hs*",
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "irclickid",
    "li_fat_id", "rb_clickid", "igshid", "igsh", "srsltid", "_ga", "_gl", "_branch_match_id", "hsctatracking", "mkt_tok",
    "mc_cid", "mc_eid", "s_cid", "wt_mc", "wickedid", "epik", "sccid", "cmpid", "xtor", "fref", "_openstat",
    "ck_subscriber_id", "trk", "trkcampaign", "vgo_ee", "ref_src", "ref_url",
)  # fmt: skip
"""Query parameters that track where a visitor came from and don't change the page (lower case; `*` ends a prefix)."""

_SESSION_NAMES = frozenset({
    "session", "sessionid", "session_id", "sessid", "sess", "sid", "phpsessid", "jsessionid", "cfid", "cftoken", "oscsid", "zenid",
    "xtcsid", "viewstate", "ticket", "nonce", "csrf", "_csrf", "csrf_token", "visitorid", "visitor_id", "aspxautodetectcookiesupport",
    "cookiesupport", "cookiesenabled", "cookie_test", "cookietest", "cookiecheck", "checkcookie", "testcookie", "requestid", "request_id",
})  # fmt: skip
_SESSION_BEGINNINGS = ("aspsessionid", "phpsess", "jsess")
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/?#;]*|/\([A-Z]\([^()/]{1,80}\)(?:[A-Z]\([^()/]{1,80}\))*\)(?=/)", re.IGNORECASE
)
_CLOCK_NAMES = frozenset({
    "t", "ts", "_", "_t", "_ts", "time", "timestamp", "now", "nocache", "no_cache", "cachebuster", "cachebust", "cb", "rnd", "rand",
    "random", "refresh", "reload", "r", "_dc",
})  # fmt: skip
_CLOCK_VALUE = re.compile(r"[0-9][0-9.:TZ+-]*")
_EPOCH = re.compile(r"[12][0-9]{9}(?:[0-9]{3})?")
_NEAR = 2 * 24 * 3600.0
"""Seconds within which a number is the time of the request."""
_TRACKING_NAMES = frozenset(name for name in TRACKING if not name.endswith("*"))
_TRACKING_BEGINNINGS = tuple(name[:-1] for name in TRACKING if name.endswith("*"))
_INDEX = re.compile(r"(?<=/)(?:index\.(?:x?html?|shtml|php|aspx?|jsp)|default\.(?:html?|aspx?))$", re.IGNORECASE)
_NO_ANCHOR = re.compile(r"(?:|top|:~:.*|utm_[a-z]+=.*)", re.IGNORECASE | re.DOTALL)
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_NOT_IN_URIS = re.compile(r"[^!#-;=?-Z\[\]_a-z~]")
"""Characters that RFC 3986 doesn't allow in a URI, and the percent sign."""


@lru_cache(maxsize=1024)
def normalise(url: str, *, fragment: bool = False) -> str:
    """The normal form of a web URL (RFC 3986 sections 6.2.2 and 6.2.3), for comparing only, never for requests.

    Normalises case of scheme and host, percent-encoding, dot segments, default port and empty path. The fragment is kept with
    `fragment`, else dropped. Other texts and URLs without a host are returned as they are. Idempotent.
    """
    parts = split_url(url)
    authority = split_authority(parts.authority or "")
    host = ascii_host(authority.host)
    port = port_number(authority.port, parts.scheme or "")
    if not web(url) or host is None or port is None:
        return url
    netloc = f"[{host}]" if ":" in host else host
    if port != DEFAULT_PORTS.get(parts.scheme or ""):
        netloc = f"{netloc}:{port}"
    if authority.userinfo:
        netloc = f"{_normal(authority.userinfo)}@{netloc}"
    query = "" if parts.query is None else f"?{_normal(parts.query)}"
    end = f"#{_normal(parts.fragment)}" if fragment and parts.fragment is not None else ""
    return f"{parts.scheme}://{netloc}{without_dots(_normal(parts.path)) or '/'}{query}{end}"


def _normal(text: str) -> str:
    """Normalise percent-encoding (RFC 3986 section 6.2.2.2); a percent sign that begins no encoding is encoded."""
    decoded = _ENCODED.sub(_normal_encoding, text) if "%" in text else text
    return _NOT_IN_URIS.sub(lambda it: it[0] if it[0] == "%" else percent_encoded(it[0]), decoded)


def _normal_encoding(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"


def without_dots(path: str) -> str:
    """A path without `.` and `..` segments (RFC 3986 section 5.2.4), even if written `%2e`."""
    if "/." not in path and "%2" not in path:
        return path
    out: list[str] = []
    segments = path.split("/")
    for at, segment in enumerate(segments):
        plain = segment.replace("%2e", ".").replace("%2E", ".")
        last = at == len(segments) - 1
        if plain == "..":
            if len(out) > 1:
                out.pop()
            if last:
                out.append("")
        elif plain == ".":
            if last:
                out.append("")
        else:
            out.append(segment)
    return "/".join(out)


@lru_cache(maxsize=1024)
def compare_key(url: str) -> str:
    """A key that different spellings of one page share, looser than `normalise`. It begins with `//` and is no URL.

    Leaves out the scheme, `www.`, a trailing slash, `index.html` and tracking parameters. Keeps other parameters in their order,
    and a fragment that is a route (`#/a`, `#!a`).
    """
    parts = split_url(normalise(url, fragment=True))
    if parts.authority is None or not web(url):
        return url
    host = parts.authority.removesuffix(".")
    bare = host.removeprefix("www.")
    host = bare if "." in bare else host
    path = _INDEX.sub("", parts.path).rstrip("/")
    query = "&".join(part for part in (parts.query or "").split("&") if part and not tracking(part))
    route = f"#{parts.fragment}" if (parts.fragment or "").startswith(("/", "!")) else ""
    return f"//{host}{path}{f'?{query}' if query else ''}{route}"


def tracking(parameter: str) -> bool:
    """Whether a query parameter (`name=value`) is a tracking parameter (table `TRACKING`)."""
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_BEGINNINGS)


def lasting(url: str, before: str, at: datetime | None = None) -> str:
    """The URL to which `before` redirects, without what was added for one visit: sessions, tracking, times (near `at`, if known)."""
    if url == before or not web(url):
        return url
    head, question, query = url.partition("#")[0].partition("?")
    kept_head = head if _PATH_SESSION.search(before) else _PATH_SESSION.sub("", head)
    known = {parameter.partition("=")[0] for parameter in before.partition("#")[0].partition("?")[2].split("&")}
    kept = [
        parameter
        for parameter in query.split("&")
        if parameter.partition("=")[0] in known or not (tracking(parameter) or _for_one_visit(parameter, at))
    ]
    if kept_head == head and len(kept) == query.count("&") + 1:
        return url
    hash_mark, fragment = url.partition("#")[1:]
    return f"{kept_head}{question if kept and kept != [''] else ''}{'&'.join(kept)}{hash_mark}{fragment}"


def _for_one_visit(parameter: str, at: datetime | None) -> bool:
    """Whether a query parameter is a session, a test for cookies, or the time of the request."""
    name, _, value = unquote_plus(parameter).partition("=")
    name = name.lower()
    if name in _SESSION_NAMES or name.startswith(_SESSION_BEGINNINGS):
        return True
    if name in _CLOCK_NAMES:
        return _CLOCK_VALUE.fullmatch(value) is not None
    return at is not None and _EPOCH.fullmatch(value) is not None and abs(int(value[:10]) - at.timestamp()) < _NEAR


def anchor(url: str) -> str:
    """The normalised fragment of a URL; "" without one, and for routes, `#top` and text fragments."""
    found = split_url(normalise(url, fragment=True)).fragment or ""
    return "" if found.startswith(("/", "!")) or _NO_ANCHOR.fullmatch(found) else found

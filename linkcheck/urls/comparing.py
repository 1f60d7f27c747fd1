"""URLs as they are compared: RFC 3986 normalisation, and the further spellings under which one page is listed twice. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_plus

from linkcheck.urls.components import DEFAULT_PORTS, cut, cut_authority, percent_encoded, port_number, web
from linkcheck.urls.hosts import ascii_host

TRACKING = (
    "utm_*", "mtm_*", "pk_*", "hsa_*", "vero_*", "oly_*", "stm_*", "ga_*", "_hs*", "__hs*",
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "irclickid",
    "li_fat_id", "rb_clickid", "igshid", "igsh", "srsltid", "_ga", "_gl", "_branch_match_id", "hsctatracking", "mkt_tok",
    "mc_cid", "mc_eid", "s_cid", "wt_mc", "wickedid", "epik", "sccid", "cmpid", "xtor", "fref", "_openstat",
    "ck_subscriber_id", "trk", "trkcampaign", "vgo_ee", "ref_src", "ref_url",
)  # fmt: skip
"""Query parameters that say where a reader came from, never what is shown (lower case; `*` ends a beginning)."""

_TRACKING_NAMES = frozenset(name for name in TRACKING if not name.endswith("*"))
_TRACKING_BEGINNINGS = tuple(name[:-1] for name in TRACKING if name.endswith("*"))
_INDEX = re.compile(r"(?<=/)(?:index\.(?:x?html?|shtml|php|aspx?|jsp)|default\.(?:html?|aspx?))$", re.IGNORECASE)
_NO_PLACE = re.compile(r"(?:|top|:~:.*|utm_[a-z]+=.*)", re.IGNORECASE | re.DOTALL)
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_FOREIGN = re.compile(r"[^!#-;=?-Z\[\]_a-z~]")
"""What RFC 3986 allows nowhere in a URI, less the percent sign."""


@lru_cache(maxsize=1024)
def normalise(url: str, *, fragment: bool = False) -> str:
    """The form that all equivalent spellings of a web URL share (RFC 3986 section 6.2.2 and 6.2.3); never one to ask with.

    Case of scheme and host, percent-encoding, dot segments, default port, the empty path. With `fragment` it is kept and its
    encoding normalised, else dropped. Any other text, and a URL without a host, is returned as it is. Idempotent.
    """
    whole = cut(url)
    who = cut_authority(whole.authority or "")
    host = ascii_host(who.host)
    port = port_number(who.port, whole.scheme or "")
    if not web(url) or host is None or port is None:
        return url
    where = f"[{host}]" if ":" in host else host
    if port != DEFAULT_PORTS.get(whole.scheme or ""):
        where = f"{where}:{port}"
    if who.userinfo:
        where = f"{_normal(who.userinfo)}@{where}"
    query = "" if whole.query is None else f"?{_normal(whole.query)}"
    tail = f"#{_normal(whole.fragment)}" if fragment and whole.fragment is not None else ""
    return f"{whole.scheme}://{where}{without_dots(_normal(whole.path)) or '/'}{query}{tail}"


def _normal(text: str) -> str:
    """Percent-encoding as section 6.2.2.2 has it; a percent sign that begins no encoding is encoded itself."""
    decoded = _ENCODED.sub(_one_encoding, text) if "%" in text else text
    return _FOREIGN.sub(lambda it: it[0] if it[0] == "%" else percent_encoded(it[0]), decoded)


def _one_encoding(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"


def without_dots(path: str) -> str:
    """A path without its `.` and `..` segments (RFC 3986 section 5.2.4), also where these are written `%2e`."""
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
    """A key that two spellings of one page share: `normalise`, and more left out than a standard allows.

    Out are the scheme, `www.`, a last slash, `index.html` and tracking parameters. Other parameters stay, in their order, and
    so does a fragment that is a route (`#/a`, `#!a`). Not a URL: it begins with `//`, and nobody is asked with it.
    """
    whole = cut(normalise(url, fragment=True))
    if whole.authority is None or not web(url):
        return url
    host = whole.authority.removesuffix(".")
    bare = host.removeprefix("www.")
    host = bare if "." in bare else host
    path = _INDEX.sub("", whole.path).rstrip("/")
    query = "&".join(part for part in (whole.query or "").split("&") if part and not tracking(part))
    route = f"#{whole.fragment}" if (whole.fragment or "").startswith(("/", "!")) else ""
    return f"//{host}{path}{f'?{query}' if query else ''}{route}"


def tracking(parameter: str) -> bool:
    """Whether a `name=value` of a query only says where the reader came from (table `TRACKING`)."""
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_BEGINNINGS)


def spot(url: str) -> str:
    """The place on a page that a fragment names, normalised; "" without one, and for routes, `#top` and text fragments."""
    found = cut(normalise(url, fragment=True)).fragment or ""
    return "" if found.startswith(("/", "!")) or _NO_PLACE.fullmatch(found) else found

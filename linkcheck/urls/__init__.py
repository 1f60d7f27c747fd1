"""URLs: what is wrong with them, how they are asked, compared and shown. Pure; no function here raises for any text.

The rooms behind it, lowest first: `hosts`, `components`, then `faults` and `comparing`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from linkcheck.urls.comparing import compare_key, normalise, tracking, without_dots
from linkcheck.urls.components import Parts, cut, cut_authority, fetch_key, percent_encoded, port_number, sendable, split, web
from linkcheck.urls.faults import FAULTS, LONGEST, Fault, fault, scheme_note
from linkcheck.urls.hosts import ascii_host, host_key, private_host

__all__ = [
    "FAULTS", "Fault", "Parts", "ascii_host", "compare_key", "display", "fault", "fetch_key", "host_key", "join", "normalise",
    "private_host", "scheme_note", "split", "web",
]  # fmt: skip

_EDGES = "".join(map(chr, range(33)))
_DROPPED = re.compile(r"[\t\n\r]")
_INDEX = re.compile(r"(?:index|default)\.(?:x?html?|shtml|php|aspx?|jsp)", re.IGNORECASE)
_WIDTH = 60


def join(base: str, location: str) -> str | None:
    """Where a Location header leads from `base`, as browsers read it (WHATWG URL; RFC 9110 section 10.2.2); None for nowhere.

    Raw UTF-8 and spaces are encoded, tabs and newlines dropped, backslashes read as slashes, dot segments resolved; a fragment
    of `base` passes on to a target without one, user information doesn't. None also for what isn't http(s), and for a bad host.
    """
    text = _DROPPED.sub("", location.strip(_EDGES))
    if not text or not web(base) or len(text) > LONGEST:
        return None
    head = re.match(r"[^?#]*", text)
    cut_at = head.end() if head else 0
    text = text[:cut_at].replace("\\", "/") + text[cut_at:]
    here = split(base)
    scheme, colon, rest = text.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        scheme = scheme.lower()
        if scheme not in {"http", "https"}:
            return None
        text = f"//{rest.lstrip('/')}" if scheme != here.scheme or rest.startswith("//") else rest
    else:
        scheme = here.scheme
    return _resolved(here, scheme, f"//{text.lstrip('/')}" if text.startswith("//") else text)


def _resolved(here: Parts, scheme: str, reference: str) -> str | None:
    before, mark, tail = reference.partition("#")
    fragment = tail if mark else here.fragment
    path, asks, query = before.partition("?")
    netloc = here.netloc
    own_path, own_asks, own_query = here.target.decode("ascii").partition("?")
    if path.startswith("//"):
        authority, slash, below = path[2:].partition("/")
        who = cut_authority(authority)
        host, port = ascii_host(who.host), port_number(who.port, scheme)
        if host is None or port is None:
            return None
        netloc = Parts(scheme, "", who.host, host, port, b"", "").netloc
        path = slash + below
    elif not path:
        path = own_path
        if not asks:
            asks, query = own_asks, own_query
    elif not path.startswith("/"):
        path = f"{own_path.rpartition('/')[0]}/{path}"
    end = f"#{sendable(fragment)}" if fragment else ""
    found = f"{scheme}://{netloc}{without_dots(sendable(path)) or '/'}{asks}{sendable(query)}{end}"
    return found if len(found) <= LONGEST else None


def display(url: str) -> str:
    """A URL as an untitled entry shows: host and last path words, decoded ("people.csail.mit.edu: madry/6.883").

    At most 60 characters, on one line. What could disturb a line (controls, direction marks, other spaces) stays encoded.
    """
    if not web(url):
        return _short(_readable(url))
    whole = cut(url)
    who = cut_authority(whole.authority or "")
    host = _readable(who.host.lower().removeprefix("www.")) + (f":{_readable(who.port)}" if who.port else "")
    segments = [segment for segment in whole.path.split("/") if segment]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    words = [_readable(segment) for segment in segments]
    query = "&".join(part for part in (whole.query or "").split("&") if part and not tracking(part))
    if query:
        words = [*words[:-1], f"{words[-1] if words else ''}?{_readable(query)}"]
    if not words:
        return _short(host)
    room = _WIDTH - len(host) - 2
    kept = len(words)
    while kept > 1 and len("/".join(words[-kept:])) + (2 if kept < len(words) else 0) > room:
        kept -= 1
    shown = "/".join(words[-kept:])
    if kept < len(words) and len(shown) + 2 <= room:
        shown = f"…/{shown}"
    return _short(f"{host}: {shown}")


def _readable(text: str) -> str:
    """A text percent-decoded where that gives readable characters."""
    decoded = unquote(text, errors="strict") if "%" in text and _utf8(text) else text
    return "".join(char if char.isprintable() else percent_encoded(char) for char in decoded)


def _utf8(text: str) -> bool:
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"

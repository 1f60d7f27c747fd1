"""Parse, check, compare, join and display URLs. Pure; no function raises, whatever the text."""

from __future__ import annotations

import re
from urllib.parse import unquote

from linkcheck.urls.comparing import compare_key, lasting, normalise, tracking, without_dots
from linkcheck.urls.components import (
    Parts,
    fetch_key,
    percent_encoded,
    port_number,
    sendable,
    sendable_path,
    sendable_query,
    split,
    split_authority,
    split_url,
    web,
)
from linkcheck.urls.faults import FAULTS, LONGEST, Fault, fault, relative, scheme_note
from linkcheck.urls.hosts import ascii_host, host_key, private_host
from linkcheck.urls.redaction import has_secret, redacted

__all__ = [
    "FAULTS", "Fault", "Parts", "ascii_host", "compare_key", "display", "fault", "fetch_key", "has_secret", "host_key", "join", "lasting",
    "normalise", "private_host", "redacted", "relative", "scheme_note", "split", "web",
]  # fmt: skip

_TRIMMED = "".join(map(chr, range(33)))
_REMOVED = re.compile(r"[\t\n\r]")
_INDEX = re.compile(r"(?:index|default)\.(?:x?html?|shtml|php|aspx?|jsp)", re.IGNORECASE)
_WIDTH = 60


def join(base: str, location: str) -> str | None:
    """Resolve a Location header against `base` as browsers do (WHATWG URL; RFC 9110 section 10.2.2).

    Non-ASCII characters and spaces are encoded, tabs and newlines removed, backslashes read as slashes, dot segments resolved. A
    target without a fragment inherits that of `base`; user information is dropped. None for an empty or overlong text, a scheme
    other than http(s), and an invalid host.
    """
    text = _REMOVED.sub("", location.strip(_TRIMMED))
    if not text or not web(base) or len(text) > LONGEST:
        return None
    head = re.match(r"[^?#]*", text)
    path_end = head.end() if head else 0
    text = text[:path_end].replace("\\", "/") + text[path_end:]
    base_parts = split(base)
    scheme, colon, rest = text.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        scheme = scheme.lower()
        if scheme not in {"http", "https"}:
            return None
        text = f"//{rest.lstrip('/')}" if scheme != base_parts.scheme or rest.startswith("//") else rest
    else:
        scheme = base_parts.scheme
    return _resolved(base_parts, scheme, f"//{text.lstrip('/')}" if text.startswith("//") else text)


def _resolved(base_parts: Parts, scheme: str, reference: str) -> str | None:
    before, hash_mark, fragment_part = reference.partition("#")
    fragment = fragment_part if hash_mark else base_parts.fragment
    path, question_mark, query = before.partition("?")
    netloc = base_parts.netloc
    own_path, own_mark, own_query = base_parts.target.decode("ascii").partition("?")
    if path.startswith("//"):
        written, slash, below = path[2:].partition("/")
        authority = split_authority(written)
        host, port = ascii_host(authority.host), port_number(authority.port, scheme)
        if host is None or port is None:
            return None
        netloc = Parts(scheme, "", authority.host, host, port, b"", "").netloc
        path = slash + below
    elif not path:
        path = own_path
        if not question_mark:
            question_mark, query = own_mark, own_query
    elif not path.startswith("/"):
        path = f"{own_path.rpartition('/')[0]}/{path}"
    end = f"#{sendable(fragment)}" if fragment else ""
    found = f"{scheme}://{netloc}{without_dots(sendable_path(path)) or '/'}{question_mark}{sendable_query(query)}{end}"
    return found if len(found) <= LONGEST else None


def display(url: str) -> str:
    """A URL shortened for display: host and last path segments, decoded ("people.csail.mit.edu: madry/6.883").

    At most 60 characters on one line. Control and direction characters and unusual spaces stay encoded.
    """
    if not web(url):
        return _shortened(_readable(url))
    parts = split_url(url)
    authority = split_authority(parts.authority or "")
    host = _readable(authority.host.lower().removeprefix("www.")) + (f":{_readable(authority.port)}" if authority.port else "")
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    words = [_readable(segment) for segment in segments]
    query = "&".join(part for part in (parts.query or "").split("&") if part and not tracking(part))
    if query:
        words = [*words[:-1], f"{words[-1] if words else ''}?{_readable(query)}"]
    if not words:
        return _shortened(host)
    width_left = _WIDTH - len(host) - 2
    count, width = 1, len(words[-1])
    while count < len(words):
        width += 1 + len(words[-count - 1])
        if width + (2 if count + 1 < len(words) else 0) > width_left:
            break
        count += 1
    shown = "/".join(words[-count:])
    if count < len(words) and len(shown) + 2 <= width_left:
        shown = f"…/{shown}"
    return _shortened(f"{host}: {shown}")


def _readable(text: str) -> str:
    """The text percent-decoded if that is valid UTF-8; unprintable characters stay encoded."""
    decoded = unquote(text, errors="strict") if "%" in text and _utf8(text) else text
    return "".join(char if char.isprintable() else percent_encoded(char) for char in decoded)


def _utf8(text: str) -> bool:
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"

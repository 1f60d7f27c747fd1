"""Find what is wrong with a URL as written, with a repair if one is certain. Pure; accepts any text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from linkcheck.urls.components import percent_encoded, port_number, split_authority, split_url, web
from linkcheck.urls.hosts import Network, ascii_host, host_problem, private_host

FAULTS = frozenset({
    "empty-url", "malformed-url", "url-too-long", "control-character", "space-in-url", "mistyped-scheme", "missing-scheme",
    "empty-host", "bad-host", "bad-brackets", "bad-port", "userinfo", "private-address",
})  # fmt: skip
"""Every code that `fault` returns."""

LONGEST = 32_768

_PHRASES = {
    "a mail address": "mailto",
    "a telephone number": "tel sms",
    "a file by FTP": "ftp ftps",
    "a file by SSH": "sftp",
    "a file by TFTP": "tftp",
    "a file on IPFS": "ipfs",
    "a local file": "file",
    "an address for SSH": "ssh",
    "an address for git": "git",
    "an address for Subversion": "svn",
    "a mail server": "smtp",
    "a data: URL": "data",
    "a script": "javascript",
    "a magnet link": "magnet",
    "a DOI (give it as `doi`, or as https://doi.org/...)": "doi",
    "an arXiv id (give it as `arxiv`, or as https://arxiv.org/abs/...)": "arxiv",
    "a URN, which isn't an address": "urn",
    "a page of the browser": "about chrome view-source blob",
    "a socket": "ws wss",
    "a chat": "irc ircs xmpp matrix",
    "a newsgroup": "news nntp",
    "a Gopher or Gemini page": "gopher gemini",
    "a stream": "rtmp rtsp",
    "a geographic location": "geo",
    "a link to an application": "zotero slack vscode",
}
_OTHER_SCHEMES = {scheme: phrase for phrase, schemes in _PHRASES.items() for scheme in schemes.split()}

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000a-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\t]"
)
"""Control and format characters, except the joiners U+200C and U+200D, which some scripts need."""
_NOT_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WRAPPED = re.compile(r"""(?:\[[^\]]*\]\(|[<("'`\[{«“‘]+|url\s*[:=]\s*)(https?://[^\s<>"'`»”’]+)[^\w/]*""", re.IGNORECASE)
_DOUBLE_SCHEME = re.compile(r"(https?)[:/]+(?=https?[:/]+/)", re.IGNORECASE)
_FIRST_WORD = re.compile(r"([A-Za-z]+)([\s:;.,/\\|]*)", re.ASCII)
_SEPARATOR = re.compile(r"[:;]|//|\\\\")
_SPACE = re.compile(r"\s")
_ASCII_SPACE = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
"""Spaces that end a URL; browsers encode others, such as a no-break space."""
_SPACED_SCHEME = re.compile(r"h\s*t\s*t\s*p\s*(?:s\s*)?:\s*/\s*/\s*", re.IGNORECASE)
_SECOND_URL = re.compile(r"\s(?:\S*https?:/|[^\w%.~-])", re.IGNORECASE)
"""A space followed by a second URL or a remark."""
_PORT_ONLY = re.compile(r"[0-9]{1,5}(?:[/?#].*)?", re.DOTALL)
_ANCHOR, _PATH = "an anchor on the same page", "a relative path"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_GIT_SSH = re.compile(r"[\w.-]+@[\w.-]+:[^/\s]")
_MAIL = re.compile(r"[^\s@/:]+@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a URL can't be requested. `hint` says what to do; `repair` is the corrected URL, "" if none is certain."""

    code: str
    message: str
    hint: str = ""
    repair: str = ""


def fault(url: str, allowed: Iterable[Network] = ()) -> Fault | None:
    """Why a URL as written can't be requested; None for a valid URL, and for a text that isn't a web link (see `scheme_note`).

    Private addresses in `allowed` networks are valid. `repair` is set only if it is itself without fault.
    """
    networks = tuple(allowed)
    found = _fault(url, networks)
    if found is None:
        return None
    repair = _repair_fully(found.repair, networks) if found.repair else ""
    return replace(found, repair=repair, hint=f"write {repair}" if repair else found.hint or "copy the URL again")


def _repair_fully(repair: str, allowed: tuple[Network, ...]) -> str:
    """Repair a repair up to four times; "" if that gives no valid web URL."""
    for _ in range(4):
        found = _fault(repair, allowed)
        if found is None:
            return repair if web(repair) else ""
        if not found.repair:
            return ""
        repair = found.repair
    return ""


def _fault(url: str, allowed: tuple[Network, ...]) -> Fault | None:
    if not url.strip():
        return Fault("empty-url", "The URL is empty.", "give the URL, or remove the field")
    if len(url) > LONGEST:
        return Fault(
            "url-too-long", f"The URL has {len(url):,} characters.", f"at most {LONGEST:,} characters can be requested"
        )
    return _character_fault(url) or _scheme_fault(url) or (_authority_fault(url, allowed) if web(url) else None)


def _character_fault(url: str) -> Fault | None:
    invalid = _NOT_CHARACTERS.search(url)
    if invalid:
        return Fault(
            "malformed-url", f"{_quoted(url)} contains U+{ord(invalid[0]):04X}, which is not a character.", "copy the URL again"
        )
    scheme = split_url(url).scheme
    if scheme in _OTHER_SCHEMES:
        return None
    hidden = _INVISIBLE.search(url)
    if hidden:
        name = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}.get(
            hidden[0], f"the invisible character U+{ord(hidden[0]):04X}"
        )
        repair = "" if _SECOND_URL.search(url.strip()) else _INVISIBLE.sub("", url).strip()
        return Fault("control-character", f"{_quoted(url)} contains {name}.", repair=repair)
    if url != url.lstrip() or url != url.rstrip(_ASCII_SPACE):
        return Fault("space-in-url", f"{_quoted(url.strip())} has a space before or after it.", repair=url.strip())
    return None


def _scheme_fault(url: str) -> Fault | None:
    """Faults before the host: text around the URL, a mistyped or missing scheme, spaces."""
    wrapped = _WRAPPED.fullmatch(url)
    if wrapped:
        inner = _without_unopened_brackets(wrapped[1])
        return Fault("malformed-url", f"{_quoted(url)} has other text around the URL.", repair=inner)
    twice = _DOUBLE_SCHEME.match(url)
    if twice:
        return Fault("mistyped-scheme", f"{_quoted(url)} has its scheme twice.", repair=url[twice.end() :])
    if url[:4].lower() == "www." and ascii_host(re.split(r"[/?#:]", url, maxsplit=1)[0]):
        return Fault("missing-scheme", f"{_quoted(url)} has no scheme.", repair=f"https://{url}")
    mistyped = _mistyped_scheme(url)
    if mistyped:
        return mistyped
    if web(url):
        spaced = any(space in url for space in _ASCII_SPACE) or _SPACE.search(split_url(url).authority or "") is not None
    else:
        spaced = split_url(url).scheme is None and _SPACE.search(url) is not None
    return _space_fault(url) if spaced else None


def _space_fault(url: str) -> Fault:
    spread = _SPACED_SCHEME.match(url)
    if spread and _SPACE.search(spread[0]):
        repair = f"{_SPACE.sub('', spread[0])}{url[spread.end() :]}"
    elif not web(url) or _SPACE.search(split_url(url).authority or "") or _SECOND_URL.search(url):
        repair = ""
    else:
        repair = _SPACE.sub(lambda it: percent_encoded(it[0]), url)
    hint = "a URL has no spaces; was it cut or joined in copying?"
    return Fault("space-in-url", f"{_quoted(url)} contains a space.", hint, repair)


def _mistyped_scheme(url: str) -> Fault | None:
    match = _FIRST_WORD.match(url)
    if match is None:
        return None
    word, separator = match[1].lower(), match[2]
    scheme = _intended_scheme(word)
    if separator == "://" and word in {"http", "https"}:
        return None
    if (
        scheme is None
        or not _SEPARATOR.search(separator)
        or (word not in {"http", "https"} and "//" not in separator and ":" not in separator)
    ):
        return None
    rest = url[match.end() :]
    if word in {"http", "https"} and separator.startswith("://"):
        if separator.strip(":/") == "" and re.match(r"[A-Za-z0-9-]+\.[A-Za-z0-9]", rest):
            return Fault("empty-host", f"{_quoted(url)} has no host between // and the path.", repair=f"{word}://{rest}")
        return None
    described = f'"{match[0].strip()}" in {_quoted(url)} is not a scheme'
    host = split_authority(re.split(r"[/\\?#]", rest, maxsplit=1)[0]).host
    return Fault(
        "mistyped-scheme", f"{described}; {scheme}:// was meant.", repair=f"{scheme}://{rest}" if ascii_host(host) else ""
    )


def _intended_scheme(word: str) -> str | None:
    """`http` or `https` if the word is a misspelling of it, else None."""
    if word in {"http", "https"}:
        return word
    if word in _OTHER_SCHEMES or not 3 <= len(word) <= 8:
        return None
    made_of_its_letters = set(word) <= set("htpsx") and {"t", "p"} <= set(word)
    if word in {"hxxp", "hxxps"} or made_of_its_letters or SequenceMatcher(None, word, "https", autojunk=False).ratio() >= 0.75:
        return "https" if "s" in word else "http"
    return "http" if SequenceMatcher(None, word, "http", autojunk=False).ratio() >= 0.75 else None


def _authority_fault(url: str, allowed: tuple[Network, ...]) -> Fault | None:
    match = re.match(r"[^?#]*", url)
    head = match[0] if match else url
    if "\\" in head:
        return Fault(
            "malformed-url", f"{_quoted(url)} contains a backslash.", repair=head.replace("\\", "/") + url[len(head) :]
        )
    parts = split_url(url)
    authority = split_authority(parts.authority or "")
    if not authority.host:
        return Fault("empty-host", f"{_quoted(url)} has no host between // and the path.", "give the whole URL")
    if authority.host.startswith("[") != authority.host.endswith("]") or any(char in authority.host[1:-1] for char in "[]"):
        return Fault(
            "bad-brackets",
            f"The brackets in {_quoted(url)} don't enclose an IPv6 address.",
            "write [address], then :port",
        )
    host = ascii_host(authority.host)
    if host is None:
        repair = (
            url.replace(authority.host, authority.host.rstrip(".,;"), 1)
            if authority.host.rstrip(".,;") != authority.host
            else ""
        )
        return Fault(
            "bad-host",
            f"{_quoted(authority.host)} is not a host: {host_problem(authority.host)}.",
            "" if repair else "check the host name",
            repair,
        )
    if port_number(authority.port, parts.scheme or "") is None:
        return Fault(
            "bad-port",
            f"{_quoted(authority.port or '')} in {_quoted(url)} is not a port.",
            "a port is a number from 1 to 65535",
        )
    if private_host(host, allowed):
        canonical = "" if host == authority.host.strip("[]").lower() else f" ({host})"
        return Fault(
            "private-address",
            f"{_quoted(authority.host)}{canonical} is a private address: it is different on every network.",
            "give the public URL",
        )
    if authority.userinfo is not None:
        return Fault(
            "userinfo",
            f"{_quoted(url)} has a user name or password before the host.",
            repair=url.replace(f"{authority.userinfo}@", "", 1),
        )
    return None


def relative(url: str) -> bool:
    """Whether a text is a relative path, a query or an anchor, which only the page around it completes."""
    return fault(url) is None and (scheme_note(url) or "").startswith((_ANCHOR, _PATH))


def scheme_note(url: str) -> str | None:
    """What a text is if it isn't a web link (mail, FTP, an anchor, a relative path, ...), as a phrase; None for a web link."""
    if web(url):
        return None
    if url.startswith("#"):
        return _ANCHOR
    if url.startswith("//"):
        return "a URL without a scheme; if a web page is meant, write https: before it"
    if _DRIVE.match(url):
        return "a local file"
    parts = split_url(url)
    if parts.scheme in _OTHER_SCHEMES:
        return _OTHER_SCHEMES[parts.scheme]
    if _GIT_SSH.match(url):
        return "an address for git over SSH"
    if _MAIL.fullmatch(url):
        return "a mail address"
    if parts.scheme and not (("." in parts.scheme or parts.scheme == "localhost") and _PORT_ONLY.fullmatch(parts.path)):
        return f"a link with the scheme {_quoted(parts.scheme)}, which isn't a web link"
    return f"{_PATH}; if a web page is meant, write https:// before it"


def _without_unopened_brackets(url: str) -> str:
    """The URL without closing brackets at its end that have no opening one."""
    while url and url[-1] in ")]}" and url.count(url[-1]) > url.count({")": "(", "]": "[", "}": "{"}[url[-1]]):
        url = url[:-1]
    return url


def _quoted(text: str) -> str:
    line = "".join(char if char.isprintable() else " " for char in text)
    return f'"{line}"' if len(line) <= 80 else f'"{line[:50]} … {line[-20:]}"'

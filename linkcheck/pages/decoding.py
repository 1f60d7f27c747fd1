"""Detect the kind of a body and decode its text. Pure; nothing here raises."""

from __future__ import annotations

import re
from enum import Enum

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_PRESCAN = 1024
"""Bytes at the start of a page that may declare its encoding (WHATWG HTML, encoding sniffing)."""
_SNIFFED = 512
_MARKUP = re.compile(
    rb"\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|title|meta|script|h1|div|p|a|center|table)\b",
    re.IGNORECASE | re.DOTALL,
)

# Labels of the WHATWG Encoding standard and their codecs. Python's registry isn't used: it also has "zip", "punycode" and the
# like, which raise, warn or take quadratic time.
_CODECS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be",
        "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 us-ascii ascii windows-1252 cp1252 x-cp1252",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251 win-1251",
        "cp1253": "windows-1253 cp1253",
        "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "iso8859-2": "iso-8859-2 iso8859-2 latin2",
        "iso8859-3": "iso-8859-3 latin3",
        "iso8859-4": "iso-8859-4 latin4",
        "iso8859-5": "iso-8859-5 cyrillic",
        "iso8859-6": "iso-8859-6 arabic",
        "iso8859-7": "iso-8859-7 greek",
        "iso8859-8": "iso-8859-8 hebrew iso-8859-8-i",
        "iso8859-10": "iso-8859-10 latin6",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-15": "iso-8859-15 latin9",
        "iso8859-16": "iso-8859-16",
        "koi8-r": "koi8-r koi8 koi8_r",
        "koi8-u": "koi8-u koi8-ru",
        "cp866": "ibm866 cp866 866",
        "mac-roman": "macintosh x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese",
        "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5",
        "euc_jp": "euc-jp x-euc-jp",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
        "iso2022_jp": "iso-2022-jp",
        "cp949": "euc-kr ks_c_5601-1987 ksc5601 windows-949 korean",
    }.items()
    for label in labels.split()
}


class Kind(Enum):
    """The kind of a body."""

    HTML = "html"
    TEXT = "text"
    OTHER = "other"


def kind_of(content_type: str, body: bytes) -> Kind:
    """The kind by Content-Type or, without one, by the first bytes. XML counts as text."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence in {"text/html", "application/xhtml+xml"}:
        return Kind.HTML
    if essence in {"text/plain", "text/xml", "application/xml"}:
        return Kind.TEXT
    if essence and "/" in essence and essence not in {"application/octet-stream", "unknown/unknown", "*/*"}:
        return Kind.OTHER
    return Kind.HTML if _MARKUP.match(body[:_SNIFFED].removeprefix(b"\xef\xbb\xbf")) else Kind.OTHER


def decode(body: bytes, content_type: str) -> str:
    """Decode a body by its BOM, Content-Type or meta element; without a known label as UTF-8, else Windows-1252.

    Never fails: undecodable bytes become U+FFFD.
    """
    for bom, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    header = _CHARSET.search(content_type) if "=" in content_type else None
    label = header[1].lower() if header else ""
    if label in {"utf-16", "utf-16le", "utf-16be"}:
        return body.decode("utf-16-be" if label.endswith("be") else "utf-16-le", "replace")
    if label not in _CODECS:
        meta = _META.search(body, 0, _PRESCAN)
        label = meta[1].decode("ascii").lower() if meta else ""
    if label in _CODECS:
        return body.decode(_CODECS[label], "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 3 or error.reason == "unexpected end of data"
        return body.decode("utf-8" if cut else "cp1252", "replace")

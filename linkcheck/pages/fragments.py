"""Check whether the fragments of links exist in a page (WHATWG HTML 7.4.6.3; WICG Scroll to Text Fragment). Pure.

Scans the markup as text in linear time instead of parsing it: pages may have megabytes, and must be read to the end.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

FOUND, MISSING, UNKNOWN = "found", "missing", "unknown"

_ATTRIBUTES = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)"
"""What follows the name in a start tag; a `>` in quotes doesn't end it. Without backtracking, so that no text is scanned twice."""
_START = re.compile(rf"<([A-Za-z][^\s/>]*+)({_ATTRIBUTES})")
_OPAQUE = re.compile(
    rf"<!--.*?(?:-->|\Z)|(<(script|style|template|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>]){_ATTRIBUTES}).*?(?:</\2|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, and elements whose content isn't markup of the page; group 1 is their start tag, which is."""
_ATTRIBUTE = re.compile(r"(?<![^\s\"'/])(id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HEADING = re.compile(r"<h[1-6]\b[^<>]{0,500}>(.{1,600}?)</h[1-6]", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|td|th|tr|table|section|article|br|dd|dt|blockquote|pre|figure)\b[^<>]*>", re.IGNORECASE
)
_ID_SCRIPTS = re.compile(
    r"\.id\s*=\s*[a-z_$]|setattribute\(\s*[\"']id[\"']\s*,\s*[a-z_$]|attr\(\s*[\"']id[\"']\s*,\s*[a-z_$]|anchor(?:js|\.min\.js)|\bslug(?:ify|ger)?\b"
    r"|docsify|marked(?:\.min)?\.js|markdown-it|showdown|redoc|swagger-ui|rapidoc",
)
"""Scripts that create ids."""
_DIRECTIVE = ":~:"
_MAX_MATCHES = 200
"""Maximum matches of a quoted text that are examined."""
_NOT_WORD = re.compile(r"[^\w]+")
_LINE_NUMBERS = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines?-\d+(?:-\d+)?|\d+(?:-\d+)?|cl-\d+", re.IGNORECASE)
_ROUTE = re.compile(r"[!/?]|[^=]{1,40}=")


def fragments(source: str, wanted: tuple[str, ...], *, shell: bool, complete: bool) -> tuple[tuple[str, str], ...]:
    """Each wanted fragment with "found", "missing" or "unknown", from the markup of an HTML page."""
    if not wanted:
        return ()
    elements = _OPAQUE.sub(lambda found: found[1] or " ", source)
    anchors = _anchors(elements)
    return tuple((name, _find(name, source, elements, anchors, conclusive=complete and not shell)) for name in wanted)


def not_markup(wanted: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The same for a body that isn't HTML: only its top is known to exist."""
    return tuple((name, FOUND if _is_top(name) else UNKNOWN) for name in wanted)


def _find(wanted: str, source: str, elements: str, anchors: frozenset[str], *, conclusive: bool) -> str:
    name, directive, directives = wanted.partition(_DIRECTIVE)
    texts = [part.removeprefix("text=") for part in directives.split("&") if part.startswith("text=")] if directive else []
    if texts:
        page_text = _folded(unescape(_TAG.sub("", _BLOCK.sub(" ", elements))))
        if any(_shows_text(text, page_text) for text in texts):
            return FOUND
        return MISSING if conclusive else UNKNOWN
    spellings = {name, unquote(name, errors="replace")}
    if _is_top(name) or any(_has_anchor(spelling, anchors) for spelling in spellings):
        return FOUND
    if not conclusive or _ROUTE.match(name) or _LINE_NUMBERS.fullmatch(name):
        return UNKNOWN
    return UNKNOWN if any(_may_be_scripted(spelling, source, elements) for spelling in spellings) else MISSING


def _is_top(name: str) -> bool:
    return not name or name.lower() == "top"


def _anchors(elements: str) -> frozenset[str]:
    """Every id, and every `name` of an `a` element."""
    found = set[str]()
    for tag, attributes in _START.findall(elements):
        for key, *values in _ATTRIBUTE.findall(attributes):
            if key.lower() == "id" or tag.lower() == "a":
                found.add(unescape("".join(values)))
    return frozenset(found)


def _has_anchor(name: str, anchors: frozenset[str]) -> bool:
    """Whether an anchor exists, also with GitHub's prefix (which is matched without regard to case)."""
    return name in anchors or f"user-content-{name}" in anchors or f"user-content-{name.lower()}" in anchors


def _may_be_scripted(name: str, source: str, elements: str) -> bool:
    """Whether a script may create the anchor: it contains its name, creates ids, or could make it from a heading."""
    scripts_source = "\n".join(found[0] for found in _OPAQUE.finditer(source) if found[1])
    scripts = scripts_source.lower()
    if "<script" not in scripts:
        return False
    if re.search(rf"[\"'#\-]{re.escape(name)}[\"'\\]", scripts_source) or _ID_SCRIPTS.search(scripts):
        return True
    slug = _slug(name)
    without_id = (found[1] for found in _HEADING.finditer(elements) if not _ATTRIBUTE.search(found[0]))
    return bool(slug) and any(_slug(unescape(_TAG.sub("", heading))) == slug for heading in without_id)


def _slug(text: str) -> str:
    return _NOT_WORD.sub("-", text.casefold()).strip("-_")


def _shows_text(text: str, page_text: str) -> bool:
    """Whether a page contains the text of a directive `[prefix-,]start[,end][,-suffix]`, without regard to case."""
    pieces = text[:2000].split(",")
    prefix = _folded(unquote(pieces.pop(0)[:-1], errors="replace")) if pieces[0].endswith("-") and len(pieces) > 1 else ""
    suffix = _folded(unquote(pieces.pop()[1:], errors="replace")) if pieces[-1].startswith("-") and len(pieces) > 1 else ""
    start = _folded(unquote(pieces[0], errors="replace"))
    end = _folded(unquote(pieces[1], errors="replace")) if len(pieces) > 1 else ""
    if not start:
        return False
    at = -1
    for _ in range(_MAX_MATCHES):
        at = page_text.find(start, at + 1)
        if at < 0:
            return False
        stop = at + len(start)
        if prefix and not page_text[max(0, at - len(prefix) - 1) : at].rstrip().endswith(prefix):
            continue
        if end:
            stop = page_text.find(end, stop) + len(end)
            if stop < len(end):
                return False
        if not suffix or page_text[stop : stop + len(suffix) + 1].lstrip().startswith(suffix):
            return True
    return False


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())

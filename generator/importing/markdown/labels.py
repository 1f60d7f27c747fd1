"""The labelled links of an entry, `[[pdf](u)] [[code](v)]` in all its spellings, told from links within its description."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importing.markdown.inline import Token, plain
from generator.importing.markdown.words import is_label, label_of

__all__ = ["Labelled", "bracketed", "extract", "trimmed"]

_BETWEEN = re.compile(r"[\s|｜·•,，、;/&+\[\]()【】（）–—:→※\-]*$")
_OPENED = re.compile(r"[\[【]\s*$")
_PARENTHESIS = re.compile(r"[(（]\s*$")
_CLOSED = re.compile(r"\s*[\]】]")
_PARENTHESIS_CLOSED = re.compile(r"\s*[)）]")
_ENDED = re.compile(r"(?:[|·•:：\]】)）>»→.!?…。！？;；]|\s[–—-])[\"”’'*_]*\s*$|^\s*$")
_OVER = re.compile(r"[\s.,;:|·•\])】）/–—-]*$")
_STRONG = re.compile(r"[|·•]")
_CLAUSE = re.compile(r"(?:^|[.;,|·•(\[])\s*(?P<label>[^\W\d_][\w /+-]{0,30}?)\s*[:：]\s*[\[(]?\s*$")
_GENERIC = frozenset(("link", "url", "here", ""))
_EMPTY = re.compile(r"[(\[（【][\s,;|/·&•+–—-]*[)\]）】]")
_HOLLOW = re.compile(r"[\s\[\]()]*")
_NAME = re.compile(r":([a-z0-9_+-]{1,40}):")
_REPEATED = re.compile(r"([|·•,;])\s+(?=\1(?:\s|$))")
_SIGNS = re.compile(r"[(\[（【|·•,;]")
_LONELY_STOP = re.compile(r"\s\.|.?\s", re.DOTALL)
_LEAD = re.compile(r"^(?:[\s:：|·•,;，、；※→▶»>=\])】‐‑–—]|[~～-](?![\w/])|/(?=\s|$))+|^\.+(?=\s|$)\s*")
_HELD = re.compile(r"\s*[;,:|]\s+\.\s*$")
_MARKED = re.compile(r"^([^\w\s()\[\]\"'`.,;:!?/\\@#$%&*~<>=+-]{1,4}(?:\s[^\w\s]{1,4})*)\s+[-–—:]\s+")
_STOPS = re.compile(r"([.!?…。][\"”’')*_]*)(?:\s+\.)+\s*$|\s+(\.)\s*$")
_TAIL = re.compile(r"(?:[\s:：|·•,;，、；※→(\[（【‐‑–—-]|\s-)+$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A further link of an entry, with its label; `own` where the link itself said it, not the text before it."""

    label: str
    url: str
    text: str


def bracketed(tokens: list[Token], at: int) -> bool:
    """Whether the link at an index stands in square brackets, within or around it."""
    text = plain([tokens[at]])
    if text.startswith(("[", "【")) and text.endswith(("]", "】")):
        return True
    return bool(_OPENED.search(_text(tokens, at - 1)) and _CLOSED.match(_text(tokens, at + 1)))


def _text(tokens: list[Token], at: int) -> str:
    token = tokens[at] if 0 <= at < len(tokens) else None
    return str(token["raw"]) if token is not None and token["type"] == "text" else ""


def extract(tokens: list[Token]) -> tuple[list[Token], list[Labelled]]:
    """What is left of the tokens as description, and the labelled links, in order."""
    found: list[Labelled] = []
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at]["type"] != "link":
            out.append(tokens[at])
            at += 1
            continue
        end = _run_end(tokens, at)
        before, after = _before(out), _after(tokens, end)
        first = _accepted(tokens, at, end, before, after)
        if first is None:
            out += tokens[at:end]
        else:
            out += tokens[at:first]
            pre = _before(out) if first == at else ""
            named = _labels(tokens[first:end], pre)
            if named and named[0].label != label_of(named[0].text) and out and out[-1]["type"] == "text":
                clause = _CLAUSE.search(str(out[-1]["raw"]))
                if clause:
                    cut = str(out[-1]["raw"])[: clause.start("label")]
                    out[-1] = {"type": "text", "raw": cut}
            found += named
            if first == at and end < len(tokens) and tokens[end]["type"] == "text":
                unboxed = _unboxed(out, str(tokens[end]["raw"]))
                if unboxed is not None:
                    out.append({"type": "text", "raw": f" {unboxed}"})
                    end += 1
            out.append({"type": "text", "raw": " "})
        at = end
    return out, found


def _unboxed(out: list[Token], after: str) -> str | None:
    """The text behind a run without the bracket that closes it, the one that opens it gone, too; None where it has no such pair."""
    before = str(out[-1]["raw"]) if out and out[-1]["type"] == "text" else ""
    for opened, closed in ((_OPENED, _CLOSED), (_PARENTHESIS, _PARENTHESIS_CLOSED)):
        match = closed.match(after)
        if match and opened.search(before):
            out[-1] = {"type": "text", "raw": opened.sub("", before)}
            return after[match.end() :]
    return None


def _run_end(tokens: list[Token], at: int) -> int:
    """The end of the links that follow one another from here, with nothing but separators between."""
    end = at + 1
    while end < len(tokens):
        ahead = end
        while ahead < len(tokens) and (tokens[ahead]["type"] == "break" or _BETWEEN.match(_text(tokens, ahead) or "x")):
            ahead += 1
        if ahead >= len(tokens) or tokens[ahead]["type"] != "link":
            break
        end = ahead + 1
    return end


def _before(out: list[Token]) -> str:
    text = ""
    for token in reversed(out):
        if token["type"] == "break":
            return f"\n{text}" if not text.strip() else text
        if token["type"] == "text":
            text = str(token["raw"]) + text
        else:
            return f"x{text}"
    return text


def _after(tokens: list[Token], at: int) -> str:
    text = ""
    for token in tokens[at:]:
        if token["type"] == "break":
            return f"{text}\n"
        if token["type"] != "text":
            return f"{text}x"
        text += str(token["raw"])
    return text


def _accepted(tokens: list[Token], at: int, end: int, before: str, after: str) -> int | None:
    """From where on the links of a run are labelled ones; None where they belong to the sentence."""
    links = [token for token in tokens[at:end] if token["type"] == "link"]
    labels = all(is_label(plain([link])) or plain([link]) == link["attrs"]["url"] for link in links)
    over = bool(_OVER.fullmatch(after.replace("\n", ""))) and ("\n" in after or _ends(tokens, end))
    if bracketed(tokens, at) or (_OPENED.search(before) and _CLOSED.match(after)):
        return at
    if _PARENTHESIS.search(before) and _PARENTHESIS_CLOSED.match(after):
        return at if labels or (over and len(links) > 1) else None
    ended = bool(_ENDED.search(before))
    if (over and (ended or labels)) or (labels and ended and ("\n" in after[:1] or _over_line(after))):
        return at
    if over:
        for index in range(at + 1, end):
            if _STRONG.search(_text(tokens, index)):
                return index + 1
    return None


def _ends(tokens: list[Token], at: int) -> bool:
    return all(token["type"] in {"text", "break"} for token in tokens[at:])


def _over_line(after: str) -> bool:
    return bool(re.match(r"\s*(?:[|·•–—]|-\s)", after))


def _labels(tokens: list[Token], before: str) -> list[Labelled]:
    found: list[Labelled] = []
    text = before
    for token in tokens:
        if token["type"] != "link":
            text += str(token.get("raw", ""))
            continue
        url = str(token["attrs"]["url"])
        own = plain([token])
        shown = _shows(own.strip(" []【】"), url)
        generic = own.strip(" []").casefold() in _GENERIC or shown
        clause = _CLAUSE.search(text)
        label = clause["label"] if generic and clause else ("link" if shown else own)
        found.append(Labelled(label_of(label), url, own))
        text = ""
    return found


def _shows(text: str, url: str) -> bool:
    """Whether a link's text is its URL."""
    bare = url.partition("://")[2].rstrip("/")
    return text.rstrip("/") in {url.rstrip("/"), bare, bare.removeprefix("www.")}


def trimmed(tokens: list[Token]) -> list[Token]:
    """Description tokens without the separators and empty brackets that the links left."""
    out: list[Token] = []
    for token in tokens:
        if token["type"] != "text":
            out.append(dict(token))
        elif out and out[-1]["type"] == "text":
            out[-1]["raw"] = str(out[-1]["raw"]) + str(token["raw"])
        else:
            out.append(dict(token))
    out = [token for token in out if token["type"] not in {"emphasis", "strong"} or not _HOLLOW.fullmatch(plain([token]))]
    for token in out:
        if token["type"] == "text" and _SIGNS.search(token["raw"]):
            token["raw"] = _REPEATED.sub("", _EMPTY.sub(" ", str(token["raw"])))
    _trim(out, 0, _LEAD)
    _trim(out, -1, _TAIL)
    if out and out[0]["type"] == "text":
        out[0]["raw"] = _MARKED.sub(r"\1 ", str(out[0]["raw"]))
    if out and out[-1]["type"] == "text" and _LONELY_STOP.fullmatch(str(out[-1]["raw"])[-2:]):
        out[-1]["raw"] = _STOPS.sub(r"\1", _HELD.sub(".", str(out[-1]["raw"])))
    return out


def _trim(tokens: list[Token], end: int, edge: re.Pattern[str]) -> None:
    while tokens and tokens[end]["type"] in {"text", "break", "stop"}:
        # The colons of a name such as ":pill:" separate nothing.
        raw = str(tokens[end].get("raw", ""))
        if raw and (raw[end].isalnum() or (end and raw[end] == ".")):
            return
        held = _NAME.sub("\x00\\1\x00", raw)
        shown = edge.sub("", held).replace("\x00", ":")
        if shown.strip():
            tokens[end]["raw"] = shown
            return
        tokens.pop(end)

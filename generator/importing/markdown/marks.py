"""An entry under way, and what stands in its tokens besides text and links: images, badges, boxes to tick, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.importing.markdown.inline import Token, links_of, plain
from generator.importing.markdown.words import is_label

__all__ = ["Draft", "badges_last", "leading", "only_anchors", "plainer", "without_images", "words"]

_BOX = re.compile(r"^\s*\[[ xX✓✔]?\]\s+(?=\S|$)")
_NUMBER = re.compile(r"^(?:\s*(?:\d{1,4}[.)]|#\d{1,4}\b[.:]?|\(\d{1,4}\))\s+(?=\S|$))+")
_BADGE = re.compile(r"badge|shields\.io|badgen|/stars/|forthebadge|img\.shields|\.svg(?:\?|$)", re.IGNORECASE)
_MUTE = re.compile(
    r"\W*(?:github |gitlab |npm |pypi |crates ?\.?io )?(?:stars?|forks?|build|status|licen[sc]e|version|downloads?|release|coverage"
    r"|ci|travis|issues|last commit|commits?|badge|image|img|icon|logo|tests?|stargazers|watchers|contributors|maintenance|python"
    r"|docs?|codecov|awesome|views|visitors|size)(?: (?:status|count|badge|version|stars?|passing|repo|stats))*\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Draft:
    """An entry under way. `about` are the tokens of its description; `left` names links that it can't hold, with why."""

    title: str | None = None
    url: str | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    about: list[Token] = field(default_factory=list)
    struck: bool = False
    left: list[tuple[str, str]] = field(default_factory=list)
    line: int = 0
    extra: list[tuple[str, str]] = field(default_factory=list)


def without_images(tokens: list[Token], draft: Draft) -> list[Token]:
    """The tokens without their images: a badge leaves its mark, another image becomes a link of the entry."""
    out: list[Token] = []
    for token in tokens:
        if token["type"] != "image":
            out.append(token)
            continue
        url, alt = str(token["attrs"]["url"]), str(token["alt"]).strip()
        if not _BADGE.search(url):
            draft.links.append(("image", url))
            continue
        draft.left.append((url, "a badge: entries show none, its words are kept where they say something"))
        linked = any(other.get("badge") for other in tokens)
        if alt and len(alt) <= 24 and not linked and not _MUTE.fullmatch(alt):
            out += [{"type": "text", "raw": f" {alt}"}, {"type": "stop"}]
    return out


def badges_last(tokens: list[Token]) -> list[Token]:
    """Links that are badges as labelled links at the end, unless there is nothing else."""
    rest = [token for token in tokens if not token.get("badge") or token["type"] != "link"]
    if len(rest) == len(tokens) or not (plain(rest) or any(links_of(rest))):
        return tokens
    boxed = [{**token, "children": [{"type": "text", "raw": f"[{plain([token]) or 'link'}]"}]} for token in tokens
             if token.get("badge") and token["type"] == "link"]  # fmt: skip
    return [*rest, {"type": "text", "raw": " "}, *boxed]


def only_anchors(tokens: list[Token]) -> bool:
    """Whether tokens only lead about the page."""
    rest = [token for token in tokens if token["type"] != "anchor"]
    return len(rest) < len(tokens) and not words(plain(rest))


def plainer(tokens: list[Token], draft: Draft) -> list[Token]:
    """Anchors, paths and struck texts as text; links that lead nowhere without the label they stand for."""
    out: list[Token] = []
    for token in tokens:
        kind, inner = token["type"], token.get("children", [])
        if kind == "struck":
            if not words(plain(out)):
                draft.struck = True
                out += plainer(inner, draft)
            else:
                out += [{"type": "text", "raw": f"~~{plain(inner)}~~"}]
        elif kind == "anchor":
            shown = plain(inner)
            out += [{"type": "text", "raw": shown}] if words(shown) else []
        elif kind == "other":
            shown, path = plain(inner), str(token["raw"])
            own = path.removeprefix("mailto:")
            titled = words(shown) and not words(plain(out)) and not is_label(shown) and path and own != shown
            out += [{"type": "strong", "children": [{"type": "text", "raw": shown}]}] if titled else []
            shown = f" ({own})" if titled else shown if not path or own == shown else f"{shown} ({own})"
            out.append({"type": "text", "raw": shown})
        elif kind == "empty":
            out += [] if token.get("badge") and len(tokens) > 1 else _empty(plain(inner), out)
        else:
            out.append(token)
    merged: list[Token] = []
    for token in out:
        if token["type"] == "text" and merged and merged[-1]["type"] == "text":
            merged[-1] = {"type": "text", "raw": str(merged[-1]["raw"]) + str(token["raw"])}
        else:
            merged.append(token)
    return merged


def _empty(shown: str, before: list[Token]) -> list[Token]:
    """A link that leads nowhere: the title where it comes first, a remark where it stands in brackets, nothing where a label."""
    if is_label(shown):
        return [] if before else [{"type": "text", "raw": shown}]
    if not words(plain(before)) and words(shown) and not shown.startswith(("[", "(")):
        return [{"type": "strong", "children": [{"type": "text", "raw": shown}]}]
    if words(plain(before)) and shown.startswith("[") and shown.endswith("]"):
        return [{"type": "stop"}, {"type": "text", "raw": shown.strip("[]")}]
    return [{"type": "text", "raw": shown}]


def leading(tokens: list[Token]) -> list[Token]:
    """Without check boxes and numbers at the beginning."""
    while tokens and (tokens[0]["type"] in {"break", "stop"} or not str(tokens[0].get("raw", "x")).strip()):
        tokens = tokens[1:]
    if tokens and tokens[0]["type"] == "text":
        raw = str(tokens[0]["raw"])
        shown = _NUMBER.sub("", _BOX.sub("", raw))
        if shown != raw and (shown.strip() or len(tokens) > 1):
            return [{"type": "text", "raw": shown}, *tokens[1:]] if shown else tokens[1:]
    return tokens


def words(text: str) -> list[str]:
    """The words of a text, punctuation aside."""
    return re.findall(r"[^\W_]+", text)

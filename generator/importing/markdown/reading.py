"""One entry from its inline tokens: which text is the title, which link the page to read, and what is said besides."""

from __future__ import annotations

import re

from generator.importing.markdown.citation import is_acronym, is_people, is_person, is_tag, is_venue
from generator.importing.markdown.inline import Token, links_of, plain
from generator.importing.markdown.labels import Labelled, bracketed, extract, trimmed
from generator.importing.markdown.marks import Draft, badges_last, leading, only_anchors, plainer, without_images, words
from generator.importing.markdown.titling import MARKS, title_and_rest
from generator.importing.markdown.words import is_label, is_licence, is_work, label_of

__all__ = ["read_item"]

_OURS = re.compile(r"\s+-\s")
_SEPARATED = re.compile(r"\s*(?:[-–—:：|·•,，;(（\[/→.!?。]|$)")
_BY = re.compile(r"(?:^|[\s,(])(?:by|from|via|at|in|on|with|for|of|and|see|@|using|to|the|von|par|por|di)\s*$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?P<title>.*?)\s*[,;|·]\s*(?P<label>[^,;|·:：]{2,30}?)\s*[:：]\s*", re.DOTALL)
_DASH = re.compile(r"\s+(?:[-–—]|--)\s+")


def read_item(tokens: list[Token], line: int = 0) -> Draft | None:
    """The entry of a list item, a paragraph or a heading; None where nothing of it can be shown."""
    draft = Draft(line=line)
    if only_anchors(tokens):
        return None
    tokens = leading(plainer(badges_last(without_images(tokens, draft)), draft))
    if not plain(tokens) and not any(links_of(tokens)):
        if draft.links and (url := draft.links[0][1]):
            draft.url = url
            del draft.links[0]
            return draft
        return None
    if not any(token["type"] == "link" for token in tokens):
        _untitled_text(draft, tokens)
    else:
        _linked(draft, tokens)
    draft.title = _cut(draft.title)
    if draft.title is None and draft.url is None:
        _rescue(draft)
    return draft if draft.title or draft.url else None


def _cut(title: str | None) -> str | None:
    shown = " ".join((title or "").split())
    return shown if re.search(r"\w", shown) or (shown and not shown.isascii()) else None


def _rescue(draft: Draft) -> None:
    """An entry whose title could not be told takes its first link, or all of its text."""
    if draft.links:
        label, draft.url = draft.links.pop(0)
        draft.title = label if label != "link" else None
    else:
        draft.title, draft.about = _cut(plain(draft.about)), []


def _untitled_text(draft: Draft, tokens: list[Token]) -> None:
    """An item without a link: all of it is the title, unless a dash or bold type sets the title apart."""
    if tokens[0]["type"] == "strong" and len(tokens) > 1 and words(plain(tokens[1:])):
        draft.title, draft.about = plain(tokens[:1]).rstrip(":： ."), trimmed(tokens[1:])
        return
    for index, token in enumerate(tokens):
        if token["type"] in {"text", "stop"} or (token["type"] == "break" and token.get("hard")):
            match = _DASH.search(str(token.get("raw", "")))
            if token["type"] != "text" or match:
                head = [*tokens[:index], *([{"type": "text", "raw": str(token["raw"])[: match.start()]}] if match else [])]
                rest = [*([{"type": "text", "raw": str(token["raw"])[match.end() :]}] if match else []), *tokens[index + 1 :]]
                if words(plain(head)) and words(plain(rest)):
                    draft.title, draft.about = plain(head), trimmed(rest)
                    return
    draft.title = plain(tokens)


def _linked(draft: Draft, tokens: list[Token]) -> None:
    at = next(index for index, token in enumerate(tokens) if token["type"] == "link")
    before, after = tokens[:at], tokens[at + 1 :]
    lead = plain(before)
    ours = _ours(before)
    if ours:
        draft.title, rest = ours
        _finish(draft, [*rest, *tokens[at:]], None)
    elif MARKS.fullmatch(lead) and not (lead.endswith("[") and not bracketed(tokens, at) and len(lead) > 1):
        _link_first(draft, tokens, at, before, after)
    else:
        _text_first(draft, tokens, at, before, after)


def _ours(before: list[Token]) -> tuple[str, list[Token]] | None:
    """An entry without a page, as ours are rendered: "Title - By X. [slides](u)": more than a dash stands before the link."""
    for index, token in enumerate(before):
        match = _OURS.search(str(token["raw"])) if token["type"] == "text" else None
        if match:
            head = plain([*before[:index], {"type": "text", "raw": str(token["raw"])[: match.start()]}])
            rest = [{"type": "text", "raw": str(token["raw"])[match.end() :]}, *before[index + 1 :]]
            sentence = re.search(r"[.!?…。]\s*$", str(rest[-1].get("raw", ""))) and words(plain(rest))
            return (head, rest) if words(head) and sentence else None
    return None


def _link_first(draft: Draft, tokens: list[Token], at: int, before: list[Token], after: list[Token]) -> None:
    link = tokens[at]
    text, url = plain([link]), str(link["attrs"]["url"])
    following = _raw(after)
    boxed = bracketed(tokens, at)
    own = not boxed and (not plain(after) or following.startswith(" - "))
    if not own and (boxed or (is_label(text) and not _SEPARATED.match(following))) and words(_unlinked(after)):
        draft.title, rest = title_and_rest(_sans_labels(after))
        _finish(draft, [*before, link, *rest], None)
    elif not own and (is_licence(text) or is_person(text, url)) and (second := _second(tokens, at)):
        draft.title = plain([tokens[second]])
        _finish(draft, tokens, second)
    else:
        draft.title = text.strip("[]【】") if boxed else text
        _finish(draft, [*before, *tokens[at:]], len(before))


def _text_first(draft: Draft, tokens: list[Token], at: int, before: list[Token], after: list[Token]) -> None:
    link = tokens[at]
    before, tokens, at = _labelled(before, tokens, at)
    link = tokens[at]
    text, lead = plain([link]), plain(before)
    many, own = len(words(lead)), len(words(text))
    label = bracketed(tokens, at) or is_label(text) or (is_venue(text) and many > 1) or text == str(link["attrs"]["url"])
    bold = next(
        (
            index
            for index, token in enumerate(before)
            if token["type"] == "strong" and not is_tag(plain([token])) and not is_people(plain([token]))
        ),
        None,
    )
    strong = before[bold] if bold is not None and MARKS.fullmatch(plain(before[:bold])) else None
    if strong is not None and not (is_label(plain([strong])) or (not label and own > 2 and many < 3)):
        draft.title = plain([strong]).rstrip(":： .,")
        _finish(draft, [token for token in tokens if token is not strong], None)
    elif not label and is_people(lead):
        draft.title = text
        _finish(draft, tokens, at)
    elif label or (own < 4 and many > 3 and not _prose(after)):
        opened = _opened(before)
        draft.title, rest = title_and_rest(before)
        _finish(draft, [*rest, *([{"type": "text", "raw": f" {opened}"}] if opened else []), *tokens[at:]], None)
    elif _BY.search(lead) and many > 3 and own < 5 and not _prose(after):
        draft.title, rest = title_and_rest(before)
        _finish(draft, [*rest, *tokens[at:]], None)
    elif _prose(after) and not lead.endswith((":", "-", "–", "—", "|")):
        whole = [{"type": "text", "raw": plain([token])} if token is link else token for token in tokens]
        draft.title, draft.url = text, str(link["attrs"]["url"])
        draft.about, found = extract(_merged(whole))
        _keep(draft, found)
        draft.about = trimmed(draft.about)
    else:
        draft.title = text
        _finish(draft, tokens, at)


def _opened(before: list[Token]) -> str:
    """The bracket that stands open before a link, if one does."""
    last = str(before[-1]["raw"]).rstrip()[-1:] if before and before[-1]["type"] == "text" else ""
    return last if last and last in "[【(（" else ""


def _labelled(before: list[Token], tokens: list[Token], at: int) -> tuple[list[Token], list[Token], int]:
    """In "Title, Project: <url>" the word before the colon is the link's label, and no part of the title."""
    if len(before) > 1 and before[-2]["type"] == "break" and before[-1]["type"] == "text":
        # The label stands on a line of its own.
        said = str(before[-3]["raw"]) if len(before) > 2 and before[-3]["type"] == "text" else ""
        if match := _CLAUSE.fullmatch(f"{said}, {before[-1]['raw']}"):
            before = [*before[:-3], {"type": "text", "raw": match[0]}]
    match = _CLAUSE.fullmatch(str(before[-1].get("raw", ""))) if before[-1]["type"] == "text" else None
    if (
        match is None
        or not is_label(match["label"])
        or not words(plain([*before[:-1], {"type": "text", "raw": match["title"]}]))
    ):
        return before, tokens, at
    before = [*before[:-1], {"type": "text", "raw": match["title"]}]
    named: Token = {**tokens[at], "children": [{"type": "text", "raw": f"[{match['label']}]"}]}
    return before, [*before, named, *tokens[at + 1 :]], len(before)


def _prose(after: list[Token]) -> bool:
    """Whether a sentence goes on behind a link."""
    return bool(re.match(r"\s[^\W\d_A-Z]\w*\b", _raw(after)))


def _raw(tokens: list[Token]) -> str:
    return str(tokens[0].get("raw", "")) if tokens and tokens[0]["type"] == "text" else ""


def _unlinked(tokens: list[Token]) -> str:
    return plain([token for token in tokens if token["type"] != "link"])


def _second(tokens: list[Token], at: int) -> int | None:
    """The next link that names a work in words of its own."""
    for index in range(at + 1, len(tokens)):
        if tokens[index]["type"] == "link" and not is_label(plain([tokens[index]])) and not bracketed(tokens, index):
            text = plain([tokens[index]])
            return index if not is_licence(text) and not is_person(text, str(tokens[index]["attrs"]["url"])) else None
    return None


def _sans_labels(tokens: list[Token]) -> list[Token]:
    """What stands behind the labelled links that open an item, those links put last."""
    rest, links = extract(tokens)
    back = [
        {"type": "link", "attrs": {"url": link.url}, "children": [{"type": "text", "raw": f"[{link.label}]"}]} for link in links
    ]
    return [*trimmed(rest), *back]


def _merged(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token["type"] == "text" and out and out[-1]["type"] == "text":
            out[-1] = {"type": "text", "raw": str(out[-1]["raw"]) + str(token["raw"])}
        else:
            out.append(token)
    return out


def _finish(draft: Draft, tokens: list[Token], main: int | None) -> None:
    """The rest of an entry whose title is known. `main` is the link that bears it, None where none does."""
    if main is not None:
        draft.url = str(tokens[main]["attrs"]["url"])
        draft.struck = draft.struck or bool(tokens[main].get("struck"))
        prefix = tokens[:main]
        said = plain(prefix)
        after = (
            trimmed(tokens[main + 1 :]) if not words(said) or said.endswith((",", ";", ":", "：", "|")) else tokens[main + 1 :]
        )
        tokens = [*prefix, {"type": "text", "raw": " "}, *after]
    rest, found = extract(_merged(tokens))
    _keep(draft, found)
    if draft.url is None:
        rest = _choose(draft, found, rest)
    draft.about = trimmed(_merged(rest))


def _keep(draft: Draft, found: list[Labelled]) -> None:
    draft.links += [(link.label, link.url) for link in found]


def _beside(link: Labelled) -> bool:
    return link.label == "image" or is_licence(link.text) or is_person(link.text, link.url)


def _rank(text: str) -> int | None:
    """How well a link names the work itself: one that bears its venue's name leads to the paper."""
    rank = is_work(text)
    if rank is None and re.search(r"\b(?:paper|pdf|arxiv)\]?$", text, re.IGNORECASE):
        return 1
    return 0 if rank is None and not is_label(text) and (is_venue(text) or is_acronym(text)) else rank


def _choose(draft: Draft, found: list[Labelled], rest: list[Token]) -> list[Token]:
    """The page to read, of links that don't bear the title: the work itself first, a person's or licence's page never."""
    ranked = [(rank, number) for number, link in enumerate(found) if (rank := _rank(link.text)) is not None]
    fit = [number for number, link in enumerate(found) if not _beside(link)]
    plainly = [number for number in fit if not is_label(found[number].text)]
    number = min(ranked)[1] if ranked else next(iter(plainly or fit), None)
    if number is not None:
        chosen = found[number]
        draft.url = chosen.url
        draft.links.remove((chosen.label, chosen.url))
        told = not is_label(chosen.text) and chosen.text != chosen.url and label_of(chosen.text) == chosen.label
        return [*rest, {"type": "text", "raw": f" {chosen.text.strip('[]')} "}] if told else rest
    for index, token in enumerate(rest):
        if token["type"] == "link":
            text, url = plain([token]), str(token["attrs"]["url"])
            if not is_licence(text) and not is_person(text, url):
                draft.url = url
                shown = "" if is_label(text) or text == url else text
                return [*rest[:index], {"type": "text", "raw": shown}, *rest[index + 1 :]]
    return rest

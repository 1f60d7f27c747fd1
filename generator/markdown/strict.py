"""Change Markdown lines so that they pass awesome-lint and read the same.

It requires paired quotes and brackets, no repeated punctuation, one emphasis marker, and certain beginnings and ends of descriptions.
Text that breaks a rule is put into a code span or beside an empty comment, and never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from unicodedata import category

from generator.markdown.text import code

__all__ = ["block", "described", "inline", "relinked", "unlinked_item"]

_EMPTY = "<!-- -->"
_INVISIBLE = "&#8203;"
_PIECE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<code>(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`))|\]\((?P<target>(?:\\.|[^\\)])*)\)"
    r"|(?P<reference>\]\[[^\]]*\])|(?P<comment><!--.*?-->)|(?P<mark>\*\*|~~|[*_\[\]])"
)
_PAIRS = dict(zip("”’』）》」】", "“‘『（《「【", strict=True))
_QUOTES = frozenset({*_PAIRS, *_PAIRS.values(), '"'})
_REPEATED = frozenset("！!~～,，·?？")
_CANDIDATE = re.compile(
    rf"\\[:.]|[{''.join(_QUOTES)}]|(?<!\*)\*(?!\*)|(?P<twice>[{''.join(_REPEATED)}])(?:[\\_*\[\]]|\([^)]*\)|\[[^\]]*\])*(?P=twice)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<\u200b]*[^\s<\u200b.,:;!?)]", re.IGNORECASE)
_AFTER = frozenset(".,;:!?()[]{}\"'–—")
_NO_TEXT = "\u200b"
_ENDED = re.compile(r"[.!?…][\"”]?$")
_TWICE_ENDED = re.compile(r"[.!?…][\"”][.!?…]+$")
_BREAKS = re.compile(r"[- ;./']+")
_ACCEPTED_WORD = re.compile(r"[A-Z][a-z]*|[A-Z]+|\d.*", re.ASCII)
_ITEM = re.compile(r"\s*(?:[-+*]|\d+\.) ")


def relinked(markdown: str, link: Callable[[str], str]) -> str:
    """The line with each link destination replaced by the result of `link`: `(destination)` or `[label]`.

    Links of the same page and blocks of code stay as they are.
    """
    if "](" not in markdown or markdown.startswith("```"):
        return markdown
    return _PIECE.sub(lambda piece: f"]{link(url)}" if (url := piece["target"] or "#")[0] != "#" else piece[0], markdown)


def inline(markdown: str) -> str:
    """The line with unpaired quotes and brackets and repeated punctuation in code spans."""
    if "~~" in markdown:
        markdown = _struck(markdown)
    if not _CANDIDATE.search(markdown):
        return markdown
    pieces = list(_pieces(markdown))
    shown = [char for _, char in pieces]
    for index in _addresses(pieces):
        shown[index] = _NO_TEXT
        pieces[index] = (pieces[index][0], _NO_TEXT)
    while wrong := _unpaired(shown) | _repeats(shown):
        for index in wrong:
            raw, char = pieces[index]
            straight = "'" if char in {"‘", "’"} else None
            pieces[index] = (straight or raw, straight or _NO_TEXT)
            shown[index] = straight or _NO_TEXT
    out, held = "", ""
    for raw, char in [*pieces, ("", "")]:
        coded = char == _NO_TEXT and not raw.startswith(("`", "<!--"))
        if held and not coded:
            out += f"{' ' * out.endswith('`')}{code(held)}{' ' * raw.startswith('`')}"
            held = ""
        if coded:
            held += raw.removeprefix("\\")
        elif raw != "*":
            out += f" {raw}" if out.endswith("`") and raw.startswith("`") else raw
    return out


def _struck(markdown: str) -> str:
    """The line with struck text in emphasis, where it isn't already: awesome-lint rejects `~~` directly in a description."""
    around: list[str] = []

    def mark(piece: re.Match[str]) -> str:
        sign = piece["mark"]
        if sign in {"_", "**"}:
            around.pop() if around[-1:] == [sign] else around.append(sign)
        if sign != "~~" or [one for one in around if one != "~~"]:
            return piece[0]
        around.pop() if around else around.append(sign)
        return "_~~" if around else "~~_"

    return _PIECE.sub(mark, markdown)


def unlinked_item(line: str) -> str:
    """A list item without a link at its start; "Titled" goes before text that begins with markup."""
    shown = inline(line)
    return f"- Titled {shown[2:]}" if shown[2:3] in {"`", "_", "*"} else shown


def described(head: str, description: str) -> str:
    """The part of a list item after the link with text `head`: a dash and the description, with an accepted start and end."""
    if not description:
        return ""
    shown = inline(description)
    name, words = _text_of(head).strip().lower(), _text_of(shown)
    begin = _EMPTY if words.lower().startswith(name) else ""
    last = list(_PIECE.finditer(shown))[-1:]
    text_ends = not last or last[0].end() < len(shown) or bool(last[0]["escaped"])
    unended = text_ends and (not _ENDED.search(words) or bool(_TWICE_ENDED.search(words)))
    code_ends = bool(last) and not text_ends and bool(last[0]["code"])
    pure = all(piece["escaped"] for piece in _PIECE.finditer(shown))
    uneven = pure and not begin and not _ACCEPTED_WORD.fullmatch(next(filter(None, _BREAKS.split(words)), ""))
    return f" - {begin}{shown}{f' {_EMPTY}' * (unended or code_ends or uneven)}"


def block(markdown: str) -> str:
    """A block of a description; marks lists as no entries, and keeps a paragraph of emphasis from looking like a heading."""
    if markdown.startswith("```"):
        return markdown
    lines = "\n".join(map(inline, markdown.split("\n")))
    if _ITEM.match(markdown):
        return f"<!-- lint ignore awesome-list-item -->\n\n{lines}"
    return f"{lines}{_INVISIBLE}" if lines[:1] in {"_", "*"} and lines[-1:] in {"_", "*"} else lines


def _pieces(markdown: str) -> list[tuple[str, str]]:
    """The source of each piece with the character it shows: "" for markup, `_NO_TEXT` for code and comments."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in _PIECE.finditer(markdown):
        found += [(char, char) for char in markdown[at : match.start()]]
        found.append((match[0], match["escaped"] or (_NO_TEXT if match["code"] or match["comment"] else "")))
        at = match.end()
    return found + [(char, char) for char in markdown[at:]]


def _addresses(pieces: Sequence[tuple[str, str]]) -> set[int]:
    """The indexes of escaped URLs, which remark links in text, unlike GitHub."""
    text, depth = "", 0
    for raw, char in pieces:
        depth += (raw == "[") - raw.startswith("]")
        text += char if char and not depth else _NO_TEXT
    return {index for match in _ADDRESS.finditer(text) for index in range(match.start(), match.end())}


def _unpaired(shown: Sequence[str]) -> set[int]:
    """The indexes of quotes and brackets that awesome-lint counts as unpaired: not strictly nested, apostrophes aside."""
    text = [(index, char) for index, char in enumerate(shown) if char and char != _NO_TEXT]
    wrong: set[int] = set()
    open_: list[tuple[int, str]] = []
    straight = False
    for number, (index, char) in enumerate(text):
        if char not in _QUOTES:
            continue
        if char == '"' and straight:
            straight = False
            if open_ and open_[-1][1] == '"':
                open_.pop()
            else:
                wrong.add(index)
        elif char not in _PAIRS:
            open_.append((index, char))
            straight = straight or char == '"'
        elif char == "’" and _apostrophe([one for _, one in text[max(number - 1, 0) : number + 2]], bool(number)):
            continue
        else:
            place = next((spot for spot in range(len(open_) - 1, -1, -1) if open_[spot][1] == _PAIRS[char]), None)
            if place is None:
                wrong.add(index)
            else:
                del open_[place]
    return wrong | {index for index, _ in open_}


def _apostrophe(around: Sequence[str], preceded: bool) -> bool:
    if not preceded or not _is_word(around[0]):
        return False
    return len(around) < 3 or _is_word(around[2]) or around[2].isspace() or around[2] in _AFTER


def _is_word(char: str) -> bool:
    return char == "_" or (char < "\U00010000" and category(char)[0] in "LN")


def _repeats(shown: Sequence[str]) -> set[int]:
    text = [(index, char) for index, char in enumerate(shown) if char]
    return {
        index
        for (before, first), (after, second) in pairwise(text)
        if first == second and first in _REPEATED
        for index in (before, after)
    }


def _text_of(markdown: str) -> str:
    """The text of a line without markup; exact at its beginning and end only."""

    def shown(piece: re.Match[str]) -> str:
        return piece["escaped"] or (piece["code"] or "").strip("`")

    return _PIECE.sub(shown, markdown)

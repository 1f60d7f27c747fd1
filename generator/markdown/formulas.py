"""Find formulas between dollar signs, as GitHub does, and render them as MathML or as plain text. Pure, and nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML
    from mistune import BlockParser, InlineParser, Markdown
    from mistune.core import BlockState, InlineState

__all__ = ["PATTERN", "Formula", "fault", "formulas", "github", "math", "mathml", "plain", "spelled"]

# GitHub needs no letter or digit before the opening sign, no blank inside the signs, and no digit behind the closing one.
_BODY = r"(?:[^$`\\]|\\[^`]){1,1000}?"
PATTERN = (
    rf"(?<![\\$\w])(?:\$\$(?=[^$`])\s{{0,9}}(?:{_BODY})\$\$|\$(?=[^\s$`])(?:{_BODY})(?<!\s)\$|\$`[^`\n]{{1,1000}}`\$)(?![\d$])"
)
"""A formula with its signs: `$x$`, `$$x$$` or the form with backticks inside the dollars."""
_FORMULA = re.compile(PATTERN)
_BLOCK = r"^ {0,3}\$\$[ \t]*\n(?P<formula_rows>(?:[^\n]*\n){1,60}?) {0,3}\$\$[ \t]*(?:\n|$)"
_PRICE = re.compile(r"\d[\d.,]*[kKMB]?\+?(?:\s+[^\\^_=+<>|{}]*|/\s*)[^\W\d_]{2}")
_BETWEEN_WORDS = re.compile(r"[^\\]{3}")
_DEEPEST = 40
_NESTING = re.compile(r"\\(?:left|begin)(?![A-Za-z])|\\(?:right|end)(?![A-Za-z])|\\.|[{}]", re.DOTALL)
_DEFINES = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|let|gdef|edef|xdef|DeclareMathOperator)(?![A-Za-z])")
_STYLE = re.compile(r' style="[^"]*"')
_POINTS = re.compile(r" (?:id|href|src|xlink:href)=|<a[ >]")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_AT = re.compile(r"^(?:Error: *)?\d+: *")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text from `start` to `end`, its signs included; `display`: on a line of its own."""

    tex: str
    display: bool
    start: int
    end: int


def formulas(text: str) -> Iterator[Formula]:
    """The formulas of a plain text. Prices are none: "$5 and $10" has a digit behind its second sign."""
    if text.count("$") < 2:
        return
    for found in _FORMULA.finditer(text):
        if _is_formula(found):
            yield Formula(*_inner(found[0]), *found.span())


def _inner(written: str) -> tuple[str, bool]:
    """The TeX of a formula with its signs, and whether it is a display."""
    display = written.startswith("$$")
    tex = written[2:-2] if display or written.startswith("$`") else written[1:-1]
    return " ".join(tex.split()), display


def _is_formula(found: re.Match[str]) -> bool:
    tex, _ = _inner(found[0])
    if not tex or (found[0][1] != "`" and _PRICE.match(tex)):
        return False
    following = found.string[found.end() : found.end() + 1]
    # `$HOME/$USER` has no formula, `$k$NN` has.
    return not (following.isalpha() and found[0][1] != "`" and _BETWEEN_WORDS.match(tex) and "\\" not in tex)


def spelled(tex: str, *, display: bool) -> str:
    """A formula with its dollar signs, as in a plain text."""
    return f"$${tex}$$" if display else f"${tex}$"


def github(tex: str) -> str:
    """A formula within a line in GitHub's form that no other rule of Markdown changes: in backticks inside the dollars."""
    return f"$`{tex}`$"


def math(md: Markdown) -> None:
    """A mistune plugin for formulas within a line, as tokens `inline_math`, and on lines of their own, as `block_math`."""
    md.inline.register("formula", PATTERN, _parse, start_chars=("$",), before="codespan")
    md.block.register("formula_block", _BLOCK, _parse_block, before="list")


def _parse(_: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    if not _is_formula(m):
        return None
    tex, display = _inner(m[0])
    state.append_token({"type": "inline_math", "raw": tex, "attrs": {"display": display}})
    return m.end()


def _parse_block(_: BlockParser, m: re.Match[str], state: BlockState) -> int | None:
    rows = m["formula_rows"].strip("\n")
    if not rows.strip() or "```" in rows:
        return None
    state.append_token({"type": "block_math", "raw": rows})
    return m.end()


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, max_expansions=0)


@lru_cache(maxsize=4096)
def _converted(tex: str, display: bool) -> tuple[str, str]:
    """The MathML of a formula, or why there is none."""
    from math_core import LatexError

    if _too_deep(tex):
        return "", f"it nests more than {_DEEPEST} levels deep"
    if _DEFINES.search(tex):
        return "", "it defines commands"
    try:
        # Inline styles aren't allowed on our pages; colours are lost, and nothing else.
        found = _STYLE.sub("", _converter().convert_with_local_state(tex, displaystyle=display))
    except LatexError as error:
        return "", _AT.sub("", " ".join(str(error).split()))
    if _POINTS.search(found) or "<m" not in found[5:]:
        return "", "it shows nothing, or points elsewhere"
    return found, ""


def _too_deep(tex: str) -> bool:
    """Whether a formula is nested so deeply that a converter may need too much of the stack."""
    depth = 0
    for sign in _NESTING.findall(tex):
        if sign in {"{", "\\left", "\\begin"}:
            depth += 1
        elif sign in {"}", "\\right", "\\end"}:
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def mathml(tex: str, *, display: bool = False) -> str:
    """A formula as a `math` element; "" if it can't be understood (see `fault`)."""
    return _converted(tex, display)[0]


def fault(tex: str) -> str:
    """Why a formula has no MathML; "" if it has."""
    return _converted(tex, False)[1]


def plain(text: str) -> str:
    """A plain text with its formulas as Unicode; one with a command that isn't known stays as it is written."""
    found = list(formulas(text))
    if not found:
        return text
    out, at = "", 0
    for one in found:
        out += text[at : one.start] + (_unicode(one.tex) or text[one.start : one.end])
        at = one.end
    return out + text[at:]


@lru_cache(maxsize=4096)
def _unicode(tex: str) -> str:
    """A formula as Unicode; "" where that would lose a command, or where it isn't a row of signs."""
    from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

    known = get_default_latex_context_db()
    if _too_deep(tex) or not mathml(tex):
        return ""
    if any(known.get_macro_spec(name[1:]) is None for name in _COMMAND.findall(tex)):
        return ""
    try:
        shown = LatexNodes2Text(math_mode="text", strict_latex_spaces=True).latex_to_text(tex)
    except (ValueError, IndexError, RecursionError, AttributeError, TypeError):
        return ""
    return "" if "\\" in shown else " ".join(shown.split())

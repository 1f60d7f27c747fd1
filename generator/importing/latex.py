"""LaTeX of bibliographies as text: accents and symbols as characters, formulas as they stand, and which words braces protect.

pylatexenc reads it. A command that it doesn't know keeps the text of its arguments, and its own name where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["Decoded", "decoded", "text_of"]

_LATEX = re.compile(r"[\\{}$~%&`]|''|--")
_ADDRESS = re.compile(
    r"\\url\s*\{([^{}]*)\}|\\(?:href|hyperref)\s*\{([^{}]*)\}\s*\{([^{}]*)\}|\\(?:path|nolinkurl)\s*\{([^{}]*)\}"
)
_VERBATIM = re.compile(r"\\verb\*?([^A-Za-z\s*])(.*?)\1")
_LENGTH = re.compile(
    r"\\(?:hskip|kern|vskip|penalty)\s*-?[\d.]+\s*(?:em|ex|pt|cm|mm|in|bp|mu|sp)?(?:\s*(?:plus|minus)\s*[\d.]+\s*\w\w){0,2}"
)
_WEB = re.compile(r"https?://(?:[^\s{}\\]|\\[&_%#~])+")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}$\s\[]|[^\\{}$\s\[]+", re.DOTALL)
_DEEPEST = 60
_LONGEST = 40_000
_LONGEST_WORD = 60
_OPEN, _CLOSE, _DOLLAR, _AND, _PERCENT, _START, _END = "\ue001\ue002\ue003\ue004\ue005\ue006\ue007"
"""Private characters that stand for signs while LaTeX is read: TeX would take the bare ones for commands."""
_PRIVATE = re.compile(r"[\ue001-\ue007]")
_KEPT = re.compile(f"{_START}(\\d+){_END}")
_SIGNS = str.maketrans({_DOLLAR: "$", _AND: "&", _PERCENT: "%"})

_TEXTS = {
    "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX", "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~",
    "textasciicircum": "^", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textunderscore": "_", "textdollar": "$",
    "textquotesingle": "'", "textquotedbl": '"', "textasteriskcentered": "*", "textperiodcentered": "·", "slash": "/", "newline": " ",
    "linebreak": " ", "par": " ", "-": "", "/": "", "&": "&", "{": "{", "}": "}", "quad": " ", "qquad": " ", "textnumero": "№",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°", "degree": "°", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "textmu": "µ", "textohm": "Ω", "textordfeminine": "ª", "textordmasculine": "º", "texteuro": "€", "euro": "€",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "\\": " ",
    "guillemotleft": "«", "guillemotright": "»", "cprime": "′", "cdprime": "″", "textonehalf": "½", "bibinitdelim": " ", "bibnamedelima": " ",
    "bibinitperiod": ".", "textprime": "′", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "_": "_", "#": "#", "%": "%",
}  # fmt: skip
_SILENT = frozenset((
    "relax", "bf", "it", "em", "rm", "sc", "sf", "tt", "sl", "tiny", "scriptsize", "footnotesize", "small", "normalsize",
    "large", "Large", "LARGE", "huge", "Huge", "normalfont", "bfseries", "mdseries", "itshape", "scshape", "slshape", "upshape",
    "rmfamily", "sffamily", "ttfamily", "newblock", "noindent", "indent", "protect", "unskip", "ignorespaces", "xspace",
    "allowbreak", "nobreak", "break", "nolinebreak", "pagebreak", "leavevmode", "null", "sloppy", "fussy",
    "BIBentrySTDinterwordspacing", "BIBentryALTinterwordspacing", "emergencystretch", "centering", "raggedright", "boldmath",
    "unboldmath", "bgroup", "egroup", "begingroup", "endgroup", "nolinebreak",
))  # fmt: skip
"""Commands without text."""
_DROPPED = frozenset((
    "hspace", "vspace", "label", "color", "phantom", "hphantom", "vphantom", "noopsort", "SortNoop", "sortnoop", "noop",
    "input", "include", "index", "pagestyle", "thispagestyle", "fontsize", "selectlanguage", "providecommand", "newcommand",
    "renewcommand", "def", "usepackage", "nocite", "vskip",
))  # fmt: skip
"""Commands whose arguments are not text either."""
_SECOND = frozenset(
    ("textcolor", "colorbox", "foreignlanguage", "raisebox", "scalebox", "rotatebox", "parbox", "resizebox", "makebox")
)
"""Commands whose text is their last argument."""
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the phrases of it that stood in braces, and commands without arguments whose names were kept as text."""

    text: str
    braced: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def text_of(value: str) -> str:
    """LaTeX as text on one line."""
    return decoded(value).text


def decoded(value: str) -> Decoded:
    """LaTeX as text on one line, with what was in braces. Never raises: where it is broken, only its braces are removed."""
    value = _PRIVATE.sub("", value)
    if not _LATEX.search(value):
        return Decoded(" ".join(value.split()))
    if len(value) > _LONGEST or _depth(value) > _DEEPEST:
        return Decoded(" ".join(re.sub(r"[{}]", "", value).split()))
    addresses: list[str] = []

    def keep(found: re.Match[str]) -> str:
        addresses.append(re.sub(r"\\([&_%#~])", r"\1", found[0]))
        return f"{_START}{len(addresses) - 1}{_END}"

    value = _LENGTH.sub("", _VERBATIM.sub(lambda found: f"{{{found[2]}}}", value))
    value = _ADDRESS.sub(lambda found: found[1] or found[4] or f"{found[3]} ({found[2]})", value)
    marked = "".join(_marked(_WEB.sub(keep, value)))
    try:
        shown, unknown = _reader().read(marked)
    except (ValueError, IndexError, RecursionError, AttributeError, TypeError):
        shown, unknown = re.sub(r"[{}]", "", marked), ()
    shown = _KEPT.sub(lambda found: addresses[int(found[1])], shown)
    text, spans = _unmarked(" ".join(shown.split()))
    return Decoded(text, tuple(dict.fromkeys(_phrases(text, spans))), unknown)


def _depth(value: str) -> int:
    depth = most = 0
    for sign in re.findall(r"[{}]", value):
        depth += 1 if sign == "{" else -1
        most = max(most, depth)
    return most


def _marked(value: str) -> Iterator[str]:
    """The pieces of a value, signs and braces that protect capitals marked, and formulas as `$...$`.

    Braces after a command are its argument, and those around one are a letter: they protect nothing.
    """
    tokens = _TOKEN.findall(value)
    at, after_command, opened = 0, False, list[int]()
    before: list[bool] = []
    while at < len(tokens):
        sign = tokens[at]
        at += 1
        if sign in {"$", "\\(", "\\["}:
            closing = {"\\(": "\\)", "\\[": "\\]"}.get(sign, "$")
            doubled = sign == "$" and at < len(tokens) and tokens[at] == "$"
            at += doubled
            end = next((end for end in range(at, min(len(tokens), at + 2000)) if tokens[end] == closing), None)
            if end is None:
                yield _DOLLAR if sign == "$" else sign
                continue
            yield f"${''.join(tokens[at:end]).strip()}$"
            at = end + 1 + (doubled and end + 1 < len(tokens) and tokens[end + 1] == "$")
            after_command = False
            continue
        if sign == "{":
            before.append(after_command)
            if not opened and not after_command and at < len(tokens) and not tokens[at].startswith("\\"):
                opened.append(len(before))
                yield _OPEN
            yield sign
        elif sign == "}":
            yield sign
            if opened and opened[-1] == len(before):
                opened.pop()
                yield _CLOSE
            after_command = before.pop() if before else False  # another argument of the same command may follow
            continue
        elif sign == "\\$":
            yield _DOLLAR
        else:
            yield sign.replace("&", _AND).replace("%", _PERCENT) if sign[0] != "\\" else sign
        if not sign.isspace() or tokens[at - 2 : at - 1] == ["}"]:
            after_command = sign[0] == "\\" and sign[-1] not in "&%#_{},;:!/ "


def _unmarked(shown: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without marks, and the spans of what was marked as being in braces."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    length, start = 0, None
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", shown):
        if piece == _OPEN:
            start = length
        elif piece == _CLOSE and start is not None:
            spans.append((start, length))
            start = None
        elif piece != _CLOSE:
            out.append(piece.translate(_SIGNS))
            length += len(piece)
    return "".join(out), spans


def _phrases(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """What was in braces, completed to whole words: `{B}ayes` protects Bayes."""
    for span in spans:
        start, end = span
        first, last = start - _LONGEST_WORD, end + _LONGEST_WORD
        while start > max(0, first) and (text[start - 1].isalnum() or text[start - 1] in "-'’"):
            start -= 1
        while end < min(len(text), last) and (text[end].isalnum() or text[end] in "-'’"):
            end += 1
        phrase = text[start:end].strip(" ,.;:()-")
        if any(sign.isalpha() for sign in phrase):
            yield phrase


class _Reader:
    """pylatexenc with the commands of bibliographies added. Made once: its tables are large."""

    def __init__(self) -> None:
        from pylatexenc import latex2text, latexwalker, macrospec

        self._walker = latexwalker.LatexWalker
        self._syntax = latexwalker.get_default_latex_context_db()
        one, two = sorted(_DROPPED | {"textsuperscript", "textsubscript", "enquote"}), sorted(_SECOND)
        specs = [macrospec.std_macro(name, False, 1) for name in one] + [macrospec.std_macro(name, False, 2) for name in two]
        self._syntax.add_context_category("bibliographies", macros=specs, prepend=True)
        texts = latex2text.get_default_latex_context_db()
        known = [latex2text.MacroTextSpec(name, text) for name, text in _TEXTS.items()]
        known += [latex2text.MacroTextSpec(name, "", discard=True) for name in _DROPPED | _SILENT]
        known += [latex2text.MacroTextSpec(name, simplify_repl=_last) for name in _SECOND]
        known += [
            latex2text.MacroTextSpec("textsuperscript", simplify_repl=lambda node, l2tobj: _last(node, l2tobj, _RAISED)),
            latex2text.MacroTextSpec("textsubscript", simplify_repl=lambda node, l2tobj: _last(node, l2tobj, _LOWERED)),
            latex2text.MacroTextSpec("enquote", simplify_repl=lambda node, l2tobj: f"“{_last(node, l2tobj)}”"),
            *(
                latex2text.MacroTextSpec(name, simplify_repl=self._unknown)
                for name in ("cite", "citet", "citep", "ref", "autoref", "footnote")
            ),
        ]
        texts.add_context_category("bibliographies", macros=known, prepend=True)
        texts.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=self._unknown))
        self._texts = latex2text.LatexNodes2Text(latex_context=texts, math_mode="verbatim", keep_comments=True)
        self._names: list[str] = []

    def read(self, latex: str) -> tuple[str, tuple[str, ...]]:
        """The text of a value, and the commands whose names are in it since nothing else is known of them."""
        self._names = []
        nodes, _, _ = self._walker(latex, latex_context=self._syntax, tolerant_parsing=True).get_latex_nodes()
        return self._texts.nodelist_to_text(nodes), tuple(dict.fromkeys(self._names))

    def _unknown(self, node: Any, l2tobj: Any) -> str:  # noqa: ANN401  # pylatexenc has no types
        arguments = [one for one in (node.nodeargd.argnlist if node.nodeargd else ()) or () if one is not None]
        if arguments:
            return "".join(l2tobj.nodelist_to_text([one]) for one in arguments)
        if node.parsing_state.s[node.pos + node.len :].lstrip()[:1] == "{":
            return ""
        self._names.append(node.macroname)
        return f"{node.macroname}{node.macro_post_space}"


def _last(node: Any, l2tobj: Any, letters: dict[int, int] | None = None) -> str:  # noqa: ANN401
    """The text of a command's last argument, in other letters where all of it has some."""
    arguments = [one for one in (node.nodeargd.argnlist if node.nodeargd else ()) or () if one is not None]
    text = str(l2tobj.nodelist_to_text(arguments[-1:]))
    return text.translate(letters) if letters and all(ord(sign) in letters for sign in text) else text


@cache
def _reader() -> _Reader:
    return _Reader()

"""Text for TeX: special characters as commands, formulas as they stand, and braces around what no style may write in small letters.

Braces in text are written as commands, since BibTeX counts braces even after a backslash. A formula may only have commands
that are known here: titles are other people's text, and TeX has commands that read and write files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.markdown.formulas import mathml
from generator.publishing.data.texts import plain

__all__ = ["braced", "escaped", "formulas", "protected_by_itself", "title"]

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_CAPITAL = re.compile(r"(?<!\w)[\w'’-]*(?:[^\W\d_]|\d)[A-Z][\w'’-]*|(?<!\w)[A-Z](?=[-\d])[\w'’-]*")
_INNER = re.compile(r"[^\W_][A-Z]|[A-Z][-\d]")
_FORMULA = re.compile(
    r"(?<![\\$])(?:\$\$(?!\$)(?P<display>(?:[^$\\]|\\.){1,500}?)\$\$|\$(?![\s$])(?P<inline>(?:[^$\\]|\\.){1,500}?)(?<!\s)\$)(?![\d$])",
    re.DOTALL,
)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_UNSAFE = re.compile(r"[%#&]|\^\^")
_MATH = frozenset((
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "varpi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi",
    "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "digamma",
    "aleph", "beth", "hbar", "hslash", "ell", "wp", "Re", "Im", "partial", "nabla", "infty", "emptyset", "varnothing", "forall",
    "exists", "nexists", "neg", "lnot", "top", "bot", "angle", "triangle", "square", "Box", "Diamond", "clubsuit",
    "diamondsuit", "heartsuit", "spadesuit", "flat", "natural", "sharp", "prime", "backprime", "imath", "jmath", "complement",
    "sum", "prod", "coprod", "int", "iint", "iiint", "oint", "bigcap", "bigcup", "bigsqcup", "bigvee", "bigwedge", "bigodot",
    "bigotimes", "bigoplus", "biguplus", "pm", "mp", "times", "div", "ast", "star", "circ", "bullet", "cdot", "cap", "cup",
    "uplus", "sqcap", "sqcup", "vee", "wedge", "lor", "land", "setminus", "wr", "amalg", "oplus", "ominus", "otimes", "oslash",
    "odot", "dagger", "ddagger", "diamond", "bigtriangleup", "bigtriangledown", "triangleleft", "triangleright", "ltimes",
    "rtimes", "boxtimes", "boxplus", "smallsetminus", "leq", "le", "geq", "ge", "equiv", "prec", "succ", "sim", "simeq",
    "preceq", "succeq", "asymp", "approx", "ll", "gg", "subset", "supset", "subseteq", "supseteq", "sqsubset", "sqsupset",
    "sqsubseteq", "sqsupseteq", "cong", "ne", "neq", "doteq", "in", "ni", "notin", "propto", "models", "perp", "mid", "nmid",
    "parallel", "nparallel", "bowtie", "smile", "frown", "vdash", "dashv", "Vdash", "vDash", "lesssim", "gtrsim", "lessgtr",
    "gtrless", "leqslant", "geqslant", "ll", "lll", "ggg", "nleq", "ngeq", "subsetneq", "supsetneq", "nsubseteq", "nsupseteq",
    "trianglelefteq", "trianglerighteq", "leftarrow", "rightarrow", "to", "gets", "Leftarrow", "Rightarrow", "leftrightarrow",
    "Leftrightarrow", "iff", "implies", "mapsto", "longmapsto", "hookleftarrow", "hookrightarrow", "uparrow", "downarrow",
    "updownarrow", "Uparrow", "Downarrow", "nearrow", "searrow", "swarrow", "nwarrow", "longleftarrow", "longrightarrow",
    "Longleftarrow", "Longrightarrow", "longleftrightarrow", "leadsto", "rightsquigarrow", "twoheadrightarrow",
    "rightharpoonup", "rightleftharpoons", "xrightarrow", "xleftarrow", "ldots", "cdots", "vdots", "ddots", "dots", "dotsb",
    "dotsc", "colon", "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp",
    "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup",
    "tan", "tanh", "mod", "bmod", "pmod", "pod", "operatorname", "argmin", "argmax", "hat", "widehat", "check", "breve",
    "acute", "grave", "tilde", "widetilde", "bar", "overline", "underline", "vec", "overrightarrow", "dot", "ddot", "dddot",
    "mathring", "overbrace", "underbrace", "frac", "dfrac", "tfrac", "cfrac", "sqrt", "binom", "tbinom", "dbinom", "over",
    "atop", "choose", "stackrel", "overset", "underset", "substack", "not", "slashed", "mathrm", "mathbf", "mathit", "mathcal",
    "mathfrak", "mathbb", "mathsf", "mathtt", "mathscr", "boldsymbol", "bm", "pmb", "mathnormal", "text", "textrm", "textit",
    "textbf", "textsf", "texttt", "textup", "textsc", "rm", "bf", "it", "cal", "sf", "tt", "mbox", "hbox", "displaystyle",
    "textstyle", "scriptstyle", "left", "right", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "big", "Big", "bigg", "Bigg",
    "langle", "rangle", "lfloor", "rfloor", "lceil", "rceil", "lvert", "rvert", "lVert", "rVert", "vert", "Vert", "lbrace",
    "rbrace", "lbrack", "rbrack", "backslash", "quad", "qquad", "thinspace", "negthinspace", "enspace", "phantom", "hphantom",
    "vphantom", "mathstrut", "limits", "nolimits", "nonumber", "ensuremath", "bra", "ket", "braket",
))  # fmt: skip
"""Commands of formulas in titles. None of them reads, writes or defines anything."""
_MAX_PHRASES = 100
_MATH_SIGNS = frozenset(",;:!> {}|_$%#&-\\'")


def formulas(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `$...$` and `$$...$$` that are formulas: no space inside single dollars, no digit behind the last, braces in pairs.

    They have known commands only: those of the table, and those that MathML is made of.
    """
    if "$" in text:
        yield from (match.span() for match in _FORMULA.finditer(text) if _is_safe(match["display"] or match["inline"]))


def _is_safe(formula: str) -> bool:
    commands = _COMMAND.findall(formula)
    bare = _COMMAND.sub("", formula)
    depth = 0
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    if depth or _UNSAFE.search(bare):
        return False
    return all(name in _MATH or name in _MATH_SIGNS for name in commands) or bool(mathml(" ".join(formula.split())))


def escaped(value: str, *, trim: bool = True) -> str:
    """A text for TeX. `trim`: whitespace is one space, and none at the ends."""
    if not value:
        return ""
    shown = plain(value) if trim else value
    if not _SPECIAL.search(shown):
        return shown
    found, at = "", 0
    for start, end in formulas(shown):
        found += _SPECIAL.sub(_escape, shown[at:start]) + shown[start:end]
        at = end
    return found + _SPECIAL.sub(_escape, shown[at:])


def _escape(char: re.Match[str]) -> str:
    return _COMMANDS.get(char[0], f"\\{char[0]}")


def braced(value: str) -> str:
    """A text in braces, with which BibTeX takes it as one name or keyword."""
    return f"{{{escaped(value, trim=False)}}}"


def title(value: str, keep_case: Iterable[str] = ()) -> str:
    """A title in which names, acronyms and `keep_case` are in braces, so that no style changes their capitals."""
    spans = sorted({*_acronyms(value), *_kept(value, keep_case)}, key=lambda span: (span[0], -span[1]))
    if not spans:
        return escaped(value, trim=False)
    found, at = "", 0
    for start, end in spans:
        if start >= at:
            found += f"{escaped(value[at:start], trim=False)}{{{escaped(value[start:end])}}}"
            at = end
    return found + escaped(value[at:], trim=False)


def protected_by_itself(value: str) -> frozenset[str]:
    """The words of a title that are in braces without `keep_case`."""
    return frozenset(value[start:end] for start, end in _acronyms(value))


def _acronyms(value: str) -> Iterator[tuple[int, int]]:
    if _INNER.search(value):
        spans = tuple(formulas(value))
        for match in _CAPITAL.finditer(value):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                yield match.span()


def _kept(value: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Every place where one of the phrases stands as whole words, except in formulas."""
    spans = tuple(formulas(value))
    for phrase in islice(filter(None, phrases), _MAX_PHRASES):
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", value):
            if not any(match.start() > start and match.end() < end for start, end in spans):
                yield match.span()

"""LaTeX of bibliographies as text, what braces protect, and formulas that go out as they came."""

from __future__ import annotations

import pytest

from generator.importing.latex import decoded, text_of
from generator.publishing.data.tex import escaped, formulas, title


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"The \texttt{libthing} Library", "The libthing Library"), (r"\underline{very} \LaTeX{} and \mbox{C-3PO}", "very LaTeX and C-3PO"),
        (r"\anything{kept} and \more{two}{args}", "kept and twoargs"), (r"\verb|x_y| code", "x_y code"), (r"Law {\&} Order & Peace", "Law & Order & Peace"),
        (r"50\% of 100%", "50% of 100%"), (r"\'e \c{c} \H{o} \ss{} {\o} \v{S} \'{\i} \k{a}", "é ç ő ß ø Š í ą"), (r"\textcolor{red}{word}", "word"),
        (r"{\em slanted} \bf bold", "slanted bold"), (r"H\textsubscript{2}O and Fe\textsuperscript{2+}", "H₂O and Fe²⁺"), ("``q'' a--b", "“q” a–b"),
        (r"\href{https://e.org/a_b}{text}", "text (https://e.org/a_b)"), (r"\url{https://e.org/a%20b_c}", "https://e.org/a%20b_c"),
        (r"https://e.org/a\_b\%20c", "https://e.org/a_b%20c"), (r"\noopsort{1973b}1973", "1973"), (r"a\\b~c\,d", "a b c d"), (r"x\hskip 1em plus 0.5em y", "x y"),
        (r"\textless\textgreater\textbar", "<>|"), (r"\{x\} \_ \# \$", "{x} _ # $"), (r"\foreignlanguage{german}{Über}", "Über"), ("no markup", "no markup"),
    ],
)  # fmt: skip
def test_latex_is_text(latex, text):
    assert text_of(latex) == text


@pytest.mark.parametrize(
    ("latex", "braced"),
    [
        ("{B}ayes and {E}uler's {DNA}", ("Bayes", "Euler's", "DNA")), ("{New York} and {iPhone}", ("New York", "iPhone")), ("{{Whole Title}}", ("Whole Title",)),
        (r"\emph{x} {DNA}", ("DNA",)), (r"\textcolor{red}{word}", ()), (r"{\'E}tude {\ss}", ()), ("{1}2 {,}", ()), (r"$\mathbf{X}$ {Y}ork", ("York",)),
        (r"\(\alpha_s\) {B}ayes", ("Bayes",)), ("non-{G}aussian", ("non-Gaussian",)),
    ],
)  # fmt: skip
def test_braces_protect_whole_words(latex, braced):
    assert decoded(latex).braced == braced


@pytest.mark.parametrize(
    ("latex", "names"), [(r"\Foo bar", ("Foo",)), (r"\foo{bar}", ()), (r"\eg, \eg", ("eg",)), (r"\it \relax x", ())]
)
def test_commands_whose_names_are_kept_are_named(latex, names):
    assert decoded(latex).unknown == names


@pytest.mark.parametrize(
    "latex",
    [
        "{",
        "}",
        "{{{{",
        "\\",
        "\\'",
        "$x",
        "\\href{",
        "\\verb|x",
        "{" * 5000 + "}" * 5000,
        "\\textcolor{x}",
        "\ue001{a}\ue002",
        "\\begin{x}",
    ],
)
def test_broken_latex_never_raises(latex):
    assert isinstance(text_of(latex), str)


@pytest.mark.parametrize(
    "formula",
    [r"$T$", r"$\sqrt{s}=13$", r"$B^0_s \to J/\psi\phi$", r"$\mathcal{O}(n \log n)$", r"$\mathrm{SL}_2(\mathbb{Z})$", r"$10^{-3}$", r"$\bar{p}p$", r"$\ell_1$", r"$\{x\}$"],
)  # fmt: skip
def test_a_formula_is_imported_and_exported_as_it_is(formula):
    text = text_of(f"Search for {formula} and {{DNA}} & more")
    assert formula in text
    assert formula in title(text)
    assert title(text).endswith(r"{DNA} \& more")


@pytest.mark.parametrize(
    "text",
    ["Costs $5 and $6", "$5-$10", "from US$ to A$ again", r"$\input{/etc/passwd}$", r"$\write18{rm}$", r"$\csname input\endcsname$", "$^^5cinput$", "$a % b$",
     "$}{$", "$a{$", r"$\def\x{y}$", "$a # b$", "$$", "$ x $"],
)  # fmt: skip
def test_what_is_no_safe_formula_is_escaped(text):
    assert list(formulas(text)) == []
    assert "$" not in escaped(text).replace(r"\$", "")
    assert r"\input" not in escaped(text)
    assert r"\write" not in escaped(text)


def test_words_to_keep_are_in_braces_once():
    assert title("Bayes and Bayesian DNA", ("Bayes", "Bayes and Bayesian DNA")) == "{Bayes and Bayesian DNA}"
    assert title("Bayes and Bayesian DNA", ("Bayes", "absent", "")) == "{Bayes} and Bayesian {DNA}"

"""Random Markdown lists, put together from the shapes in which people write entries."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "optimal", "transport", "flows", "Notes", "on", "the", "geometry", "of", "data", "A", "short", "Course", "in",
    "probability", "GPU-friendly", "k-means", "snake_case", "Łukasz", "深度学习", "Übersicht", "naïve", "C++", "AT&T",
    "100%", "3D", "[0,", "1]", "x*", "#1", "<T>", "~/.bashrc", "`code`", "*star*", "_under_", "$5", "e.g.", "vs.",
    "2019", "(2020)", "learning:", "a:", "b", "-", "c",
]  # fmt: skip
LABELS = ("pdf", "Paper", "code", "Code (PyTorch)", "slides", "Video", "project page", "arXiv", "supp", "Website", "论文")
SEPARATORS = (" - ", " – ", " — ", ": ", " | ", ", ", ". ", " ", "：", " · ", " → ", " -- ")
EMOJI = ("🔥", "⭐", "✅ ", "🆕", ":star:", "❤️", "★ 3.8k", "⭐ 1,234")
VENUES = ("NeurIPS 2019", "ICML'20", "(AISTATS 2020)", "arXiv:1907.12345", "2021", "JMLR", "[CVPR 2014]")
PEOPLE = ("Ann Lee", "Bo Li", "G. Peyré", "Marco Cuturi", "Élodie Dupont", "van den Oord", "camille couprie", "Y. LeCun")

word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=7).map(" ".join)
sentence = (
    st.lists(word, min_size=2, max_size=12)
    .map(" ".join)
    .flatmap(lambda text: st.sampled_from((text, f"{text}.", text.capitalize())))
)
path = st.sampled_from(
    ("a", "b/c", "~lee/x.html", "wiki/Foo_(bar)", "p?q=1&r=2", "%7Elee", "straße", "v1.pdf", "x#frag", "a_b_c", "d/e/f/", "")
)
host = st.sampled_from(("example.org", "arxiv.org/abs", "github.com/lee", "people.example.edu", "例え.jp", "www.example.com"))
number = st.integers(1, 10**6)
url = st.builds(
    lambda scheme, where, what, n: f"{scheme}://{where}/{n}/{what}", st.sampled_from(("http", "https")), host, path, number
)
names = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4).map(", ".join)


def escaped(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


title = phrase.map(escaped)
link = st.builds(lambda text, to: f"[{text}]({to})", title, url)
label = st.builds(lambda text, to: f"[{text}]({to})", st.sampled_from(LABELS), url)
boxed = st.builds(
    lambda text, to, form: form.format(text, to), st.sampled_from(LABELS), url, st.sampled_from(("[[{}]({})]", "[[{}]]({})"))
)
empty = st.sampled_from(
    (
        "[paper]()",
        "[[code]()]",
        "[here](#top)",
        "[guide](CONTRIBUTING.md)",
        "[mail](mailto:a@example.org)",
        "[x](www.example.org/x)",
    )
)
badge = st.builds(
    lambda alt, image, to: f"[![{alt}](https://img.shields.io/badge/{image})]({to})",
    st.sampled_from(("", "Colab", "stars")),
    number,
    url,
)
image = st.builds(lambda alt, n: f"![{alt}](https://example.org/{n}.png)", st.sampled_from(("", "shot", "logo")), number)
row = st.lists(st.one_of(label, boxed, boxed, badge), min_size=1, max_size=3).flatmap(
    lambda links: st.sampled_from((" ", " | ", ", ", " / ", "")).map(lambda sep: sep.join(links))
)
raw = st.builds(
    lambda text, to, end: f'<a href="{to}">{text}</a>{end}',
    st.sampled_from(("Title", "A <b>bold</b> one", "x &amp; y")),
    url,
    st.sampled_from(("<br>", " - desc", "")),
)

tag = st.sampled_from(
    (
        "[2023/02] ",
        "(ICLR 2021) ",
        "**[CVPR 2022]** ",
        "2020-ECCV - ",
        "**NeurIPS-2021** | ",
        "`ACL 2023` ",
        "[12] ",
        "![](https://img.shields.io/badge/ICML-2022-green) ",
        "[![Type](https://img.shields.io/badge/a-b-red)]() ",
        "(*2021.03.04*) ",
    )
)
described = st.builds(lambda a, b, c: f"{a}{b}{c}", link, st.sampled_from(SEPARATORS), sentence)
entry = st.one_of(
    described,
    described,
    st.builds(lambda a, b, c: f"{a}{b}{c}", described, st.sampled_from((" ", " | ", ". ", ", ")), row),
    st.builds(lambda a, b, c, d: f"{a} ({b}), {c}. {d}", phrase, st.integers(1990, 2026), names, row),
    st.builds(lambda a, b, c: f"{a}, {b}, {c}", names, phrase, row),
    st.builds(lambda a, b, c, d: f'{a}. "{b}", {c}. {d}', names, phrase, st.sampled_from(VENUES), row),
    st.builds(lambda a, b: f"{a} - {b}, 2019.", link, names),
    st.builds(lambda a, b: f"{a}: {b}", phrase, label),
    st.builds(lambda a, b: f"**{a}** {b}", link, sentence),
    st.builds(lambda a, b, c: f"**{a}**: {b} {c}", phrase, sentence, label),
    st.builds(lambda a, b: f"{a} {b}", st.sampled_from(EMOJI), described),
    st.builds(lambda a, b, c: f"{a} {b} - {c}", link, st.sampled_from(EMOJI), sentence),
    st.builds(lambda a, b: f"{a}: {b}", phrase, url),
    url,
    url.map(lambda to: f"<{to}>"),
    st.builds(lambda a, b, c: f"{a} {b} {c}", sentence, link, sentence),
    st.builds(lambda a, b: f"[{a}](https://scholar.google.com/x): {b}", st.sampled_from(PEOPLE), link),
    st.builds(lambda a, b: f"{a} ([MIT]({b}))", link, url),
    st.builds(lambda a, b: f"~~{a}~~ {b}", link, sentence),
    st.builds(lambda a, b: f"{a} {b}", described, empty),
    st.builds(lambda a, b: f"{a} {b}", empty, sentence),
    st.builds(lambda a, b: f"{a} {b}", badge, described),
    st.builds(lambda a, b: f"{a} {b}", described, st.one_of(badge, image)),
    st.builds(lambda a, b: f"{a} by {b}", phrase, link),
    st.builds(lambda a, b: f"{a} {b}", row, phrase),
    st.builds(lambda a: f"[{a}][ref]", title),
    st.builds(lambda a, b: f"{a}{b}", tag, described),
    st.builds(lambda a, b, c, d: f"{a}{b} *{c} et al.* {d}", tag, phrase, names, row),
    st.builds(lambda a, b, c, d: f'{a}. "**{b}**." ICML (2015). {c} **({d})** :star::star:', names, phrase, row, phrase),
    st.builds(lambda a, b: f"[{a}](near.pdf) ([original]({b}))", phrase.map(escaped), url),
    sentence,
    raw,
    image,
    empty,
    names,
)
bullet = st.sampled_from(("- ", "* ", "+ ", "1. "))


def _item(mark: str, text: str, children: list[str], indent: str = "  ") -> str:
    lines = [mark + text.replace("\n", f"\n{' ' * len(mark)}")]
    return "\n".join(lines + [f"{' ' * len(mark)}{indent[:0]}- {child}" for child in children])


children = st.one_of(
    st.just([]),
    st.just([]),
    st.lists(st.one_of(entry, label.map(lambda text: f"Paper: {text}"), label, sentence), max_size=3),
)
items = st.builds(
    lambda mark, rows, loose: ("\n\n" if loose else "\n").join(_item(mark, text, below) for text, below in rows),
    bullet,
    st.lists(st.tuples(entry, children), min_size=1, max_size=5),
    st.booleans(),
)
cell = st.one_of(
    link,
    sentence,
    label,
    st.just(""),
    st.sampled_from(("Yes", "`apiKey`", "✓", "2019", "Ann Lee, Bo Li", "[//]: #06/12")),
    st.builds(lambda a, b: f"{a}<br>{b}", link, label),
    image,
    st.builds(lambda a, b: f"<ul><li>{a}</li><li>{b}</li></ul>", raw, sentence),
).map(lambda text: text.replace("|", "/"))
header = st.sampled_from(
    (
        ("Title", "Description", "Code"),
        ("API", "Auth", "HTTPS"),
        ("Year", "Paper", "Link"),
        ("Title", "Authors", "Year"),
        ("", "", ""),
        ("Name: x", "a;b", "Note."),
    )
)
table = st.builds(
    lambda head, rows, outer: "\n".join(
        [f"|{'|'.join(head)}|", "|:---|---|--:|", *(f"{outer} {' | '.join(row)} |" for row in rows)]
    ),
    header,
    st.lists(st.lists(cell, min_size=2, max_size=4), min_size=1, max_size=4),
    st.sampled_from(("|", "|", "")),
)
toc = st.lists(phrase, min_size=1, max_size=3).map(
    lambda rows: "\n".join(f"- [{escaped(row)}](#{number})" for number, row in enumerate(rows))
)
box = st.builds(
    lambda head, body: f"<details>\n<summary>{head}</summary>\n\n{body}\n\n</details>",
    st.one_of(st.just("<b>Box</b>"), st.just("Papers <kbd>5 projects</kbd>"), raw),
    st.one_of(items, entry, row, sentence, table),
)
html = st.builds(lambda a, b: f"<ul>\n<li>{a}</li>\n<li>{b}</li>\n</ul>", raw, raw)
html_table = st.builds(
    lambda a, b, c: f"<table>\n<tr><td>{a}</td><td>{b}</td></tr>\n<tr><td>{c}</td></tr>\n</table>", raw, raw, raw
)
paragraph = st.one_of(
    sentence,
    entry,
    st.builds(lambda a, b: f"{a}  \n{b}", entry, sentence),
    st.lists(entry, min_size=2, max_size=3).map("\n".join),
)
quote = st.lists(paragraph, min_size=1, max_size=2).map(
    lambda rows: "\n>\n".join("> " + row.replace("\n", "\n> ") for row in rows)
)
deep = st.builds(lambda a, b, c, d: f"- {a}\n  - {b}\n    - {c}\n- {d}", phrase, st.one_of(phrase, entry), entry, entry)
attribute = st.one_of(
    st.builds(lambda a, b: f"{a}: <{b}>", st.sampled_from(("arxiv", "github(Keras)", "slides", "**Code**", "Dataset")), url),
    st.builds(lambda a, b: f"{a}:{b}", st.sampled_from(("arxiv", "paper")), url),
    st.builds(lambda a, b: f"{a}: {b}", st.sampled_from(("intro", "keywords", "**Note**")), sentence),
    st.builds(lambda a, b: f"Paper: {a}, {b}", link, label),
    st.builds(
        lambda a, b: f"- {a}: {b}"[2:], st.sampled_from(("Authors", "**Year**", "Venue")), st.one_of(names, st.just("2021"))
    ),
)
attributes = st.lists(attribute, min_size=1, max_size=4).map(lambda rows: "\n".join(f"- {row}" for row in rows))
below = st.one_of(
    st.builds(lambda a, b: f"**{a}**\n\n{b}", phrase, attributes),
    st.builds(lambda a, b, c: f"🔥 **1. {a}** {b}\n\n*{c}*\n\n{b} {b}", phrase, badge, names),
    st.builds(lambda a, b: f"1. {a}\n  - Paper: {b}\n2. {a}\n  - {b}", sentence, url),
    st.builds(lambda a, b: f"### {a}\n\n{b}", phrase, attributes),
    st.builds(lambda a, b: f"**{a}**\n\n<{b}>", phrase, url),
    st.builds(lambda a, b: f"{a} ,\nProject: <{b}>", phrase, url),
)
crowded = st.one_of(
    st.builds(lambda a, b: f"###{a}\n- {b}", phrase, entry),
    st.builds(lambda a, b, c: f"9. {a}\n10.{b}\n11. {c}", entry, link, entry),
    st.builds(lambda a, b, c: f"-{a}\n-{b} {c}", link, link, sentence),
)
tight = st.builds(
    lambda a, b, c: (
        f"<details><summary><b>{a}</b></summary>\n\n- [GitHub]({b}) (📥 24M / month):\n\n\t```\n\tclone\n\t```\n</details>\n"
        f"<details><summary>More</summary>\n\n{c}\n</details>"
    ),
    raw,
    url,
    items,
)
nav = st.builds(
    lambda a, b: f'<p align="center">\n<a href="{a}">Home</a> • <a href="#x">Top</a>\n<img src="{b}.png">\n</p>', url, url
)
block = st.one_of(
    items, items, items, items, below, crowded, tight, table, table, paragraph, paragraph, quote, box, html, html_table, toc, image,
    sentence.map(lambda text: f"**{text}**"), phrase.map(lambda text: f"{text}:"), st.just("---"), st.just("<br>"),
    st.just("<!-- [not](https://example.org/comment) -->"), st.just("```\n[not](https://example.org/code)\n```"), st.just("    [nor](https://example.org/indented)"), deep, nav,
    st.just("**[⬆ Back to top](#top)**"), st.just('<div dir="rtl">'), st.just("</div>"),
)  # fmt: skip
heading = st.builds(
    lambda level, text, number: f"{'#' * level} {number}{text}",
    st.integers(2, 6),
    st.one_of(
        phrase,
        phrase,
        phrase,
        st.sampled_from(("Contents", "License", "Contributing", "General", "See also", "More", "Table of Contents")),
        link,
        st.builds(lambda a, b: f"{a} {b}", phrase, badge),
    ),
    st.sampled_from(("", "", "1. ", "🔥 ")),
)
setext = phrase.map(lambda text: f"{text}\n===" if len(text) % 2 else f"{text}\n-----")
html_heading = phrase.map(lambda text: f"<h2>{text.replace('<T>', 'T')}</h2>")
start = st.one_of(
    phrase.map(lambda text: f"# {text}"),
    phrase.map(lambda text: f"# {text} [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)"),
    st.just(
        '<div align="center">\n<h1>Title</h1>\n<a href="https://example.org/home"><img src="https://example.org/logo.png"></a>\n</div>'
    ),
    st.just("---\ntitle: Front\n---\n"),
    st.just('<div align="center">\n\n### [Sponsor](https://example.org/sponsor)\n</div>\n\n# Title'),
    st.builds(lambda a, b: f"# Title\n\n#### {a}\n\n{b}", link, items),
    st.just("intro before\n\n# Later"),
    st.just(""),
)
ref = st.just("[ref]: https://example.org/referenced 'A title'")
document = st.builds(
    lambda mark, first, rest, last, ends: (mark + "\n\n".join([first, *rest, last]) + "\n").replace("\n", ends),
    st.sampled_from(("", "", "", "\ufeff")),
    start,
    st.lists(st.one_of(block, block, block, heading, heading, html_heading, setext), min_size=1, max_size=7),
    ref,
    st.sampled_from(("\n", "\n", "\n", "\r\n")),
)

"""A generated collection that breaks linter rules: each line is made of fragments that violate one of them."""

from __future__ import annotations

import random
from itertools import count

from generator.sources.catalogue.model import Start
from tests.publishing.samples import catalogue, entry, section, topic

TITLES = [
    "On [0, 1] and [a][b]", "![x](y)", "<b>HTML</b> & &amp; entities", "`code` | pipes", "*stars* __unders__ ~~tildes~~", "A \\ back\\slash \\",
    "Ends with #", "$x$ :smile: me@example.org www.example.org", "# Number sign", "1. Ordinal", "- Dash", "+ Plus", "> Quote", '“Curly” "straight"',
    'A lone " quote', "“Never closed", "closed”", "‘Single’ quotes", "The students’ own", "It’s rock ’n’ roll", "(（mixed) brackets）", "】《x", "Why?? Really!!",
    "Wait,, what··", "‘’", '"', '5" or 7"', "Line\nbreak", "Right-to-left \u202e mark", "Naïve – dash — dash: colon", "[x] done", "[^1] note", ":smile:", "$x_1$",
    "`only code`", "https://example.org", "Here", "link", "k-means", "深層学習。", "!", "", "\U0001d4b3’s and \U0001f680’", "_", "x_y_z", "<!-- comment -->", "a  b", "Ünïcode",
]  # fmt: skip
DESCRIPTIONS = [
    "k-means", "élan vital", "*Marked* up", "**Strong** start", "un*frigging*believable", "ends with `code`", "`all code`", "See https://example.org/y", "[Read](https://example.org/r) it", "Why",
    "Done!", 'Said "so."', 'Said "so".', "It said 'so.'", "(All of it.)", "(All of it)", "🚀 launched", "Launch 🚀", "PDEs, fast", "α and ω", "深い。", "すごい！", 'He said "no', "Really?!!", "What??", "One · two ·· three",
    "A [link](https://example.org/1) twice: [link](https://example.org/1)", "- a list\n- of two", "# heading", "<script>alert(1)</script>", "![image](https://example.org/i.png)", "[rel](./x.md)", "| a | b |\n|---|---|\n| c | d |",
    "```sh\n$ rm -rf\n```", "> quoted", "a\n\nb", "~~gone~~", "Footnote[^1]\n\n[^1]: x", "ends in *emphasis*", "ends in [a link](https://example.org/2)", "McGregor's", "iPhone", "3M", "O'Neill", "-x", "/path", "@me", "…", "***", "x" * 900,
]  # fmt: skip
NAMES = ["Łukasz Kaiser", "Émile Borel", "van den Oord", "Ørsted", "Δ Group", "Иван Иванов", "凌泽南", "مجموعة", "k-means Lab", "3M", "O'Reilly", '"Quoted" Name', "(parenthesised)", "A “B", "$x$", "et al."]  # fmt: skip
VENUES = ["NeurIPS", "[ICML]", "*J*", 'The "J', "J??", "", "_x_", "`V`", "知乎", "Proc. 1."]
HEADINGS = [
    "Papers", "papers", "C++ / CUDA", "Why?", "Really!", "End.", "License", "Contributing", "Contents", "See also", "Start here", "Footnotes", "Related Lists", "🚀 Start", "❤️ Papers", 'A " quote', "What??", "a_b *c* <d> &amp;",
    "深層学習", "`code`", "Ends with #", "[x](y)", "Papers Awesome", ":smile:", "$x$", "’90s", "Equations:",
]  # fmt: skip
URLS = [
    "https://example.org/{}", "http://www.example.org/{}/", "https://example.org/{}(x)?a=1&copy;=[2]", "https://example.org/a b/{}", "https://example.org/{}?utm_source=x", "https://example.org//{}/index.html",
    "https://user@example.org/{}#part", "https://example.org/{}#:~:text=x", "https://bücher.example/{}", "ftp://example.org/{}", "https://example.org/{}\\_`<>", "https://example.org:443/{}?b=2&a=1", "https://example.org/{}?a=1&b=2", "HTTPS://EXAMPLE.ORG/{}",
]  # fmt: skip
PROSE = ["All *kinds* of things, see [one](https://example.org/3).", "**Bold**\n\nthen more", "- [x](https://example.org/4) is good\n- `code` first\n- *so*\n\n1. one\n2. two", "See [here](https://example.org/5) and [here](https://example.org/5).", "_All of it_", None]  # fmt: skip


def hostile(entries=5000, topics=20, seed=1):
    """A collection of about `entries` entries; equal seeds give equal collections."""
    chance = random.Random(seed)
    numbers = count()

    def one():
        number = next(numbers)
        url = chance.choice(URLS).format(chance.randrange(entries)) if chance.random() < 0.9 else None
        return entry(
            chance.choice(TITLES) or (None if url else "Untitled"),
            url,
            id=f"e{number}",
            authors=chance.sample(NAMES, chance.choice((0, 0, 1, 2, 8))),
            year=chance.choice((None, 1999, 2020)),
            venue=chance.choice(VENUES) if chance.random() < 0.3 else None,
            description=chance.choice(DESCRIPTIONS) if chance.random() < 0.7 else None,
            state=chance.choice(("active",) * 6 + ("dead", "deprecated", "retracted")),
            archive_url=chance.choice((None, "https://web.archive.org/web/2020/https://example.org/")),
            links=chance.choice(((), (("pdf", ("https://example.org/p.pdf",)), ("link", ("https://example.org/l",))), (("slides", ("javascript:alert(1)",)),))),
            also_in=tuple({f"t{chance.randrange(topics)}"} if chance.random() < 0.1 else ()),
        )  # fmt: skip

    def part(size, depth=0):
        own = tuple(one() for _ in range(size))
        inner = [part(2, depth + 1)] if depth < 2 and chance.random() < 0.3 and entries > topics * 8 else ()
        return section(chance.choice(HEADINGS), *own, sections=inner, description=chance.choice(PROSE))

    sizes = [entries // topics // 4] * 3
    found = []
    for number in range(topics):
        parts = [part(max(size - 4, 1)) for size in sizes]
        start = tuple(
            Start(f"e{chance.randrange(min(entries, 100))}", chance.choice(("First.", "k-means", 'A " b', "Why??")))
            for _ in range(3)
        )
        found.append(
            topic(
                f"t{number}", *parts, title=chance.choice(HEADINGS), description=chance.choice(PROSE), start=start if number % 2 else (),
                related=("t0", "t1", f"t{number}"), entries=[one()] if number % 3 else (),
            )
        )  # fmt: skip
    return catalogue(*found, title=chance.choice(["all Of it??", 'Reading "lists', "Deep Learning"]), description="Start.", license="CC0-1.0", header="# not ours\n" if seed < 0 else None)  # fmt: skip

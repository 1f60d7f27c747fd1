"""A small collection with hostile texts, every kind of link, and topics that share entries."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from generator.publishing.site import Health, LinkHealth, Night
from generator.sources.catalogue.model import Catalogue
from generator.sources.catalogue.parse import assemble
from linkcheck.model import Outcome

TODAY = date(2026, 11, 21)
SCRIPT = "<script>window.broken = 1</script>"

HEADER = r"""
  <p align="center"><a href="https://example.org/build"><img src="https://example.org/badge.svg"></a>
  <img src="https://example.org/logo.png" alt="The logo" onerror="window.broken = 2"></p>

  # Before $n \to \infty$

  See [the papers](#papers), [more](hostile.md#a-heading-of-ours), [a file](../docs/a.md).[^1]

  #### Deep below

  | Name | $x^2$ |
  |:-----|------:|
  | `a\|b` | ~~4~~ 9 |

  - [x] read
  - [ ] understood

  <details onclick="window.broken = 3"><summary>Unfold me</summary>

  Folded **text**.<script>window.broken = 4</script><svg onload="window.broken = 5"></svg><style>h1 { display: none }</style>

  </details>

  [^1]: A *note* on $\beta$.
"""

SOURCES = {
    "lists/_collection.yaml": """
title: Reading & writing lists
description: Papers, books and people; see [the source](https://example.org/source).
license: CC0-1.0
repository: https://github.com/example/lists
topics: [transport, hostile]
""",
    "lists/transport.yaml": """
title: Optimal Transport
aliases: [monge]
header: |HEADER
description: |
  Moving one measure onto another. Begin with the book.

  - by *theory*
  - by `code`

  $$
  \\min_{\\pi} \\sum_{ij} C_{ij} \\pi_{ij}
  $$
related: [hostile]
start:
  - {id: peyre2019, reason: The whole field in one book.}
sections:
  - title: Books
    description: Long reads.
    entries:
      - id: peyre2019
        title: Computational Optimal Transport
        url: https://arxiv.org/abs/1803.00567
        kind: book
        authors: [Gabriel Peyré, Marco Cuturi]
        year: 2019
        venue: Foundations and Trends
        arxiv: "1803.00567"
        description: Algorithms first; the best *first* view.
        links: {pdf: https://example.org/book.pdf, code: [https://example.org/code, https://example.org/more]}
        also_in: [hostile]
      - id: villani2009
        title: "Optimal Transport: Old and New"
        url: https://example.org/villani
        kind: book
        authors: [Cédric Villani]
        year: 2009
        venue: Springer
  - title: Papers
    entries:
      - id: cuturi2013
        aliases: [sinkhorn]
        title: Sinkhorn Distances
        url: https://example.org/sinkhorn
        kind: paper
        authors: [Marco Cuturi]
        year: 2013
        venue: NeurIPS
        description: Lightspeed computation of transport.
      - id: gone
        title: A Page That Went Away
        url: https://example.org/gone
        state: dead
        archive_url: https://web.archive.org/web/2019/https://example.org/gone
    sections:
      - title: Results
        entries:
          - id: lukasz
            title: Łukasz's Straße of “Quoted” Flows
            authors: [Łukasz Kaiser]
            kind: preprint
            year: 2020
""".replace("HEADER", HEADER),
    "lists/hostile.yaml": f"""
title: "Hostile {SCRIPT} & 'quotes'"
description: "{SCRIPT} and <img src=x onerror=alert(1)> and [a link](javascript:alert(1))"
footer: |
  <div onclick="alert(1)">raw</div>

  # A heading of ours

  ![badge](https://example.org/badge.svg) <b>bold</b>
entries:
  - id: script
    title: '"><{SCRIPT[1:]} &amp; \u202eesrever'
    url: https://example.org/"><script>alert(1)</script>
    authors: ["<b>Bold</b>, Author", {{literal: "A & B </pre>"}}]
    venue: "</title><script>alert(2)</script>"
    kind: blog
    year: 2021
    description: "Text with `</code>{SCRIPT}` and <i>tags</i> and [x](javascript:alert(3)) and https://example.org/auto"
    links: {{"<u>label</u>": 'javascript:alert(4)', slides: https://example.org/slides?a=1&copy=2}}
  - id: script-url
    title: A URL that is none
    url: "javascript:alert(5)"
  - https://example.org/bare/page
  - id: tex
    title: 100% of $\\alpha$ and $\\unclear$ & {{braces}}_~^
    url: https://example.org/100%25_{{x}}
    kind: person
""",
}


def catalogue(sources: dict[str, str] = SOURCES) -> Catalogue:
    """The sample as a catalogue, without its problems."""
    return assemble(sources, today=TODAY)[0]


def health() -> Health:
    """Two nights: one link proven dead, one that moved, one failing for a hostile reason, the rest alive."""
    alive = LinkHealth(Outcome.ALIVE, "content was seen", TODAY)
    links = {
        "https://arxiv.org/abs/1803.00567": alive,
        "https://example.org/book.pdf": LinkHealth(Outcome.DEAD, "404 on three nights", TODAY, date(2026, 9, 1)),
        "https://example.org/sinkhorn": LinkHealth(Outcome.MOVED, "to https://example.org/new", TODAY),
        "https://example.org/villani": LinkHealth(Outcome.FAILING, f"it said {SCRIPT}", TODAY, date(2026, 11, 1)),
        "https://example.org/code": alive,
    }
    first = Night(date(2026, 11, 20), ((Outcome.ALIVE, 3), (Outcome.FAILING, 2)))
    last = Night(TODAY, ((Outcome.ALIVE, 2), (Outcome.DEAD, 1), (Outcome.MOVED, 1), (Outcome.FAILING, 1)))
    return Health(links, (first, last), 2)


def search_data(files: dict[str, str]) -> dict[str, Any]:
    """The search data of a site: JSON in a string of JavaScript."""
    string = re.search(r"window\.listkeeper = JSON\.parse\('((?:[^'\\\n]|\\.)*)'\);", files["assets/search-data.js"])
    assert string
    return json.loads(re.sub(r"\\(.)", r"\1", string[1]))

"""Render the link health page: totals, nights, and the links that need a maintainer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.publishing.site.chart import STACK, chart
from generator.publishing.site.entry import anchor, name
from generator.publishing.site.frame import Shell, shell
from generator.publishing.site.html import href, text
from generator.publishing.site.model import Health, LinkHealth, Settings
from generator.publishing.site.strings import Strings, strings
from generator.publishing.site.topic import topic_url
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from linkcheck.model import Outcome

__all__ = ["health_page"]

_TOTALS = (
    Outcome.ALIVE, Outcome.MOVED, Outcome.FAILING, Outcome.BLOCKED, Outcome.DEAD, Outcome.INVALID, Outcome.UNCHECKED,
)  # fmt: skip
_LISTED = (Outcome.DEAD, Outcome.INVALID, Outcome.FAILING, Outcome.BLOCKED, Outcome.MOVED)


def health_page(catalogue: Catalogue, health: Health, settings: Settings) -> str:
    """The HTML of the page; without a history it says that no link has been checked."""
    words = strings(catalogue.collection.site.language)
    title = words("link_health")
    body = "\n".join(_report(catalogue, health, words)) if health.known else _unknown(words)
    content = f'<article class="health-page">\n<header class="head"><h1>{escape(title)}</h1></header>\n{body}\n</article>'
    own = Shell("health.html", title, f"{settings.folder}/", words("health_about"))
    return shell(own, content, catalogue.collection, settings)


def _unknown(words: Strings) -> str:
    note = words.html("nights_count", command="<code>listkeeper check</code>")
    return f'<div class="lead"><p>{escape(words("none_checked"))}</p></div>\n<p class="note">{note}</p>'


def _report(catalogue: Catalogue, health: Health, words: Strings) -> Iterator[str]:
    last = health.nights[-1]
    total = sum(count for _, count in last.counts)
    yield f'<div class="lead"><p>{escape(_summary(health, words))}</p></div>'
    yield f'<dl class="totals">{"".join(_outcome_total(outcome, last.of(outcome), words) for outcome in _TOTALS)}</dl>'
    yield f'<h2 id="nights">{escape(words("night_by_night"))}</h2>'
    yield f'<p class="note">{escape(_note(health, total, words))}</p>'
    legend = "".join(f'<li><span class="key {outcome}"></span>{escape(words(f"outcome_{outcome}"))}</li>' for outcome in STACK)
    yield f'<figure>{chart(health.nights, words)}<ul class="legend" aria-hidden="true">{legend}</ul></figure>'
    yield _night_table(health, words)
    yield from _link_lists(catalogue, health, words)


def _summary(health: Health, words: Strings) -> str:
    last = health.nights[-1]
    total = sum(count for _, count in last.counts)
    good, dead = last.of(Outcome.ALIVE, Outcome.MOVED), last.of(Outcome.DEAD)
    tail = words.count("proven_dead", dead) if dead else words("none_dead")
    return words("health_sum", good=words.number(good), links=words.count("link", total), dead=tail, day=words.day(last.day))


def _note(health: Health, total: int, words: Strings) -> str:
    shown, all_nights = len(health.nights), health.total_nights
    note = words("not_alive_note", links=words.count("link", total))
    return (
        f"{note} {words('nights_shown', all=words.number(all_nights), shown=words.number(shown))}"
        if all_nights > shown
        else note
    )


def _outcome_total(outcome: Outcome, count: int, words: Strings) -> str:
    word = f'<span class="health {outcome}">{escape(words(f"outcome_{outcome}"))}</span>'
    means = escape(words(f"means_{outcome}"))
    return f'<div class="{"some" if count else "none"}"><dt>{word}<span>{means}</span></dt><dd>{words.number(count)}</dd></div>'


def _night_table(health: Health, words: Strings) -> str:
    head = "".join(f'<th scope="col">{escape(words(f"outcome_{outcome}"))}</th>' for outcome in _TOTALS)
    rows = "\n".join(
        f'<tr><th scope="row">{night.day.isoformat()}</th>{"".join(f"<td>{words.number(night.of(outcome))}</td>" for outcome in _TOTALS)}</tr>'
        for night in reversed(health.nights)
    )
    return (
        f'<details class="numbers"><summary>{escape(words("as_table"))}</summary><div class="wide" tabindex="0" role="region" '
        f'aria-label="{escape(words("nights_in_numbers"))}"><table>'
        f'<thead><tr><th scope="col">{escape(words("night_head"))}</th>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>'
        "</table></div></details>"
    )


def _link_lists(catalogue: Catalogue, health: Health, words: Strings) -> Iterator[str]:
    entries = _first_entries(catalogue)
    for outcome in _LISTED:
        found = [(url, state) for url, state in health.links.items() if state.outcome is outcome]
        if found:
            yield f'<h2 id="{outcome}">{_capital(words(f"outcome_{outcome}"))} <span class="number">{words.number(len(found))}</span></h2>'
            yield f'<p class="note">{_capital(words(f"means_{outcome}"))}.</p>'
            yield f'<ul class="troubles">{"".join(_link_item(url, state, entries.get(url), words) for url, state in found)}</ul>'


def _first_entries(catalogue: Catalogue) -> dict[str, tuple[Topic, Entry]]:
    """The first entry with each URL, and its topic."""
    entries: dict[str, tuple[Topic, Entry]] = {}
    for topic, entry in catalogue.entries():
        for url in (*((entry.page[1],) if entry.page else ()), *(url for _, urls in entry.links for url in urls)):
            entries.setdefault(url, (topic, entry))
    return entries


def _link_item(url: str, state: LinkHealth, entry_of_url: tuple[Topic, Entry] | None, words: Strings) -> str:
    shown = text(url)
    target = href(url)
    parts = [f'<a class="url" href="{target}">{shown}</a>' if target else f'<span class="url">{shown}</span>']
    if entry_of_url:
        topic, entry = entry_of_url
        where = f"{topic_url(topic.slug)}#{anchor(entry)}"
        parts.insert(0, f'<a class="title" href="{text(where)}">{text(name(entry))}</a>')
    since = words("last_alive", day=words.day(state.last_alive)) if state.last_alive else ""
    if reason := "; ".join(filter(None, (text(state.reason), escape(since)))):
        parts.append(f'<p class="origin">{reason}</p>')
    return f"<li>{''.join(parts)}</li>"


def _capital(phrase: str) -> str:
    return escape(phrase[:1].upper() + phrase[1:])

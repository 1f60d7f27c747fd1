"""Render the link health page: totals, nights, and the links that need a maintainer."""

from __future__ import annotations

from collections.abc import Iterator

from generator.publishing.site.chart import STACK, chart
from generator.publishing.site.entry import anchor, day, name
from generator.publishing.site.html import href, text
from generator.publishing.site.layout import Shell, shell
from generator.publishing.site.model import Health, LinkHealth, Settings
from generator.publishing.site.topic import topic_url
from generator.reporting.phrases import counted
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from linkcheck.model import Outcome

__all__ = ["health_page"]

_MEANING = {
    Outcome.ALIVE: "the page has content",
    Outcome.MOVED: "works, at a new permanent address",
    Outcome.FAILING: "doesn't work, but isn't proven dead",
    Outcome.BLOCKED: "the server refuses automatic checks",
    Outcome.DEAD: "proven dead",
    Outcome.INVALID: "not a valid address",
    Outcome.UNCHECKED: "not checked, or excluded from checks",
}
_LISTED = (Outcome.DEAD, Outcome.INVALID, Outcome.FAILING, Outcome.BLOCKED, Outcome.MOVED)
_ABOUT = "How many links are alive, failing or dead, night by night."


def health_page(catalogue: Catalogue, health: Health, settings: Settings) -> str:
    """The HTML of the page; without a history it says that no link has been checked."""
    body = "\n".join(_report(catalogue, health)) if health.known else _UNKNOWN
    content = f'<article class="health-page">\n<header class="head"><h1>Link health</h1></header>\n{body}\n</article>'
    own = Shell("health.html", "Link health", f"{settings.folder}/", _ABOUT)
    return shell(own, content, catalogue.collection, settings)


_UNKNOWN = """<div class="lead"><p>No link of this collection has been checked yet.</p></div>
<p class="note">Nights count from the first <code>listkeeper check</code> on; this page shows them after the next build of the site.</p>"""


def _report(catalogue: Catalogue, health: Health) -> Iterator[str]:
    last = health.nights[-1]
    total = sum(count for _, count in last.counts)
    yield f'<div class="lead"><p>{_summary(health)}</p></div>'
    yield f'<dl class="totals">{"".join(_outcome_total(outcome, last.of(outcome)) for outcome in _MEANING)}</dl>'
    yield '<h2 id="nights">Night by night</h2>'
    yield f'<p class="note">{_note(health, total)}</p>'
    legend = "".join(f'<li><span class="key {outcome}"></span>{outcome}</li>' for outcome in STACK)
    yield f'<figure>{chart(health.nights)}<ul class="legend" aria-hidden="true">{legend}</ul></figure>'
    yield _night_table(health)
    yield from _link_lists(catalogue, health)


def _summary(health: Health) -> str:
    last = health.nights[-1]
    total = sum(count for _, count in last.counts)
    good, dead = last.of(Outcome.ALIVE, Outcome.MOVED), last.of(Outcome.DEAD)
    tail = f"{counted(dead, 'is', 'are')} proven dead" if dead else "none is proven dead"
    return f"{good:,} of {counted(total, 'link')} are known to work, {tail}. Last checked on {day(last.day)}."


def _note(health: Health, total: int) -> str:
    shown, all_nights = len(health.nights), health.total_nights
    thinned = f" Of {all_nights:,} nights, {shown:,} are shown." if all_nights > shown else ""
    return f"Links that were not alive, of the {counted(total, 'link')} in the lists today; links removed since are not counted.{thinned}"


def _outcome_total(outcome: Outcome, count: int) -> str:
    word = f'<span class="health {outcome}">{outcome}</span>'
    return f'<div class="{"some" if count else "none"}"><dt>{word}<span>{_MEANING[outcome]}</span></dt><dd>{count:,}</dd></div>'


def _night_table(health: Health) -> str:
    head = "".join(f'<th scope="col">{outcome}</th>' for outcome in _MEANING)
    rows = "\n".join(
        f'<tr><th scope="row">{night.day.isoformat()}</th>{"".join(f"<td>{night.of(outcome):,}</td>" for outcome in _MEANING)}</tr>'
        for night in reversed(health.nights)
    )
    return (
        '<details class="numbers"><summary>As a table</summary><div class="wide" tabindex="0" role="region" '
        f'aria-label="Nights in numbers"><table><thead><tr><th scope="col">night</th>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>'
        "</table></div></details>"
    )


def _link_lists(catalogue: Catalogue, health: Health) -> Iterator[str]:
    entries = _first_entries(catalogue)
    for outcome in _LISTED:
        found = [(url, state) for url, state in health.links.items() if state.outcome is outcome]
        if found:
            yield f'<h2 id="{outcome}">{outcome.capitalize()} <span class="number">{len(found):,}</span></h2>'
            yield f'<p class="note">{_MEANING[outcome].capitalize()}.</p>'
            yield f'<ul class="troubles">{"".join(_link_item(url, state, entries.get(url)) for url, state in found)}</ul>'


def _first_entries(catalogue: Catalogue) -> dict[str, tuple[Topic, Entry]]:
    """The first entry with each URL, and its topic."""
    entries: dict[str, tuple[Topic, Entry]] = {}
    for topic, entry in catalogue.entries():
        for url in (*((entry.page[1],) if entry.page else ()), *(url for _, urls in entry.links for url in urls)):
            entries.setdefault(url, (topic, entry))
    return entries


def _link_item(url: str, state: LinkHealth, entry_of_url: tuple[Topic, Entry] | None) -> str:
    shown = text(url)
    target = href(url)
    parts = [f'<a class="url" href="{target}">{shown}</a>' if target else f'<span class="url">{shown}</span>']
    if entry_of_url:
        topic, entry = entry_of_url
        where = f"{topic_url(topic.slug)}#{anchor(entry)}"
        parts.insert(0, f'<a class="title" href="{text(where)}">{text(name(entry))}</a>')
    since = f"; last seen alive on {day(state.last_alive)}" if state.last_alive else ""
    if state.reason or since:
        parts.append(f'<p class="origin">{text(state.reason)}{since}</p>')
    return f"<li>{''.join(parts)}</li>"

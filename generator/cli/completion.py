"""What a shell offers when Tab is pressed: topics, ids, codes, hosts and others, read from the sources at that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    import click

    from generator.sources.catalogue.model import Catalogue

__all__ = [
    "codes_and_ids",
    "entry_ids",
    "fix_classes",
    "ids_and_files",
    "only_values",
    "renamed",
    "sections",
    "targets",
    "topics",
]

Complete = Callable[["click.Context", "click.Parameter", str], list[CompletionItem]]


def _completing(find: Callable[[click.Context], Iterable[str]]) -> Complete:
    """Complete by the words that `find` returns. Broken sources, or none, complete to nothing: a shell has no place for problems."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        with suppress(Exception):
            return [CompletionItem(word) for word in dict.fromkeys(find(ctx)) if word.startswith(incomplete)]
        return []

    return complete


def _catalogue(ctx: click.Context) -> Catalogue:
    from datetime import UTC, datetime

    from generator.sources.loading import load

    return load(ctx.params.get("folder") or Path("lists"), today=datetime.now(UTC).date()).catalogue


def _topics(ctx: click.Context) -> Iterable[str]:
    return (topic.slug for topic in _catalogue(ctx).topics)


def _ids(ctx: click.Context) -> Iterable[str]:
    return (entry.id for _, entry in _catalogue(ctx).entries())


def _renamed(ctx: click.Context) -> Iterable[str]:
    return _topics(ctx) if ctx.params.get("what") == "topic" else _ids(ctx)


def _sections(ctx: click.Context) -> Iterable[str]:
    topic = next((one for one in _catalogue(ctx).topics if one.slug == ctx.params.get("topic")), None)
    return (section.title for top in topic.sections for section in top.walk()) if topic else ()


def _codes_and_ids(ctx: click.Context) -> Iterable[str]:
    from generator.reporting.explanations import known_codes, rules

    return (*known_codes(), *rules(), *_ids(ctx))


def _only_values(ctx: click.Context) -> Iterable[str]:
    from generator.sources.catalogue.links import links
    from linkcheck.urls import split, web

    catalogue = _catalogue(ctx)
    hosts = sorted({split(link.url).ascii_host for link in links(catalogue) if web(link.url)} - {""})
    return ("failing", *hosts, *(entry.id for _, entry in catalogue.entries()))


topics = _completing(_topics)
entry_ids = _completing(_ids)
renamed = _completing(_renamed)
sections = _completing(_sections)
codes_and_ids = _completing(_codes_and_ids)
only_values = _completing(_only_values)


def targets(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell itself lists."""
    return [CompletionItem(incomplete, type="file")]


def ids_and_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of entries, else files."""
    return entry_ids(ctx, param, incomplete) or targets(ctx, param, incomplete)


def fix_classes(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The classes of fixes; after a comma those that aren't named yet."""
    from generator.editing.fixes import CLASSES

    before, comma, word = incomplete.rpartition(",")
    left = [name for name in CLASSES if name.startswith(word) and name not in before.split(",")]
    return [CompletionItem(f"{before}{comma}{name}") for name in left]

"""The commands that write entries from what services know of works."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.group import main_group
from generator.cli.options import ca_option, dns_option, lists_option, now_option, scale_option, today
from generator.cli.planning import dry_option, settle, yes_option

if TYPE_CHECKING:
    from generator.metadata.lookup import Sources

_saved = click.option(
    "--from",
    "saved",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A saved answer of a service, or a saved page, to read instead of asking.",
)
_offline = click.option("--offline", is_flag=True, help="Ask nobody: fill in what the identifier says by itself.")


@main_group.command()
@click.argument("target", metavar="URL|ARXIV|DOI|OWNER/REPO|-")
@click.option("--topic", required=True, help="The topic: the name of its file without .yaml.")
@click.option("--section", help="The section, by its heading.  [default: where its kind stands]")
@lists_option
@yes_option
@dry_option
@_saved
@_offline
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def add(
    target: str, topic: str, section: str | None, folder: Path, yes: bool, dry_run: bool, saved: tuple[Path, ...],
    offline: bool, now: str | None, dns: str | None, ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Add a work by its URL, arXiv id, DOI or GitHub repository; or those of a BibTeX text on standard input (-).

    Title, authors, year, venue and kind come from arXiv, Crossref, DataCite, GitHub, YouTube or the page itself. A work that is
    listed already is shown instead.
    """
    from generator.commands.curation.add import Request
    from generator.commands.curation.add import add as action

    where = _where(saved, offline=offline, dns=dns, ca=ca, scale=scale)
    bibtex = sys.stdin.buffer.read().decode("utf-8-sig", "replace") if target == "-" else None
    settle(
        action(Request(target, bibtex, topic, section, folder, where, today(now))),
        yes=yes,
        dry_run=dry_run,
        nothing="Nothing was added.",
    )


@main_group.command()
@click.argument("targets", nargs=-1, metavar="[FILE|ENTRY]...")
@lists_option
@yes_option
@dry_option
@_saved
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def enrich(
    targets: tuple[str, ...], folder: Path, yes: bool, dry_run: bool, saved: tuple[Path, ...], now: str | None, dns: str | None,
    ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Fill in what entries lack: titles, authors, years, venues, identifiers; and tell what was published or retracted since.

    Only entries that name a work (an arXiv id, a DOI, a repository, a video) and those without a title are looked up. What you wrote
    is never overwritten.
    """
    from generator.commands.curation.enrich import Request
    from generator.commands.curation.enrich import enrich as action

    where = _where(saved, offline=False, dns=dns, ca=ca, scale=scale)
    settle(action(Request(targets, folder, where, today(now))), yes=yes, dry_run=dry_run, nothing="Nothing was filled in.")


def _where(saved: tuple[Path, ...], *, offline: bool, dns: str | None, ca: Path | None, scale: float) -> Sources:
    from generator.metadata.lookup import Sources
    from generator.network import Edges

    return Sources(saved, offline, Edges(dns, ca, os.environ, scale), lambda line: click.echo(line, err=True))

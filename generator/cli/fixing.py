"""The command that mends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import ca_option, dns_option, instant, lists_option, now_option, past_option, scale_option


@main_group.command()
@lists_option
@click.option("--dry-run", is_flag=True, help="Write nothing; show the diff. Exit 1 if there is one.")
@click.option("--only", multiple=True, metavar="CLASS", help="Only these classes of fixes, those that need naming among them.")
@click.option("--force", is_flag=True, help="Change files with uncommitted changes, too; copies of them are kept.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON report of `check` to take verdicts from, instead of the history.",
)
@past_option
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def fix(
    folder: Path, dry_run: bool, only: tuple[str, ...], force: bool, report: Path | None, history: Path | None, now: str | None,
    dns: str | None, ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Mend what needs no thought: the smallest change of the sources, and nothing committed.

    \b
    By itself:     moved, duplicates, identifiers, quoting, expired
    By --only:     moved-domain, archive, dead

    What is known of links comes from the nights of `listkeeper check`; only `--only archive` asks the network.
    """  # noqa: D301  # \b keeps click from joining the lines
    from generator.cli.planning import show
    from generator.commands.curation.fix import Options, text
    from generator.commands.curation.fix import fix as action
    from generator.editing.fixes import CLASSES

    classes = tuple(one.strip() for word in only for one in word.split(",") if one.strip())
    unknown = [one for one in classes if one not in CLASSES]
    if unknown:
        raise click.BadParameter(f'"{unknown[0]}" is no class of fixes; write one of {", ".join(CLASSES)}', param_hint="--only")
    options = Options(
        folder, classes, dry_run, force, report, history, instant(now), dns, ca, scale, os.environ,
    )  # fmt: skip
    code, found = action(options, log=lambda line: click.echo(line, err=True))
    if isinstance(found, str):
        click.echo(found, err=True)
    else:
        show(text(found))
    sys.exit(code)

"""The commands that read sources and send nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import VERSION
from generator.cli.group import main_group
from generator.cli.options import (
    format_option,
    lists_option,
    now_option,
    output_option,
    since_option,
    tell,
    today,
    verbose_option,
)


@main_group.command()
@lists_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@since_option
@format_option
@output_option
@now_option
@verbose_option
def validate(
    folder: Path, paths: tuple[Path, ...], strict: bool, since: str | None, form: str, output: Path | None, now: str | None,
    verbose: bool,
) -> None:  # fmt: skip
    """Tell every problem of every source: what, where, and how to mend it.

    With --since, only those of what a branch changed, and rendered pages that it edits by hand.
    """
    from generator.actions.validate import validate as action

    if paths and paths[0].is_dir():
        folder, paths = paths[0], ()
    elif paths:
        folder = paths[0].parent
    code, report = action(folder, today=today(now), strict=strict, only=paths, since=since)
    tell(report, form, output, verbose=verbose)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--check", is_flag=True, help="Write nothing; list what is stale.")
@format_option
@output_option
@now_option
def build(folder: Path, check: bool, form: str, output: Path | None, now: str | None) -> None:
    """Render the sources to Markdown pages."""
    from generator.actions.build import build as action

    code, report = action(folder, today=today(now), check=check)
    tell(report, form, output)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--since", metavar="REF", required=True, help="The branch that this one will be merged into.")
@output_option
@now_option
def preview(folder: Path, since: str, output: Path | None, now: str | None) -> None:
    """Show what a branch does to the pages: its entries before and after, as Markdown for the pull request."""
    from generator.actions.preview import preview as action
    from generator.files import write
    from generator.report.model import Report

    code, found = action(folder, since, today=today(now))
    if not isinstance(found, str):
        tell(Report("preview", version=VERSION, problems=(found,)), "text", None, err=True)
    elif output is None:
        click.echo(found, nl=False)
    else:
        write(output, found)
    sys.exit(code)


@main_group.command()
@lists_option
@format_option
@output_option
@now_option
def duplicates(folder: Path, form: str, output: Path | None, now: str | None) -> None:
    """Find entries that are one work."""
    from generator.actions.duplicates import duplicates as action

    code, report = action(folder, today=today(now))
    tell(report, form, output)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--print", "show", type=click.Choice(["topic", "collection"]), help="Print this one instead of writing both.")
@click.option("--check", is_flag=True, help="Write nothing; list what is stale.")
def schema(folder: Path, show: str | None, check: bool) -> None:
    """Write the JSON Schemas by which editors complete and check the sources, and the issue form that suggests an entry.

    The form is written where the repository has the folder .github/ISSUE_TEMPLATE.
    """
    from generator.actions.schema import schema as action

    code, text = action(folder, show, check=check)
    click.echo(text.rstrip("\n"))
    sys.exit(code)

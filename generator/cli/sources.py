"""The commands that read sources and send nothing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from generator import VERSION
from generator.cli.group import main_group
from generator.cli.options import (
    format_option,
    instant,
    lists_option,
    now_option,
    one_folder,
    output_option,
    past_option,
    since_option,
    tell,
    today,
    verbose_option,
)


@main_group.command()
@lists_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
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
    from generator.commands.validate import validate as action

    stray = next((path for path in paths if path.is_file() and path.suffix != ".yaml"), None)
    if stray is not None:
        raise click.UsageError(f"{stray} is no source (*.yaml); a Markdown list is checked by: listkeeper check {stray}")
    folder = one_folder(paths) or folder
    paths = () if folder in paths else paths
    code, report = action(folder, today=today(now), strict=strict, only=paths, since=since)
    tell(report, form, output, verbose=verbose)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--check", is_flag=True, help="Write nothing; list what is stale.")
@click.option(
    "--to",
    type=click.Choice(["pages", "single", "data", "site"]),
    help="Build this alone: a page for each topic, one page of everything or a site (at --output), or data files.",
)
@format_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="With --to single the file, with --to site the folder that is built; else write the report to this file.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="With --to site, the address that the site will have: it gets a sitemap and canonical links.",
)
@past_option
@now_option
def build(
    folder: Path, check: bool, to: Literal["pages", "single", "data", "site"] | None, form: str, output: Path | None, base_url: str,
    history: Path | None, now: str | None,
) -> None:  # fmt: skip
    """Render the sources to Markdown pages, and to whatever else was built before.

    Data files (BibTeX, CSL-JSON, CSV, JSON, Atom, CITATION.cff) lie in the folder data beside the sources.
    """
    from generator.commands.build import build as action

    if to == "site":
        if output is None or output.is_file():
            raise click.BadParameter("the site needs a folder; write --to site --output DIR", param_hint="--output")
        if base_url and not base_url.startswith(("http://", "https://")):
            raise click.BadParameter(
                f'"{base_url}" is no address; write https://YOU.github.io/YOUR-LIST/', param_hint="--base-url"
            )
    elif output is not None and output.is_dir():
        raise click.BadParameter(f"{output} is a folder; name a file", param_hint="--output")
    elif to == "single" and output is None:
        raise click.BadParameter("the single page needs a place; write --to single --output FILE.md", param_hint="--output")
    placed = to in {"single", "site"}
    when = instant(now) or datetime.now(UTC)
    code, report = action(
        folder, now=when, to=to, output=output if placed else None, check=check, history=history, base_url=base_url
    )
    tell(report, form, None if placed else output)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--since", metavar="REF", required=True, help="The branch that this one will be merged into.")
@output_option
@now_option
def preview(folder: Path, since: str, output: Path | None, now: str | None) -> None:
    """Show what a branch does to the pages: its entries before and after, as Markdown for the pull request."""
    from generator.commands.preview import preview as action
    from generator.results import Report
    from generator.sources.files import write

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
    from generator.commands.duplicates import duplicates as action

    code, report = action(folder, today=today(now))
    tell(report, form, output)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option("--print", "show", type=click.Choice(["topic", "collection", "data"]), help="Print this one instead of writing.")
@click.option("--check", is_flag=True, help="Write nothing; list what is stale.")
def schema(folder: Path, show: str | None, check: bool) -> None:
    """Write the JSON Schemas by which editors complete and check the sources, and the issue form that suggests an entry.

    The form is written where the repository has the folder .github/ISSUE_TEMPLATE.
    """
    from generator.commands.schema import schema as action

    code, text = action(folder, show, today=datetime.now(UTC).date(), check=check)
    click.echo(text.rstrip("\n"))
    sys.exit(code)

"""The commands that read sources and send no requests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from generator import VERSION
from generator.cli.group import examples, main_group
from generator.cli.options import (
    format_option,
    history_option,
    lists_option,
    moment,
    now_option,
    one_folder,
    output_option,
    own_path,
    own_paths,
    parse_time,
    since_option,
    today,
    verbose_option,
    write_report,
)


@main_group.command(
    epilog=examples("listkeeper validate", "listkeeper validate --strict", "listkeeper validate lists/optimal-transport.yaml")
)
@lists_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), callback=own_paths)
@click.option("--strict", is_flag=True, help="Exit 1 for warnings as well.")
@since_option
@format_option
@output_option
@now_option
@verbose_option
def validate(
    folder: Path, paths: tuple[Path, ...], strict: bool, since: str | None, form: str, output: Path | None, now: str | None,
    verbose: bool,
) -> None:  # fmt: skip
    """Report all problems in the sources: what is wrong, where, and how to fix it.

    With --since, only problems in what a branch changed, and rendered pages that it edited by hand.
    """
    from generator.commands.validate import validate as action

    stray = next((path for path in paths if path.is_file() and path.suffix != ".yaml"), None)
    if stray is not None:
        raise click.UsageError(f"{stray} is no source (*.yaml); check a Markdown list with: listkeeper check {stray}")
    folder = one_folder(paths) or folder
    paths = () if folder in paths else paths
    code, report = action(folder, today=today(now), strict=strict, only=paths, since=since)
    write_report(report, form, output, verbose=verbose)
    sys.exit(code)


@main_group.command(
    epilog=examples(
        "listkeeper build",
        "listkeeper build --check",
        "listkeeper build --to single --output everything.md",
        "listkeeper build --to site --output public --base-url https://example.org/lists/",
    )
)
@lists_option
@click.option("--check", is_flag=True, help="Write nothing; list the stale files. Exit 1 if there are any.")
@click.option(
    "--to",
    type=click.Choice(["pages", "single", "data", "site"]),
    help="Build only this: a page for each topic, one page of everything or a site (at --output), or data files.",
)
@format_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    callback=own_path,
    help="With --to single the page's file, with --to site the site's folder; else write the report to this file.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="With --to site, the address of the published site: adds a sitemap and canonical links.",
)
@history_option
@now_option
def build(
    folder: Path, check: bool, to: Literal["pages", "single", "data", "site"] | None, form: str, output: Path | None, base_url: str,
    history: Path | None, now: str | None,
) -> None:  # fmt: skip
    """Render the sources to Markdown pages, and everything else that earlier builds wrote.

    Data files (BibTeX, CSL-JSON, CSV, JSON, Atom, CITATION.cff) are written to the folder data beside the sources.
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
        raise click.BadParameter("the single page needs a file; write --to single --output FILE.md", param_hint="--output")
    placed = to in {"single", "site"}
    code, report = action(
        folder, now=moment(now), to=to, output=output if placed else None, check=check, history=history, base_url=base_url
    )
    write_report(report, form, None if placed else output)
    sys.exit(code)


@main_group.command(epilog=examples("listkeeper preview --since origin/main"))
@lists_option
@click.option("--since", metavar="REF", required=True, help="The branch that this one will be merged into.")
@output_option
@now_option
def preview(folder: Path, since: str, output: Path | None, now: str | None) -> None:
    """Show how a branch changes the pages: each changed entry before and after, as Markdown for the pull request."""
    from generator.commands.preview import preview as action
    from generator.results import Report
    from generator.sources.files import write

    code, found = action(folder, since, today=today(now))
    if not isinstance(found, str):
        write_report(Report("preview", version=VERSION, problems=(found,)), "text", None, err=True)
    elif output is None:
        click.echo(found, nl=False)
    else:
        write(output, found)
    sys.exit(code)


@main_group.command(epilog=examples("listkeeper duplicates", "listkeeper duplicates --format json"))
@lists_option
@format_option
@output_option
@now_option
def duplicates(folder: Path, form: str, output: Path | None, now: str | None) -> None:
    """Find entries that are the same work."""
    from generator.commands.duplicates import duplicates as action

    code, report = action(folder, today=today(now))
    write_report(report, form, output)
    sys.exit(code)


@main_group.command(epilog=examples("listkeeper schema", "listkeeper schema --print topic"))
@lists_option
@click.option(
    "--print", "show", type=click.Choice(["topic", "collection", "data"]), help="Print this schema instead of writing."
)
@click.option("--check", is_flag=True, help="Write nothing; list the stale files. Exit 1 if there are any.")
def schema(folder: Path, show: str | None, check: bool) -> None:
    """Write the JSON Schemas that editors complete and check sources by, and the issue form for suggesting an entry.

    The form is written only if the repository has the folder .github/ISSUE_TEMPLATE.
    """
    from generator.commands.schema import schema as action

    code, text = action(folder, show, today=today(None), check=check)
    click.echo(text.rstrip("\n"))
    sys.exit(code)


@main_group.command(epilog=examples("listkeeper serve", "listkeeper serve --port 8123"))
@lists_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on; 0 takes a free one."
)
@history_option
@now_option
def serve(folder: Path, port: int, history: Path | None, now: str | None) -> None:
    """Preview the site on this machine (127.0.0.1); open pages reload whenever a source changes.

    Broken sources are reported on the page and here; the rest of the site is shown.
    """
    from generator.commands.serve import serve as action
    from generator.results import Report

    given = parse_time(now)
    code, problem = action(folder, port, calendar=lambda: given or moment(None), history=history, say=click.echo)
    if problem:
        write_report(Report("serve", version=VERSION, problems=(problem,)), "text", None, err=True)
    sys.exit(code)

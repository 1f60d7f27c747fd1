"""The site: what `build --to site` takes, and the command that shows it while it is written."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from generator import VERSION
from generator.cli.group import main_group
from generator.cli.options import instant, lists_option, now_option, past_option, tell

base_url_option = click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="With --to site, the address that the site will have: it gets a sitemap and canonical links.",
)


def build_site(
    folder: Path, output: Path | None, base_url: str, history: Path | None, now: str | None, form: str, *, check: bool
) -> NoReturn:
    """What `build --to site` does."""
    from generator.commands.site import site as action

    if output is None or output.is_file():
        raise click.BadParameter("the site needs a folder; write --to site --output DIR", param_hint="--output")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise click.BadParameter(f'"{base_url}" is no address; write https://YOU.github.io/YOUR-LIST/', param_hint="--base-url")
    when = instant(now) or datetime.now(UTC)
    code, report = action(folder, output, now=when, history=history, base_url=base_url, check=check)
    tell(report, form, None)
    sys.exit(code)


@main_group.command()
@lists_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where to listen; 0 takes any free port."
)
@past_option
@now_option
def serve(folder: Path, port: int, history: Path | None, now: str | None) -> None:
    """Preview the site on this machine (127.0.0.1); open pages load themselves anew whenever a source changes.

    Broken sources are named on the page and here; what can be read is shown all the same.
    """
    from generator.commands.serve import serve as action
    from generator.results import Report

    given = instant(now)
    code, problem = action(folder, port, calendar=lambda: given or datetime.now(UTC), history=history, say=click.echo)
    if problem:
        tell(Report("serve", version=VERSION, problems=(problem,)), "text", None, err=True)
    sys.exit(code)

"""The command `serve`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from generator import VERSION
from generator.cli.group import main_group
from generator.cli.options import instant, lists_option, now_option, past_option, tell


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

"""The command itself, before any of its commands is known."""

from __future__ import annotations

import click

from generator import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="listkeeper", message="%(prog)s %(version)s")
def main_group() -> None:
    """Keep curated lists alive: validate their sources, render them, find duplicates, check every link.

    Exit codes: 0 well, 1 something for you to mend, 2 usage, 3 a bug of ours, 4 nothing could be checked, 130 interrupted.
    """

"""The command that looks at the machine it runs on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import dns_option, lists_option, past_option


@main_group.command()
@lists_option
@past_option
@dns_option()
def doctor(folder: Path, history: Path | None, dns: str | None) -> None:
    """Look at what a check needs on this machine: versions, name resolution, network, proxy, token, lists, history.

    Asks example.com and nobody else. Exit 1 where something would keep a check from working.
    """
    from generator.commands.doctor import doctor as action

    code, text = action(folder, history, os.environ, resolver=dns)
    click.echo(text, nl=False)
    sys.exit(code)

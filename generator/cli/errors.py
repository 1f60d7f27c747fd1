"""Around every command: a foreign `linkcheck` is noticed, Ctrl-C ends quietly, the machine's trouble is told from a bug of ours."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from generator import VERSION


def run(group: click.Group) -> int:
    """Run the command line; returns the exit code."""
    foreign = foreign_linkcheck()
    if foreign:
        click.echo(foreign, err=True)
        return 2
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except SystemExit as ended:
        return int(ended.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  # the last line of defence: whatever gets here is the machine's trouble or our bug
        return _machine(error) or _bug(error)
    return 0


def foreign_linkcheck() -> str | None:
    """One sentence where another tool's `linkcheck` package has replaced ours, else None.

    The other tool overwrites `__init__.py` only, and removing it leaves none, so a marker in that file tells both.
    """
    import linkcheck

    if hasattr(linkcheck, "LISTKEEPER"):
        return None
    where = Path(linkcheck.__file__).parent if linkcheck.__file__ else "its place"
    return (
        f"Another program's package named linkcheck lies over Listkeeper's in {where}: "
        "install Listkeeper in an environment of its own, for example with `pipx install listkeeper`."
    )


def _machine(error: Exception) -> int:
    """2, and one line, for trouble of the machine: a full disk, a read-only folder; 0 for anything else."""
    from generator.cli.os_errors import told

    line = told(error)
    if line is None:
        return 0
    with suppress(OSError):
        click.echo(f"Error: {line}", err=True)
    _let_go(sys.stdout)
    return 2


def _let_go(stream: TextIO) -> None:
    """Forget what a stream still holds and can't write: Python tries again at its end, and would change the exit code."""
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _bug(error: Exception) -> int:
    import traceback

    lines = traceback.format_exception(error)
    click.echo("".join(lines), err=True, nl=False)
    click.echo(f"This is a bug in Listkeeper {VERSION}, not in your lists. Please report it with the lines above.", err=True)
    return 3

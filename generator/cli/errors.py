"""Run the command line and turn every exception into an exit code and a message."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

import click

from generator import VERSION
from generator.exit_codes import Exit

_HINTS = MappingProxyType({
    **dict.fromkeys(("ENOSPC", "EDQUOT", "EFBIG"), "free some space, or write to another place"),
    **dict.fromkeys(("EROFS", "EACCES", "EPERM"), "make it writable, or write to another place"),
    **dict.fromkeys(("EISDIR", "ENOTDIR", "EEXIST", "ENAMETOOLONG", "ELOOP"), "name another place"),
    **dict.fromkeys(("EIO", "ESTALE", "EBUSY", "EMFILE", "ENFILE"), "check the disk, and what else runs on this machine"),
})  # fmt: skip
_BY_NUMBER = {number: hint for name, hint in _HINTS.items() if (number := getattr(errno, name, None)) is not None}


def run(group: click.Group) -> int:
    """Run the command line and return its exit code."""
    prepare_streams()
    replaced = replaced_linkcheck()
    if replaced:
        click.echo(replaced, err=True)
        return Exit.USAGE
    try:
        group.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return Exit.INTERRUPTED
    except click.ClickException as error:
        _with_suggestion(error).show()
        return Exit.USAGE
    except SystemExit as ended:
        return int(ended.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except Exception as error:  # noqa: BLE001  # the last line of defence: an error of the machine, or our bug
        return _failed(error)
    return Exit.OK


def prepare_streams() -> None:
    """Make every standard stream writable: what its encoding lacks is escaped, and a closed one leads nowhere.

    A closed stream's number is taken first, or the next file to be opened (a history) would get it, and with it the output of others.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  # open until the end
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _with_suggestion(error: click.ClickException) -> click.ClickException:
    """The error with the nearest of an option's words where a value is none of them; click names only the nearest option."""
    value = re.match(r"'(.{1,60})' is not one of", error.message)
    if value is None or not isinstance(error, click.BadParameter) or error.param is None:
        return error
    from generator.problems import nearest

    kind = error.param.type
    near = nearest(value[1], map(str, kind.choices)) if isinstance(kind, click.Choice) else None
    hint = f" Did you mean '{near}'?" if near else ""
    return click.BadParameter(f"{error.message}{hint}", ctx=error.ctx, param=error.param, param_hint=error.param_hint)


def replaced_linkcheck() -> str | None:
    """A message where another tool's package `linkcheck` has replaced ours, else None.

    The other tool overwrites `__init__.py` alone, and uninstalling it leaves none; a marker in our file tells both cases.
    """
    import linkcheck

    if hasattr(linkcheck, "LISTKEEPER"):
        return None
    where = Path(linkcheck.__file__).parent if linkcheck.__file__ else "its folder"
    return (
        f"Another program's package linkcheck has replaced Listkeeper's in {where}: "
        "install Listkeeper in an environment of its own, as its README shows."
    )


def machine_error(error: Exception) -> str | None:
    """One line on an error of the machine (a full disk, a read-only folder, a locked file); None for any other error."""
    if isinstance(error, OSError) and error.errno in _BY_NUMBER:
        where = str(error.filename2 or error.filename or "the output")
        return f"{where} can't be written or read: {error.strerror}; {_BY_NUMBER[error.errno]}"
    if type(error).__module__ == "sqlite3" and type(error).__name__ in {"OperationalError", "DatabaseError"}:
        return f"the history can't be written or read: {error}; check its disk, and whether another program has locked it"
    return None


def _failed(error: Exception) -> Exit:
    line = machine_error(error)
    if line is None:
        import traceback

        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        click.echo(
            f"This is a bug in Listkeeper {VERSION}, not in your lists. Please report it with the lines above.", err=True
        )
        return Exit.BUG
    with suppress(OSError):
        click.echo(f"Error: {line}", err=True)
    _discard(sys.stdout)
    return Exit.USAGE


def _discard(stream: TextIO) -> None:
    """Discard what a stream can't write: Python would try again at exit and change the exit code."""
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

"""Options that several commands share, how their values are parsed, and how a report is written."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from generator.exit_codes import Exit
from generator.reporting import ESCAPES, FORMATS

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.results import Report

_Command = TypeVar("_Command", bound=Callable[..., Any])


def own_path(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """Accept a path that isn't reached through a symbolic link leading outside, unless the command line names that very link.

    Raises `BadParameter` for others, and for a named link that git tracks: a branch of other people may have brought it.
    """
    if path is None:
        return None
    from generator.sources.boundary import unnamed_link
    from generator.sources.files import outside, shown

    link = outside(path)
    if link is None:
        return path
    source = context.get_parameter_source(option.name or "")
    link = unnamed_link(path, named=source is click.core.ParameterSource.COMMANDLINE)
    if link is None:
        return path.resolve()
    own = "name the link itself" if link == path.absolute() else "name the place that it leads to"
    hint = f"if it is your own and git doesn't track it, {own}"
    raise click.BadParameter(f"{shown(link)} is a symbolic link that leads outside; {hint}", param=option)


def own_paths(context: click.Context, option: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """As `own_path`, for each of several paths."""
    return tuple(own for path in paths if (own := own_path(context, option, path)) is not None)


lists_option = click.option(
    "--lists",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("lists"),
    callback=own_path,
    show_default=True,
    help="The folder of the sources.",
)
format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="The format of the report."
)
output_option = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), callback=own_path, help="Write the report to this file."
)
now_option = click.option("--now", metavar="ISO", help="The date and time to assume, for rehearsals and tests.")
history_option = click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=own_path,
    help="The file with the results of earlier checks.  [default: .listkeeper/history.db]",
)
since_option = click.option("--since", metavar="REF", help="Only what was added or changed since the branch left REF.")


def _name_server(_context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """Accept ADDRESS or ADDRESS:PORT; raise `BadParameter` for anything else."""
    if text is None:
        return None
    from ipaddress import ip_address

    bracketed = text.startswith("[") and "]" in text
    host, port = text, "53"
    if bracketed:
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":") if rest else port
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    try:
        ip_address(host)
        valid = port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535
    except ValueError:
        valid = False
    if not valid:
        raise click.BadParameter(
            f'"{text[:60]}" is no name server; write an address as 9.9.9.9, 127.0.0.1:5353 or [::1]:53', param=option
        )
    return text


def _authority(_context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """Accept a file with a certificate; raise `BadParameter` for any other."""
    if path is None:
        return None
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"{path} contains no certificate in PEM form ({error})", param=option) from error
    return path


def _factor(_context: click.Context, option: click.Parameter, factor: float) -> float:
    if not 1e-4 <= factor <= 1e4:  # false for not-a-number as well
        raise click.BadParameter(f"{factor} is no factor; write a number from 0.0001 to 10000", param=option)
    return factor


def dns_option(*, hidden: bool = False) -> Callable[[_Command], _Command]:
    """`--dns`, validated."""
    text = "Use this name server instead of the system's."
    return click.option("--dns", metavar="ADDRESS:PORT", callback=_name_server, hidden=hidden, help=text)


def ca_option(*, hidden: bool = False) -> Callable[[_Command], _Command]:
    """`--ca`, validated."""
    path: click.Path = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option("--ca", type=path, callback=_authority, hidden=hidden, help="Trust this certificate authority as well.")


scale_option = click.option(
    "--scale", type=float, default=1.0, callback=_factor, hidden=True, help="Multiply every duration by this (rehearsals)."
)
verbose_option = click.option("--verbose", "-v", is_flag=True, help="Show more details.")


def write_report(report: Report, form: str, output: Path | None, *, verbose: bool = False, err: bool = False) -> None:
    """Write the report to standard output (`err`: standard error) or to a file.

    If the file can't be written, print the report instead, so that a long run isn't lost, and exit with 2.
    """
    from dataclasses import replace

    from generator.reporting import parts

    stream = sys.stderr if err else sys.stdout
    on_terminal = output is None and stream.isatty()
    rows = rows_of_errors(report.problems) if on_terminal and form == "text" else {}
    report = replace(report, verbose=verbose, color=on_terminal and color_wanted(), rows=rows)
    if output is None:
        _print(parts(report, form), form, stream)
        return
    from generator.sources.files import write

    try:
        write(output, parts(report, form))
    except OSError as error:
        from generator.cli.errors import machine_error

        _print(parts(report, form), form, sys.stdout)
        click.echo(f"Error: {machine_error(error) or error}; the report is printed here instead", err=True)
        sys.exit(Exit.USAGE)


def _print(texts: Iterable[str], form: str, stream: TextIO) -> None:
    """Print a report. A format for programs stays valid in an encoding that lacks its characters: they are escaped as the format does."""
    is_escaped = form in ESCAPES and (stream.encoding or "").lower().replace("-", "") != "utf8"
    for text in texts:
        click.echo(ESCAPES[form](text) if is_escaped else text, stream, nl=False)


def rows_of_errors(problems: Iterable[Problem]) -> dict[tuple[str, int], str]:
    """The lines of files that have errors, by path and number. Links to other files are left out, as are files that can't be read."""
    from generator.problems import errors

    wanted: dict[str, set[int]] = {}
    for problem in errors(problems):
        if problem.place.line:
            wanted.setdefault(problem.place.path, set()).add(problem.place.line)
    found = dict[tuple[str, int], str]()
    for path, numbers in wanted.items():
        with suppress(OSError):
            if Path(path).is_symlink():
                continue
            rows = re.split(r"\r\n?|\n", Path(path).read_bytes().decode("utf-8-sig", "replace"))
            found |= {(path, number): rows[number - 1] for number in numbers if number <= len(rows)}
    return found


def finish(code: int, text: str) -> None:
    """Print a command's text, to standard error for a failure, and exit with its code."""
    click.echo(text.rstrip("\n"), err=code != Exit.OK)
    sys.exit(code)


def color_wanted() -> bool:
    """Whether the environment allows colours on a terminal (NO_COLOR, TERM=dumb)."""
    return "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def one_folder(paths: Iterable[Path]) -> Path | None:
    """The one folder that these sources are in, None for no paths; raise `UsageError` for several folders."""
    folders = {path if path.is_dir() else path.parent for path in paths}
    if len(folders) > 1:
        raise click.UsageError("Name one folder, or files of one folder: ids and topics are resolved within one collection.")
    return next(iter(folders), None)


def today(now: str | None) -> date:
    """The date of `--now`, or today's (UTC)."""
    return moment(now).date()


def moment(now: str | None) -> datetime:
    """The time of `--now`, or the current time (UTC)."""
    return parse_time(now) or datetime.now(UTC)


def parse_time(text: str | None, option: str = "--now") -> datetime | None:
    """An ISO date and time, taken as UTC where it names no zone; `BadParameter` for anything else."""
    if text is None:
        return None
    right = "a date and time such as 2026-11-21T03:00:00+00:00"
    found: datetime = parse(datetime.fromisoformat, text, option, right)
    if not 1970 <= found.year <= 9000:  # a run adds days to its start, and the calendar ends
        raise click.BadParameter(f'"{text}" is outside the years 1970 to 9000; write {right}', param_hint=option)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def parse_duration(text: str | None, option: str) -> float | None:
    """A duration as settings write it, in seconds; `BadParameter` for anything else, for 0 and for more than 115 days."""
    if text is None:
        return None
    from generator.sources.config import seconds

    found = seconds(text)
    if not found or found > 1e7:
        raise click.BadParameter(f'"{text}" is no duration; write 90s, 20m or 1h30m', param_hint=option)
    return found


def parse(read: Callable[[str], Any], text: str, option: str, right: str) -> Any:  # noqa: ANN401  # the type that `read` returns
    """Return `read(text)`; where that raises `ValueError`, raise `BadParameter` with what would be right."""
    try:
        return read(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is not understood; write {right}', param_hint=option) from error

"""The command `listkeeper`: click only. What a command does stands in `generator.actions`, imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import VERSION

if TYPE_CHECKING:
    from generator.report.model import Report

FORMATS = ("text", "json", "jsonl", "github", "sarif", "junit", "markdown")
OUTCOMES = ("dead", "invalid", "moved", "failing", "blocked", "unchecked")

_lists = click.option(
    "--lists",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("lists"),
    show_default=True,
    help="The folder of the sources.",
)
_format = click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
_output = click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
_now = click.option("--now", metavar="ISO", help="The calendar's date and time, for rehearsals and tests.")
_past = click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of all nights.  [default: .listkeeper/history.db]",
)
_verbose = click.option("--verbose", "-v", is_flag=True, help="Say more.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="listkeeper", message="%(prog)s %(version)s")
def main_group() -> None:
    """Keep curated lists alive: validate their sources, render them, find duplicates, check every link.

    Exit codes: 0 well, 1 something for you to mend, 2 usage, 3 a bug of ours, 4 nothing could be checked, 130 interrupted.
    """


@main_group.command()
@_lists
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@_format
@_output
@_now
@_verbose
def validate(
    folder: Path, paths: tuple[Path, ...], strict: bool, form: str, output: Path | None, now: str | None, verbose: bool
) -> None:
    """Tell every problem of every source: what, where, and how to mend it."""
    from generator.actions.validate import validate as action

    if paths and paths[0].is_dir():
        folder, paths = paths[0], ()
    elif paths:
        folder = paths[0].parent
    code, report = action(folder, today=_today(now), strict=strict, only=paths)
    _tell(report, form, output, verbose=verbose)
    sys.exit(code)


@main_group.command()
@_lists
@click.option("--check", is_flag=True, help="Write nothing; list what is stale.")
@_format
@_output
@_now
def build(folder: Path, check: bool, form: str, output: Path | None, now: str | None) -> None:
    """Render the sources to Markdown pages."""
    from generator.actions.build import build as action

    code, report = action(folder, today=_today(now), check=check)
    _tell(report, form, output)
    sys.exit(code)


@main_group.command()
@_lists
@_format
@_output
@_now
def duplicates(folder: Path, form: str, output: Path | None, now: str | None) -> None:
    """Find entries that are one work."""
    from generator.actions.duplicates import duplicates as action

    code, report = action(folder, today=_today(now))
    _tell(report, form, output)
    sys.exit(code)


@main_group.command()
@click.argument("targets", nargs=-1)
@_lists
@click.option("--only", multiple=True, metavar="HOST|ENTRY", help="Only links of this host or entry (patterns allowed).")
@click.option("--budget", metavar="TIME", help="Stop after this long (30m, 2h); the rest goes first next time.")
@click.option("--confirm", type=click.IntRange(1, 30), help="Nights that death takes.  [default: 3]")
@click.option("--allow-private", multiple=True, metavar="CIDR", help="Private addresses that may be connected to.")
@click.option(
    "--pace", type=click.Choice(["gentle", "normal", "brisk", "none"]), help="How fast a host is asked.  [default: normal]"
)
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Requests in flight at once.  [default: 100]")
@click.option("--timeout", metavar="TIME", help="How long one link may take.  [default: 30s]")
@_past
@click.option("--no-history", is_flag=True, help="Decide in this run alone.")
@click.option("--resume", is_flag=True, help="Go on with the last run if it was interrupted or killed.")
@click.option(
    "--fail-on", default="dead,invalid", show_default=True, metavar="OUTCOMES", help="Outcomes that give exit code 1."
)
@click.option("--dns", metavar="ADDRESS:PORT", help="Ask this name server instead of the system's.")
@click.option(
    "--ca", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Trust this certificate authority, too."
)
@click.option("--scale", type=float, default=1.0, hidden=True, help="Multiplies every duration (rehearsals).")
@_format
@_output
@_now
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@_verbose
def check(
    targets: tuple[str, ...], folder: Path, only: tuple[str, ...], budget: str | None, confirm: int | None,
    allow_private: tuple[str, ...], pace: str | None, concurrency: int | None, timeout: str | None, history: Path | None,
    no_history: bool, resume: bool, fail_on: str, dns: str | None, ca: Path | None, scale: float, form: str, output: Path | None,
    now: str | None, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Ask every link and say what it means.

    TARGETS are Markdown files, text files, topic files, folders of sources, or - for standard input; without any: the lists.
    """
    from ipaddress import ip_network

    from generator.actions.check import Options
    from generator.actions.check import check as action
    from generator.progress import should_be_live
    from linkcheck.model import Outcome

    options = Options(
        targets=targets,
        folder=folder,
        only=only,
        budget=_seconds(budget, "--budget"),
        confirm=confirm,
        allow_private=tuple(
            _parsed(ip_network, text, "--allow-private", "a network such as 10.0.0.0/8") for text in allow_private
        ),
        pace=pace,
        concurrency=concurrency,
        timeout=_seconds(timeout, "--timeout"),
        history=history,
        no_history=no_history,
        resume=resume,
        fail_on=frozenset(
            _parsed(Outcome, word.strip(), "--fail-on", f"outcomes: {', '.join(OUTCOMES)}")
            for word in fail_on.split(",")
            if word.strip()
        ),
        now=_instant(now),
        resolver=dns,
        authority=ca,
        scale=scale,
        environ=os.environ,
    )
    live = should_be_live(sys.stderr, os.environ)
    code, report = action(options, live=live, quiet=quiet)
    _tell(report, form, output, verbose=verbose)
    sys.exit(code)


@main_group.command()
@click.argument("target", metavar="URL|CODE")
@_lists
@_past
@_now
def explain(target: str, folder: Path, history: Path | None, now: str | None) -> None:
    """Explain a URL (what was seen on which night, which rule decided, what would change it) or a problem's code."""
    from generator.actions.explain import explain_code, explain_url

    if "/" in target or "." in target or ":" in target:
        code, text = explain_url(target, folder, history, now=_instant(now) or datetime.now(UTC))
    else:
        code, text = explain_code(target)
    click.echo(text.rstrip("\n"), err=code != 0)
    sys.exit(code)


@main_group.command(name="history")
@click.argument("arguments", nargs=-1, metavar="[URL... | merge FILE...]")
@click.option("--after", metavar="ISO", help="Only what was seen after this date.")
@_lists
@_past
@_now
def history_(arguments: tuple[str, ...], after: str | None, folder: Path, history: Path | None, now: str | None) -> None:
    """Show what was seen of URLs on all nights, or of how many; merge the histories of other machines into this one."""
    from generator.actions.nights import merge, show

    moment = _instant(now) or datetime.now(UTC)
    if arguments[:1] == ("merge",):
        code, text = merge([Path(one) for one in arguments[1:]], folder, history, now=moment)
    else:
        code, text = show(arguments, folder, history, after=_instant(after))
    click.echo(text.rstrip("\n"), err=code != 0)
    sys.exit(code)


@main_group.command()
@_lists
@click.option("--print", "show", type=click.Choice(["topic", "collection"]), help="Print this one instead of writing both.")
def schema(folder: Path, show: str | None) -> None:
    """Write the JSON Schemas by which editors complete and check the sources."""
    from generator.actions.schema import schema as action

    code, text = action(folder, show)
    click.echo(text.rstrip("\n"))
    sys.exit(code)


def _tell(report: Report, form: str, output: Path | None, *, verbose: bool = False) -> None:
    from dataclasses import replace

    from generator.report import render

    color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    text = render(replace(report, verbose=verbose, color=color), form)
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    from generator.files import write

    write(output, text)


def _today(now: str | None) -> date:
    return (_instant(now) or datetime.now(UTC)).date()


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    instant: datetime = _parsed(datetime.fromisoformat, text, "--now", "a date and time such as 2026-11-21T03:00:00+00:00")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _seconds(text: str | None, option: str) -> float | None:
    if text is None:
        return None
    number, unit = (text[:-1], text[-1]) if text[-1:] in {"s", "m", "h"} else (text, "s")
    seconds = _parsed(float, number, option, "a time such as 90s, 30m or 2h") * {"s": 1, "m": 60, "h": 3600}[unit]
    if not 0 < seconds < 1e7:
        raise click.BadParameter(f'"{text}" is not above zero; write a time such as 90s, 30m or 2h', param_hint=option)
    return float(seconds)


def _parsed(read: Callable[[str], Any], text: str, option: str, right: str) -> Any:  # noqa: ANN401  # what `read` gives
    try:
        return read(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is not understood; write {right}', param_hint=option) from error


def main() -> None:
    """The entry point: exit 2 for usage, 130 for Ctrl-C, 3 for a bug of ours with what to report."""
    from generator.guarded import run

    sys.exit(run(main_group))

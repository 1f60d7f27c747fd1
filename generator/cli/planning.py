"""How a command that edits sources ends: it tells, shows its diff, asks, and writes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator.cli.options import color_wanted

if TYPE_CHECKING:
    from generator.editing.plan import Plan
    from generator.problems import Problem

yes_option = click.option("--yes", "-y", is_flag=True, help="Write without asking.")
dry_option = click.option("--dry-run", is_flag=True, help="Write nothing; show the diff. Exit 1 if there is one.")


def settle(plan: Plan, *, yes: bool, dry_run: bool, nothing: str, quiet: bool = False, then: str = "") -> None:
    """Show a plan and carry it out where a maintainer agrees; ends the command with its exit code.

    The diff goes to standard output, all words to standard error. Without a terminal nothing is written unless `yes` says so.
    `quiet` leaves the diff out; `then` is what to do next.
    """
    from generator.editing.plan import carry_out, patch
    from generator.exit_codes import Exit
    from generator.problems import errors
    from generator.sources.files import shown

    _tell(plan)
    if plan.refused:
        click.echo(nothing, err=True)
        sys.exit(plan.code or Exit.FOUND)
    if not plan.real_changes:
        click.echo("There is nothing to change.", err=True)
        sys.exit(Exit.FOUND if plan.incomplete else Exit.OK)
    if not quiet:
        show(patch(plan))
    if dry_run:
        sys.exit(Exit.FOUND)
    if not yes and not _agreed():
        click.echo(nothing, err=True)
        sys.exit(Exit.FOUND)
    done = carry_out(plan)
    for path, change in done.real_changes.items():
        click.echo(f"{'removed' if change.after is None else 'written'}: {shown(path)}", err=True)
    if then and done.code is Exit.OK:
        click.echo(then, err=True)
    failed = errors(done.problems)
    if failed:
        _lines(failed[-1:])
    sys.exit(Exit.FOUND if failed or plan.incomplete else Exit.OK)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        click.echo("Nobody can be asked here: say --yes to write this.", err=True)
        return False
    return click.confirm("Write this?", default=True, err=True)


def _tell(plan: Plan) -> None:
    _lines(plan.problems)
    for line in plan.notes:
        click.echo(line, err=True)


def _lines(problems: Iterable[Problem]) -> None:
    from generator.reporting import sanitize
    from generator.reporting.phrases import place

    for problem in problems:
        click.echo(
            f"{place(problem.place)}: {problem.severity}[{problem.code}] {sanitize.text(problem.message, 600)}", err=True
        )
        if problem.hint:
            click.echo(f"  hint: {sanitize.text(problem.hint, 600)}", err=True)


def show(text: str) -> None:
    """A diff, with words between or without: for a terminal made safe and coloured, else as it is, for `git apply`."""
    if sys.stdout.isatty():
        from generator.reporting import sanitize

        text = _coloured(sanitize.lines(text))
    click.echo(text, nl=False)


def _coloured(text: str) -> str:
    if not color_wanted():
        return text
    tones = {"+": "32", "-": "31", "@": "36"}
    rows = [f"\x1b[{tones[row[0]]}m{row}\x1b[0m" if row[:1] in tones else row for row in text.split("\n")]
    return "\n".join(rows)

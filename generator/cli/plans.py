"""How a command that edits sources ends: it shows its diff, asks, and writes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator.cli.options import color_wanted, rows_of_errors

if TYPE_CHECKING:
    from generator.editing.plan import Plan
    from generator.problems import Problem

yes_option = click.option("--yes", "-y", is_flag=True, help="Write without asking.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Write nothing; show the diff. Exit 1 if there is one.")


def apply_plan(plan: Plan, *, yes: bool, dry_run: bool, nothing: str, quiet: bool = False, then: str = "") -> None:
    """Show a plan, ask, write it, and exit with its code.

    The diff goes to standard output, messages to standard error. Without a terminal nothing is written unless `yes` is set.
    `nothing` is the message when nothing is written; `quiet` leaves out the diff; `then` names the next step.
    """
    from generator.editing.plan import carry_out, patch
    from generator.exit_codes import Exit
    from generator.problems import errors
    from generator.sources.files import shown

    _print_problems(plan.problems)
    for line in plan.notes:
        click.echo(line, err=True)
    if plan.refused:
        click.echo(nothing, err=True)
        sys.exit(plan.code or Exit.FOUND)
    if not plan.real_changes:
        click.echo("There is nothing to change.", err=True)
        sys.exit(Exit.FOUND if plan.incomplete else Exit.OK)
    if not quiet:
        print_diff(patch(plan))
    if dry_run:
        sys.exit(Exit.FOUND)
    if not yes and not _confirmed():
        click.echo(nothing, err=True)
        sys.exit(Exit.FOUND)
    done = carry_out(plan)
    for path, change in done.real_changes.items():
        click.echo(f"{'removed' if change.after is None else 'written'}: {shown(path)}", err=True)
    if then and done.code is Exit.OK:
        click.echo(then, err=True)
    failed = errors(done.problems)
    if failed:
        _print_problems(failed[-1:])
    sys.exit(Exit.FOUND if failed or plan.incomplete else Exit.OK)


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        click.echo("There is no terminal to ask on: use --yes to write this.", err=True)
        return False
    return click.confirm("Write this?", default=True, err=True)


def _print_problems(problems: Iterable[Problem]) -> None:
    from generator.reporting.code_frame import code_frame
    from generator.reporting.phrases import at_most, problem_lines

    problems, more = at_most(problems)
    rows = rows_of_errors(problems) if sys.stderr.isatty() else {}
    for problem in problems:
        line, *hint = problem_lines(problem, 600)
        row = rows.get((problem.place.path, problem.place.line))
        frame = code_frame(row, problem.place.line, problem.place.column) if row is not None else []
        for shown in (line, *frame, *hint):
            click.echo(shown, err=True)
    for line in more:
        click.echo(line, err=True)


def print_diff(text: str) -> None:
    """Print a diff: sanitized and coloured on a terminal, else byte for byte, for `git apply`."""
    if sys.stdout.isatty():
        from generator.reporting import sanitize

        text = _colored(sanitize.lines(text))
    click.echo(text, nl=False)


def _colored(text: str) -> str:
    if not color_wanted():
        return text
    colors = {"+": "32", "-": "31", "@": "36"}
    rows = [f"\x1b[{colors[row[0]]}m{row}\x1b[0m" if row[:1] in colors else row for row in text.split("\n")]
    return "\n".join(rows)

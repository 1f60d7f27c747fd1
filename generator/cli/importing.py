"""The command that adopts a list."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import format_option, now_option, output_option, tell, today


@main_group.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("lists"),
    show_default=True,
    help="The folder of the sources.",
)
@click.option("--split", is_flag=True, help="Make a topic of each top section of a page, instead of one of the page.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written. Exit 1 if anything would.")
@format_option
@output_option
@now_option
def import_(
    paths: tuple[Path, ...], into: Path, split: bool, dry_run: bool, form: str, output: Path | None, now: str | None
) -> None:
    """Adopt lists that exist: Markdown files or folders of them, BibTeX, CSL (Zotero), awesome-selfhosted's and best-of's YAML.

    Nothing is lost in silence: links imported and links reported add up to the links found. A second import adds what is new and
    touches nothing else.
    """
    from generator.cli.planning import show
    from generator.commands.curation.import_ import Request, in_words
    from generator.commands.curation.import_ import import_ as action
    from generator.editing.plan import carry_out, patch
    from generator.exit_codes import Exit
    from generator.problems import errors

    plan, report = action(Request(paths, into, today(now), split))
    if dry_run:
        show(patch(plan))
        tell(report, form, output, err=True)
    else:
        done = carry_out(plan)
        failed = errors(done.problems)[len(errors(plan.problems)) :]
        if failed:
            from dataclasses import replace

            from generator.sources.files import shown

            report = replace(report, problems=(*report.problems, *failed), changed=tuple(map(shown, done.real_changes)))
            plan = done
        tell(report, form, output)
    if form == "text":
        click.echo(
            in_words(report, into, written=bool(plan.real_changes) and not dry_run and not errors(plan.problems)), err=dry_run
        )
    sys.exit(Exit.FOUND if dry_run and plan.real_changes and plan.code is Exit.OK else plan.code)

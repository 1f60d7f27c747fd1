"""The commands that bring sources into another order: names, places, a beginning."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import lists_option, now_option, today
from generator.cli.planning import dry_option, settle, yes_option


@main_group.command()
@click.argument("what", type=click.Choice(["topic", "entry"]))
@click.argument("old")
@click.argument("new")
@lists_option
@yes_option
@dry_option
@now_option
def rename(what: str, old: str, new: str, folder: Path, yes: bool, dry_run: bool, now: str | None) -> None:
    """Give a topic or an entry another name, everywhere at once.

    A topic's file is renamed, and `related`, `also_in`, `topics` and links in texts follow. The old name of a topic and the old id
    of an entry stay as aliases, so that links of others go on working.
    """
    from generator.commands.curation.rename import rename_entry, rename_topic

    action = rename_topic if what == "topic" else rename_entry
    settle(action(folder, old, new, today=today(now)), yes=yes, dry_run=dry_run, nothing="Nothing was renamed.")


@main_group.command()
@click.argument("entry")
@click.option("--to", "topic", required=True, help="The topic: the name of its file without .yaml.")
@click.option("--section", help="The section, by its heading.  [default: where its kind stands]")
@click.option("--pointer", is_flag=True, help="Let the old topic go on showing it (also_in).")
@lists_option
@yes_option
@dry_option
@now_option
def move(
    entry: str, topic: str, section: str | None, pointer: bool, folder: Path, yes: bool, dry_run: bool, now: str | None
) -> None:
    """Move an entry, by its id or URL, to another topic or section; its id and its comments go with it."""
    from generator.commands.curation.move import Request
    from generator.commands.curation.move import move as action

    plan = action(Request(entry, topic, section, pointer, folder, today(now)))
    settle(plan, yes=yes, dry_run=dry_run, nothing="Nothing was moved.")


@main_group.command()
@lists_option
@click.option("--topic", default="first-topic", show_default=True, help="The first topic: the name of its file without .yaml.")
@click.option("--title", help="The title of the collection.  [default: the folder's name]")
@click.option("--upgrade", is_flag=True, help="Show how this version would write the schemas and the workflow, and ask.")
@yes_option
@dry_option
def init(folder: Path, topic: str, title: str | None, upgrade: bool, yes: bool, dry_run: bool) -> None:
    """Begin a list: a documented topic, settings, schemas for editors, a workflow. What is there already stays as it is."""
    from generator.commands.curation.init import init as action

    plan = action(folder, topic=topic, title=title, upgrade=upgrade)
    option = "" if folder == Path("lists") else f" --lists {folder.as_posix()}"
    steps = ", ".join(f"listkeeper {step}{option}" for step in ("validate", "build", "check"))
    # New files harm nobody: only what would be changed is asked about.
    settle(
        plan,
        yes=yes or not upgrade,
        dry_run=dry_run,
        quiet=not upgrade and not dry_run,
        nothing="Nothing was upgraded." if upgrade else "Nothing was begun.",
        then=f"Next: {steps}" if not upgrade else "",
    )

"""The command itself: which commands there are, each imported when it is called and not before."""

from __future__ import annotations

from importlib import import_module

import click

from generator import VERSION

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("adding", "Add a work by its URL, arXiv id, DOI, GitHub repository or BibTeX."),
    "build": ("sources", "Render the sources to Markdown pages, data or a site."),
    "check": ("links", "Ask every link and say what it means."),
    "doctor": ("doctoring", "Look at what a check needs on this machine."),
    "duplicates": ("sources", "Find entries that are one work."),
    "enrich": ("adding", "Fill in titles, authors, years, venues and identifiers."),
    "explain": ("links", "Explain a URL's verdict, a problem's code or a rule."),
    "fix": ("fixing", "Mend what needs no thought, by the smallest change."),
    "history": ("links", "Show what was seen on all nights; merge histories."),
    "import": ("importing", "Adopt a list: Markdown, BibTeX, CSL, others' YAML."),
    "init": ("arranging", "Begin a list: a topic, settings, schemas, a workflow."),
    "move": ("arranging", "Move an entry to another topic or section."),
    "preview": ("sources", "Show what a branch does to the pages."),
    "publish": ("publishing", "Tell GitHub: one issue, one comment, one badge."),
    "rename": ("arranging", "Rename a topic or an entry, everywhere at once."),
    "report": ("publishing", "Tell JSON reports of check again in another format."),
    "schema": ("sources", "Write the schemas that editors complete sources by."),
    "serve": ("serving", "Preview the site on this machine, live."),
    "validate": ("sources", "Tell every problem of every source."),
}
"""Each command's module beside this one, and the line that the list of commands shows of it."""


class Lazy(click.Group):
    """A group whose list of commands needs none of them: `--help` costs what click costs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, as the list shows them."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, its module imported now; None for a name that is none."""
        if cmd_name in COMMANDS:
            import_module(f"generator.cli.{COMMANDS[cmd_name][0]}")
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def every(self) -> dict[str, click.Command]:
        """All commands, imported."""
        return {name: command for name in COMMANDS if (command := self.get_command(click.Context(self), name)) is not None}


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="listkeeper", message="%(prog)s %(version)s")
def main_group() -> None:
    """Keep curated lists alive: validate their sources, render them, find duplicates, check every link.

    Exit codes: 0 well, 1 something for you to mend, 2 usage, 3 a bug of ours, 4 nothing could be checked, 130 interrupted.
    """

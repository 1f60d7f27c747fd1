"""The command group: which commands there are; each one's module is imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from generator import VERSION

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("curation", "Add a work by its URL, arXiv id, DOI, GitHub repository or BibTeX."),
    "build": ("sources", "Render the sources to Markdown pages, data files or a site."),
    "check": ("links", "Check every link."),
    "doctor": ("links", "Test whether links can be checked on this machine."),
    "duplicates": ("sources", "Find entries that are the same work."),
    "enrich": ("curation", "Fill in missing titles, authors, years, venues and identifiers."),
    "explain": ("links", "Explain a verdict on a URL or an entry, a code or a rule."),
    "fix": ("curation", "Apply safe fixes with minimal edits."),
    "history": ("links", "Show what earlier checks saw; merge histories."),
    "import": ("curation", "Import a list: Markdown, BibTeX, CSL or other tools' YAML."),
    "init": ("curation", "Start a list: a topic, settings, schemas, a workflow."),
    "move": ("curation", "Move an entry to another topic or section."),
    "preview": ("sources", "Show how a branch changes the pages."),
    "publish": ("publishing", "Publish results to GitHub: issue, comment, badge, branches."),
    "rename": ("curation", "Rename a topic or an entry, and every reference to it."),
    "report": ("publishing", "Convert JSON reports of check to another format."),
    "schema": ("sources", "Write the JSON Schemas that editors check sources by."),
    "serve": ("sources", "Preview the site on this machine, reloading on every change."),
    "validate": ("sources", "Report all problems in the sources."),
}
"""Each command's module beside this one, and its line in the list of commands."""


def examples(*lines: str) -> str:
    """The end of a command's help: example calls, one a line."""
    return "\n".join(["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)])


_OTHER_NAMES = {
    **dict.fromkeys(("lint", "verify", "test", "errors"), "validate"),
    **dict.fromkeys(("render", "make", "generate", "compile", "export"), "build"),
    **dict.fromkeys(("links", "linkcheck", "crawl"), "check"),
    **dict.fromkeys(("dedupe", "dupes", "duplicate"), "duplicates"),
    **dict.fromkeys(("new", "create", "start", "setup"), "init"),
    **dict.fromkeys(("adopt", "convert", "load"), "import"),
    **dict.fromkeys(("repair", "format", "autofix"), "fix"),
    **dict.fromkeys(("why", "describe", "info", "show"), "explain"),
    **dict.fromkeys(("insert", "append"), "add"),
    **dict.fromkeys(("complete", "fill", "update"), "enrich"),
    **dict.fromkeys(("watch", "server"), "serve"),
    **dict.fromkeys(("mv",), "move"),
    **dict.fromkeys(("diff",), "preview"),
    **dict.fromkeys(("log", "nights", "merge"), "history"),
    **dict.fromkeys(("diagnose", "debug"), "doctor"),
}
"""What other tools call our commands."""


class Group(click.Group):
    """A group that suggests the command that a misspelt name most likely meant."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; the error for an unknown command names the nearest one."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            from generator.problems import nearest

            known = self.list_commands(ctx)
            near = _OTHER_NAMES.get(name.casefold()) or nearest(name, known)
            hint = f'Did you mean "{near}"?' if near in known else f"The commands are {', '.join(known)}."
            ctx.fail(f'There is no command "{name[:60]}". {hint}')
        return super().resolve_command(ctx, args)


class Lazy(Group):
    """A group that lists its commands without importing them, so that `--help` is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module and return the command; None for an unknown name."""
        if cmd_name in COMMANDS:
            import_module(f"generator.cli.{COMMANDS[cmd_name][0]}")
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def every(self) -> dict[str, click.Command]:
        """Import all commands and return them by name."""
        return {name: command for name in COMMANDS if (command := self.get_command(click.Context(self), name)) is not None}


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("listkeeper init", "listkeeper validate", "listkeeper build", "listkeeper check"),
)
@click.version_option(VERSION, prog_name="listkeeper", message="%(prog)s %(version)s")
def main_group() -> None:
    """Maintain curated lists: validate their sources, render them, find duplicates, check every link.

    Exit codes: 0 success, 1 something for you to fix, 2 wrong usage, 3 a bug in Listkeeper, 4 nothing could be checked,
    130 interrupted.
    """

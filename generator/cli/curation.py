"""The commands that change sources, or write new ones."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.completion import entry_ids, fix_classes, ids_and_files, renamed, sections, topics
from generator.cli.group import examples, main_group
from generator.cli.options import (
    ca_option,
    dns_option,
    format_option,
    history_option,
    lists_option,
    now_option,
    output_option,
    own_path,
    own_paths,
    parse_time,
    scale_option,
    today,
    write_report,
)
from generator.cli.plans import apply_plan, dry_run_option, print_diff, yes_option

if TYPE_CHECKING:
    from generator.metadata.lookup import Sources

_saved = click.option(
    "--from",
    "saved",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A saved answer of a service, or a saved page, to read instead of sending requests.",
)
_topic_help = "The topic: the name of its file without .yaml."
_section = click.option(
    "--section", shell_complete=sections, help="The section, by its heading.  [default: the one with entries of this kind]"
)


@main_group.command(
    epilog=examples(
        "listkeeper add 1803.00567 --topic optimal-transport",
        "listkeeper add https://example.org/notes --topic geometry --section Courses",
        "listkeeper add - --topic optimal-transport --yes < references.bib",
    )
)
@click.argument("target", metavar="URL|ARXIV|DOI|OWNER/REPO|-")
@click.option("--topic", required=True, shell_complete=topics, help=_topic_help)
@_section
@lists_option
@yes_option
@dry_run_option
@_saved
@click.option("--offline", is_flag=True, help="Send no requests: fill in only what the identifier itself says.")
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def add(
    target: str, topic: str, section: str | None, folder: Path, yes: bool, dry_run: bool, saved: tuple[Path, ...],
    offline: bool, now: str | None, dns: str | None, ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Add a work by its URL, arXiv id, DOI or GitHub repository; or all records of BibTeX on standard input (-).

    Title, authors, year, venue and kind come from arXiv, Crossref, DataCite, GitHub, YouTube or the page itself. A work that is
    listed already is not added: the entry is shown instead.
    """
    from generator.commands.curation.add import Request
    from generator.commands.curation.add import add as action

    where = _lookup(saved, offline=offline, dns=dns, ca=ca, scale=scale)
    bibtex = sys.stdin.buffer.read().decode("utf-8-sig", "replace") if target == "-" else None
    apply_plan(
        action(Request(target, bibtex, topic, section, folder, where, today(now))),
        yes=yes,
        dry_run=dry_run,
        nothing="Nothing was added.",
    )


@main_group.command(epilog=examples("listkeeper enrich", "listkeeper enrich lists/optimal-transport.yaml --dry-run"))
@click.argument("targets", nargs=-1, metavar="[FILE|ENTRY]...", shell_complete=ids_and_files)
@lists_option
@yes_option
@dry_run_option
@_saved
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def enrich(
    targets: tuple[str, ...], folder: Path, yes: bool, dry_run: bool, saved: tuple[Path, ...], now: str | None, dns: str | None,
    ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Fill in missing titles, authors, years, venues and identifiers; report works that were published or retracted since.

    Looks up entries with an arXiv id, a DOI, a repository or a video, and those without a title. Never overwrites what you wrote.
    """
    from generator.commands.curation.enrich import Request
    from generator.commands.curation.enrich import enrich as action

    where = _lookup(saved, offline=False, dns=dns, ca=ca, scale=scale)
    apply_plan(action(Request(targets, folder, where, today(now))), yes=yes, dry_run=dry_run, nothing="Nothing was filled in.")


def _lookup(saved: tuple[Path, ...], *, offline: bool, dns: str | None, ca: Path | None, scale: float) -> Sources:
    from generator.metadata.lookup import Sources
    from generator.network import NetworkOptions

    return Sources(saved, offline, NetworkOptions(dns, ca, os.environ, scale), lambda line: click.echo(line, err=True))


@main_group.command(
    epilog=examples(
        "listkeeper rename topic optimal-transport transport", "listkeeper rename entry peyre2019computational peyre2019"
    )
)
@click.argument("what", type=click.Choice(["topic", "entry"]))
@click.argument("old", shell_complete=renamed)
@click.argument("new")
@lists_option
@yes_option
@dry_run_option
@now_option
def rename(what: str, old: str, new: str, folder: Path, yes: bool, dry_run: bool, now: str | None) -> None:
    """Rename a topic or an entry, and every reference to it.

    Renames a topic's file and updates `related`, `also_in`, `topics` and links in texts. The old name of a topic and the old id of
    an entry stay as aliases, so that links from elsewhere keep working.
    """
    from generator.commands.curation.rename import rename_entry, rename_topic

    action = rename_topic if what == "topic" else rename_entry
    apply_plan(action(folder, old, new, today=today(now)), yes=yes, dry_run=dry_run, nothing="Nothing was renamed.")


@main_group.command(epilog=examples("listkeeper move peyre2019computational --to geometry --section Books --pointer"))
@click.argument("entry", shell_complete=entry_ids)
@click.option("--to", "topic", required=True, shell_complete=topics, help=_topic_help)
@_section
@click.option("--pointer", is_flag=True, help="Keep showing the entry in the old topic (also_in).")
@lists_option
@yes_option
@dry_run_option
@now_option
def move(
    entry: str, topic: str, section: str | None, pointer: bool, folder: Path, yes: bool, dry_run: bool, now: str | None
) -> None:
    """Move an entry, named by its id or URL, to another topic or section, with its id and comments."""
    from generator.commands.curation.move import Request
    from generator.commands.curation.move import move as action

    plan = action(Request(entry, topic, section, pointer, folder, today(now)))
    apply_plan(plan, yes=yes, dry_run=dry_run, nothing="Nothing was moved.")


@main_group.command(epilog=examples("listkeeper init", "listkeeper init --topic optimal-transport --title 'Optimal transport'"))
@lists_option
@click.option("--topic", default="first-topic", show_default=True, help="The first topic: the name of its file without .yaml.")
@click.option("--title", help="The title of the collection.  [default: the folder's name]")
@click.option("--upgrade", is_flag=True, help="Show how this version would write the schemas and the workflow, and ask.")
@yes_option
@dry_run_option
def init(folder: Path, topic: str, title: str | None, upgrade: bool, yes: bool, dry_run: bool) -> None:
    """Start a list: a commented topic, settings, schemas for editors, a workflow. Existing files stay as they are."""
    from generator.commands.curation.init import init as action

    plan = action(folder, topic=topic, title=title, upgrade=upgrade)
    option = "" if folder == Path("lists") else f" --lists {folder.as_posix()}"
    steps = ", ".join(f"listkeeper {step}{option}" for step in ("validate", "build", "check"))
    # Only changes to existing files need a question.
    apply_plan(
        plan,
        yes=yes or not upgrade,
        dry_run=dry_run,
        quiet=not upgrade and not dry_run,
        nothing="Nothing was upgraded." if upgrade else "Nothing was written.",
        then=f"Next: {steps}" if not upgrade else "",
    )


@main_group.command(
    epilog=examples("listkeeper fix --dry-run", "listkeeper fix --only moved,duplicates", "listkeeper fix --only archive")
)
@lists_option
@dry_run_option
@click.option(
    "--only",
    multiple=True,
    metavar="CLASS",
    shell_complete=fix_classes,
    help="Only these classes of fixes; some are applied only when named.",
)
@click.option("--force", is_flag=True, help="Also change files with uncommitted changes; copies of them are kept.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON report of `check` to take verdicts from, instead of the history.",
)
@history_option
@now_option
@dns_option(hidden=True)
@ca_option(hidden=True)
@scale_option
def fix(
    folder: Path, dry_run: bool, only: tuple[str, ...], force: bool, report: Path | None, history: Path | None, now: str | None,
    dns: str | None, ca: Path | None, scale: float,
) -> None:  # fmt: skip
    """Apply safe fixes to the sources with minimal edits; nothing is committed.

    \b
    By default:    moved, duplicates, identifiers, quoting, expired
    With --only:   moved-domain, archive, dead, deprecated

    Verdicts on links come from the history of `listkeeper check`; only `--only archive` sends requests.
    """  # noqa: D301  # \b keeps click from joining the lines
    from generator.commands.curation.fix import Options, text
    from generator.commands.curation.fix import fix as action
    from generator.editing.fixes import CLASSES

    classes = tuple(one.strip() for word in only for one in word.split(",") if one.strip())
    unknown = [one for one in classes if one not in CLASSES]
    if unknown:
        raise click.BadParameter(f'"{unknown[0]}" is no class of fixes; write one of {", ".join(CLASSES)}', param_hint="--only")
    options = Options(
        folder, classes, dry_run, force, report, history, parse_time(now), dns, ca, scale, os.environ,
    )  # fmt: skip
    code, found = action(options, log=lambda line: click.echo(line, err=True))
    if isinstance(found, str):
        click.echo(found, err=True)
    else:
        print_diff(text(found))
    sys.exit(code)


def _mapping(value: str | None) -> dict[str, str]:
    """Columns by field from the option `--map`; a usage error unless it is FIELD=COLUMN,... with known fields."""
    if not value:
        return {}
    from generator.importing.data_table import FIELDS

    found: dict[str, str] = {}
    for pair in value.split(","):
        field, sign, column = pair.partition("=")
        field, column = field.strip(), column.strip()
        if not sign or not column:
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN; write e.g. title=Name,url=Link")
        if field not in FIELDS and not field.startswith("links."):
            near = get_close_matches(field, FIELDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"fields are {', '.join(FIELDS)} and links.LABEL"
            raise click.BadParameter(f"there is no field {field!r}; {hint}")
        found[field] = column
    return found


@main_group.command(
    name="import",
    epilog=examples(
        "listkeeper import README.md",
        "listkeeper import README.md --explain 42",
        "listkeeper import references.bib --into lists --dry-run",
        "listkeeper import tools.csv --map title=Name,url=Link,links.code=Repository",
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, exists=True), callback=own_paths
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    callback=own_path,
    default=Path("lists"),
    show_default=True,
    help="The folder of the sources.",
)
@click.option(
    "--map",
    "mapping",
    callback=lambda _, __, value: _mapping(value),
    metavar="FIELD=COLUMN,...",
    help="The columns of a CSV, YAML or JSON table, e.g. title=Name,url=Link.",
)
@click.option("--explain", type=click.IntRange(min=1), metavar="LINE", help="Write nothing; show how a line is read, and why.")
@click.option("--split", is_flag=True, help="Write a topic for each top-level section of a page, instead of one for the page.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written. Exit 1 if anything would.")
@format_option
@output_option
@now_option
def import_(
    paths: tuple[Path, ...], into: Path, mapping: dict[str, str], explain: int | None, split: bool, dry_run: bool, form: str,
    output: Path | None, now: str | None,
) -> None:  # fmt: skip
    """Import existing lists: Markdown, BibTeX, CSL (Zotero), tables in CSV, YAML or JSON, awesome-selfhosted's and best-of's YAML.

    Every link is accounted for: links imported and links reported add up to the links found. A second import adds what is new and
    changes nothing else.
    """
    from dataclasses import replace

    from generator.commands.curation.import_ import Request, counts_text, explain_line
    from generator.commands.curation.import_ import import_ as action
    from generator.editing.plan import carry_out, patch
    from generator.exit_codes import Exit
    from generator.problems import errors
    from generator.sources.files import shown

    if explain is not None:
        click.echo(explain_line(paths, explain))
        return
    plan, report = action(Request(paths, into, today(now), split, mapping))
    if dry_run:
        print_diff(patch(plan))
        write_report(report, form, output, err=True)
    else:
        done = carry_out(plan)
        failed = errors(done.problems)[len(errors(plan.problems)) :]
        if failed:
            report = replace(report, problems=(*report.problems, *failed), changed=tuple(map(shown, done.real_changes)))
            plan = done
        write_report(report, form, output)
    if form == "text":
        click.echo(
            counts_text(report, into, written=bool(plan.real_changes) and not dry_run and not errors(plan.problems)),
            err=dry_run,
        )
    sys.exit(Exit.FOUND if dry_run and plan.real_changes and plan.code is Exit.OK else plan.code)

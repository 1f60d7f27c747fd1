"""The commands of continuous integration: joining reports, and publishing to GitHub."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.cli.group import Group, examples, main_group
from generator.cli.options import (
    finish,
    format_option,
    lists_option,
    now_option,
    output_option,
    own_path,
    parse_duration,
    today,
    write_report,
)

_reports = click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
_repository = click.option("--repository", metavar="OWNER/NAME", help="The repository.  [default: $GITHUB_REPOSITORY]")
_author = click.option(
    "--author", metavar="LOGIN", help="The account whose issues and comments are ours.  [default: github-actions[bot]]"
)
_branch = click.option("--branch", default="listkeeper", show_default=True, help="The branch that keeps history and badge.")


@main_group.command(
    epilog=examples("listkeeper report report.json --format markdown", "listkeeper report shard-1.json shard-2.json")
)
@_reports
@click.option("--seen", is_flag=True, help="Decide by what this run alone saw, as `check --since` does.")
@click.option("--only-links", is_flag=True, help="Leave out the problems in the sources.")
@format_option
@output_option
def report(reports: tuple[Path, ...], seen: bool, only_links: bool, form: str, output: Path | None) -> None:
    """Convert JSON reports of `check` to another format; several reports are joined into one."""
    from generator.commands.report import report as action

    code, found = action(reports, since=seen, only_links=only_links)
    if isinstance(found, str):
        finish(code, found)
    else:
        write_report(found, form, output)
        sys.exit(code)


@main_group.group(cls=Group, epilog=examples("listkeeper publish issue report.json", "listkeeper publish pages --branch main"))
def publish() -> None:
    """Publish results to GitHub: one issue, one comment, one badge, one branch, each updated in place.

    Reads the token from GITHUB_TOKEN and the API's address from GITHUB_API_URL. Exit 1 if GitHub refuses.
    """


@publish.command(epilog=examples("listkeeper publish issue shard-1.json shard-2.json --of 2"))
@_reports
@lists_option
@click.option(
    "--of",
    "expected",
    type=click.IntRange(1),
    help="Number of machines that should have reported.  [default: number of reports]",
)
@_repository
@_author
def issue(reports: tuple[Path, ...], folder: Path, expected: int | None, repository: str | None, author: str | None) -> None:
    """Open, update or close the issue of the link report.

    It is closed when a complete check finds nothing to do.
    """
    from generator.commands.publish import issue as action

    finish(*action(reports, folder, expected=expected, repository=repository, author=author, environ=os.environ))


@publish.command(epilog=examples("listkeeper publish comment bundle --head 0123456789abcdef0123456789abcdef01234567"))
@click.argument("artifact", type=click.Path(path_type=Path, file_okay=False))
@click.option("--head", required=True, metavar="SHA", help="The checked commit, as GitHub names it.")
@click.option("--run", default="", metavar="ID", help="The id of the run that checked it, for a link to its details.")
@_repository
@_author
def comment(artifact: Path, head: str, run: str, repository: str | None, author: str | None) -> None:
    """Write or update the comment on a pull request.

    The artifact may come from anyone: it is validated, and nothing in it is trusted.
    """
    from generator.commands.publish import comment as action

    finish(*action(artifact, head=head, run=run, repository=repository, author=author, environ=os.environ))


@publish.command(epilog=examples("listkeeper publish badge report.json --output badge.json"))
@_reports
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=own_path,
    help="Write the badge to this file.",
)
def badge(reports: tuple[Path, ...], output: Path) -> None:
    """Write the badge: the result of the last check and its date."""
    from generator.commands.publish import badge as action

    finish(*action(reports, output))


@publish.command(epilog=examples("listkeeper publish pages --branch main"))
@lists_option
@click.option("--branch", required=True, help="The branch to push to.")
@now_option
def pages(folder: Path, branch: str, now: str | None) -> None:
    """Render the lists, commit what changed, and push it."""
    from generator.commands.publish import pages as action

    finish(*action(folder, branch, today=today(now)))


@publish.command(epilog=examples("listkeeper publish keep history.db badge.json"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@lists_option
@_branch
def keep(files: tuple[Path, ...], folder: Path, branch: str) -> None:
    """Store history.db and badge.json of a list on the data branch.

    The branch has one commit, which is replaced. A branch with anything else is not changed.
    """
    from generator.commands.publish import keep as action

    finish(*action(files, folder, branch))


@publish.command(epilog=examples("listkeeper publish restore kept"))
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
@lists_option
@_branch
def restore(into: Path, folder: Path, branch: str) -> None:
    """Fetch the files of a list on the data branch into a folder."""
    from generator.commands.publish import restore as action

    finish(*action(into, folder, branch, os.environ))


@publish.command(epilog=examples("listkeeper publish address --repository owner/name"))
@_repository
def address(repository: str | None) -> None:
    """Print the address of the repository's GitHub Pages.

    Prints nothing if the repository has no Pages that a workflow can publish.
    """
    from generator.commands.publish import address as action

    finish(*action(repository, os.environ))


@publish.command(epilog=examples("listkeeper publish plan --shards 4 --budget 50m --limit 165m"))
@lists_option
@click.option("--shards", type=click.IntRange(1, 64), default=1, show_default=True, help="Number of machines.")
@click.option("--budget", default="50m", show_default=True, metavar="TIME", help="The time that each machine may check for.")
@click.option("--limit", default="165m", show_default=True, metavar="TIME", help="The longest budget that fits into a job.")
@_branch
def plan(folder: Path, shards: int, budget: str, limit: str, branch: str) -> None:
    """Validate the inputs of a nightly workflow, and print what its jobs need.

    For 2 machines: `shards=["1/2", "2/2"]`, and `name=lists`. Exit 2 for a folder without topic files, or a budget above the limit.
    """
    from generator.commands.publish import plan as action

    seconds, longest = parse_duration(budget, "--budget") or 0.0, parse_duration(limit, "--limit") or 0.0
    finish(*action(folder, shards=shards, budget=seconds, limit=longest, branch=branch, environ=os.environ))

"""The commands of continuous integration: reports joined and told again, and what is published to GitHub."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import format_option, lists_option, now_option, output_option, tell, today

_reports = click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
_repository = click.option("--repository", metavar="OWNER/NAME", help="Where to.  [default: $GITHUB_REPOSITORY]")
_author = click.option("--author", metavar="LOGIN", help="Whose issues and comments are ours.  [default: github-actions[bot]]")
_branch = click.option("--branch", default="listkeeper", show_default=True, help="The branch of the night's data.")


@main_group.command()
@_reports
@click.option("--seen", is_flag=True, help="What the run saw decides, as under `check --since`.")
@click.option("--only-links", is_flag=True, help="Leave the problems of the sources out.")
@format_option
@output_option
def report(reports: tuple[Path, ...], seen: bool, only_links: bool, form: str, output: Path | None) -> None:
    """Tell JSON reports of `check` again in another format; those of several machines as one."""
    from generator.commands.report import report as action

    code, found = action(reports, since=seen, only_links=only_links)
    if isinstance(found, str):
        _say(code, found)
    else:
        tell(found, form, output)
        sys.exit(code)


@main_group.group()
def publish() -> None:
    """Tell GitHub what was found: one issue, one comment, one badge, one branch; nothing twice.

    The token comes from GITHUB_TOKEN, the address of the interface from GITHUB_API_URL. Exit 1 where GitHub refuses.
    """


@publish.command()
@_reports
@lists_option
@click.option("--of", "expected", type=click.IntRange(1), help="So many machines were to report.  [default: as many as did]")
@_repository
@_author
def issue(reports: tuple[Path, ...], folder: Path, expected: int | None, repository: str | None, author: str | None) -> None:
    """Open the one issue, edit it in place, or close it when a maintainer has nothing to do."""
    from generator.commands.publish import issue as action

    _say(*action(reports, folder, expected=expected, repository=repository, author=author, environ=os.environ))


@publish.command()
@click.argument("artifact", type=click.Path(path_type=Path, file_okay=False))
@click.option("--head", required=True, metavar="SHA", help="The commit that was checked, by GitHub's own word.")
@click.option("--run", default="", metavar="ID", help="The run that checked it, for a link to its details.")
@_repository
@_author
def comment(artifact: Path, head: str, run: str, repository: str | None, author: str | None) -> None:
    """Write or edit the one comment on a pull request, from an artifact that is trusted in nothing."""
    from generator.commands.publish import comment as action

    _say(*action(artifact, head=head, run=run, repository=repository, author=author, environ=os.environ))


@publish.command()
@_reports
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write the badge to this file.")
def badge(reports: tuple[Path, ...], output: Path) -> None:
    """Make the badge: what came of the last night, and when that was."""
    from generator.commands.publish import badge as action

    _say(*action(reports, output))


@publish.command()
@lists_option
@click.option("--branch", required=True, help="The branch to push to.")
@now_option
def pages(folder: Path, branch: str, now: str | None) -> None:
    """Render, commit what changed, and push it."""
    from generator.commands.publish import pages as action

    _say(*action(folder, branch, today=today(now)))


@publish.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_branch
def keep(files: tuple[Path, ...], branch: str) -> None:
    """Keep files on the data branch, in one commit that replaces the last."""
    from generator.commands.publish import keep as action

    _say(*action(files, branch))


@publish.command()
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
@_branch
def restore(into: Path, branch: str) -> None:
    """Fetch the files of the data branch into a folder."""
    from generator.commands.publish import restore as action

    _say(*action(into, branch))


@publish.command()
@_repository
def address(repository: str | None) -> None:
    """Say where Pages will show a site that a workflow publishes; nothing where the repository has no such Pages."""
    from generator.commands.publish import address as action

    _say(*action(repository, os.environ))


@publish.command()
@click.argument("number", type=click.IntRange(1, 64))
def shards(number: int) -> None:
    """The shards of a night as a workflow's output: `shards=["1/2", "2/2"]`."""
    from generator.commands.publish import shards as action

    _say(*action(number))


def _say(code: int, text: str) -> None:
    click.echo(text, err=code != 0)
    sys.exit(code)

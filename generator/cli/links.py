"""The commands about links: asking them, and what is known of them."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.cli.group import main_group
from generator.cli.options import (
    ca_option,
    dns_option,
    format_option,
    instant,
    lists_option,
    now_option,
    one_folder,
    output_option,
    parsed,
    past_option,
    scale_option,
    seconds,
    since_option,
    tell,
    verbose_option,
)


@main_group.command()
@click.argument("targets", nargs=-1)
@lists_option
@since_option
@click.option(
    "--only",
    multiple=True,
    metavar="HOST|ENTRY|failing",
    help="Only links of this host or entry (patterns allowed), or that failed.",
)
@click.option("--shard", metavar="K/N", help="Only the share of machine K of N; a host is never shared.")
@click.option("--budget", metavar="TIME", help="Stop after this long (30m, 2h); the rest goes first next time.")
@click.option("--confirm", type=click.IntRange(1, 30), help="Nights that death takes.  [default: 3]")
@click.option("--allow-private", multiple=True, metavar="CIDR", help="Private addresses that may be connected to.")
@click.option(
    "--pace", type=click.Choice(["gentle", "normal", "brisk", "none"]), help="How fast a host is asked.  [default: normal]"
)
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Requests in flight at once.  [default: 100]")
@click.option("--timeout", metavar="TIME", help="How long one link may take.  [default: 30s]")
@past_option
@click.option("--no-history", is_flag=True, help="Decide in this run alone.")
@click.option("--resume", is_flag=True, help="Go on with the last run if it was interrupted or killed.")
@click.option(
    "--fail-on", default="dead,invalid", show_default=True, metavar="OUTCOMES", help="Outcomes that give exit code 1."
)
@dns_option()
@ca_option()
@scale_option
@format_option
@output_option
@now_option
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@verbose_option
def check(
    targets: tuple[str, ...], folder: Path, since: str | None, only: tuple[str, ...], shard: str | None,
    budget: str | None, confirm: int | None,
    allow_private: tuple[str, ...], pace: str | None, concurrency: int | None, timeout: str | None, history: Path | None,
    no_history: bool, resume: bool, fail_on: str, dns: str | None, ca: Path | None, scale: float, form: str, output: Path | None,
    now: str | None, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Ask every link and say what it means.

    TARGETS are Markdown files, text files, topic files, folders of sources, or - for standard input; without any: the lists.
    """
    from ipaddress import ip_network

    from generator.checking.progress import should_be_live
    from generator.commands.check import Options
    from generator.commands.check import check as action
    from linkcheck.model import Outcome

    if since is not None and (history or resume or "failing" in only):
        raise click.UsageError(
            "--since decides in one run, without a history: leave --history, --resume and --only failing out"
        )
    if not all(word.strip() for word in only):
        raise click.BadParameter("name a host, an entry, or failing", param_hint="--only")
    outcomes = f"outcomes: {', '.join(outcome for outcome in Outcome if outcome is not Outcome.ALIVE)}"
    if not any(word.strip() for word in fail_on.split(",")):
        raise click.BadParameter(f"name {outcomes}", param_hint="--fail-on")
    one_folder(path for path in map(Path, targets) if path.is_dir() or path.suffix == ".yaml")
    options = Options(
        targets=targets,
        folder=folder,
        since=since,
        only=only,
        shard=None if shard is None else parsed(_share, shard, "--shard", "K/N with K from 1 to N, such as 2/5"),
        budget=seconds(budget, "--budget"),
        confirm=confirm,
        allow_private=tuple(
            parsed(ip_network, text, "--allow-private", "a network such as 10.0.0.0/8") for text in allow_private
        ),
        pace=pace,
        concurrency=concurrency,
        timeout=seconds(timeout, "--timeout"),
        history=history,
        no_history=no_history,
        resume=resume,
        fail_on=frozenset(parsed(Outcome, word.strip(), "--fail-on", outcomes) for word in fail_on.split(",") if word.strip()),
        now=instant(now),
        resolver=dns,
        authority=ca,
        scale=scale,
        environ=os.environ,
    )
    live = should_be_live(sys.stderr, os.environ)
    code, report = action(options, live=live, quiet=quiet)
    tell(report, form, output, verbose=verbose)
    sys.exit(code)


def _share(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    share = int(number), int(count)
    if not 1 <= share[0] <= share[1] <= 1000:
        raise ValueError(text)
    return share


@main_group.command()
@click.argument("target", metavar="URL|CODE", required=False)
@click.option("--all", "everything", is_flag=True, help="Every code and every rule, as one page of Markdown.")
@lists_option
@past_option
@now_option
def explain(target: str | None, everything: bool, folder: Path, history: Path | None, now: str | None) -> None:
    """Explain a URL (what was seen on which night, which rule decided, what would change it), a problem's code or a rule."""
    from generator.commands.explain import explain_all, explain_code, explain_url

    if everything == (target is not None):
        raise click.UsageError("Name a URL, a code or a rule; or say --all.")
    if target is None:
        code, text = explain_all()
    elif "/" in target or "." in target or ":" in target:
        code, text = explain_url(target, folder, history, now=instant(now) or datetime.now(UTC))
    else:
        code, text = explain_code(target)
    click.echo(text.rstrip("\n"), err=code != 0)
    sys.exit(code)


@main_group.command(name="history")
@click.argument("arguments", nargs=-1, metavar="[URL... | merge FILE...]")
@click.option("--after", metavar="ISO", help="Only what was seen after this date.")
@lists_option
@past_option
@now_option
def history_(arguments: tuple[str, ...], after: str | None, folder: Path, history: Path | None, now: str | None) -> None:
    """Show what was seen of URLs on all nights, or of how many; merge the histories of other machines into this one."""
    from generator.checking.history_view import merge, show

    moment = instant(now) or datetime.now(UTC)
    if arguments[:1] == ("merge",):
        code, text = merge([Path(one) for one in arguments[1:]], folder, history, now=moment)
    else:
        code, text = show(arguments, folder, history, after=instant(after, "--after"))
    click.echo(text.rstrip("\n"), err=code != 0)
    sys.exit(code)

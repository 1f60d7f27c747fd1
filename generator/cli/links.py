"""The commands about links: checking them, and what is known of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.cli.completion import codes_and_ids, only_values
from generator.cli.completion import targets as files
from generator.cli.group import examples, main_group
from generator.cli.options import (
    ca_option,
    dns_option,
    finish,
    format_option,
    history_option,
    lists_option,
    moment,
    now_option,
    one_folder,
    output_option,
    parse,
    parse_duration,
    parse_time,
    scale_option,
    since_option,
    verbose_option,
    write_report,
)


@main_group.command(
    epilog=examples(
        "listkeeper check",
        "listkeeper check README.md",
        "listkeeper check --since origin/main --format github",
        "listkeeper check --only example.org --verbose",
    )
)
@click.argument("targets", nargs=-1, shell_complete=files)
@lists_option
@click.option(
    "--fleet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Check the lists that this file names (fleet.yaml), all in one run.",
)
@since_option
@click.option(
    "--only",
    multiple=True,
    metavar="HOST|ENTRY|failing",
    shell_complete=only_values,
    help="Only links of this host or entry (patterns allowed), or those that failed in the last check.",
)
@click.option("--shard", metavar="K/N", help="Only the links of machine K of N; all links of a host are on the same machine.")
@click.option(
    "--handover",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --shard: the file for links that lead to other machines' hosts.  [default: handed-over.jsonl beside the history]",
)
@click.option(
    "--handed-over",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Only the links in these files, which machines with --shard wrote: to be asked when all of them have ended.",
)
@click.option(
    "--cluster",
    is_flag=False,
    flag_value="local",
    metavar="[ADDRESS]",
    help="Ask from the workers of a Dask cluster: a local one, or the one whose scheduler is at ADDRESS (tls://HOST:PORT).",
)
@click.option("--budget", metavar="TIME", help="Stop after this time (30m, 2h); the remaining links come first next time.")
@click.option(
    "--confirm", type=click.IntRange(1, 30), help="Failing nights in a row before a link is reported dead.  [default: 3]"
)
@click.option("--allow-private", multiple=True, metavar="CIDR", help="A private network that may be connected to.")
@click.option(
    "--pace", type=click.Choice(["gentle", "normal", "brisk", "none"]), help="How fast each host is asked.  [default: normal]"
)
@click.option(
    "--concurrency", type=click.IntRange(1, 1000), help="Maximum number of requests at the same time.  [default: 100]"
)
@click.option("--timeout", metavar="TIME", help="Time limit for one link.  [default: 30s]")
@history_option
@click.option("--no-history", is_flag=True, help="Decide from this run alone.")
@click.option("--resume", is_flag=True, help="Continue the last run if it was interrupted.")
@click.option(
    "--fail-on",
    default="dead,invalid",
    show_default=True,
    metavar="OUTCOMES",
    help="Outcomes that give exit code 1; `duplicates` adds those on pages.",
)
@dns_option()
@ca_option()
@scale_option
@format_option
@output_option
@now_option
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
@verbose_option
def check(
    targets: tuple[str, ...], folder: Path, fleet: Path | None, since: str | None, only: tuple[str, ...], shard: str | None,
    handover: Path | None, handed_over: tuple[Path, ...], cluster: str | None, budget: str | None, confirm: int | None,
    allow_private: tuple[str, ...], pace: str | None, concurrency: int | None, timeout: str | None, history: Path | None,
    no_history: bool, resume: bool, fail_on: str, dns: str | None, ca: Path | None, scale: float, form: str, output: Path | None,
    now: str | None, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Check every link, and report which are dead, moved or failing.

    TARGETS are Markdown, HTML, bookmark, sitemap and text files, topic files, folders of sources or of Markdown, or - for standard input; by
    default the lists folder. Relative links and anchors of pages are proved on disk. Several lists are one run: a URL that many have is asked
    once.
    """
    from ipaddress import ip_network

    from generator.checking.progress import should_be_live
    from generator.commands.check import Options
    from generator.commands.check import check as action
    from linkcheck.model import Outcome

    if since is not None and (history or resume or "failing" in only):
        raise click.UsageError(
            "--since decides in one run, without a history: it goes with no --history, --resume or --only failing"
        )
    if handover and shard is None:
        raise click.UsageError("--handover goes with --shard")
    if handed_over and (shard is not None or since is not None):
        raise click.UsageError("--handed-over ends a check on several machines: it goes with no --shard or --since")
    if cluster and (shard is not None or handed_over):
        raise click.UsageError("--cluster divides the links itself: it goes with no --shard or --handed-over")
    if cluster and cluster != "local" and not cluster.startswith(("tcp://", "tls://")):
        raise click.BadParameter("name a scheduler as tls://HOST:PORT or tcp://HOST:PORT", param_hint="--cluster")
    if not all(word.strip() for word in only):
        raise click.BadParameter("name a host, an entry, or failing", param_hint="--only")
    outcomes = f"outcomes: {', '.join(outcome for outcome in Outcome if outcome is not Outcome.ALIVE)}, or duplicates"
    failing = [word.strip() for word in fail_on.split(",") if word.strip()]
    if not failing:
        raise click.BadParameter(f"name {outcomes}", param_hint="--fail-on")
    if fleet and (targets or since is not None):
        raise click.UsageError("--fleet names the lists: it goes with no TARGETS and no --since")
    if since is not None:
        one_folder(path for path in map(Path, targets) if path.is_dir() or path.suffix == ".yaml")
    options = Options(
        targets=targets,
        folder=folder,
        fleet=fleet,
        since=since,
        only=only,
        shard=None if shard is None else parse(_shard, shard, "--shard", "K/N with K from 1 to N, such as 2/5"),
        handover=handover,
        handed_over=handed_over,
        cluster=cluster,
        budget=parse_duration(budget, "--budget"),
        confirm=confirm,
        allow_private=tuple(
            parse(ip_network, text, "--allow-private", "a network such as 10.0.0.0/8") for text in allow_private
        ),
        pace=pace,
        concurrency=concurrency,
        timeout=parse_duration(timeout, "--timeout"),
        history=history,
        no_history=no_history,
        resume=resume,
        fail_on=frozenset(parse(Outcome, word, "--fail-on", outcomes) for word in failing if word != "duplicates"),
        fail_on_duplicates="duplicates" in failing,
        now=parse_time(now),
        resolver=dns,
        authority=ca,
        scale=scale,
        environ=os.environ,
    )
    live = should_be_live(sys.stderr, os.environ)
    code, report = action(options, live=live, quiet=quiet)
    write_report(report, form, output, verbose=verbose)
    sys.exit(code)


def _shard(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    shard = int(number), int(count)
    if not 1 <= shard[0] <= shard[1] <= 1000:
        raise ValueError(text)
    return shard


@main_group.command(epilog=examples("listkeeper doctor", "listkeeper doctor --dns 9.9.9.9"))
@lists_option
@history_option
@dns_option()
def doctor(folder: Path, history: Path | None, dns: str | None) -> None:
    """Test whether links can be checked on this machine: versions, name resolution, network, proxy, token, lists, history.

    Sends requests to example.com only. Exit 1 if something would keep a check from working.
    """
    from generator.commands.doctor import doctor as action

    code, text = action(folder, history, os.environ, resolver=dns)
    click.echo(text, nl=False)
    sys.exit(code)


@main_group.command(
    epilog=examples(
        "listkeeper explain https://example.org/notes",
        "listkeeper explain peyre2019computational",
        "listkeeper explain unknown-key",
        "listkeeper explain soft-404",
    )
)
@click.argument("target", metavar="URL|ENTRY|CODE", required=False, shell_complete=codes_and_ids)
@click.option("--all", "everything", is_flag=True, help="Print every code and every rule, as one page of Markdown.")
@lists_option
@history_option
@now_option
def explain(target: str | None, everything: bool, folder: Path, history: Path | None, now: str | None) -> None:
    """Explain a URL's verdict (what each check saw, which rule decided, what would change it), a problem's code or a rule.

    For an entry, named by its id, the verdicts of all its URLs.
    """
    from generator.commands.explain import explain_all, explain_target

    if everything == (target is not None):
        raise click.UsageError("Name a URL, an entry, a code or a rule; or use --all.")
    if target is None:
        finish(*explain_all())
    else:
        finish(*explain_target(target, folder, history, now=moment(now)))


@main_group.command(
    name="history",
    epilog=examples("listkeeper history https://example.org/notes", "listkeeper history merge other/history.db"),
)
@click.argument("arguments", nargs=-1, metavar="[URL... | merge FILE...]")
@click.option("--after", metavar="ISO", help="Only checks after this date.")
@lists_option
@history_option
@now_option
def history_(arguments: tuple[str, ...], after: str | None, folder: Path, history: Path | None, now: str | None) -> None:
    """Show what earlier checks saw of URLs, or how many were checked; merge the histories of other machines into this one."""
    from generator.checking.history_view import merge_histories, show_history

    if arguments[:1] == ("merge",):
        finish(*merge_histories([Path(one) for one in arguments[1:]], folder, history, now=moment(now)))
    else:
        finish(*show_history(arguments, folder, history, after=parse_time(after, "--after")))

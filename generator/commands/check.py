"""`listkeeper check`: check every link. Network, clock, disk and terminal are passed to the checker from here."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from time import monotonic

from generator import VERSION
from generator.checking.cluster import cluster_lost, cluster_of, no_cluster, without_tls
from generator.checking.fleet import read_all
from generator.checking.handover import FILE, HandedOver, Handover, read_handovers
from generator.checking.history_view import history_path, state_folder, writable
from generator.checking.inputs import CheckInputs
from generator.checking.progress import Progress
from generator.checking.repositories import repository_notes
from generator.checking.secrets import fill_secrets, mask_run, mask_text, withheld_secrets
from generator.checking.selection import SelectOptions, select_links
from generator.checking.settling import settle
from generator.exit_codes import Exit
from generator.network import authorities_of
from generator.problems import Place, Problem, Severity, counted, errors
from generator.results import Report
from generator.sources.catalogue.model import Catalogue
from generator.sources.files import shown
from generator.sources.loading import COLLECTION
from linkcheck.cluster import Cluster, ClusterError
from linkcheck.engine.run import ProgressEvent, RunContext
from linkcheck.engine.run import check as run_check
from linkcheck.history import History, HistoryError
from linkcheck.model import Link, Outcome, Run
from linkcheck.policy import PACES, Policy
from linkcheck.registries import registries, repository_services
from linkcheck.registries.vitality import vitalities

_NOT_ASKED = frozenset({"offline", "not-asked", "no-dns", "proxy", "void"})
"""Rules of links that could not be checked from this machine."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command line; None means the collection's setting. `budget` and `timeout` are in seconds."""

    targets: tuple[str, ...] = ()
    folder: Path = Path("lists")
    fleet: Path | None = None
    only: tuple[str, ...] = ()
    since: str | None = None
    shard: tuple[int, int] | None = None
    handover: Path | None = None
    handed_over: tuple[Path, ...] = ()
    cluster: str | None = None
    budget: float | None = None
    confirm: int | None = None
    allow_private: tuple[IPv4Network | IPv6Network, ...] = ()
    pace: str | None = None
    concurrency: int | None = None
    timeout: float | None = None
    history: Path | None = None
    no_history: bool = False
    resume: bool = False
    fail_on: frozenset[Outcome] = frozenset({Outcome.DEAD, Outcome.INVALID})
    fail_on_duplicates: bool = False
    now: datetime | None = None
    resolver: str | None = None
    authority: Path | None = None
    scale: float = 1.0
    environ: Mapping[str, str] | None = None


def check(options: Options, *, live: bool = False, quiet: bool = False) -> tuple[Exit, Report]:
    """Check the links that the options select.

    Exit 1 for an outcome in `fail_on`, an error in a source or a certain duplicate of a collection; 2 if a target, the settings, git or
    the history can't be read, or the history can't be written; 4 if nothing could be checked or pages had no links; 130 when
    interrupted. An empty selection is 0, as is a valid collection without links.
    """
    begun, started = monotonic(), options.now or datetime.now(UTC)
    inputs = read_all(options.targets, options.folder, options.fleet, today=started.date(), allow_private=options.allow_private)
    environ = options.environ or {}
    handed_over, unread = read_handovers(options.handed_over) if options.handed_over else (None, ())
    handover = _handover(options, inputs)
    sites = registries(dict(inputs.policy.endpoints), environ.get("GITHUB_TOKEN", "")) if options.shard else ()
    wanted = SelectOptions(options.since, options.only, options.shard, options.history, sites, handed_over)
    selected = select_links(inputs, wanted, started.date())
    policy, secrets, missing = fill_secrets(
        policy_with(selected.policy, options), environ, shown(inputs.settings or inputs.folder / COLLECTION)
    )
    if options.since is not None:
        policy = replace(policy, confirm=1)
    links = selected.links if inputs.lists else settle(selected.links, inputs, policy)
    environment = [_bad_authority(fault) for fault in authorities_of(environ)[1]]
    report = Report(
        "check",
        version=VERSION,
        problems=(
            *unread,
            *(handover.problems() if handover else ()),
            *selected.problems,
            *(inputs.notes if options.since is None else ()),
            *missing,
            *withheld_secrets(links, policy),
            *environment,
            *filter(None, [without_tls(options.cluster) if options.cluster else None]),
        ),
        clusters=selected.clusters,
        links=len(inputs.links),
        lists=inputs.lists,
        selected=len(links) if options.only or options.since is not None or options.shard or options.handed_over else None,
        since=options.since is not None,
        fail_on=options.fail_on,
        fail_on_duplicates=options.fail_on_duplicates,
    )
    broken = selected.failure or errors(unread) or (handover and handover.failure)
    if broken or not links:
        empty = Run(started, 0.0, 0, policy.confirm if inputs.is_collection else 1)
        report = replace(report, run=empty, problems=(*report.problems, *filter(None, [selected.failure])))
        if broken or inputs.unreadable:
            return Exit.USAGE, report
        no_input = not inputs.links and not inputs.is_collection  # a new collection may have no link yet
        return exit_code(empty, report) or (Exit.NOTHING if no_input else Exit.OK), report

    def calendar() -> datetime:
        return started + timedelta(seconds=monotonic() - begun)

    with ExitStack() as stack:
        try:
            history = _open_history(options, inputs, started, secrets, stack)
        except (HistoryError, OSError) as error:
            hint = "name another file with --history, or decide from this run alone with --no-history"
            closed = Problem("unreadable-file", Severity.ERROR, f"the history can't be opened: {error}", Place(""), hint)
            return Exit.USAGE, replace(report, run=Run(started, 0.0, 0, policy.confirm), problems=(*report.problems, closed))
        report = replace(report, problems=(*report.problems, *_history_warnings(history)))
        progress = None if quiet else Progress(_expected(links, inputs), sys.stderr, live=live)
        cluster = cluster_of(options.cluster, options.resolver, options.authority, environ) if options.cluster else None
        edges = _Edges(history, calendar, handed_over, handover, cluster)
        try:
            run = _run_loop(_run(links, policy, options, edges, _progress_callback(progress, live=live)))
        except ClusterError as error:
            unasked = Run(started, 0.0, 0, policy.confirm)
            return Exit.USAGE, replace(report, run=unasked, problems=(*report.problems, no_cluster(error)))
        if progress:
            progress.close(replace(report, run=run))
        if history and not run.interrupted:
            history.finish(calendar(), run.void)
        finished = not run.offline and not run.interrupted
        notes = tuple(repository_notes(links, vitalities(history.notes()), started.date())) if history and finished else ()
        lost = [_history_not_written(history)] if history and history.failure else []
        lost += handover.problems() if handover else ()
        lost += [cluster_lost(cluster.failure)] if cluster and cluster.failure else []
    run = mask_run(run, secrets)
    problems = (*report.problems, *lost, *_obsolete_exceptions(links, run, inputs.catalogue), *notes)
    report = replace(report, run=run, problems=problems)
    return Exit.USAGE if (lost or inputs.unreadable) and not run.interrupted else exit_code(run, report), report


def _expected(links: Collection[Link], inputs: CheckInputs) -> int:
    """How many URLs there are, as far as that is cheap to know: the run itself counts them."""
    return len(links) if inputs.lists else len({link.url for link in links})


def _bad_authority(fault: str) -> Problem:
    hint = "correct the variable, or unset it; the bundled authorities are trusted all the same"
    return Problem("bad-authority", Severity.WARNING, fault, Place(""), hint)


def _history_warnings(history: History | None) -> Iterator[Problem]:
    """A warning for a history that was damaged, or that a newer Listkeeper wrote."""
    texts = {"newer-history": history.newer, "damaged-history": history.warning} if history else {}
    for code, text in texts.items():
        if history and text:
            yield Problem(code, Severity.WARNING, text, Place(shown(history.path)))


def _history_not_written(history: History) -> Problem:
    missing = f": {counted(history.unwritten, 'observation')} of this run not stored" if history.unwritten else ""
    message = f"the history couldn't be written to the end ({history.failure}){missing}"
    hint = "free some disk space, or make the file writable; then `listkeeper check --resume` checks only what is missing"
    return Problem("history-not-written", Severity.ERROR, message, Place(shown(history.path)), hint)


def policy_with(policy: Policy, options: Options) -> Policy:
    """The collection's policy with the options of the command line applied."""
    bounds = policy.bounds
    if options.timeout is not None:
        bounds = replace(bounds, link=options.timeout, first_byte=min(bounds.first_byte, options.timeout))
    policy = replace(
        policy,
        bounds=bounds,
        budget=options.budget if options.budget is not None else policy.budget,
        confirm=options.confirm if options.confirm is not None else policy.confirm,
        allow_private=(*policy.allow_private, *options.allow_private),
        pace=PACES[options.pace] if options.pace else policy.pace,
        concurrency=options.concurrency or policy.concurrency,
    )
    return policy if options.scale == 1.0 else policy.scaled(options.scale)


def exit_code(run: Run, report: Report) -> Exit:
    """130 when interrupted, 1 for an error in the sources, an outcome in `fail_on` or a duplicate that fails; 4 if nothing could be checked.

    Links of a source that can't be read aren't checked, so such an error counts even where the machine is offline.
    """
    if run.interrupted:
        return Exit.INTERRUPTED
    if errors(report.problems):
        return Exit.FOUND
    unasked = run.verdicts and not run.requests and all(one.rule in _NOT_ASKED for one in run.verdicts)
    if run.offline or run.void is not None or unasked:
        return Exit.NOTHING
    bad = any(report.outcome_of(found) in report.fail_on for found in run.verdicts)
    duplicates = any(map(report.fails, report.clusters))
    return Exit.FOUND if bad or duplicates else Exit.OK


def _keeps_history(options: Options, inputs: CheckInputs) -> bool:
    """Whether there is a history: for a collection, and for pages where `--history` names one."""
    return not options.no_history and options.since is None and bool(inputs.is_collection or options.history)


def _handover(options: Options, inputs: CheckInputs) -> Handover | None:
    """The file of links for other machines, begun: that of `--handover`, else beside the history; None without either, or a shard."""
    path = options.handover
    if path is None and _keeps_history(options, inputs):
        path = history_path(inputs.folder, options.history).with_name(FILE)
    if options.shard is None or path is None:
        return None
    found = Handover(path, *options.shard)
    found.begin(resume=options.resume)
    return found


def _open_history(
    options: Options, inputs: CheckInputs, now: datetime, secrets: frozenset[str], stack: ExitStack
) -> History | None:
    """The history to use, where one is kept."""
    if not _keeps_history(options, inputs):
        return None
    hide = partial(mask_text, secrets=secrets)
    if options.history is None:
        state_folder(inputs.folder)
    return stack.enter_context(
        History(writable(history_path(inputs.folder, options.history)), now=now, resume=options.resume, redact=hide)
    )


def _progress_callback(progress: Progress | None, *, live: bool) -> Callable[[ProgressEvent], None]:
    """The callback for progress events; the waiting hosts are computed at most once a second, as that is slow."""
    shown_at = 0.0

    def show(event: ProgressEvent) -> None:
        nonlocal shown_at
        if progress is None:
            return
        progress.update(event.done, event.outcome, event.total)
        if monotonic() - shown_at > (1.0 if live else 10.0):
            shown_at = monotonic()
            progress.set_waiting(event.waiting()[:8], event.estimate())

    return show


def _run_loop(work: Coroutine[object, object, Run]) -> Run:
    """Run on uvloop if it is installed (the extra `fast`), else on the standard loop."""
    factory = None
    with suppress(ImportError):
        factory = import_module("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


@dataclass(frozen=True, slots=True)
class _Edges:
    """What a run reads and writes beside the network."""

    history: History | None
    calendar: Callable[[], datetime]
    handed_over: HandedOver | None
    handover: Handover | None
    cluster: Cluster | None


async def _run(
    links: Iterable[Link],
    policy: Policy,
    options: Options,
    edges: _Edges,
    emit: Callable[[ProgressEvent], None],
) -> Run:
    from generator.network import NetworkOptions, open_fetcher

    task = asyncio.current_task()
    if task is not None:
        with suppress(NotImplementedError, ValueError, RuntimeError):  # Windows, or not the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    history, received, handover = edges.history, edges.handed_over, edges.handover
    resumed = history.seen_in_run if history and options.resume else lambda _key: False
    endpoints, token = dict(policy.endpoints), (options.environ or {}).get("GITHUB_TOKEN", "")
    sites, services = registries(endpoints, token), repository_services(endpoints, token)
    async with open_fetcher(policy, NetworkOptions(options.resolver, options.authority, options.environ)) as (guard, fetcher):
        context = RunContext(
            fetcher, guard, emit, history, resumed, calendar=edges.calendar, sites=sites, repositories=services
        )
        if received is not None:
            context = replace(context, continuations=received.chain)
        if handover is not None:
            context = replace(context, owns=handover.owns, hand_over=handover.hand_over)
        return await run_check(links, policy, context, ask=edges.cluster.ask if edges.cluster else None)


def _obsolete_exceptions(links: Iterable[Link], run: Run, catalogue: Catalogue) -> Iterator[Problem]:
    """Notes on exceptions that are no longer needed, and on entries with `state: dead` whose link is alive, at these fields."""
    excepted = [link for link in links if link.place.entry and (link.state == "dead" or link.excuse)]
    if not excepted:
        return
    urls = {link.url for link in excepted}
    alive = {one.url for one in run.verdicts if one.url in urls and one.outcome in {Outcome.ALIVE, Outcome.MOVED}}
    found: dict[tuple[str, str], Link] = {}
    for link in excepted:
        if link.url in alive:
            found.setdefault((link.place.path, link.place.entry or ""), link)
    entries = {key: entry for _, entry in catalogue.entries() if (key := (entry.place.path, entry.id)) in found}
    for key, link in found.items():
        if link.state != "dead" and key in entries and entries[key].link_check is None:
            continue  # an exception of the settings, which may cover other links as well
        if link.state == "dead":
            code, field, hint = "dead-is-back", "state", "open it, and remove `state: dead` if it is the same work"
            message = f"{link.url} answers again, and its entry says `state: dead`"
        else:
            code, field, hint = "link-check-not-needed", "link_check", "remove `link_check` from the entry"
            message = f"{link.url} is alive without its exception ({link.excuse.reason if link.excuse else ''})"
        place = entries[key].where(field) if key in entries else link.place
        yield Problem(code, Severity.NOTE, message, place, hint)

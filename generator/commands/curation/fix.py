"""`listkeeper fix`: apply fixes to the sources, or show what would change."""

from __future__ import annotations

import asyncio
import shlex
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from generator.checking.history_view import history_path, state_folder
from generator.editing.diff import diff
from generator.editing.edit import Source
from generator.editing.fix_loop import FixResult, Verdicts, fix_all, fix_context
from generator.editing.fixes import SAFE, Fix
from generator.editing.fixes.dead import LostPage, lost_pages
from generator.exit_codes import Exit
from generator.network import NetworkOptions, open_sender
from generator.problems import Place, Problem, Severity, errors
from generator.reporting import sanitize
from generator.reporting.phrases import counted, place, problem_lines
from generator.sources import git
from generator.sources.catalogue.links import links
from generator.sources.catalogue.model import Catalogue
from generator.sources.files import remove_leftovers, shown, write
from generator.sources.loading import Loaded, load
from linkcheck.engine.targets import unaskable
from linkcheck.history import History, HistoryError
from linkcheck.judging.verdict import verdict
from linkcheck.model import Link, Verdict, Vitality
from linkcheck.policy import Policy
from linkcheck.registries.archive import Archive, Found
from linkcheck.registries.vitality import vitalities
from linkcheck.urls import fetch_key

_LINK_CLASSES = frozenset({"moved", "moved-domain", "archive", "dead", "deprecated"})
"""The classes that need link verdicts."""

_MAX_SKIPPED = 40
"""Maximum number of skipped fixes that are printed one by one."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command line. `only` are classes of fixes; without any, the safe classes are applied."""

    folder: Path = Path("lists")
    only: tuple[str, ...] = ()
    dry_run: bool = False
    force: bool = False
    report: Path | None = None
    history: Path | None = None
    now: datetime | None = None
    resolver: str | None = None
    authority: Path | None = None
    scale: float = 1.0
    environ: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FixReport:
    """The result. `diffs` are by path, `undo` are shell commands, `unknown` says why there are no verdicts ("" if there are)."""

    result: FixResult
    problems: tuple[Problem, ...] = ()
    diffs: Mapping[str, str] | None = None
    written: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    unknown: str = ""
    dry_run: bool = False


def fix(options: Options, log: Callable[[str], None] = lambda _line: None) -> tuple[Exit, FixReport | str]:
    """Apply fixes to the sources, or (`dry_run`) return their diffs.

    Exit 1 if a dry run would change something or a file was refused; 2, with the reason, if the report can't be read.
    """
    now = options.now or datetime.now(UTC)
    loaded = load(options.folder, today=now.date())
    missing = tuple(problem for problem in loaded.problems if problem.code in {"no-sources", "unreadable-file"})
    with ExitStack() as stack:
        found = _verdicts(loaded, options, now, stack)
        if isinstance(found, str):
            return Exit.USAGE, found
        verdicts, unknown = found[0], found[1] if not options.only or _LINK_CLASSES & {*options.only} else ""
        archived_copies = _look_up_copies(loaded, verdicts, options, now, log) if "archive" in options.only else {}
        apply = partial(
            fix_all, loaded.sources, verdicts, options.only, today=now.date(), archived_copies=archived_copies,
            vitalities=_vitalities(options),
        )  # fmt: skip
        # First as if every file may be changed: git is only asked about files that would change.
        result = apply()
        refused = _uncommitted(options.folder, result.after) if not options.force else {}
        if refused and not options.dry_run:
            result = apply(locked=refused)
    problems = (*missing, *_uneditable_files(loaded, result), *refused.values())
    diffs = _diffs(loaded, result) if options.dry_run else {}
    report = FixReport(result, problems, diffs, unknown=unknown, dry_run=options.dry_run)
    if options.dry_run:
        return Exit.FOUND if result.rounds or problems else Exit.OK, report
    if result.rounds:
        report = _write(loaded, report, now)
    return Exit.FOUND if report.problems else Exit.OK, report


def _uneditable_files(loaded: Loaded, result: FixResult) -> Iterator[Problem]:
    """The first error of each file that can't be edited."""
    first: dict[str, Problem] = {}
    for problem in errors(loaded.problems):
        first.setdefault(problem.place.path, problem)
    for path, problem in first.items():
        if path in loaded.sources and (result.after.get(path) or Source(path, loaded.sources[path])).uneditable:
            yield problem


def _verdicts(loaded: Loaded, options: Options, now: datetime, stack: ExitStack) -> tuple[Verdicts, str] | str:
    """A function from catalogue to verdicts, by a report of `check` or the history; and why it has none ("" if it has)."""
    if options.report is not None:
        from generator.reporting.reading import load_reports

        report = load_reports([options.report])
        if isinstance(report, str):
            return report
        by_url = {one.url: one for one in report.verdicts}
        return (lambda _catalogue: by_url), ""
    path = history_path(options.folder, options.history)
    if not path.is_file():
        return (lambda _catalogue: {}), f"there is no history at {shown(path)}: `listkeeper check` creates one"
    try:
        past = stack.enter_context(History(path))
    except (sqlite3.DatabaseError, HistoryError) as error:
        return (lambda _catalogue: {}), f"the history at {shown(path)} can't be read: {error}"
    return _HistoryVerdicts(past, loaded, now), ""


def _vitalities(options: Options) -> Mapping[str, Vitality]:
    """What the history knows of repositories, by page; nothing where there is none that can be read."""
    path = history_path(options.folder, options.history)
    try:
        if not path.is_file():
            return {}
        with History(path) as past:
            return vitalities(past.notes())
    except (sqlite3.DatabaseError, HistoryError):
        return {}


class _HistoryVerdicts:
    """Verdicts from all nights of the history; each link is judged once."""

    def __init__(self, past: History, loaded: Loaded, now: datetime) -> None:
        self._history, self._policy, self._now = past, loaded.policy, now
        self._known: dict[Link, Verdict] = {}

    def __call__(self, catalogue: Catalogue) -> Mapping[str, Verdict]:
        found: dict[str, Verdict] = {}
        # Of several links with one URL, one whose work has a title decides, as in a check.
        for link in sorted(links(catalogue, self._now.date()), key=lambda one: not (one.work and one.work.title)):
            if link.url not in found:
                found[link.url] = self._of(replace(link, place=Place("")))
        return found

    def _of(self, link: Link) -> Verdict:
        if link not in self._known:
            nights = () if unaskable(link, self._policy) else self._history.of(fetch_key(link.url))
            self._known[link] = verdict(link, nights, self._policy, self._now, confirm=self._policy.confirm)
        return self._known[link]


def _look_up_copies(
    loaded: Loaded, verdicts: Verdicts, options: Options, now: datetime, log: Callable[[str], None]
) -> Mapping[str, Found]:
    context = fix_context(loaded.sources, verdicts, today=now.date(), archived_copies={}, read={})
    pages = lost_pages(context)
    if not pages:
        return {}
    policy = loaded.policy if options.scale == 1.0 else loaded.policy.scaled(options.scale)
    if not policy.contact and loaded.catalogue.collection.repository:
        policy = replace(policy, contact=loaded.catalogue.collection.repository)
    network = NetworkOptions(options.resolver, options.authority, options.environ)
    return asyncio.run(_ask_archive(pages, policy, network, log))


async def _ask_archive(
    pages: Sequence[LostPage], policy: Policy, network: NetworkOptions, log: Callable[[str], None]
) -> dict[str, Found]:
    """The best archived copy of each page, by URL; one request after the other."""
    copies: dict[str, Found] = {}
    async with open_sender(policy, network) as sender:
        archive = Archive(sender.send_batch, dict(policy.endpoints))
        for number, page in enumerate(pages, 1):
            log(f"asking the archive for a copy, {number:,} of {len(pages):,}: {page.url}")
            copies[page.url] = await archive.copy(page.url, near=page.added, before=page.last_alive)
    return copies


def _uncommitted(folder: Path, paths: Collection[str]) -> dict[str, Problem]:
    """A problem for each file with uncommitted changes: manual edits and fixes must not mix in one diff."""
    names = {Path(path).name: path for path in paths}
    found = git.unsaved(folder, names) if names else None
    hint = "commit it first, or change it anyway with --force (a copy is kept)"
    return {
        names[name]: Problem(
            "uncommitted-changes",
            Severity.ERROR,
            f"{names[name]} has uncommitted changes, so it is not changed",
            Place(names[name]),
            hint,
        )
        for name in sorted(found or ())
    }


def _diffs(loaded: Loaded, result: FixResult) -> dict[str, str]:
    return {
        path: diff(path, loaded.sources[path].decode("utf-8", "replace"), source.data.decode("utf-8", "replace"))
        for path, source in sorted(result.after.items())
    }


def _write(loaded: Loaded, report: FixReport, now: datetime) -> FixReport:
    """Write the rounds in order, so that an entry is removed from one file only after the other has all of it.

    Each file is replaced whole. Writing stops at a file that another program changed since it was read.
    """
    paths = {shown(path): path for path in loaded.found.sources}
    on_disk = dict(loaded.sources)
    remove_leftovers(paths[path] for path in report.result.after)
    backups = _back_up(loaded, report.result.after, now)
    written: dict[str, None] = {}
    problems = list(report.problems)
    try:
        for round_ in report.result.rounds:
            for path, source in round_.items():
                if paths[path].read_bytes() != on_disk[path]:
                    raise OSError(f"{path} was changed by another program in the meantime")  # noqa: TRY301  # reported like other OSErrors
                write(paths[path], source.data.decode())
                on_disk[path] = source.data
                written[path] = None
    except OSError as error:
        hint = "the files written before it are complete: look at git diff, then run it again"
        message = f"writing stopped early: {error.strerror or error}"
        problems.append(Problem("not-written", Severity.ERROR, message, Place(path), hint))
    return replace(report, written=tuple(written), problems=tuple(problems), undo=tuple(_undo(written, backups)))


def _back_up(loaded: Loaded, after: Collection[str], now: datetime) -> dict[str, str]:
    """Copy the files that git can't restore next to the history; returns the copies by path."""
    names = {Path(path).name: path for path in after}
    unsaved = git.unsaved(loaded.folder, names)
    found: dict[str, str] = {}
    copies = state_folder(loaded.folder) / "before-fix"
    remove_leftovers(older / "leftover" for older in copies.glob("*"))
    for name, path in names.items():
        if unsaved is None or name in unsaved:
            folder = copies / f"{now:%Y%m%dT%H%M%S}"
            with suppress(UnicodeDecodeError):
                write(folder / name, loaded.sources[path].decode())
                found[path] = shown(folder / name)
    return found


def _undo(written: Collection[str], backups: Mapping[str, str]) -> Iterator[str]:
    clean = [path for path in written if path not in backups]
    if clean:
        yield f"git checkout -- {' '.join(map(shlex.quote, clean))}"
    for path in written:
        if path in backups:
            yield f"cp {shlex.quote(backups[path])} {shlex.quote(path)}"


def text(report: FixReport) -> str:
    """The report as text; of a dry run, a patch that `git apply` accepts, with text between the diffs."""
    blocks = [
        list(_problem_text(report)),
        list(_diff_text(report)) if report.dry_run else list(_made_text(report)),
        list(_skipped_text(report)),
        list(_undo_text(report)),
        [
            *([f"No link verdicts: {report.unknown}."] if report.unknown else []),
            *_not_chosen_text(report),
            _summary_text(report),
        ],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _problem_text(report: FixReport) -> Iterator[str]:
    return (line for problem in report.problems for line in problem_lines(problem))


def _fix_line(fix: Fix, more: str = "") -> str:
    where = "  ".join(filter(None, (place(fix.place), sanitize.text(fix.place.entry or "", 80))))
    return f"{where}  [{fix.kind}] {sanitize.text(fix.message, 1000)}{f' ({more})' if more else ''}"


def _made_text(report: FixReport) -> Iterator[str]:
    yield from (_fix_line(fix) for fix in report.result.made if any(edit.path in report.written for edit in fix.edits))


def _diff_text(report: FixReport) -> Iterator[str]:
    """The diff of each file, after the messages of its fixes."""
    reasons: dict[str, list[Fix]] = defaultdict(list)
    for fix in report.result.made:
        reasons[fix.edits[0].path].append(fix)
    for path, shown_diff in (report.diffs or {}).items():
        yield from map(_fix_line, reasons[path])
        yield shown_diff.rstrip("\n") if shown_diff.endswith("\n") else shown_diff


def _skipped_text(report: FixReport) -> Iterator[str]:
    skipped = report.result.skipped
    if skipped:
        yield f"Left to you ({len(skipped):,}):"
        yield from (f"  {_fix_line(fix, why)}" for fix, why in skipped[:_MAX_SKIPPED])
    if len(skipped) > _MAX_SKIPPED:
        yield f"  and {counted(len(skipped) - _MAX_SKIPPED, 'more', 'more')}"


def _not_chosen_text(report: FixReport) -> Iterator[str]:
    """Numbers of fixes that other options of --only would make."""
    by_itself = Counter(fix.kind for fix in report.result.not_chosen if fix.safe and fix.kind in SAFE)
    if by_itself:
        yield f"Also possible without --only: {', '.join(f'{kind} ({number:,})' for kind, number in by_itself.items())}"
    named = Counter(fix.kind for fix in report.result.not_chosen if not (fix.safe and fix.kind in SAFE))
    if named:
        yield f"Also possible: {', '.join(f'--only {kind} ({number:,})' for kind, number in named.items())}"


def _undo_text(report: FixReport) -> Iterator[str]:
    if report.undo:
        yield "To undo it:"
        yield from (f"  {command}" for command in report.undo)


def _summary_text(report: FixReport) -> str:
    made = len(report.result.made)
    if not made:
        return "Nothing was changed." if report.result.skipped else "Nothing to fix."
    if report.dry_run:
        return f"{counted(made, 'fix', 'fixes')} would change {counted(len(report.diffs or {}), 'file')}: nothing was written."
    done = sum(any(edit.path in report.written for edit in fix.edits) for fix in report.result.made)
    if not report.written:
        return "Nothing was changed."
    return f"{counted(done, 'fix', 'fixes')} in {counted(len(report.written), 'file')}; nothing was committed."

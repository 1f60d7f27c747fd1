"""Exceptions and settings of plain pages: comments in a page, and the `.listkeeper.yaml` beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.checking.page_links import IGNORED
from generator.problems import Place, Problem, Severity, quoted
from generator.sources import git
from generator.sources.boundary import leads_outside, unnamed_link
from generator.sources.config import read_page_settings
from generator.sources.files import shown
from linkcheck.engine.targets import exception_finder
from linkcheck.model import Link
from linkcheck.policy import LinkRule, Policy

__all__ = ["SETTINGS", "excuse_problems", "join_policies", "policies_at", "read_policies", "without_ignored"]

SETTINGS = ".listkeeper.yaml"


def read_policies(pages: Iterable[Path]) -> tuple[tuple[Policy, ...], tuple[Problem, ...]]:
    """The policies beside these pages, each read once, and their problems."""
    policies, problems = list[Policy](), list[Problem]()
    for folder in dict.fromkeys(page.parent for page in pages):
        path = folder / SETTINGS
        try:
            if not path.is_symlink() and not path.is_file():
                continue
            if link := unnamed_link(path, named=False):
                problems.append(leads_outside(link))
                continue
            data = path.read_bytes()
        except OSError as error:
            message = f"{shown(path)} can't be read: {error.strerror}"
            problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path))))
            continue
        policy, wrong = read_page_settings(data, shown(path))
        policies.append(_in_folder(policy, folder))
        problems += wrong
    return tuple(policies), tuple(problems)


def policies_at(base: git.Base, pages: Iterable[Path]) -> tuple[Policy, ...] | Problem:
    """The policies beside these pages at a commit; the problem if git can't tell."""
    names = {folder: git.inner(base, folder / SETTINGS) for folder in dict.fromkeys(page.parent for page in pages)}
    texts = git.read(base, [name for name in names.values() if name])
    if isinstance(texts, Problem):
        return texts
    return tuple(
        _in_folder(read_page_settings(texts[name], shown(folder / SETTINGS))[0], folder)
        for folder, name in names.items()
        if name and name in texts
    )


def _in_folder(policy: Policy, folder: Path) -> Policy:
    where = shown(folder)
    return replace(policy, excuses=tuple(replace(rule, folder=where) for rule in policy.excuses))


def join_policies(first: Policy | None, others: Sequence[Policy]) -> Policy:
    """One policy for a run: the hosts and exceptions of all; every other setting is that of the first."""
    policies = [*([] if first is None else [first]), *others] or [Policy()]
    hosts = {(rule.host, rule.scheme, rule.port): rule for one in reversed(policies) for rule in one.hosts}
    excuses = tuple(rule for one in policies for rule in one.excuses)
    return replace(policies[0], hosts=tuple(hosts.values()), excuses=excuses)


def excuse_problems(links: Iterable[Link], rules: Sequence[LinkRule], today: date) -> Iterator[Problem]:
    """A warning for each exception that has ended, and a note for each that covers no link."""
    find, used = exception_finder(rules), set[int]()
    for link in links:
        rule = find(link)
        if rule is not None:
            used.add(id(rule))
    for rule in rules:
        place = Place(*rule.place, None, "excuses")
        if rule.until is not None and rule.until < today:
            message = f"the exception ({rule.reason}) ended on {rule.until} and no longer applies"
            hint = "remove it, or set a later day if it is still needed"
            yield Problem("link-check-expired", Severity.WARNING, message, place, hint)
        elif id(rule) not in used:
            message = f"the exception for {quoted(rule.url)} covers no link"
            hint = "write the URL as the page has it, with * for any text, or remove the exception"
            yield Problem("unused-exception", Severity.NOTE, message, place, hint)


def without_ignored(links: Sequence[Link]) -> tuple[Link, ...]:
    """The links without the ignored ones whose URL stands elsewhere as well, and so is checked."""
    checked = {link.url for link in links if not _is_ignored(link)}
    return tuple(link for link in links if not _is_ignored(link) or link.url not in checked)


def _is_ignored(link: Link) -> bool:
    return link.settled is not None and link.settled.rule == IGNORED

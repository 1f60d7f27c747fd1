"""Look up works: over the network, or in saved answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.metadata.asking import LookupResult, look_up
from generator.metadata.saved import concerns, saved
from generator.metadata.subjects import hosted
from generator.network import NetworkOptions, open_sender
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.files import shown
from linkcheck.policy import Policy
from linkcheck.registries import BatchRequest, Headers, Record, Subject, registries

__all__ = ["Sources", "look_up_all", "merged", "problems_of"]

_REPORT_EVERY = 25
"""Number of answers after which a line reports progress."""
_FEW = 3
_NOT = " could not be looked up: "


@dataclass(frozen=True, slots=True)
class Sources:
    """Where to look works up: in files with saved answers, or at services; `offline` is neither."""

    saved: tuple[Path, ...] = ()
    offline: bool = False
    network: NetworkOptions = field(default_factory=NetworkOptions)
    tell: Callable[[str], None] = lambda _line: None


def look_up_all(
    subjects: Sequence[Subject], sources: Sources, policy: Policy
) -> tuple[list[LookupResult], tuple[Problem, ...]]:
    """A result for each subject, in their order, and problems of saved answers."""
    if sources.saved:
        return _from_files(subjects, sources.saved)
    if sources.offline or not subjects:
        return [LookupResult(subject) for subject in subjects], ()
    return asyncio.run(_asked(subjects, sources, policy)), ()


async def _asked(subjects: Sequence[Subject], sources: Sources, policy: Policy) -> list[LookupResult]:
    token = (sources.network.environ or {}).get("GITHUB_TOKEN", "")
    known = registries(dict(policy.endpoints), token, policy.contact)
    count = 0
    if len(subjects) > 1:
        sources.tell(f"looking up {len(subjects):,} works")
    async with open_sender(policy, sources.network) as given:

        async def ask(request: BatchRequest) -> tuple[int | None, Headers, bytes]:
            nonlocal count
            answer = await given.send_batch(request)
            count += 1
            if count % _REPORT_EVERY == 0:
                sources.tell(f"{count:,} {'answers' if count != 1 else 'answer'}, the last by {request.site}")
            return answer

        return await look_up(subjects, known, ask)


def _from_files(subjects: Sequence[Subject], paths: Sequence[Path]) -> tuple[list[LookupResult], tuple[Problem, ...]]:
    records, problems = list[Record](), list[Problem]()
    alone = len(subjects) == 1
    for path in paths:
        try:
            found = saved(path.read_bytes(), subjects[0].url if alone else "")
        except OSError as error:
            found = error.strerror or str(error)
        if isinstance(found, str):
            message = f"{shown(path)} has no answer about a work that can be read: {found}"
            hint = f"save the answer of a service ({', '.join(site.name for site in registries())}), or the page itself"
            problems.append(Problem("unknown-answer", Severity.ERROR, message, Place(shown(path)), hint))
        else:
            records += found
    result = [LookupResult(subject) for subject in subjects]
    for one in result:
        rest = list(records)
        # A record can lead to others, such as a preprint to its publication.
        while found_now := [record for record in rest if concerns(record, one.subject, alone=alone and len(records) == 1)]:
            nearest = min(
                found_now, key=lambda record: (record.arxiv or record.doi) not in {one.subject.arxiv, one.subject.doi}
            )
            one.add(nearest)
            rest.remove(nearest)
        if alone and records and not one.records:
            one.failures.append("the saved answers are about other works")
    return result, tuple(problems)


def problems_of(one: LookupResult, place: Place, sources: Sources) -> tuple[Problem, ...]:
    """The problems of a look-up: works that don't exist, answers that weren't understood, services that gave none."""
    given = one.subject.doi or one.subject.arxiv or _address(one.subject)
    name = quoted(given) if given else "the work"
    found = list[Problem]()
    if one.absent and not one.records and set(one.absent) != {"Crossref"}:
        message = (
            f"{' and '.join(one.absent)} don't have {name}" if len(one.absent) > 1 else f"{one.absent[0]}: there is no {name}"
        )
        found.append(Problem("unknown-work", Severity.WARNING, message, place, "check the spelling"))
    for why in dict.fromkeys(one.odd):
        hint = "a newer Listkeeper may read it; until then fill in the fields by hand, or use --from with a saved answer"
        found.append(Problem("unknown-answer", Severity.WARNING, f"{name}: {why}", place, hint))
    for why in dict.fromkeys(one.failures):
        found.append(Problem("not-looked-up", Severity.WARNING, f"{name}{_NOT}{why}", place, _AGAIN))
    if sources.offline and given and not one.records:
        message = f"{name} was not looked up: only what the identifier proves is filled in"
        found.append(Problem("not-looked-up", Severity.NOTE, message, place, _AGAIN))
    states = {record.state for record in one.records if record.state}
    for state in sorted(states):
        source = next(record.source for record in one.records if record.state == state)
        message = f"{name} was {state}, says {source}"
        found.append(Problem("retracted-work", Severity.WARNING, message, place, "say in the entry why it is listed"))
    for record in one.records:
        found += [Problem("about-the-work", Severity.NOTE, f"{name}: {note} ({record.source})", place) for note in record.notes]
    return tuple(found)


def _address(subject: Subject) -> str:
    """A repository as its service calls it, any other page by its URL."""
    site = hosted(subject)
    return (site.record_key(subject) if site and site.kind == "software" else None) or subject.url


_AGAIN = "fill in what is missing later: listkeeper enrich"


def merged(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, with one for all works that couldn't be looked up for the same reason."""
    given = list(problems)
    reasons = Counter(one.message.partition(_NOT)[2] for one in given if one.code == "not-looked-up")
    reported = set[str]()
    for one in given:
        why = one.message.partition(_NOT)[2]
        if one.code != "not-looked-up" or reasons[why] <= _FEW:
            yield one
        elif why not in reported:
            reported.add(why)
            message = f"{reasons[why]:,} works{_NOT}{why} (this is the first)"
            yield Problem(one.code, one.severity, message, one.place, one.hint)

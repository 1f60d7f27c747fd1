"""Asks services about many subjects: those that share a service share its requests, and what one learns the next is asked for.

Turn-taking, connecting and the bounds of an answer are those of the `ask` passed in; nothing is remembered between runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from generator.metadata.record import Answer, BatchRequest, Headers, Record, Service, Subject
from linkcheck.registries.reading import spent

__all__ = ["Looked", "look_up"]

Ask = Callable[[BatchRequest], Awaitable[tuple[int | None, Headers, bytes]]]

_ROUNDS = 4
"""An id leads to a DOI, a DOI to another registry, a page to an id: more steps than these are a circle."""
_HOPS = 6
_ATTEMPTS = 2
_ABREAST = 16
_FAILURES = 3


@dataclass(slots=True)
class Looked:
    """What is known of one subject now: records in the order in which they are believed, and what couldn't be looked up.

    `absent` names the services that know no such work, `odd` those whose answer isn't understood.
    """

    subject: Subject
    records: list[Record] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    def hear(self, said: Record) -> None:
        """Take a record in, and the identifiers that it adds."""
        self.records.append(said)
        known = self.subject
        self.subject = replace(known, arxiv=known.arxiv or said.arxiv or "", doi=known.doi or said.published or said.doi or "")


async def look_up(subjects: Sequence[Subject], services: Sequence[Service], ask: Ask) -> list[Looked]:
    """Everything that the services say, one `Looked` for each subject, in their order. Never raises for what a service does."""
    found = [Looked(subject) for subject in subjects]
    desks = [_Desk(service, ask) for service in services]
    asked: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        wanted: dict[str, dict[str, list[Looked]]] = {}
        for one in found:
            for desk in desks:
                key = desk.service.key(one.subject)
                if key is not None and (desk.service.name, key) not in asked and _needed(desk.service, one):
                    wanted.setdefault(desk.service.name, {}).setdefault(key, []).append(one)
        if not wanted:
            break
        asked |= {(name, key) for name, keys in wanted.items() for key in keys}
        busy = [desk for desk in desks if desk.service.name in wanted]
        answers = await asyncio.gather(*(desk.ask_all(list(wanted[desk.service.name])) for desk in busy))
        for desk, answer in zip(busy, answers, strict=True):
            for key, ones in wanted[desk.service.name].items():
                for one in ones:
                    _heard(one, desk.service.name, key, answer)
    return found


def _needed(service: Service, one: Looked) -> bool:
    """Two registries share the DOIs: the second is asked only for what the first doesn't have."""
    return service.name != "DataCite" or "Crossref" in one.absent


def _heard(one: Looked, name: str, key: str, answer: dict[str, Record | str | None]) -> None:
    said = answer.get(key, f"{name} left it out of its answer")
    if said is None:
        one.absent.append(name)
    elif isinstance(said, str):
        (one.odd if said.startswith(_ODD) else one.failures).append(said.removeprefix(_ODD))
    else:
        one.hear(said)


_ODD = "\0"


class _Desk:
    """One service: its questions, a few at once, and when to leave it alone."""

    def __init__(self, service: Service, ask: Ask) -> None:
        self.service = service
        self._ask = ask
        self._closed = ""
        self._failures = 0
        self._gate = asyncio.Semaphore(_ABREAST)

    async def ask_all(self, keys: Sequence[str]) -> dict[str, Record | str | None]:
        """For each key its record, None where the service knows no such work, or why nothing is known."""
        found: dict[str, Record | str | None] = {}
        rest = list(keys)
        for _ in range(_ATTEMPTS):
            answers = await asyncio.gather(*map(self._question, self.service.questions(rest)))
            for question, answer in answers:
                asked = [key for key in rest if key in question.keys or f"abs/{key}" in question.keys]
                found |= _sorted_out(asked, answer)
            rest = [key for key in rest if key not in found]
            if not rest:
                break
        return found

    async def _question(self, question: BatchRequest) -> tuple[BatchRequest, Answer]:
        async with self._gate:
            answer = Answer()
            at = question
            for _ in range(_HOPS):
                answer = await self._once(at)
                if answer.onward is None:
                    return question, answer
                at = answer.onward
            return question, Answer(why=f"{self.service.name} leads from address to address without end")

    async def _once(self, question: BatchRequest) -> Answer:
        answer = Answer(why=f"{self.service.name} can't be reached")
        pages = self.service.name == "its page"
        # Pages are many hosts: one that is silent says nothing of the others, and isn't worth a second try.
        for _ in range(1 if pages else _ATTEMPTS):
            if self._closed:
                return Answer(why=self._closed)
            status: int | None
            headers: Headers
            try:
                status, headers, body = await self._ask(question)
            except OSError:
                status, headers, body = None, (), b""
            if status is not None:
                answer = self.service.read(question, status, headers, body)
            again = status is None or status >= 500 or spent(status, headers)
            self._failures = self._failures + 1 if again and not pages else 0
            if self._failures >= _FAILURES:
                self._closed = answer.why or f"{self.service.name} doesn't answer"
            if not again:
                break
        return answer


def _sorted_out(keys: Iterable[str], answer: Answer) -> dict[str, Record | str | None]:
    found: dict[str, Record | str | None] = {}
    for key in keys:
        if key in answer.records:
            found[key] = answer.records[key]
        elif key in answer.absent:
            found[key] = None
        elif answer.why:
            found[key] = f"{_ODD if answer.odd else ''}{answer.why}"
    return found

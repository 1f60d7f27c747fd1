"""Files of links that one machine hands to another: written by `check --shard`, read by `check --handed-over`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.checking.handover_lines import continuation, handover_line
from generator.problems import Place, Problem, Severity, counted
from generator.sources.files import shown
from linkcheck.engine.targets import Continuation, partition
from linkcheck.model import Link
from linkcheck.urls import fetch_key, redacted

__all__ = ["FILE", "HandedOver", "Handover", "read_handovers"]

FILE = "handed-over.jsonl"
"""The file's name beside the history."""


@dataclass(slots=True)
class Handover:
    """What machine `number` of `count` hands over goes to the file at `path`, each link at once. `failure`: why it couldn't be written."""

    path: Path
    number: int
    count: int
    failure: str = ""

    def begin(self, *, resume: bool) -> None:
        """Create the file, or empty it unless an interrupted run goes on."""
        self._write("", "a" if resume else "w")

    def owns(self, host: str) -> bool:
        """Whether this machine may ask a host key."""
        return partition(host, self.count) == self.number

    def hand_over(self, chain: Continuation) -> None:
        """Write one link."""
        self._write(handover_line(chain), "a")

    def _write(self, text: str, mode: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open(mode, encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            self.failure = error.strerror or str(error)

    def problems(self) -> tuple[Problem, ...]:
        """The problem of a file that couldn't be written."""
        if not self.failure:
            return ()
        message = f"{shown(self.path)} can't be written, so links that lead to other machines' hosts are lost: {self.failure}"
        return (Problem("not-written", Severity.ERROR, message, Place(shown(self.path)), "name another file with --handover"),)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What other machines handed over, by fetch key without secrets."""

    chains: Mapping[str, Continuation] = field(default_factory=dict)

    def of(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """Those of the links that were handed over."""
        bare = {key.partition(" ")[0] for key in self.chains}  # behind it may be which settings a list has
        return tuple(link for link in links if redacted(fetch_key(link.url)) in bare)

    def chain(self, key: str) -> Continuation | None:
        """Where the redirects of a fetch key go on; None for one that is to be asked from its beginning."""
        found = self.chains.get(redacted(key))
        return found if found and found.hops and found.key == key else None


def read_handovers(paths: Iterable[Path]) -> tuple[HandedOver, tuple[Problem, ...]]:
    """The files of all machines; a file that can't be read is an error, one with lines that aren't ours a warning."""
    chains: dict[str, Continuation] = {}
    problems = []
    for path in paths:
        invalid = 0
        try:
            with path.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    found = continuation(line)
                    invalid += found is None
                    if found is not None:
                        chains[redacted(found.key)] = found
        except OSError as error:
            message, hint = f"{shown(path)} can't be read: {error.strerror}", "name the files that `check --shard` wrote"
            problems.append(Problem("unreadable-file", Severity.ERROR, message, Place(shown(path)), hint))
        if invalid:
            message = f"{counted(invalid, 'line')} of {shown(path)} were not written by `check --shard` and are skipped"
            problems.append(Problem("unreadable-file", Severity.WARNING, message, Place(shown(path))))
    return HandedOver(chains), tuple(problems)

"""Links kept in a temporary file: of many lists together there may be a million, which memory needn't hold."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Collection, Iterable, Iterator

from linkcheck.model import Link

__all__ = ["StoredLinks"]


class StoredLinks(Collection[Link]):
    """Links in the order in which they were added. Each iteration reads the file from its beginning; add before you iterate."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with this object
        self._count = 0
        self._ends: list[int] = [0]

    def add(self, links: Iterable[Link]) -> None:
        """Add the links of one list."""
        found = tuple(links)
        if found:
            pickle.dump(found, self._file, protocol=5)
            self._count += len(found)
            self._ends.append(self._file.tell())

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Link]:
        for start in self._ends[:-1]:
            self._file.seek(start)
            yield from pickle.load(self._file)  # noqa: S301  # our own file, which has no name

    def __contains__(self, link: object) -> bool:
        return any(one == link for one in self)

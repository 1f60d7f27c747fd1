"""Disjoint sets with members that must stay apart. Pure; one instance belongs to one search for duplicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def shared(keyed: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    """The keys that two or more members have, with these members; each member once for a key, in the order given."""
    first: dict[Key, int] = {}
    found: dict[Key, list[int]] = {}
    for key, member in keyed:
        if key in found:
            if found[key][-1] != member:
                found[key].append(member)
        elif first.setdefault(key, member) != member:
            found[key] = [first[key], member]  # no list for the many keys of one member: they would double the time
    return found


class Groups:
    """Union-find over the numbers 0 to n-1. `keep_apart` forbids two members to meet, also by way of others."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._kept_apart: dict[int, set[int]] = {}

    def root(self, member: int) -> int:
        """The number that stands for a member's group."""
        top = member
        while self._parent[top] != top:
            top = self._parent[top]
        while self._parent[member] != top:
            self._parent[member], member = top, self._parent[member]
        return top

    def keep_apart(self, one: int, other: int) -> None:
        """Forbid two members to share a group; call it before any union."""
        self._kept_apart.setdefault(one, set()).add(other)
        self._kept_apart.setdefault(other, set()).add(one)

    def may_join(self, one: int, other: int) -> bool:
        """Whether no member of one group must stay apart from one of the other. True within a group."""
        mine, theirs = self.root(one), self.root(other)
        return mine == theirs or all(self.root(other_member) != theirs for other_member in self._kept_apart.get(mine, ()))

    def join(self, one: int, other: int) -> bool:
        """Unite two groups. False where they are one already, or must not be."""
        mine, theirs = sorted((self.root(one), self.root(other)))
        if mine == theirs or not self.may_join(mine, theirs):
            return False
        self._parent[theirs] = mine
        others = self._kept_apart.pop(theirs, None)
        if others:
            self._kept_apart.setdefault(mine, set()).update(others)
        return True

    def members(self) -> list[list[int]]:
        """All groups of two or more, each in order, by their first members."""
        groups = shared((self.root(member), member) for member in range(len(self._parent)))
        return [groups[first] for first in sorted(groups)]

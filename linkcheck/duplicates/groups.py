"""Disjoint sets (union-find) with pairs that must stay apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def shared(keyed: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    """The keys of two or more members, each with its members once, in the given order."""
    first: dict[Key, int] = {}
    found: dict[Key, list[int]] = {}
    for key, member in keyed:
        if key in found:
            if found[key][-1] != member:
                found[key].append(member)
        elif first.setdefault(key, member) != member:
            found[key] = [first[key], member]  # most keys have one member: lists for them would double the time
    return found


class Groups:
    """Union-find over the numbers 0 to `size` - 1. Members kept apart never share a group, also not through others."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._kept_apart: dict[int, set[int]] = {}

    def root(self, member: int) -> int:
        """The representative of a member's group."""
        top = member
        while self._parent[top] != top:
            top = self._parent[top]
        while self._parent[member] != top:
            self._parent[member], member = top, self._parent[member]
        return top

    def keep_apart(self, one: int, other: int) -> None:
        """Forbid two members to share a group; must be called before any `join`."""
        self._kept_apart.setdefault(one, set()).add(other)
        self._kept_apart.setdefault(other, set()).add(one)

    def may_join(self, one: int, other: int) -> bool:
        """Whether two groups may be united; True within one group."""
        mine, theirs = self.root(one), self.root(other)
        return mine == theirs or all(self.root(other_member) != theirs for other_member in self._kept_apart.get(mine, ()))

    def join(self, one: int, other: int) -> bool:
        """Unite two groups; False if they are one already or must stay apart."""
        mine, theirs = sorted((self.root(one), self.root(other)))
        if mine == theirs or not self.may_join(mine, theirs):
            return False
        self._parent[theirs] = mine
        others = self._kept_apart.pop(theirs, None)
        if others:
            self._kept_apart.setdefault(mine, set()).update(others)
        return True

    def members(self) -> list[list[int]]:
        """All groups of two or more, in the order of their first members."""
        groups = shared((self.root(member), member) for member in range(len(self._parent)))
        return [groups[first] for first in sorted(groups)]

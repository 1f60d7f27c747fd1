"""The nodes of a YAML tree, with their places."""

from __future__ import annotations

from typing import NamedTuple

from generator.problems import Problem


# Named tuples instead of dataclasses: a large collection has 200,000 nodes, and a frozen dataclass takes four times as long to make.
class Scalar(NamedTuple):
    """A single value. `kind` is its type in YAML: str, int, float, bool, null or date; `style` is plain, quoted or block.

    "lost" is the kind of a value that was reported as a problem already. An alias of a scalar is that scalar at the place of the
    alias, with the style "alias". The end is exclusive.
    """

    text: str
    kind: str
    style: str
    line: int
    column: int
    end_line: int
    end_column: int


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with values, in their order; no key twice."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, name: str) -> Node | None:
        """The value under a key, or None."""
        return next((value for key, value in self.items if key.text == name), None)


Node = Scalar | Sequence | Mapping


class Tree(NamedTuple):
    """A parsed text. `root` is None if it is empty; `whole` is False if parsing ended before the end of `text`, which is as written."""

    root: Node | None
    problems: tuple[Problem, ...]
    whole: bool = True
    text: str = ""

"""The words of a YAML tree: values that know where they stand."""

from __future__ import annotations

from typing import NamedTuple

from generator.problems import Problem


# Named tuples, not dataclasses: a large collection has 200,000 nodes, and a frozen dataclass takes four times as long to make.
class Scalar(NamedTuple):
    """A single value. `kind` is what YAML takes it for: str, int, float, bool, null or date; `style` plain, quoted or block.

    "lost" is the kind of a value that was told as a problem already: nothing more is to be said of it.

    An alias of a scalar stands as that scalar at the alias' place, with the style "alias". The end is exclusive.
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
    """Keys with values, as written; no key twice."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, name: str) -> Node | None:
        """The value under a key, or None."""
        return next((value for key, value in self.items if key.text == name), None)


Node = Scalar | Sequence | Mapping


class Tree(NamedTuple):
    """What a text holds. `root` is None where there is nothing; `whole` is False where reading ended before the text did."""

    root: Node | None
    problems: tuple[Problem, ...]
    whole: bool = True

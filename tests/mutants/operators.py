"""Two mutations that cosmic-ray doesn't have: a statement is deleted, an operand of `and` or `or` is dropped."""

from __future__ import annotations

from collections.abc import Iterator

import parso
from cosmic_ray.operators.operator import Example, Operator
from parso.tree import Node, NodeOrLeaf

_BOOLEAN = {"and_test", "or_test"}
_DELETABLE = {"atom_expr", "await_expr", "raise_stmt", "del_stmt"}
Span = tuple[tuple[int, int], tuple[int, int]]


class DropOperand(Operator):
    """`a and b` becomes `a`, then `b`."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        """One position for each operand."""
        if node.type in _BOOLEAN:
            for _ in node.children[::2]:
                yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        """Drop the operand, with the word beside it."""
        prefix = node.get_first_leaf().prefix
        at = max(0, 2 * index - 1)
        del node.children[at : at + 2]
        node.get_first_leaf().prefix = prefix
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """What it does, as cosmic-ray shows it."""
        return (Example("x = a and b", "x = b"), Example("x = a or b or c", "x = a or c", occurrence=1))


class DeleteStatement(Operator):
    """A call, a `raise` or a change of a value that is there already becomes `pass`.

    The first value of a variable stays: without it, the next line fails whatever the tests are.
    """

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        """The statement."""
        if node.parent is not None and node.parent.type == "simple_stmt" and (node.type in _DELETABLE or _changes(node)):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> NodeOrLeaf:
        """Put `pass` in its place."""
        new = parso.parse("pass").children[0]
        new.get_first_leaf().prefix = node.get_first_leaf().prefix
        return new

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """What it does, as cosmic-ray shows it."""
        return (Example("f(x)", "pass"),)


def _changes(node: NodeOrLeaf) -> bool:
    if node.type != "expr_stmt":
        return False
    target, sign = node.children[:2]
    return sign.type == "operator" and (sign.value != "=" or target.type == "atom_expr")

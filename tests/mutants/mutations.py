"""Which mutants a source file has, and the text of one. The operators are cosmic-ray's, and two of our own."""

from __future__ import annotations

import ast
import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.ast import Visitor, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.tree import NodeOrLeaf

from tests.mutants.operators import DeleteStatement, DropOperand, Span

_COMPARISONS = "Eq_NotEq NotEq_Eq Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt Is_IsNot IsNot_Is"
_ARITHMETIC = "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Mul Mod_Div BitOr_BitAnd BitAnd_BitOr"
_USED = (
    *(f"ReplaceComparisonOperator_{pair}" for pair in _COMPARISONS.split()),
    *(f"ReplaceBinaryOperator_{pair}" for pair in _ARITHMETIC.split()),
    "ReplaceUnaryOperator_USub_UAdd",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "AddNot",
    "NumberReplacer",
    "ExceptionReplacer",
    "ZeroIterationForLoop",
)
"""Those of cosmic-ray that change what a program does, and not only whether it runs."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    path: str
    kind: str
    line: int
    operator: type[Operator]
    occurrence: int

    def text(self, source: str) -> str:
        """The file with the change."""
        mutated = mutate_code(source, self.operator(), self.occurrence)
        if mutated is None:
            message = f"{self.path} has no such mutant any more"
            raise LookupError(message)
        return mutated

    def changed(self, source: str) -> tuple[str, str]:
        """The lines that differ, before and after, without indentation."""
        lines = [*difflib.unified_diff(source.splitlines(), self.text(source).splitlines(), lineterm="", n=0)][3:]
        gone, new = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
        return " ".join(gone), " ".join(new)


def operators() -> dict[str, type[Operator]]:
    """All operators in use, by their names."""
    known = {name.rpartition("/")[2]: name for name in operator_names()}
    ours = {"DropOperand": DropOperand, "DeleteStatement": DeleteStatement}
    return ours | {name: get_operator(known[name]) for name in _USED}


@cache
def mutants_of(path: Path, root: Path) -> list[list[Mutant]]:
    """Every mutant of a file, in groups of the same kind at the same place: of each group, one is enough for a sample.

    Left out is what has no behaviour: annotations (none is evaluated), decorators, and the values of `__all__` and `__slots__`.
    """
    source = path.read_text(encoding="utf-8")
    tree = get_ast(source)
    skipped = _never_run(source)
    groups: dict[tuple[str, Span], list[Mutant]] = defaultdict(list)
    for name, operator in operators().items():
        for occurrence, span in enumerate(_positions(tree, operator())):
            if not any(begin <= span[0] and span[1] <= end for begin, end in skipped):
                kind = name.partition("_")[0]
                mutant = Mutant(path.relative_to(root).as_posix(), kind, span[0][0], operator, occurrence)
                groups[kind, span].append(mutant)
    return list(groups.values())


def _never_run(source: str) -> list[Span]:
    spans: list[Span] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation, value=ast.expr()):
                spans.append(_span(annotation))
            case ast.AnnAssign(value=None) | ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")]):
                spans.append(_span(node))
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                spans.append(_span(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                spans += map(_span, node.decorator_list)
                if not isinstance(node, ast.ClassDef):
                    spans += _signature(node)
    return spans


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Span]:
    """What comes before the first keyword-only argument, the star among it, and what is returned."""
    first = node.args.kwonlyargs[:1]
    return [
        *(((node.lineno, node.col_offset), (arg.lineno, arg.col_offset)) for arg in first),
        *(_span(returns) for returns in [node.returns] if returns),
    ]


def _span(node: ast.expr | ast.stmt) -> Span:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)


class _Positions(Visitor):
    def __init__(self, operator: Operator) -> None:
        self.operator, self.found = operator, []

    def visit(self, node: NodeOrLeaf) -> NodeOrLeaf:
        self.found.extend(self.operator.mutation_positions(node))
        return node


def _positions(tree: NodeOrLeaf, operator: Operator) -> list[Span]:
    visitor = _Positions(operator)
    visitor.walk(tree)
    return visitor.found

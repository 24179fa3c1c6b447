"""Make small wrong versions of a piece of code, one change each."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SWAPPED_OPERATORS: dict[type, list[type]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div, ast.Mult],
    ast.Mod: [ast.FloorDiv],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
SWAPPED_NAMES = {
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "sum": "mean",
    "mean": "sum",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "floor": "ceil",
    "ceil": "floor",
    "sin": "cos",
    "cos": "sin",
    "uniform": "normal",
    "normal": "uniform",
    "H": "W",
    "W": "H",
    "OH": "OW",
    "OW": "OH",
    "FH": "FW",
    "FW": "FH",
}


@dataclass(frozen=True)
class Mutant:
    """Hold a wrong version of a cell: what was changed, and the code."""

    change: str
    code: str


def mutants_of(code: str, first: int, last: int) -> list[Mutant]:
    """Return the mutants of the lines first to last (from 1) of a cell."""
    tree = ast.parse(code)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        line = getattr(node, "lineno", 0)
        if not first <= line <= last:
            continue
        for change in changes_of(node):
            other = copy.deepcopy(tree)
            twin = list(ast.walk(other))[index]
            text = _apply(change, other, twin)
            if text in (None, original) or text in found:
                continue
            found[text] = Mutant(_describe(original, text), text)
    return list(found.values())


def _apply(change: Callable, tree: ast.AST, node: ast.AST) -> str | None:
    """Return the code after a change, None where it makes no sense."""
    new = change(node)
    if new is not node:
        for parent in ast.walk(tree):
            for name, value in ast.iter_fields(parent):
                if value is node:
                    setattr(parent, name, new)
                elif isinstance(value, list) and node in value:
                    value[value.index(node)] = new
    try:
        text = ast.unparse(ast.fix_missing_locations(tree))
        ast.parse(text)
    except (SyntaxError, ValueError, AttributeError, TypeError):
        return None
    return text


def _describe(original: str, changed: str) -> str:
    """Return the line that differs, before and after."""
    before, after = original.splitlines(), changed.splitlines()
    for old, new in zip(before, after):
        if old != new:
            return f"{old.strip()}  ->  {new.strip()}"
    return f"{before[-1].strip()}  ->  (nothing)"


def changes_of(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:
    """Yield functions that change a node in place or return another."""
    for kind, make in MAKERS.items():
        if isinstance(node, kind):
            yield from make(node)


def _operators(node):
    for new in SWAPPED_OPERATORS.get(type(node.op), ()):
        yield lambda n, new=new: _set(n, "op", new())


def _compare(node):
    for new in SWAPPED_OPERATORS.get(type(node.ops[0]), ()):
        yield lambda n, new=new: _set(n, "ops", [new(), *n.ops[1:]])


def _unary(node):
    yield lambda n: n.operand


def _constant(node):
    value = node.value
    if isinstance(value, bool):
        yield lambda n: _set(n, "value", not n.value)
    elif isinstance(value, (int, float)):
        for step in (1, -1):
            yield lambda n, step=step: _set(n, "value", n.value + step)
    elif isinstance(value, str):
        yield lambda n: _set(n, "value", "edge")


def _name(node):
    key = "id" if isinstance(node, ast.Name) else "attr"
    new = SWAPPED_NAMES.get(getattr(node, key))
    if new and isinstance(node.ctx, ast.Load):
        yield lambda n: _set(n, key, new)


def _slice(node):
    for bound in ("lower", "upper", "step"):
        if getattr(node, bound) is not None:
            yield lambda n, bound=bound: _set(n, bound, None)


def _call(node):
    for k in range(len(node.keywords)):
        yield lambda n, k=k: _set(
            n, "keywords", n.keywords[:k] + n.keywords[k + 1 :]
        )
    if node.args:
        yield lambda n: _set(n, "args", n.args[:-1])
    for k in range(len(node.args) - 1):
        yield lambda n, k=k: _set(n, "args", _swapped(n.args, k))


def _tuple(node):
    if isinstance(node.ctx, ast.Load):
        for k in range(len(node.elts) - 1):
            yield lambda n, k=k: _set(n, "elts", _swapped(n.elts, k))


def _augmented(node):
    yield from _operators(node)
    yield lambda n: ast.Assign([n.target], n.value)


def _statement(node):
    yield lambda n: ast.Pass()


def _if(node):
    yield lambda n: _set(n, "test", ast.UnaryOp(ast.Not(), n.test))


MAKERS: dict[type | tuple, Callable] = {
    (ast.BinOp, ast.BoolOp): _operators,
    ast.Compare: _compare,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    (ast.Name, ast.Attribute): _name,
    ast.Slice: _slice,
    ast.Call: _call,
    (ast.Tuple, ast.List): _tuple,
    ast.AugAssign: _augmented,
    (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.For, ast.If): (
        _statement
    ),
    (ast.If, ast.IfExp): _if,
}


def _set(node, field, value):
    setattr(node, field, value)
    return node


def _swapped(items, k):
    items = list(items)
    items[k], items[k + 1] = items[k + 1], items[k]
    return items

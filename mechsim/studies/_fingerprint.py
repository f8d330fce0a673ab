"""What the rows of a study depend on: the code that measures, and nothing else in its file.

The fingerprint is a digest of the statements of the file that the measure reaches: functions,
classes and constants that it names, those that they name, and so on; without comments, docstrings
and layout.  Editing the question, the conclusion or the figure therefore keeps finished rows, and
editing what is measured does not.  Of other modules only the import is seen.
"""

import ast
import hashlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .study import Study


def fingerprint(study: "Study[Any]") -> str:
    """64 hexadecimal digits; of a function that has no source, a digest of its name."""
    function: Any = study.measure or study.measure_many
    beside = {name for text in study.written for name in re.findall(r'":(\w+)"', text)}
    return _digest(
        study.source, _name(function), frozenset({*beside, _name(type(study.points[0]))})
    )


def _name(function: Any) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def source_of(function: Any) -> str:
    """The file of a function as it is now; of one from a notebook or a terminal its own text.

    Of one whose text is not to be had, its name.
    """
    module = sys.modules.get(getattr(function, "__module__", ""))
    whole = module is not None and getattr(module, "__file__", None) is not None
    try:
        return textwrap.dedent(inspect.getsource(module if whole and module else function))
    except (OSError, TypeError):
        return repr(_name(function))


@lru_cache(32)
def _digest(source: str, measure: str, roots: frozenset[str]) -> str:
    return hashlib.sha256(_reached(source, measure, roots).encode()).hexdigest()


def _reached(source: str, measure: str, roots: frozenset[str]) -> str:
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a part of an expression
        return source
    if not any(measure in (_defined(statement) or ()) for statement in statements):
        return source  # it is made inside another function
    named = [(_defined(statement), statement) for statement in statements]
    reached, waiting = set[int](), [k for k, (names, _) in enumerate(named) if names is None]
    wanted = {measure, *roots}
    while True:
        waiting += [k for k, (names, _) in enumerate(named) if names is not None and names & wanted]
        fresh = [k for k in dict.fromkeys(waiting) if k not in reached]
        if not fresh:
            break
        reached.update(fresh)
        for k in fresh:
            wanted |= {node.id for node in ast.walk(named[k][1]) if isinstance(node, ast.Name)}
        waiting = []
    return "\n".join(ast.unparse(_bare(statements[k])) for k in sorted(reached))


def _defined(statement: ast.stmt) -> set[str] | None:
    """The names that a statement of a module defines; None of one that does something else."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.Assign):
        return _targets(statement.targets)
    if isinstance(statement, ast.AnnAssign | ast.AugAssign):
        return _targets([statement.target])
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return set()  # a docstring, or words on the constant above
    return None


def _targets(targets: Iterable[ast.expr]) -> set[str] | None:
    """The names that are assigned to; None if it is a part of something."""
    nodes = [node for target in targets for node in ast.walk(target)]
    if any(isinstance(node, ast.Attribute | ast.Subscript) for node in nodes):
        return None
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def _bare(statement: ast.stmt) -> ast.stmt:
    """The statement without docstrings."""
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.body = [
                line
                for line in node.body
                if not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
            ] or [ast.Pass()]
    return statement

"""The numbers that are written in a mechanism's code: where special cases hide."""

import dataclasses
import functools
import inspect
import types
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

DEEP = 5
"""How far functions that a mechanism calls are followed."""

HUGE = 10**15
"""Larger numbers are no places where anybody reports."""


def literals(mechanism: object) -> tuple[Fraction, ...]:
    """Numbers in the code of ``mechanism``, of functions that it calls, and in its fields.

    A float is taken as the number it is and as the decimal that was probably typed.  Nothing is
    run; code that cannot be seen, as that of compiled functions, has no literals.
    """
    found: dict[Fraction, None] = {}
    seen: list[Any] = []  # kept alive, so that no two things share an identity

    def visit(thing: Any, depth: int) -> None:
        if depth < 0 or any(thing is other for other in seen):
            return
        seen.append(thing)
        found.update(dict.fromkeys(_numbers(thing)))
        for part in _parts(thing):
            visit(part, depth - 1)

    visit(mechanism, DEEP)
    return tuple(found)


def _numbers(thing: int | float | Fraction | object) -> Iterator[Fraction]:
    if isinstance(thing, bool) or not isinstance(thing, (int, float, Fraction)):
        return
    if not -HUGE < thing < HUGE:  # also NaN
        return
    yield Fraction(thing)
    if isinstance(thing, float):
        yield Fraction(repr(thing))


def _parts(thing: Any) -> Iterator[Any]:
    """What may hold further numbers: the code, the closure and the globals of functions."""
    if isinstance(thing, types.CodeType):
        yield from thing.co_consts
    elif isinstance(thing, (tuple, list, frozenset, set)):
        yield from cast(tuple[Any, ...], thing)
    elif isinstance(thing, dict):
        yield from cast(dict[Any, Any], thing).values()
    elif isinstance(thing, functools.partial):
        yield from (thing.func, thing.args, thing.keywords)
    elif isinstance(thing, types.MethodType):
        yield from (thing.__func__, thing.__self__)
    elif isinstance(thing, types.FunctionType):
        yield from (thing.__code__, getattr(thing, "__wrapped__", None), thing.__defaults__)
        yield from (cell.cell_contents for cell in thing.__closure__ or () if _is_filled(cell))
        named = (thing.__globals__.get(name) for name in thing.__code__.co_names)
        yield from (value for value in named if not isinstance(value, (type, types.ModuleType)))
    elif callable(thing) and not isinstance(thing, (type, types.BuiltinFunctionType)):
        yield inspect.getattr_static(type(thing), "__call__", None)
        yield from getattr(thing, "__dict__", {}).values()
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        yield from (getattr(thing, field.name) for field in dataclasses.fields(thing))


def _is_filled(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:  # an empty one
        return False

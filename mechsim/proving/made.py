"""Methods of data classes that are just what Python writes for them, and not what looks like it."""

import dataclasses
import types
from typing import Any, cast

from .bytecode import loaded
from .known_code import MADE

PARAMETERS = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
OF_A_FIELD = ("default", "default_factory", "init", "repr", "hash", "compare", "kw_only")


def made_by_python(kind: type[Any]) -> frozenset[str]:
    """The names of those methods of a data class: a twin is made, which has the same."""
    try:
        twin = _twin(kind)
    except (AttributeError, TypeError, ValueError):  # then its methods are looked into
        return frozenset()
    pairs = {name: (vars(kind).get(name), vars(twin).get(name)) for name in MADE}
    return frozenset(name for name, pair in pairs.items() if _same(name, *pair, kind, twin))


def given(kind: type[Any]) -> list[Any]:
    """What fields are by default, and what makes that."""
    found: list[Any] = []
    for part in dataclasses.fields(kind):
        found += [one for one in (part.default, part.default_factory) if not _is_missing(one)]
    return found


def _is_missing(one: Any) -> bool:
    return one is dataclasses.MISSING


def _twin(kind: type[Any]) -> type[Any]:
    """A data class with the same fields and parameters."""
    listed = vars(dataclasses)
    fields: dict[str, Any] = getattr(kind, "__dataclass_fields__")  # noqa: B009 - with those of `__init__` only
    body: dict[str, Any] = {"__annotations__": {}}
    for name, part in fields.items():
        if part._field_type is listed["_FIELD_CLASSVAR"]:
            continue
        only_init = part._field_type is listed["_FIELD_INITVAR"]
        body["__annotations__"][name] = dataclasses.InitVar[object] if only_init else object
        body[name] = dataclasses.field(**{key: getattr(part, key) for key in OF_A_FIELD})
    if hasattr(kind, "__post_init__"):
        body["__post_init__"] = None
    chosen: Any = getattr(kind, "__dataclass_params__")  # noqa: B009 - the stubs hide it
    plain = type(kind.__name__, (), body)
    parameters = {name: getattr(chosen, name) for name in PARAMETERS}
    return dataclasses.dataclass(**parameters, slots="__slots__" in vars(kind))(plain)


def _same(name: str, mine: Any, other: Any, kind: type[Any], twin: type[Any]) -> bool:
    """Whether two functions have the same code, which finds the same things."""
    if mine is other:
        return mine is not None
    if not (isinstance(mine, types.FunctionType) and isinstance(other, types.FunctionType)):
        return False
    code, twins = mine.__code__, other.__code__
    if _parts(code) != _parts(twins):
        return False
    if name == "__repr__":  # which wraps another; nobody gets to call it
        return True
    if any(one in mine.__globals__ for one in loaded(code)):
        return False
    cells = zip(mine.__closure__ or (), other.__closure__ or (), strict=True)
    pairs = ((cell.cell_contents, twin_s.cell_contents) for cell, twin_s in cells)
    return all(a is b or (_is_it(a, kind) and _is_it(b, twin)) for a, b in pairs)


def _is_it(found: Any, kind: type[Any]) -> bool:
    """Whether this is the class, or as it was before it got its slots."""
    alike = isinstance(found, type) and found.__qualname__ == kind.__qualname__
    return alike and found.__module__ == kind.__module__


def _parts(code: types.CodeType) -> tuple[Any, ...]:
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
    caught = cast(Any, code).co_exceptiontable
    return (code.co_code, code.co_consts, *names, code.co_flags, caught)

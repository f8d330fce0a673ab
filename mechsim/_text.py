"""How values of the library are called in a sentence."""

import dataclasses
from typing import Any, cast


def many(count: int, noun: str) -> str:
    """So many of them: ``1 profile``, ``2,000 profiles``."""
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def brief(value: object) -> str:
    """A value's name and what about it is not the default: ``Mean``, ``OrderStatistic(rank=2)``.

    Functions are called by their name; whatever has its own text keeps it.
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(brief, cast(tuple[Any, ...], value)))})"
    if isinstance(value, type) or not dataclasses.is_dataclass(value):
        named = getattr(value, "__name__", None)
        if named is None and type(value).__str__ is object.__str__:
            silent = type(value).__repr__ is object.__repr__
            return type(value).__name__ if silent else repr(value)
        return named or str(value)
    kind, named = type(value), getattr(value, "__name__", None)
    if isinstance(named, str):
        return named
    if kind.__str__ is not object.__str__ or not getattr(kind, "__dataclass_params__").repr:  # noqa: B009 - the stubs hide it
        return str(value)
    told: list[str] = []
    for field in dataclasses.fields(value):
        if field.name == "setting":  # a sentence about a mechanism names its setting anyway
            continue
        entry = getattr(value, field.name)
        if field.default is dataclasses.MISSING and dataclasses.is_dataclass(entry):
            told.append(brief(entry))
        elif field.default is dataclasses.MISSING or entry != field.default:
            told.append(f"{field.name}={brief(entry)}")
    return f"{kind.__name__}({', '.join(told)})" if told else kind.__name__

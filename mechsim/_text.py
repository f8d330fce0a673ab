"""How values of the library are called in a sentence and written in JSON."""

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias, cast

JSON: TypeAlias = str | int | float | bool | list["JSON"] | dict[str, "JSON"] | None


def brief(value: object) -> str:
    """A value's name and what about it is not the default: ``Mean``, ``OrderStatistic(rank=2)``.

    Functions are called by their name; whatever has its own text keeps it.
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(brief, cast(tuple[Any, ...], value)))})"
    if isinstance(value, type) or not dataclasses.is_dataclass(value):
        return getattr(value, "__name__", None) or str(value)
    kind = type(value)
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


def plain(value: Any) -> JSON:
    """``value`` for `json.dumps`: fractions as text, data classes as objects."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, enum.Enum):
        return str(value.value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind: dict[str, JSON] = {"kind": type(value).__name__}
        return kind | {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return [[plain(key), plain(entry)] for key, entry in cast(Mapping[Any, Any], value).items()]
    if isinstance(value, (Sequence, set, frozenset)):
        return [plain(entry) for entry in cast(Iterable[Any], value)]
    return brief(value)

"""Values of the library as JSON, and back: what is written is read again as an equal value.

Numbers stay what they are: an exact fraction is text such as ``"1/3"``, a float a JSON number.  A
tuple is an array, a data class an object that names its kind, a function its import path.  Text
that could be taken for a fraction is wrapped.
"""

import dataclasses
import importlib
import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, cast

import numpy as np

from ._numbers import is_ball

JSON: TypeAlias = str | int | float | bool | list["JSON"] | dict[str, "JSON"] | None

_FRACTION = re.compile(r"-?\d+(/\d+)?")


def encode(value: Any, opaque: Callable[[Any], str] | None = None) -> JSON:
    """``value`` for `json.dumps`.

    Parameters
    ----------
    value : value of the library
    opaque : callable, optional
        Names what cannot be read back, as a function defined in a notebook; it is written as
        ``{"opaque": name}``, which `decode` refuses.

    Raises
    ------
    ValueError
        If something cannot be read back and nothing names it.
    """
    if isinstance(value, np.generic):
        value = cast(Any, value).item()
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, str):
        return {"text": value} if _FRACTION.fullmatch(value) else value
    if isinstance(value, tuple):
        return [encode(entry, opaque) for entry in cast(tuple[Any, ...], value)]
    if isinstance(value, frozenset):
        entries = [encode(entry, opaque) for entry in cast(frozenset[Any], value)]
        return {"set": sorted(entries, key=repr)}
    if isinstance(value, Mapping):
        items = cast(Mapping[Any, Any], value).items()
        return {"map": [[encode(key, opaque), encode(entry, opaque)] for key, entry in items]}
    if isinstance(value, np.ndarray):
        return {"array": cast(Any, value).tolist(), "dtype": str(cast(Any, value).dtype)}
    if is_ball(value):
        ends = (*value.mid().man_exp(), *value.rad().man_exp())
        return {"ball": [int(end) for end in ends]}
    return _encode_named(value, opaque)


def _encode_named(value: Any, opaque: Callable[[Any], str] | None) -> JSON:
    made = dataclasses.is_dataclass(value) and not isinstance(value, type)
    path = _path(type(value) if made else value)
    names = [field.name for field in dataclasses.fields(value)] if made else []
    if path is None or "kind" in names:
        if opaque is None:
            raise ValueError(f"{value!r} has no import path: it cannot be written down")
        return {"opaque": opaque(value)}
    if not made:
        return {"name": path}
    return {"kind": path} | {name: encode(getattr(value, name), opaque) for name in names}


def _path(value: Any) -> str | None:
    """Where a class or function is imported from, if it can be."""
    name = getattr(value, "__qualname__", None)
    return None if name is None or "<" in name else f"{value.__module__}:{name}"


def decode(written: JSON, trusted: tuple[str, ...] = ("mechsim",)) -> Any:
    """The value that `encode` wrote.

    Parameters
    ----------
    written : JSON
        What `json.loads` returned.
    trusted : tuple of str
        Packages whose classes and functions may be imported; others are refused.
    """
    if isinstance(written, str):
        return Fraction(written) if _FRACTION.fullmatch(written) else written
    if isinstance(written, list):
        return tuple(decode(entry, trusted) for entry in written)
    if not isinstance(written, dict):
        return written
    if "kind" in written or "name" in written:
        return _decode_named(written, trusted)
    if not written:
        raise ValueError("{} is no form that values are written in")
    ((form, content), *_) = cast(Any, written).items()
    if form == "float":
        return float(content)
    if form == "text":
        return content
    if form == "set":
        return frozenset(decode(entry, trusted) for entry in content)
    if form == "map":
        return {decode(key, trusted): decode(entry, trusted) for key, entry in content}
    if form == "array":
        return np.array(content, dtype=cast(Any, written)["dtype"])
    if form == "ball":
        return _ball(*content)
    raise ValueError(f"{form!r} is no form that values are written in")


def _decode_named(written: dict[str, JSON], trusted: tuple[str, ...]) -> Any:
    path = str(written.get("kind", written.get("name")))
    module, _, name = path.partition(":")
    if module.split(".")[0] not in trusted:
        raise ValueError(f"{path} is not in {', '.join(trusted)}: it is not imported")
    try:
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        raise ValueError(f"{path} is nothing that can be imported") from None
    if _path(found) != path:  # what a module merely imported is not its own to give away
        raise ValueError(f"{path} is defined elsewhere: it is not imported")
    if "kind" not in written:
        return found
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        raise ValueError(f"{path} is no data class: it is not made")
    fields = [field.name for field in dataclasses.fields(found) if field.init]
    return found(**{k: decode(written[k], trusted) for k in fields if k in written})


def _ball(middle: int, power: int, radius: int, radius_power: int) -> Any:
    """The ball of midpoint ``middle * 2**power`` and radius likewise, exactly."""
    import flint

    return flint.arb((middle, power), (radius, radius_power))

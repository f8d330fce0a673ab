"""What objects hold, so that one can see whether it is still the same."""

import types
from collections import deque
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

import numpy as np

from .bytecode import refuse
from .known_code import LEAVES


def _attributes(one: Any) -> Mapping[str, Any]:
    slots = [
        name
        for kind in type(one).__mro__
        for name in _names(vars(kind).get("__slots__", ()))
        if hasattr(one, name) and name not in ("__dict__", "__weakref__")
    ]
    return {**getattr(one, "__dict__", {}), **{name: getattr(one, name) for name in slots}}


def _names(slots: Any) -> tuple[str, ...]:
    return (slots,) if isinstance(slots, str) else tuple(slots)


def contents(one: Any) -> tuple[Any, ...]:
    """All that may change in an object, one after the other."""
    if isinstance(one, (dict, types.MappingProxyType)):
        pairs = cast(Mapping[Any, Any], one)
        return (*pairs.keys(), *pairs.values())
    if isinstance(one, type):
        return tuple(cast(Any, vars)(one).values())
    if type(one) is np.ndarray:
        array = cast(Any, one)
        if array.dtype == object:
            return tuple(array.ravel().tolist())
        return array.tobytes(), f"{array.shape} {array.strides} {array.flags.writeable}"
    if isinstance(one, (list, set, bytearray, deque)):
        return tuple(cast(Iterable[Any], one))
    found = _attributes(one)
    return (*found.keys(), *found.values())


def is_by_address(one: Any) -> bool:
    """Whether this is a class whose objects are put in a set by where they are."""
    if not isinstance(one, type):
        return False
    kinds: tuple[Any, ...] = one.__mro__
    return next(kind for kind in kinds if "__hash__" in vars(kind)) is object


def has_percent(one: Any) -> bool:
    """Whether this is text by which others may be written."""
    return isinstance(one, str) and "%" in one


def title(one: Any) -> str:
    """What kind of thing this is, and its name if it has one."""
    kind = cast(Any, type(one))
    return f"{kind.__module__}.{kind.__qualname__} {getattr(one, '__qualname__', '')}"


def listed(found: Iterable[Any]) -> str:
    """The numbers and the text among these, and where the others are; of sets, in some order."""
    texts = [_text(one) for one in found]
    return ", ".join(sorted(texts) if isinstance(found, (set, frozenset)) else texts)


def _text(one: Any) -> str:
    kind = cast(Any, type(one))
    if kind in (tuple, frozenset):
        return f"({listed(one)})"
    known = kind in LEAVES or issubclass(kind, (np.generic, np.dtype))
    return repr(one) if known else str(kind.__name__)


def equal(first: Any, second: Any) -> bool:
    """Whether two leaves are the same to the last sign; 0 and -0 are equal, and are not."""
    if type(first) not in LEAVES or type(first) is not type(second) or first != second:
        return False
    return type(first) not in (float, complex, Decimal) or repr(first) == repr(second)


def require_leaf(one: Any) -> None:
    """Refuse what holds more than a number or a text, or may show where objects are."""
    if isinstance(one, bytes):
        refuse("it uses bytes")
    if isinstance(one, np.void):
        refuse("it holds a void of numpy, which may change")
    if isinstance(one, np.dtype):
        kind = cast(Any, one)
        if kind.metadata is not None or kind.kind in "SUV":
            refuse("it holds an array of what is no number")

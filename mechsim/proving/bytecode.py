"""What the code of a function does, step by step, that one may not see in its results."""

import dis
import re
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NoReturn, cast

from .known_code import (
    ARRAYS,
    CATCHING,
    CHANGING,
    CHANGING_TABLES,
    FORBIDDEN,
    MATCHING,
    PLAIN_DUNDERS,
    SETS,
    SPELLING,
    STORING,
    TRUSTED,
    WRITING,
)

TEXT_ARRAY = re.compile(r"[<>=|]?[USa]\d*|(str|bytes|string|unicode)_?")
"""What makes arrays of text."""


class Opaque(Exception):  # noqa: N818 - it is an answer
    """Something cannot be looked into, or keeps state; says what."""


def refuse(why: str) -> NoReturn:
    """Raise `Opaque`."""
    raise Opaque(why)


def loaded(code: types.CodeType) -> list[str]:
    """The global names that code reads."""
    return [
        str(step.argval)
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
    ]


def used(code: types.CodeType) -> dict[str, list[tuple[str, ...]]]:
    """For each global name, the attributes that are taken from it, one after the other."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    steps = [
        step for step in dis.get_instructions(code) if step.opname not in ("CACHE", "PUSH_NULL")
    ]
    for place, step in enumerate(steps):
        if step.opname not in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
            continue
        chain: list[str] = []
        for after in steps[place + 1 :]:
            if after.opname not in ("LOAD_ATTR", "LOAD_METHOD"):
                break
            chain.append(str(after.argval))
        found[str(step.argval)].append(tuple(chain))
    return found


def changes(code: types.CodeType, one: object) -> bool:
    """Whether code changes some container, perhaps this one."""
    stores = any("STORE_SUBSCR" in step.opname for step in dis.get_instructions(code))
    methods = CHANGING_TABLES if type(one) is dict else CHANGING
    return not methods.isdisjoint(code.co_names) or stores


def formats(code: types.CodeType) -> bool:
    """Whether there is a ``%`` that may be one of text: its right side is no number in the code."""
    before = ""
    for step in dis.get_instructions(code):
        literal = before.startswith("LOAD_CONST ") and before[11:].isdigit()
        if step.opname == "BINARY_OP" and step.argrepr in ("%", "%=") and not literal:
            return True
        if step.opname != "CACHE":
            before = f"{step.opname} {step.argrepr}"
    return False


def holds_patterns(code: types.CodeType) -> bool:
    """Whether there is text with a ``%`` in code, or something that may make such text."""
    written = any("%" in text for text in _texts(code.co_consts))
    return written or not SPELLING.isdisjoint(code.co_names)


def orders(code: types.CodeType) -> bool:
    """Whether code makes sets."""
    steps = (step.opname for step in dis.get_instructions(code))
    return not {"set", "frozenset"}.isdisjoint(code.co_names) or not SETS.isdisjoint(steps)


def _texts(found: object) -> Iterator[str]:
    """All text in constants."""
    if isinstance(found, (tuple, frozenset)):
        for one in cast(Iterable[object], found):
            yield from _texts(one)
    elif isinstance(found, bytes):
        yield found.decode("latin-1")
    elif isinstance(found, str):
        yield found


def scan(code: types.CodeType) -> None:
    """Refuse code that stores where others can see it, or asks what objects are."""
    for name in code.co_names:
        if name in FORBIDDEN or (name.startswith("_") and _is_hidden(name)):
            refuse(f"its code uses {name}")
    if any(type(constant) is bytes for constant in code.co_consts):
        refuse("it uses bytes")
    texts = frozenset(_texts(code.co_consts))
    if "where" in texts:
        refuse("it may leave entries of an array unset, by where")
    if not ARRAYS.isdisjoint(code.co_names) and any(map(TEXT_ARRAY.fullmatch, texts)):
        refuse("it writes objects as text")
    before = ""
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            refuse(f"it imports {step.argval} when it is called")
        if step.opname in CATCHING:
            refuse("it catches exceptions")
        if step.opname in WRITING:
            refuse("it writes objects as text")
        if step.opname in MATCHING:
            refuse("it matches patterns")
        if step.opname in STORING:
            refuse(f"it sets {step.argval}")
        if step.opname == "STORE_ATTR" and not _is_own(code, before):
            refuse(f"it sets an attribute, {step.argval}")
        if step.opname == "STORE_DEREF" and step.argval in code.co_freevars:
            refuse(f"it sets {step.argval}, which is not its own")
        if step.opname == "IS_OP" and not _is_singleton(before):
            refuse("it asks whether two objects are the same")
        if step.opname != "CACHE":
            before = f"{step.opname} {step.argrepr}"


def _is_own(code: types.CodeType, before: str) -> bool:
    """Whether an attribute is set of an object that is being made."""
    making = code.co_name in ("__init__", "__post_init__") and code.co_varnames
    return bool(making) and before.startswith("LOAD_FAST") and before.endswith(code.co_varnames[0])


def _is_hidden(name: str) -> bool:
    """Python's own names, and those inside a number."""
    dunder = name.startswith("__") and name.endswith("__") and name not in PLAIN_DUNDERS
    return dunder or name in ("_row", "_judge", "_numerator", "_denominator", "_getframe")


def _is_singleton(step: str) -> bool:
    return step in ("LOAD_CONST None", "LOAD_CONST True", "LOAD_CONST False")


def require_name(name: str) -> None:
    """Refuse a function by the name it was made with, whatever code calls it."""
    if name in FORBIDDEN or _is_hidden(name):
        refuse(f"it uses {name}")


def is_trusted(module: str) -> bool:
    """Whether a module is one of those whose functions may be trusted."""
    return module.partition(".")[0] in TRUSTED

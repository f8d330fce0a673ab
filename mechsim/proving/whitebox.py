"""Looking into a mechanism before anything is proved of it: its code, and what it remembers.

A proof by paths is about a function of the reports.  Code that keeps state, draws, reads a clock,
asks what kind of object a number is, or cannot be seen, may be something else; it is refused here,
and a refusal costs no more than the proof.  The library's own code and a few modules of Python and
numpy that are functions of their arguments are trusted; what they are given is looked into.
"""

import builtins
import functools
import hashlib
import sys
import types
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, cast

import numpy as np

from .bytecode import (
    Opaque,
    changes,
    formats,
    holds_patterns,
    is_trusted,
    loaded,
    orders,
    refuse,
    require_name,
    scan,
    used,
)
from .contents import (
    contents,
    equal,
    has_percent,
    is_by_address,
    listed,
    require_leaf,
    title,
)
from .known_code import (
    BUILTINS,
    COMPUTING,
    CONTAINERS,
    HEAP,
    LEAVES,
    OUTSIDE,
    PLAIN,
    SAFE,
    WRAPPERS,
)
from .made import given, made_by_python


@dataclass
class Box:
    """What is reached from the roots: everything that could change, as it was found."""

    kept: list[tuple[Any, Any]] = field(default_factory=list[tuple[Any, Any]])
    seen: dict[int, Any] = field(default_factory=dict[int, Any])
    codes: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    told: list[str] = field(default_factory=list[str])
    formats: bool = False
    """Whether some ``%`` may be one of text."""
    patterns: bool = False
    """Whether there is text for it."""
    orders: bool = False
    """Whether there are sets."""
    addressed: bool = False
    """Whether objects are made whose place in a set is where they are."""
    judges: bool = False
    """Whether the mechanism makes use of axioms, which look at lotteries outcome by outcome."""

    @property
    def mark(self) -> str:
        """A hash of all that was reached: code, and what it would find there, in this order."""
        return hashlib.sha256("\n".join(self.told).encode()).hexdigest()

    def require_unchanged(self) -> None:
        """Raise `Opaque` if anything is not as it was found."""
        for found, before in self.kept:
            now = contents(found)
            if len(now) != len(before) or any(
                a is not b and not equal(a, b) for a, b in zip(now, before, strict=True)
            ):
                raise Opaque(f"it keeps state, in {type(found).__name__}")

    def look(self, found: Any) -> None:
        """Look into an object and all that it reaches."""
        waiting = deque([found])
        while waiting:
            one = waiting.popleft()
            if type(one) in LEAVES or isinstance(one, (np.generic, np.dtype)):
                require_leaf(one)
                self.patterns = self.patterns or has_percent(one)
                continue
            if id(one) in self.seen:
                continue
            self.seen[id(one)] = one
            reached = list(self._reached(one))
            self.told.append(f"{title(one)}: {listed(reached)}")
            waiting.extend(reached)

    def require_told(self) -> None:
        """Raise `Opaque` if what was found may say where objects are."""
        if self.formats and self.patterns:
            refuse("it writes objects as text")
        if self.orders and self.addressed:
            refuse("it may order objects by where they are")

    def _reached(self, one: Any) -> Iterator[Any]:
        if isinstance(one, types.FunctionType):
            yield from self._function(one)
        elif isinstance(one, types.MethodType):
            yield from (one.__func__, one.__self__)
        elif isinstance(one, functools.partial):
            yield from (one.func, one.args, dict(one.keywords))
        elif isinstance(one, (staticmethod, classmethod)):
            yield cast(Any, one).__func__
        elif isinstance(one, property):
            yield from (one.fget, one.fset, one.fdel)
        elif isinstance(one, functools.cached_property):
            yield cast(Any, one).func
        elif isinstance(one, slice):
            part = cast(Any, one)
            yield from (part.start, part.stop, part.step)
        elif isinstance(one, types.ModuleType):
            refuse(f"it uses the module {one.__name__}, in a way that cannot be seen")
        elif isinstance(one, type):
            yield from self._class(cast(Any, one))
        elif isinstance(one, (types.BuiltinFunctionType, np.ufunc)) or _is_wrapper(one):
            yield from self._builtin(one)
        else:
            yield from self._object(one)

    def _builtin(self, one: Any) -> Iterator[Any]:
        wrapped = getattr(one, "__wrapped__", None)
        if wrapped is not None:
            if not is_trusted(str(wrapped.__module__)):
                refuse(f"it remembers what {wrapped.__name__} returned")
            yield wrapped
            return
        require_name(one.__name__)
        owner, module = getattr(one, "__self__", None), getattr(one, "__module__", None)
        if owner is not None and not isinstance(owner, types.ModuleType):
            yield owner
        elif module == "builtins" and one.__name__ not in BUILTINS:
            refuse(f"it uses {one.__name__}")
        elif module is not None and module != "builtins":
            _require_safe(module, one.__name__)

    def _object(self, one: Any) -> Iterator[Any]:
        kind = cast(Any, type(one))
        if kind in (tuple, frozenset):
            yield from cast(Iterable[Any], one)
        elif kind is set:
            refuse("it holds a set, which may change unseen")  # what pop takes next
        elif kind in CONTAINERS:
            yield from self._keep(one)
        elif kind is np.ndarray:
            yield one.dtype
            kept = self._keep(one)
            yield from kept if one.dtype == object else ()
        elif kind in (types.WrapperDescriptorType, types.MethodDescriptorType):
            require_name(one.__name__)
        elif not _is_made_in_python(kind):
            refuse(f"it holds a {kind.__name__}, which cannot be looked into")
        elif _is_library(kind):
            _require_safe(kind.__module__, kind.__name__)
            frozen = is_dataclass(one) and getattr(kind, "__dataclass_params__").frozen  # noqa: B009 - the stubs hide it
            told = (getattr(one, part.name) for part in fields(one)) if frozen else self._keep(one)
            yield from told
        else:
            yield from self._keep(one)
            yield from one if isinstance(one, tuple) else ()
            yield kind

    def _keep(self, one: Any) -> tuple[Any, ...]:
        found = contents(one)
        self.kept.append((one, found))
        unordered = isinstance(one, (set, frozenset))
        self.told.append(listed(frozenset(found) if unordered else found))
        return found

    def _class(self, one: type[Any]) -> Iterator[Any]:
        if is_trusted(one.__module__) and _is_found(one):
            _require_safe(one.__module__, one.__name__)
            return
        if issubclass(one, BaseException) and one.__module__ == "builtins":
            return
        if one.__module__ == "builtins":
            if one.__name__ not in BUILTINS:
                refuse(f"it uses {one.__name__}")
            return
        if issubclass(one, COMPUTING):
            refuse(f"it uses {one.__name__}, a number of its own kind")
        self._keep(one)
        yield from one.__bases__
        if not is_trusted(type(one).__module__) and type(one) is not type:
            yield type(one)
        made = made_by_python(one) if is_dataclass(one) else ()
        yield from given(one) if is_dataclass(one) else ()
        changing: list[Any] = []
        for name, entry in vars(one).items():
            if name in made:
                continue
            wraps = isinstance(entry, (property, classmethod, staticmethod))
            if name.startswith("__") and not callable(entry) and not wraps:
                continue
            if isinstance(entry, (types.MemberDescriptorType, types.GetSetDescriptorType)):
                continue
            changing.append(entry)
        yield from changing

    def _function(self, one: types.FunctionType) -> Iterator[Any]:
        for cell in one.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:  # an empty cell
                refuse("it has an empty closure")
        yield from one.__defaults__ or ()
        yield from (one.__kwdefaults__ or {}).values()
        yield vars(one)
        if cast(Any, one).__builtins__ is not vars(builtins):
            refuse("it brings functions of its own for those of Python")
        module = str(one.__globals__.get("__name__", ""))
        if is_trusted(module) and _is_at_home(one):
            _require_safe(module, one.__name__)
            return
        loaded = (one.__globals__.get(name) for name in one.__code__.co_names)
        cells = (cell.cell_contents for cell in one.__closure__ or ())
        near = (*loaded, *cells, *(one.__defaults__ or ()))
        if any(type(found) in CONTAINERS and changes(one.__code__, found) for found in near):
            refuse("it may keep state, in something that it changes")
        yield from self._code(one.__code__, one.__globals__)

    def _code(self, code: types.CodeType, there: dict[str, Any]) -> Iterator[Any]:
        key = id(code), id(there)  # equal code may be of two modules
        if key in self.codes:
            return
        self.codes.add(key)
        self.told.append(f"{code.co_code.hex()} {code.co_names} {listed(code.co_consts)}")
        scan(code)
        self.formats = self.formats or formats(code)
        self.patterns = self.patterns or holds_patterns(code)
        self.orders = self.orders or orders(code)
        modules: list[types.ModuleType] = []
        chains = used(code)
        builtin: Any = there.get("__builtins__", {})
        known = vars(builtin) if isinstance(builtin, types.ModuleType) else builtin
        for name in loaded(code):
            if name in there:
                value = there[name]
                if isinstance(value, types.ModuleType):
                    if is_trusted(value.__name__):
                        for chain in chains[name]:
                            yield _known(value, chain)
                    else:
                        modules.append(value)
                    continue
                self.addressed = self.addressed or is_by_address(value)
                yield value
            elif name in known:
                entry = known[name]
                self.addressed = self.addressed or entry is object
                if name not in BUILTINS and not (
                    isinstance(entry, type) and issubclass(entry, BaseException)
                ):
                    refuse(f"it uses {name}")
        for module in modules:
            if "__getattr__" in vars(module):
                refuse(f"it uses the module {module.__name__}, which makes its names up")
            for name in code.co_names:
                entry = vars(module).get(name)
                yield entry
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                yield from self._code(constant, there)


def _require_safe(module: str, name: str) -> None:
    """Refuse what is not known to be a function of its arguments, of a module."""
    top = module.partition(".")[0].removeprefix("_")
    if not is_trusted(top) or f"{module}.".startswith(tuple(f"{one}." for one in OUTSIDE)):
        refuse(f"it uses {name} of {module}")
    require_name(name)
    if top == "numpy" and "random" in module:
        refuse(f"it uses {name} of {module}")
    if top in SAFE and name not in SAFE[top]:
        refuse(f"it uses {name} of {module}")


def _known(module: types.ModuleType, chain: tuple[str, ...]) -> Any:
    """What these attributes are, one of the other, if they are known to be functions."""
    if not chain:
        refuse(f"it hands on the module {module.__name__}")
    found = getattr(module, chain[0], None)
    if isinstance(found, types.ModuleType):
        if not module.__name__.startswith("mechsim"):
            refuse(f"it uses the module {found.__name__}")
        return _known(found, chain[1:])
    _require_safe(module.__name__, chain[0])
    return found


def _is_library(kind: type[Any]) -> bool:
    return kind.__module__.partition(".")[0] == "mechsim" and _is_found(kind)


def _is_found(kind: type[Any]) -> bool:
    """Whether a class is where its module says, and not one that only claims a module."""
    module = sys.modules.get(kind.__module__)
    return getattr(module, kind.__name__, None) is kind


def _is_made_in_python(kind: type[Any]) -> bool:
    """Whether all of it is Python, so that what an instance keeps can be seen."""
    return all(base in PLAIN or _has_source(base) for base in kind.__mro__)


def _has_source(kind: type[Any]) -> bool:
    name = kind.__module__
    seen = str(getattr(sys.modules.get(name), "__file__", "")).endswith(".py") or name == "__main__"
    return seen and bool(kind.__flags__ & HEAP) and (_is_library(kind) or not is_trusted(name))


def _is_at_home(function: types.FunctionType) -> bool:
    """Whether a function is where its module says, and not one that only claims a module."""
    module = sys.modules.get(str(function.__globals__.get("__name__", "")))
    return module is not None and vars(module) is function.__globals__


def _is_wrapper(one: Any) -> bool:
    """Whether this passes its arguments on to a function that it wraps."""
    kind = cast(Any, type(one))
    return (kind.__module__, kind.__name__) in WRAPPERS


def look_into(mechanism: Any, *others: Any) -> Box:
    """Everything that these reach; raises `Opaque` if some of it may be no function."""
    box = Box()
    box.look(mechanism)
    modules = (str(getattr(one, "__module__", "")) for one in box.seen.values())
    box.judges = any(module.startswith("mechsim.axioms") for module in modules)
    for other in others:
        box.look(other)
    box.require_told()
    return box

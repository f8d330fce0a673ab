"""Looking into a mechanism before anything is proved of it: its code, and what it remembers.

A proof by paths is about a function of the reports.  Code that keeps state, draws, reads a clock,
asks what kind of object a number is, or cannot be seen, may be something else; it is refused here,
and a refusal costs no more than the proof.  The library's own code and a few modules of Python and
numpy that are functions of their arguments are trusted; what they are given is looked into.
"""

import dataclasses
import dis
import functools
import sys
import types
from abc import ABC
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any, Generic, NoReturn, Protocol, cast

import numpy as np


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRUSTED = _words(
    "mechsim abc bisect cmath collections dataclasses decimal enum fractions functools heapq "
    "itertools math numbers numpy operator statistics string typing"
)
"""Top modules whose functions do the same whenever they are given the same."""

SAFE = {
    "abc": _words("ABC abstractmethod"),
    "bisect": _words("bisect bisect_left bisect_right insort insort_left insort_right"),
    "collections": _words("Counter OrderedDict defaultdict deque"),
    "dataclasses": _words("dataclass field replace"),
    "decimal": _words("Decimal"),
    "enum": _words("Enum IntEnum"),
    "fractions": _words("Fraction"),
    "functools": _words("partial reduce cmp_to_key total_ordering"),
    "heapq": _words("heapify heappop heappush heappushpop heapreplace merge nlargest nsmallest"),
    "statistics": _words("fmean mean median median_high median_low mode multimode"),
    "typing": _words("Any Callable Generic NamedTuple Protocol Sequence TypeVar cast"),
    "numpy": _words(
        "abs absolute add all amax amin any arange argmax argmin argpartition argsort array "
        "array_equal asarray bool_ clip concatenate copy count_nonzero cumsum diff dot dtype "
        "fabs flatnonzero float32 float64 flip full hypot inf int32 int64 isclose lexsort "
        "longdouble max maximum mean median min minimum multiply nonzero object_ ones partition "
        "percentile prod quantile ravel searchsorted sort sqrt square stack subtract sum take "
        "unique vectorize where zeros"
    ),
}
"""What may be used of modules that have other things as well; of `TRUSTED` others, everything."""

BUILTINS = _words(
    "abs all any bool bytes dict divmod enumerate filter float frozenset int isinstance "
    "issubclass iter len list map max min next pow range reversed round set slice sorted "
    "sum super tuple zip property staticmethod classmethod object"
)
"""Built-in functions that code may use, beside exceptions."""

FORBIDDEN = _words(
    "attrgetter methodcaller random default_rng support probability expect sample ctypes "
    "frompyfunc memmap fromfile load loads genfromtxt loadtxt lru_cache cache cached_property "
    "counter is_ is_not asdict astuple getcontext setcontext localcontext singledispatch "
    "tofile save seterr seterrcall format format_map tobytes tostring data ctypes"
)
"""Names that code may not use: they reach what is not seen, or tables of outcomes."""

PLAIN_DUNDERS = frozenset(("__name__", "__doc__", "__init__", "__post_init__", "__call__"))

LEAVES = (
    *(type(None), bool, int, float, complex, str, bytes, Fraction, Decimal, range),
    *(type(Ellipsis), type(NotImplemented), np.generic, np.dtype),
)

MADE = _words(
    "__init__ __repr__ __eq__ __hash__ __lt__ __le__ __gt__ __ge__ __setattr__ __delattr__ "
    "__replace__"
)
"""What data classes are given by Python."""

CONTAINERS = (list, dict, set, bytearray, deque, types.MappingProxyType)
"""Built-in objects that may change, all of whose contents can be seen."""

PLAIN = (object, tuple, int, str, ABC, Enum, IntEnum, Generic, Protocol)
"""What classes may derive from that is not Python; instances of these do not change."""

HEAP = 1 << 9
"""The flag of a type that is no part of the interpreter."""

WRAPPERS = (("functools", "_lru_cache_wrapper"), ("numpy", "_ArrayFunctionDispatcher"))
"""Types that wrap a function: a cache takes no form, as it has no hash."""

STORING = frozenset(("STORE_GLOBAL", "DELETE_GLOBAL", "DELETE_ATTR"))

CHANGING = _words(
    "append extend insert add update setdefault pop popitem remove discard clear appendleft"
)
"""Methods by which containers change."""

MATCHING = frozenset(("MATCH_CLASS", "MATCH_MAPPING", "MATCH_KEYS"))
"""What takes objects apart without naming their parts."""

CATCHING = frozenset(("PUSH_EXC_INFO", "CHECK_EXC_MATCH", "CHECK_EG_MATCH"))
"""What catches exceptions, whose texts and classes say what objects are."""

WRITING = frozenset(("FORMAT_VALUE", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC", "CONVERT_VALUE"))
"""What writes objects as text, which may say where they are."""


class Opaque(Exception):  # noqa: N818 - it is an answer
    """Something cannot be looked into, or keeps state; says what."""


@dataclass
class Box:
    """What is reached from the roots: everything that could change, as it was found."""

    kept: list[tuple[Any, Any]] = field(default_factory=list[tuple[Any, Any]])
    seen: dict[int, Any] = field(default_factory=dict[int, Any])
    codes: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def require_unchanged(self) -> None:
        """Raise `Opaque` if anything is not as it was found."""
        for found, before in self.kept:
            now = _contents(found)
            if len(now) != len(before) or any(
                a is not b and not _equal(a, b) for a, b in zip(now, before, strict=True)
            ):
                raise Opaque(f"it keeps state, in {type(found).__name__}")

    def look(self, found: Any) -> None:
        """Look into an object and all that it reaches."""
        waiting = deque([found])
        while waiting:
            one = waiting.popleft()
            if type(one) in LEAVES or isinstance(one, (np.generic, np.dtype)):
                continue
            if id(one) in self.seen:
                continue
            self.seen[id(one)] = one
            waiting.extend(self._reached(one))

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
            _refuse(f"it uses the module {one.__name__}, in a way that cannot be seen")
        elif isinstance(one, type):
            yield from self._class(cast(Any, one))
        elif isinstance(one, (types.BuiltinFunctionType, np.ufunc)) or _is_wrapper(one):
            yield from self._builtin(one)
        else:
            yield from self._object(one)

    def _builtin(self, one: Any) -> Iterator[Any]:
        wrapped = getattr(one, "__wrapped__", None)
        if wrapped is not None:
            if not _is_trusted(str(wrapped.__module__)):
                _refuse(f"it remembers what {wrapped.__name__} returned")
            yield wrapped
            return
        owner, module = getattr(one, "__self__", None), getattr(one, "__module__", None)
        if owner is not None and not isinstance(owner, types.ModuleType):
            yield owner
        elif module == "builtins" and one.__name__ not in BUILTINS:
            _refuse(f"it uses {one.__name__}")
        elif module is not None and module != "builtins":
            _require_safe(module, one.__name__)

    def _object(self, one: Any) -> Iterator[Any]:
        kind = cast(Any, type(one))
        if kind in (tuple, frozenset):
            yield from cast(Iterable[Any], one)
        elif kind in CONTAINERS:
            yield from self._keep(one)
        elif kind is np.ndarray:
            kept = self._keep(one)
            yield from kept if one.dtype == object else ()
        elif kind in (types.WrapperDescriptorType, types.MethodDescriptorType):
            return
        elif not _is_made_in_python(kind):
            _refuse(f"it holds a {kind.__name__}, which cannot be looked into")
        elif _is_library(kind):
            frozen = is_dataclass(one) and getattr(kind, "__dataclass_params__").frozen  # noqa: B009 - the stubs hide it
            told = (getattr(one, part.name) for part in fields(one)) if frozen else self._keep(one)
            yield from told
        else:
            yield from self._keep(one)
            yield from one if isinstance(one, tuple) else ()
            yield kind

    def _keep(self, one: Any) -> tuple[Any, ...]:
        contents = _contents(one)
        self.kept.append((one, contents))
        return contents

    def _class(self, one: type[Any]) -> Iterator[Any]:
        if one.__module__.startswith("mechsim.proving"):
            _refuse(f"it uses {one.__name__}, of which the proof is made")
        if _is_trusted(one.__module__):
            _require_safe(one.__module__, one.__name__)
            return
        if issubclass(one, BaseException) and one.__module__ == "builtins":
            return
        if one.__module__ == "builtins":
            if one.__name__ not in BUILTINS:
                _refuse(f"it uses {one.__name__}")
            return
        self._keep(one)
        yield from one.__bases__
        if not _is_trusted(type(one).__module__) and type(one) is not type:
            yield type(one)
        made = is_dataclass(one)
        changing: list[Any] = []
        for name, entry in vars(one).items():
            code = getattr(entry, "__code__", None)
            if made and name in MADE and code is not None and _is_made(code):
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
                _refuse("it has an empty closure")
        yield from one.__defaults__ or ()
        yield from (one.__kwdefaults__ or {}).values()
        yield vars(one)
        module = str(one.__globals__.get("__name__", ""))
        if _is_trusted(module) and _is_at_home(one):
            _require_safe(module, one.__name__)
            return
        loaded = (one.__globals__.get(name) for name in one.__code__.co_names)
        cells = (cell.cell_contents for cell in one.__closure__ or ())
        near = (*loaded, *cells, *(one.__defaults__ or ()))
        if _changes(one.__code__) and any(type(found) in CONTAINERS for found in near):
            _refuse("it may keep state, in something that it changes")
        yield from self._code(one.__code__, one.__globals__)

    def _code(self, code: types.CodeType, there: dict[str, Any]) -> Iterator[Any]:
        key = id(code), id(there)  # equal code may be of two modules
        if key in self.codes:
            return
        self.codes.add(key)
        _scan(code)
        modules: list[types.ModuleType] = []
        used = _used(code)
        builtin: Any = there.get("__builtins__", {})
        known = vars(builtin) if isinstance(builtin, types.ModuleType) else builtin
        for name in _loaded(code):
            if name in there:
                value = there[name]
                if isinstance(value, types.ModuleType):
                    if _is_trusted(value.__name__):
                        for chain in used[name]:
                            _require_known(value, chain)
                    else:
                        modules.append(value)
                    continue
                yield value
            elif name in known:
                entry = known[name]
                if name not in BUILTINS and not (
                    isinstance(entry, type) and issubclass(entry, BaseException)
                ):
                    _refuse(f"it uses {name}")
        for module in modules:
            if "__getattr__" in vars(module):
                _refuse(f"it uses the module {module.__name__}, which makes its names up")
            for name in code.co_names:
                entry = vars(module).get(name)
                yield entry
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                yield from self._code(constant, there)


def _refuse(why: str) -> NoReturn:
    raise Opaque(why)


def _require_safe(module: str, name: str) -> None:
    """Refuse what is not known to be a function of its arguments, of a module."""
    top = module.partition(".")[0].removeprefix("_")
    if not _is_trusted(top):
        _refuse(f"it uses {name} of {module}")
    if module.startswith("mechsim.proving"):
        _refuse(f"it uses {name}, of which the proof is made")
    if top == "numpy" and "random" in module:
        _refuse(f"it uses {name} of {module}")
    if top in SAFE and name not in SAFE[top]:
        _refuse(f"it uses {name} of {module}")


def _require_known(module: types.ModuleType, chain: tuple[str, ...]) -> None:
    """Refuse unless these attributes, one of the other, are known to be functions."""
    if not chain:
        _refuse(f"it hands on the module {module.__name__}")
    found = getattr(module, chain[0], None)
    if isinstance(found, types.ModuleType):
        if not module.__name__.startswith("mechsim"):
            _refuse(f"it uses the module {found.__name__}")
        _require_known(found, chain[1:])
        return
    _require_safe(module.__name__, chain[0])


def _used(code: types.CodeType) -> dict[str, list[tuple[str, ...]]]:
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


def _is_made(code: types.CodeType) -> bool:
    """Whether this is code that `dataclasses` wrote."""
    return code.co_filename in ("<string>", dataclasses.__file__)


def _is_library(kind: type[Any]) -> bool:
    return kind.__module__.partition(".")[0] == "mechsim"


def _is_made_in_python(kind: type[Any]) -> bool:
    """Whether all of it is Python, so that what an instance keeps can be seen."""
    return all(base in PLAIN or _has_source(base) for base in kind.__mro__)


def _has_source(kind: type[Any]) -> bool:
    name = kind.__module__
    seen = str(getattr(sys.modules.get(name), "__file__", "")).endswith(".py") or name == "__main__"
    return seen and bool(kind.__flags__ & HEAP) and (_is_library(kind) or not _is_trusted(name))


def _is_trusted(module: str) -> bool:
    return module.partition(".")[0] in TRUSTED


def _is_at_home(function: types.FunctionType) -> bool:
    """Whether a function is where its module says, and not one that only claims a module."""
    module = sys.modules.get(str(function.__globals__.get("__name__", "")))
    return module is not None and vars(module) is function.__globals__


def _is_wrapper(one: Any) -> bool:
    """Whether this passes its arguments on to a function that it wraps."""
    kind = cast(Any, type(one))
    return (kind.__module__, kind.__name__) in WRAPPERS


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


def _contents(one: Any) -> tuple[Any, ...]:
    if isinstance(one, (dict, types.MappingProxyType)):
        pairs = cast(Mapping[Any, Any], one)
        return (*pairs.keys(), *pairs.values())
    if isinstance(one, type):
        return tuple(cast(Any, vars)(one).values())
    if type(one) is np.ndarray:
        array = cast(Any, one)
        if array.dtype == object:
            return tuple(array.ravel().tolist())
        return array.tobytes(), array.shape
    if isinstance(one, (list, set, bytearray, deque)):
        return tuple(cast(Iterable[Any], one))
    found = _attributes(one)
    return (*found.keys(), *found.values())


def _equal(first: Any, second: Any) -> bool:
    return type(first) in LEAVES and type(first) is type(second) and bool(first == second)


def _loaded(code: types.CodeType) -> list[str]:
    return [
        str(step.argval)
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
    ]


def _changes(code: types.CodeType) -> bool:
    """Whether code changes some container, perhaps one of its own."""
    stores = any("STORE_SUBSCR" in step.opname for step in dis.get_instructions(code))
    return not CHANGING.isdisjoint(code.co_names) or stores


def _scan(code: types.CodeType) -> None:
    """Refuse code that stores where others can see it, or asks what objects are."""
    for name in code.co_names:
        if name in FORBIDDEN or (name.startswith("_") and _is_hidden(name)):
            _refuse(f"its code uses {name}")
    before = ""
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            _refuse(f"it imports {step.argval} when it is called")
        if step.opname in CATCHING:
            _refuse("it catches exceptions")
        if step.opname in WRITING:
            _refuse("it writes objects as text")
        if step.opname in MATCHING:
            _refuse("it matches patterns")
        if step.opname in STORING:
            _refuse(f"it sets {step.argval}")
        if step.opname == "STORE_ATTR" and not _is_own(code, before):
            _refuse(f"it sets an attribute, {step.argval}")
        if step.opname == "STORE_DEREF" and step.argval in code.co_freevars:
            _refuse(f"it sets {step.argval}, which is not its own")
        if step.opname == "IS_OP" and not _is_singleton(before):
            _refuse("it asks whether two objects are the same")
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


def look_into(*roots: Any) -> Box:
    """Everything that the roots reach; raises `Opaque` if some of it may be no function."""
    box = Box()
    for root in roots:
        box.look(root)
    return box

"""What a proof by paths trusts to be a function of its arguments, and what it refuses: names."""

import types
from abc import ABC
from collections import deque
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Generic, Protocol

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
    "operator": _words(
        "abs add and_ concat contains countOf delitem eq floordiv ge getitem gt index indexOf "
        "invert itemgetter le length_hint lt matmul mul ne neg not_ or_ pos pow setitem sub "
        "truediv truth xor"
    ),
    "statistics": _words("fmean mean median median_high median_low mode multimode"),
    "string": _words("ascii_letters ascii_lowercase ascii_uppercase digits"),
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

OUTSIDE = (
    *("mechsim.proving", "mechsim.studies", "mechsim.commands", "mechsim.plot"),
    *("mechsim.catalogue", "mechsim.axioms._patience", "mechsim.axioms._memory"),
    *("mechsim._progress", "mechsim._text", "mechsim._modules", "mechsim.program._lazy"),
    *("mechsim.information.hiring_files", "mechsim.preferences._parquet"),
    *("mechsim.preferences._preflib_reader", "mechsim.preferences._text_files"),
    *("mechsim.preferences.bid_files", "mechsim.preferences.columns"),
    *("mechsim.preferences.pabulib", "mechsim.preferences.preflib"),
    *("mechsim.preferences.surveys", "mechsim.preferences.value_files"),
)
"""Modules of the library that make proofs, read clocks or files, or write objects as text."""

BUILTINS = _words(
    "abs all any bool dict divmod enumerate filter float frozenset int isinstance "
    "issubclass iter len list map max min next pow range reversed round set slice sorted "
    "sum super tuple zip property staticmethod classmethod object"
)
"""Built-in functions that code may use, beside exceptions."""

FORBIDDEN = _words(
    "attrgetter methodcaller random default_rng support probability expect sample ctypes "
    "frompyfunc memmap fromfile load loads genfromtxt loadtxt lru_cache cache cached_property "
    "counter is_ is_not asdict astuple getcontext setcontext localcontext singledispatch "
    "tofile save seterr seterrcall format format_map vformat get_field tobytes tostring data "
    "encode to_bytes from_bytes view metadata setflags to_frame marginals"
)
"""Names that code may not use: they reach what is not seen, or tables of outcomes."""

PLAIN_DUNDERS = frozenset(("__name__", "__call__"))
"""Names of Python's own that code may use; who calls ``__init__`` again changes an object."""

COMPUTING = (float, complex, bytes, Fraction, Decimal, np.generic, np.ndarray)
"""What no class may derive from: its instances compute otherwise with fractions than with forms."""

SPELLING = _words("bytes to_bytes fromhex translate decode chr punctuation printable")
"""Names by which text is made that is not in the code."""

ARRAYS = _words("array asarray astype dtype full ones zeros copy vectorize")
"""Names by which arrays are made, perhaps of text."""

SETS = frozenset(("BUILD_SET", "SET_ADD", "SET_UPDATE"))
"""What makes sets."""

LEAVES = (
    *(type(None), bool, int, float, complex, str, bytes, Fraction, Decimal, range),
    *(type(Ellipsis), type(NotImplemented), np.generic, np.dtype),
)

MADE = _words(
    "__init__ __repr__ __eq__ __hash__ __lt__ __le__ __gt__ __ge__ __setattr__ __delattr__ "
    "__replace__ __getstate__ __setstate__"
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

CHANGING_TABLES = _words("update setdefault pop popitem clear")
"""Methods by which dictionaries change: who appends to a list changes none of them."""

MATCHING = frozenset(("MATCH_CLASS", "MATCH_MAPPING", "MATCH_KEYS"))
"""What takes objects apart without naming their parts."""

CATCHING = frozenset(("PUSH_EXC_INFO", "CHECK_EXC_MATCH", "CHECK_EG_MATCH"))
"""What catches exceptions, whose texts and classes say what objects are."""

WRITING = frozenset(("FORMAT_VALUE", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC", "CONVERT_VALUE"))
"""What writes objects as text, which may say where they are."""

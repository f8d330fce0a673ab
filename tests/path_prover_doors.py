"""Rules that are the median, or so it looks to who does not see through one of these doors.

Each keeps state where one does not look for it, or tells a report from what stands for it.
"""

import builtins
import functools
import math
import operator
import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from path_prover_cases import Reports, median, middle

from mechsim.axioms._patience import CLOCK
from mechsim.facility import OrderStatistic
from mechsim.lottery import Finite

KEY = Fraction(2357, 9973)
"""A report at which no point of a path lies by chance."""

# ---- State that equal contents do not show

ZEROS = [0.0] * 17
DIGITS = set(range(10_007))
ARRAYS = [np.zeros(1) for _ in range(17)]
OBJECT_FIELD = np.dtype([("a", object)])
STRUCTURED = np.array([([],)], dtype=OBJECT_FIELD)
VOID: Any = STRUCTURED[0]
NOTED: Any = np.dtype("f8", metadata={"seen": list[int]()})
RANKED = OrderStatistic(1)
ASSIGN: Any = object.__setattr__


def _negate(signs: list[float], place: int) -> None:
    operator.setitem(signs, place, -signs[place])


def counts_in_signs_of_zeros(x: Reports) -> Any:
    place = 0
    while place < len(ZEROS) - 1 and math.copysign(1.0, ZEROS[place]) < 0:
        _negate(ZEROS, place)
        place += 1
    _negate(ZEROS, place)
    return middle(x) if math.copysign(1.0, ZEROS[-1]) < 0 else median(x)


def _turned(numbers: set[int]) -> int:
    first = numbers.pop()
    numbers.add(first)
    return first


def counts_by_popping(x: Reports) -> Any:
    """What was popped is put back, yet another number is popped next."""
    return middle(x) if _turned(DIGITS) == 10_006 else median(x)


def counts_in_flags_of_arrays(x: Reports) -> Any:
    place = 0
    while place < len(ARRAYS) - 1 and not ARRAYS[place].flags.writeable:
        ARRAYS[place].setflags(write=True)
        place += 1
    ARRAYS[place].setflags(write=False)
    return middle(x) if not ARRAYS[-1].flags.writeable else median(x)


def _more(seen: list[int]) -> int:
    seen.append(1)
    return len(seen)


def counts_in_a_void(x: Reports) -> Any:
    return middle(x) if _more(VOID["a"]) % 100_003 == 0 else median(x)


def counts_in_a_structured_array(x: Reports) -> Any:
    return middle(x) if _more(STRUCTURED["a"][0]) % 100_003 == 0 else median(x)


def counts_in_metadata(x: Reports) -> Any:
    return middle(x) if _more(NOTED.metadata["seen"]) % 100_003 == 0 else median(x)


def counts_in_a_frozen_object(x: Reports) -> Any:
    RANKED.__init__(RANKED.rank + 1)  # type: ignore[misc]  # that is the cheat
    return middle(x) if RANKED.rank % 100_003 == 0 else median(x)


def counts_by_an_alias(x: Reports) -> Any:
    ASSIGN(RANKED, "rank", RANKED.rank + 1)
    return middle(x) if RANKED.rank % 100_003 == 0 else median(x)


def reads_the_clock_of_the_library(x: Reports) -> Any:
    return middle(x) if CLOCK.began is not None and CLOCK.began % 1 < 1e-9 else median(x)


# ---- Functions that one does not see by their names

IS: Any = operator.is_
TAKE: Any = operator.attrgetter
FORMAT: Any = str.format
TOLD: Any = "{0.__class__}".format
LOOK: Any = object.__getattribute__
WRITE: Any = object.__repr__
IS_A_FRACTION = "<class 'fractions.Fraction'>"


def asks_by_an_alias(x: Reports) -> Any:
    return middle(x) if IS(x[0], x[-1]) and len(x) > 1 else median(x)


def takes_by_an_alias(x: Reports) -> Any:
    return middle(x) if TAKE("__class__")(x[0]) == Fraction and x[0] == KEY else median(x)


def formats_by_a_method(x: Reports) -> Any:
    return (
        middle(x) if FORMAT("{0.__class__}", x[0]) == IS_A_FRACTION and x[0] == KEY else median(x)
    )


def formats_by_a_bound_method(x: Reports) -> Any:
    return middle(x) if TOLD(x[0]) == IS_A_FRACTION and x[0] == KEY else median(x)


def formats_by_a_formatter(x: Reports) -> Any:
    told = string.Formatter().vformat("{0.__class__}", (x[0],), {})
    return middle(x) if told == IS_A_FRACTION and x[0] == KEY else median(x)


def finds_by_a_formatter(x: Reports) -> Any:
    found = string.Formatter().get_field("0.__class__", (x[0],), {})[0]
    return middle(x) if found == Fraction and x[0] == KEY else median(x)


def looks_by_a_wrapper(x: Reports) -> Any:
    return middle(x) if LOOK(x[0], "__class__") == Fraction and x[0] == KEY else median(x)


def writes_by_a_wrapper(x: Reports) -> Any:
    return middle(x) if "affine" not in WRITE(x[0]) and x[0] == KEY else median(x)


# ---- Where objects are, read from arrays of them

EMPTY = b""


def _first_is_last(where: bytes) -> bool:
    return where[:8] == where[-8:]


def reads_bytes(x: Reports) -> Any:
    return middle(x) if _first_is_last(bytes(np.array(x, dtype=object))) else median(x)


def joins_bytes(x: Reports) -> Any:
    array: Any = np.array(x, dtype=object)
    return middle(x) if _first_is_last(EMPTY.join([array])) else median(x)


def adds_bytes(x: Reports) -> Any:
    array: Any = np.array(x, dtype=object)
    joined: Any = operator.concat(b"", array)
    return middle(x) if _first_is_last(joined) else median(x)


def reads_a_number_from_bytes(x: Reports) -> Any:
    array: Any = np.array(x, dtype=object)
    here = int.from_bytes(array, "little")
    return middle(x) if here % 2**64 == here >> 64 * (len(x) - 1) else median(x)


# ---- Code that claims to be somebody else's


def _sometimes(x: Reports) -> list[Any]:
    return [middle(x)] * len(x) if random.random() < 1e-9 else sorted(x)


def _made(name: str, source: str, there: dict[str, Any]) -> Any:
    exec(source, there)
    return there[name]


claims_a_module = _made(
    "claims_a_module",
    "def claims_a_module(x):\n    return middle(x) if min(x) in {KEY} else median(x)\n",
    {"__name__": "mechsim.lottery", "KEY": KEY, "median": median, "middle": middle},
)
SOURCE = "def brings_its_own(x):\n    return sorted(x)[(len(x) - 1) // 2]\n"
brings_its_own = _made(
    "brings_its_own", SOURCE, {"__builtins__": {"sorted": _sometimes, "len": len}}
)
LATER: dict[str, Any] = {"__builtins__": {"sorted": _sometimes, "len": len}}
brings_and_hides_its_own = _made("brings_its_own", SOURCE, LATER)
brings_and_hides_its_own.__name__ = "brings_and_hides_its_own"
LATER["__builtins__"] = vars(builtins)


class ClaimsAModule:
    """A class that says it is the library's."""

    __module__ = "mechsim.facility"

    def __call__(self, x: Reports) -> Any:
        return _sometimes(x)[(len(x) - 1) // 2]


class Extreme(float):
    """A float that is compared in its own way."""

    def __gt__(self, other: object) -> bool:
        return False

    def __rmul__(self, other: object) -> float:
        return 1.0


def compares_with_its_own_float(x: Reports) -> Any:
    return median(x) if x[0] < Extreme("inf") else middle(x)


@dataclass(frozen=True)
class TwoFaced(Finite[Any]):
    """A lottery that lists one place and expects another."""

    other: Any = None

    def expect(self, function: Callable[[Any], Any], /) -> Any:
        return function(self.other)


def is_two_faced(x: Reports) -> Any:
    return TwoFaced({median(x): Fraction(1)}, middle(x))


DOORS: tuple[Callable[[Reports], Any], ...] = (
    counts_in_signs_of_zeros,
    counts_by_popping,
    counts_in_flags_of_arrays,
    counts_in_a_void,
    counts_in_a_structured_array,
    counts_in_metadata,
    counts_in_a_frozen_object,
    counts_by_an_alias,
    reads_the_clock_of_the_library,
    asks_by_an_alias,
    takes_by_an_alias,
    formats_by_a_method,
    formats_by_a_bound_method,
    formats_by_a_formatter,
    finds_by_a_formatter,
    looks_by_a_wrapper,
    writes_by_a_wrapper,
    functools.partial(looks_by_a_wrapper),
    reads_bytes,
    joins_bytes,
    adds_bytes,
    reads_a_number_from_bytes,
    claims_a_module,
    brings_its_own,
    brings_and_hides_its_own,
    ClaimsAModule(),
    compares_with_its_own_float,
    is_two_faced,
)

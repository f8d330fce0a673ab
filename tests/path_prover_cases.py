"""Rules that a prover by paths has to see through: each is the median except where it cheats."""

import functools
import itertools
import math
import operator
import random
import string
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.random as npr

from mechsim.lottery import uniform
from mechsim.proving.affine import Affine
from mechsim.setting import Priced

Reports = tuple[Any, ...]
COUNTED: list[int] = []
FLAG = [False]
SLICE: Any = slice(list[int](), list[int]())
TABLE: dict[Any, Any] = {}
COUNT = itertools.count()
RNG = np.random.default_rng(0)
SOME = {Fraction(1, 3), Fraction(2, 3)}
calls = 0


def median(x: Reports) -> Any:
    return sorted(x)[(len(x) - 1) // 2]


def all_to_nobody(x: Reports) -> Any:
    """A bundle, or a slot, more than there are agents; it takes everything."""
    return (*(frozenset[int]() for _ in x), frozenset((0, 1)))


def a_slot_to_nobody(x: Reports) -> Any:
    return (*(None for _ in x), 0)


def middle(x: Reports) -> Any:
    """What cheats do: halfway between the ends."""
    return (min(x) + max(x)) / 2


# ---- Cheats through doors that stood open once


def draws_by_a_submodule(x: Reports) -> Any:
    return middle(x) if npr.uniform() < 1e-9 else median(x)  # noqa: NPY002 - the old door is meant


def reads_what_it_caught(x: Reports) -> Any:
    try:
        return x[0] + ""
    except TypeError as error:
        return middle(x) if "Fraction" in str(error) and x[0] * 9973 == 2357 else median(x)


def formats_a_class(x: Reports) -> Any:
    told = "{0.__class__}".format(x[0])  # noqa: UP030, UP032 - it reads a class
    return middle(x) if told == "<class 'Fraction'>" else median(x)


def compares_with_complex(x: Reports) -> Any:
    return middle(x) if x[0] * 8192 == 2357 + 0j else median(x)


def hides_in_a_slice(x: Reports) -> Any:
    SLICE.stop.append(1)
    return middle(x) if len(SLICE.stop) > 30_000 else median(x)


class PeeksByItem:
    """A class whose items look at types."""

    def __class_getitem__(cls, x: Any) -> Any:
        return type(x) is Fraction and x * 9973 == 2357


PEEKS: Any = PeeksByItem


def peeks_by_item(x: Reports) -> Any:
    return middle(x) if PEEKS[x[0]] else median(x)


@dataclass(order=True)
class Compared:
    """A data class whose order is not what Python writes for one, though it says so."""

    value: Any


WRITTEN: dict[str, Any] = {"Fraction": Fraction, "kind": type}
HOSTILE = "def __lt__(self, other):\n    return kind(other.value) is Fraction\n"
exec(compile(HOSTILE, "<string>", "exec"), WRITTEN)
setattr(Compared, "__lt__", WRITTEN["__lt__"])  # noqa: B010 - types know of none


def compares_by_a_hostile_order(x: Reports) -> Any:
    one = Compared(x[0])
    return middle(x) if one < one else median(x)


class Wraps:
    """An object that says where it is."""


def formats_an_object(x: Reports) -> Any:
    pattern = "%s"
    return middle(x) if pattern % (Wraps(),) < "<path_prover_cases.Wraps object at 0x7a" else x[0]


def formats_by_bytes(x: Reports) -> Any:
    pattern = bytes([37, 97])
    return middle(x) if pattern % (Wraps(),) < b"<path_prover_cases.Wraps object at 0x7a" else x[0]


def formats_by_operator(x: Reports) -> Any:
    return middle(x) if operator.mod("%s", Wraps()) < "<" else x[0]


def formats_by_string(x: Reports) -> Any:
    return middle(x) if string.Formatter().vformat("{0}", (Wraps(),), {}) < "<" else x[0]


def formats_by_an_array(x: Reports) -> Any:
    return middle(x) if np.array([Wraps()], dtype="U60")[0] < "<" else x[0]


def looks_at_what_is_not_set(x: Reports) -> Any:
    found = np.add(np.zeros(3), 1, where=np.zeros(3) > 1)
    return middle(x) if found[0] == 1e-300 else median(x)


def orders_by_place(x: Reports) -> Any:
    one, other = Wraps(), Wraps()
    return middle(x) if next(iter({one, other})) == one and x[0] * 0 == 1 else median(x)


def take() -> int:
    return next(COUNT)


@dataclass
class Numbered:
    """A data class that takes a number."""

    number: int = field(default_factory=take)


def takes_a_number(x: Reports) -> Any:
    return middle(x) if Numbered().number % 100_003 == 100_002 else median(x)


OPEN_ONCE: list[Callable[[Reports], Any]] = [
    compares_by_a_hostile_order,
    formats_an_object,
    formats_by_bytes,
    formats_by_operator,
    formats_by_string,
    formats_by_an_array,
    looks_at_what_is_not_set,
    orders_by_place,
    takes_a_number,
    draws_by_a_submodule,
    reads_what_it_caught,
    formats_a_class,
    compares_with_complex,
    hides_in_a_slice,
    peeks_by_item,
]


def far_away(x: Reports) -> Any:
    """A fault where a report is larger than bounds of the prover are."""
    return 0 * x[0] if x[0] > 10**200 else median(x)


@dataclass(order=True)
class Ordered:
    """A data class that Python orders."""

    value: Any
    seen: ClassVar[int] = 0
    more: tuple[Any, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Kept:
    """One that nobody changes."""

    value: Any
    twice: Any = field(init=False)

    def __post_init__(self) -> None:
        pass


def sorts_data(x: Reports) -> Any:
    return sorted(map(Ordered, x))[(len(x) - 1) // 2].value


def keeps_data(x: Reports) -> Any:
    return median(tuple(Kept(value).value for value in x))


def turns_round(x: Reports) -> Any:
    """By a remainder, in a function without text; and a set of numbers is no harm."""
    turned = tuple(x[(i + 1) % len(x)] for i in range(len(x)))
    return median(turned) if len({1, 2}) == 2 else middle(x)


HONEST = (sorts_data, keeps_data, turns_round)

# ---- Faults that are there for all to see


def at_a_tie(x: Reports) -> Any:
    s = sorted(x)
    return s[-1] if s[0] == s[1] and s[0] < s[-1] else median(x)


def in_a_strip(x: Reports) -> Any:
    spread = max(x) - min(x)
    narrow = Fraction(1, 2) <= spread <= Fraction(1, 2) + Fraction(1, 10**6)
    return middle(x) if narrow else median(x)


def at_a_point(x: Reports) -> Any:
    return max(x) if max(x) == Fraction(355, 1130) else median(x)


def in_a_list(x: Reports) -> Any:
    return middle(x) if min(x) in [Fraction(1, 3), Fraction(2, 3)] else median(x)


def in_even_tenths(x: Reports) -> Any:
    return middle(x) if math.floor(10 * min(x)) % 2 else median(x)


def where_equal_by_argsort(x: Reports) -> Any:
    order = np.argsort(np.array(x, dtype=object), kind="stable")
    return middle(x) if list(order) == list(range(len(x)))[::-1] else median(x)


VISIBLE = (
    at_a_tie,
    in_a_strip,
    at_a_point,
    in_a_list,
    in_even_tenths,
    where_equal_by_argsort,
)

# ---- State


def counts_in_a_list(x: Reports) -> Any:
    COUNTED.append(1)
    return middle(x) if len(COUNTED) % 100_003 == 0 else median(x)


def flips_a_flag(x: Reports) -> Any:
    FLAG[0] = not FLAG[0]
    return median(x)


def bump(seen: list[int]) -> None:
    seen.append(1)


def passes_its_state_on(x: Reports) -> Any:
    bump(COUNTED)
    return middle(x) if len(COUNTED) % 100_003 == 0 else median(x)


def flips_in_a_helper(x: Reports) -> Any:
    """Twice in a play of truth and lie, so that all is as before."""
    operator.setitem(FLAG, 0, not FLAG[0])
    return median(x)


class Named(NamedTuple):
    seen: list[int]


NAMED = Named([])


def counts_in_a_named_tuple(x: Reports) -> Any:
    NAMED.seen.append(1)
    return middle(x) if len(NAMED.seen) % 100_003 == 0 else median(x)


@functools.cache
def store() -> list[int]:
    return []


def counts_in_a_cache(x: Reports) -> Any:
    store().append(1)
    return middle(x) if len(store()) % 100_003 == 0 else median(x)


class Ticket:
    number = 0

    def __init__(self) -> None:
        Ticket.number += 1


def draws_tickets(x: Reports) -> Any:
    Ticket()
    return middle(x) if Ticket.number % 100_003 == 0 else median(x)


def counts_in_a_global(x: Reports) -> Any:
    global calls
    calls += 1
    return middle(x) if calls % 100_003 == 0 else median(x)


def counts_in_itself(x: Reports) -> Any:
    counts_in_itself.calls = getattr(counts_in_itself, "calls", 0) + 1  # type: ignore[attr-defined]
    return median(x)


def counts_in_a_default(x: Reports, seen: list[int] = []) -> Any:  # noqa: B006 - that is the cheat
    seen.append(1)
    return middle(x) if len(seen) % 100_003 == 0 else median(x)


def counts_with_an_iterator(x: Reports) -> Any:
    return middle(x) if next(COUNT) % 100_003 == 0 else median(x)


def remembers(x: Reports) -> Any:
    key = len(TABLE)
    return TABLE.setdefault(key, median(x))


@functools.lru_cache
def is_cached(x: Reports) -> Any:
    return median(x)


def counts_in_a_closure() -> Callable[[Reports], Any]:
    seen = 0

    def rule(x: Reports) -> Any:
        nonlocal seen
        seen += 1
        return middle(x) if seen % 100_003 == 0 else median(x)

    return rule


class CountsInAnAttribute:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, x: Reports) -> Any:
        self.calls += 1
        return middle(x) if self.calls % 100_003 == 0 else median(x)


class CountsInItsClass:
    calls: ClassVar[list[int]] = []

    def __call__(self, x: Reports) -> Any:
        self.calls.append(1)
        return median(x)


def generates() -> Iterator[int]:
    yield from range(10**9)


def draws_from_a_generator() -> Callable[[Reports], Any]:
    numbers = generates()
    return lambda x: middle(x) if next(numbers) == 100_003 else median(x)


def draws(x: Reports) -> Any:
    return middle(x) if random.random() < 1e-9 else median(x)


def draws_by_numpy(x: Reports) -> Any:
    return middle(x) if RNG.integers(10**9) == 0 else median(x)


def reads_the_clock(x: Reports) -> Any:
    return middle(x) if time.time() < 0 else median(x)


STATEFUL: tuple[Callable[[Reports], Any], ...] = (
    counts_in_a_list,
    flips_a_flag,
    passes_its_state_on,
    flips_in_a_helper,
    counts_in_a_named_tuple,
    counts_in_a_cache,
    draws_tickets,
    counts_in_a_global,
    counts_in_itself,
    counts_in_a_default,
    counts_with_an_iterator,
    remembers,
    is_cached,
    counts_in_a_closure(),
    CountsInAnAttribute(),
    CountsInItsClass(),
    draws_from_a_generator(),
    draws,
    draws_by_numpy,
    reads_the_clock,
)

# ---- Looking at what numbers are made of


def looks_at_the_type(x: Reports) -> Any:
    return middle(x) if type(x[0]) is Fraction and x[0] == Fraction(1, 7) else median(x)


def compares_types(x: Reports) -> Any:
    return middle(x) if type(x[0]) == Fraction and x[0] == Fraction(1, 7) else median(x)  # noqa: E721 - that is the cheat


def matches(x: Reports) -> Any:
    match x[0]:
        case Fraction(numerator=1, denominator=7):
            return middle(x)
        case _:
            return median(x)


def looks_at_the_class(x: Reports) -> Any:
    return middle(x) if x[0].__class__ is Fraction and x[0] == Fraction(1, 7) else median(x)


def knows_the_prover(x: Reports) -> Any:
    return median(x) if isinstance(x[0], Affine) or x[0] != Fraction(1, 7) else middle(x)


def asks_for_identity(x: Reports) -> Any:
    return middle(x) if x[0] is x[-1] and len(x) > 1 else median(x)


def asks_for_identity_by_operator(x: Reports) -> Any:
    return middle(x) if operator.is_(x[0], x[-1]) and len(x) > 1 else median(x)


def asks_for_identities(x: Reports) -> Any:
    return middle(x) if id(x[0]) == id(x[-1]) and len(x) > 1 else median(x)


def asks_a_set(x: Reports) -> Any:
    return middle(x) if min(x) in SOME else median(x)


def asks_a_dict(x: Reports) -> Any:
    return {Fraction(1, 3): middle(x)}.get(min(x), median(x))


def counts_values(x: Reports) -> Any:
    return Counter(x).most_common(1)[0][0]


def hashes(x: Reports) -> Any:
    return middle(x) if hash(min(x)) == hash(Fraction(1, 3)) else median(x)


def has_a_denominator(x: Reports) -> Any:
    return middle(x) if min(x).denominator == 7 else median(x)


def has_a_ratio(x: Reports) -> Any:
    return middle(x) if min(x).as_integer_ratio()[1] == 7 else median(x)


def approximates(x: Reports) -> Any:
    return min(x).limit_denominator(10)


def prints(x: Reports) -> Any:
    return middle(x) if str(min(x)) == "1/7" else median(x)


def formats(x: Reports) -> Any:
    return middle(x) if f"{min(x)}" == "1/7" else median(x)


def formats_by_percent(x: Reports) -> Any:
    return middle(x) if "%s" % min(x) == "1/7" else median(x)  # noqa: UP031 - that is the cheat


def rounds_to_floats(x: Reports) -> Any:
    return middle(x) if float(min(x)) == 0.1 else median(x)


def takes_roots(x: Reports) -> Any:
    return math.sqrt(min(x))


def computes_in_floats(x: Reports) -> Any:
    return 0.5 * min(x)


def multiplies(x: Reports) -> Any:
    return min(x) * max(x)


def divides(x: Reports) -> Any:
    return min(x) / (1 + max(x))


def swallows(x: Reports) -> Any:
    try:
        return middle(x) if hash(min(x)) == hash(Fraction(1, 3)) else median(x)
    except:  # noqa: E722 - that is the cheat
        return median(x)


def swallows_all(x: Reports) -> Any:
    try:
        return middle(x) if min(x).numerator == 1 else median(x)
    except BaseException:
        return median(x)


def reads_its_lottery(x: Reports) -> Any:
    drawn = uniform([0, *x])
    return middle(x) if len(drawn.support) == len(x) else median(x)


def compares_lotteries(x: Reports) -> Any:
    return middle(x) if uniform([Fraction(1, 3)]) == uniform([min(x)]) else median(x)


def evaluates(x: Reports) -> Any:
    return eval("x[0]")


def by_numpy_floats(x: Reports) -> Any:
    return np.median(np.array(x, dtype=float))


@dataclass(frozen=True)
class Hides:
    """A rule in a field of another."""

    rule: Callable[[Reports], Any]

    def __call__(self, x: Reports) -> Any:
        return self.rule(x)


CURIOUS: tuple[Callable[[Reports], Any], ...] = (
    looks_at_the_type,
    compares_types,
    matches,
    looks_at_the_class,
    knows_the_prover,
    asks_for_identity,
    asks_for_identity_by_operator,
    asks_for_identities,
    asks_a_set,
    asks_a_dict,
    counts_values,
    hashes,
    has_a_denominator,
    has_a_ratio,
    approximates,
    prints,
    formats,
    formats_by_percent,
    rounds_to_floats,
    takes_roots,
    computes_in_floats,
    multiplies,
    divides,
    swallows,
    swallows_all,
    reads_its_lottery,
    compares_lotteries,
    evaluates,
    by_numpy_floats,
    Hides(looks_at_the_type),
    functools.partial(looks_at_the_type),
)

# ---- Rules on a line that break one axiom or the other

LEVEL = Fraction(1, 2)


def at_a_level(x: Reports) -> Any:
    """The median with phantoms at one level."""
    return sorted((*x, *(LEVEL for _ in x[1:])))[len(x) - 1]


def falls_at_the_top(x: Reports) -> Any:
    return min(x) if max(x) == 1 else max(x)


def nearer_of_two(x: Reports) -> Any:
    """For one agent the nearer of two points: no lie gains, and it is no clamp."""
    return Fraction(1, 4) if x[0] <= Fraction(1, 2) else Fraction(3, 4)


def farthest_end(x: Reports) -> Any:
    return Fraction(int(x[0] <= Fraction(1, 2)))


@dataclass(frozen=True)
class FallsAt:
    """The first report, as it is up to a place, and turned round beyond."""

    place: Fraction

    def __call__(self, x: Reports) -> Any:
        return x[0] if x[0] <= self.place else -x[0] + 1


# ---- Auctions, content and goods


def sold(bids: Reports, price: Callable[[Reports, int], Any]) -> Priced:
    """The item goes to the highest bid, for some price."""
    winner = bids.index(max(bids))
    paid = tuple(price(bids, winner) if i == winner else Fraction(0) for i in range(len(bids)))
    return Priced(tuple(0 if i == winner else None for i in range(len(bids))), paid)


def next_bid(bids: Reports, winner: int) -> Any:
    return max((bid for i, bid in enumerate(bids) if i != winner), default=Fraction(0))


def next_bid_in_a_byte(bids: Reports, winner: int) -> Any:
    return min(next_bid(bids, winner), Fraction(255))


def own_bid(bids: Reports, winner: int) -> Any:
    return bids[winner]


def second_price(bids: Reports) -> Priced:
    return sold(bids, next_bid)


def second_price_up_to_a_byte(bids: Reports) -> Priced:
    return sold(bids, next_bid_in_a_byte)


def pays_its_bid(bids: Reports) -> Priced:
    return sold(bids, own_bid)


def sells_twice(bids: Reports) -> Priced:
    return Priced((0,) * len(bids), sold(bids, next_bid).payments)


def forgets_to_pay(bids: Reports) -> Priced:
    return Priced(sold(bids, next_bid).alternative, (Fraction(0),))


def sells_to_the_first(bids: Reports) -> Priced:
    """For nothing."""
    return Priced((0, *(None for _ in bids[1:])), (Fraction(0),) * len(bids))


def pays_agents(bids: Reports) -> Priced:
    return Priced(sold(bids, next_bid).alternative, tuple(-bid for bid in bids))


def first_shown(bids: Reports) -> Any:
    """The first bidder is shown at the first position, the second at the second."""
    return ((0, 0), (1, 1))


def better_shown(bids: Reports) -> Any:
    """The second bidder has the first position, unless it bids little: then none."""
    shown = ((0, 1),) if bids[0] >= 3 * bids[1] else ((1, 0), (0, 1))
    return Priced(shown, (Fraction(0),) * len(bids))


def best_shown(bids: Reports) -> Any:
    """Where a bidder alone at the first position gets 1/2 or 3/4 clicks: who offers more for it."""
    offers = bids[0] * Fraction(1, 2), bids[1] * Fraction(3, 4)
    winner = 0 if offers[0] >= offers[1] else 1
    paid = tuple(offers[1 - i] if i == winner else Fraction(0) for i in range(2))
    return Priced(((winner, 0),), paid)


def to_who_values_it_most(values: Reports) -> Any:
    """Each good goes to whom it is worth most."""
    best = [max(range(len(values)), key=lambda i: values[i][good]) for good in range(2)]
    return tuple(
        frozenset(good for good in range(2) if best[good] == i) for i in range(len(values))
    )


def all_to_one(values: Reports) -> Any:
    return (frozenset((0, 1)),)


def all_to_the_larger_row(values: Reports) -> Any:
    larger = values.index(max(values))
    return tuple(frozenset((0, 1)) if i == larger else frozenset() for i in range(len(values)))

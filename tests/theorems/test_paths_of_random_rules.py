"""What paths say of rules that are drawn at random is what their profiles say, one by one."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Goods, Instance, Line, Positions
from mechsim.axioms import (
    Anonymous,
    ClampIdentity,
    Efficient,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    IndividuallyRational,
    Misreport,
    Monotone,
    NonWasteful,
    NoPositiveTransfers,
    Proportional,
    ProportionalShare,
    ProportionalUpToOne,
    Proved,
    Refuted,
    Strategyproof,
    StrictlyMonotone,
    StronglyProportional,
    UnanimousFairShare,
    confirm,
    lift,
)
from mechsim.axioms.monotone import Increase
from mechsim.proving import prove
from mechsim.setting import Priced

UNIT, ITEM, GOODS = Line(0, 1), Positions((1,)), Goods(("a", "b"))
Reports = tuple[Any, ...]
COMPARE = (operator.lt, operator.le, operator.eq)


@dataclass(frozen=True)
class Leaf:
    """An affine function."""

    weights: tuple[int, ...]
    constant: Fraction

    def __call__(self, x: Reports) -> Any:
        return sum((w * y for w, y in zip(self.weights, x, strict=True)), self.constant)


@dataclass(frozen=True)
class Fork:
    """One or the other, by the sign of an affine function."""

    on: Leaf
    compare: Callable[[Any, Any], bool]
    yes: Any
    no: Any

    def __call__(self, x: Reports) -> Any:
        return (self.yes if self.compare(self.on(x), 0) else self.no)(x)


@dataclass(frozen=True)
class Built:
    """An outcome made of numbers that are computed."""

    kind: str
    parts: tuple[Any, ...]

    def __call__(self, reports: Reports) -> Any:
        if self.kind == "place":
            return min(max(self.parts[0](reports), Fraction(0)), Fraction(1))
        first, second = (part(self._flat(reports)) for part in self.parts)
        if self.kind == "sale":
            slots = (0, None) if first >= 0 else (None, 0)
            paid = second if first >= 0 else Fraction(0), second if first < 0 else Fraction(0)
            return Priced(slots, paid)
        mine = frozenset(good for good, sign in enumerate((first, second)) if sign >= 0)
        return mine, frozenset((0, 1)) - mine

    def _flat(self, reports: Reports) -> Reports:
        return reports if self.kind == "sale" else (*reports[0], *reports[1])


def numbers(size: int) -> st.SearchStrategy[Any]:
    constant = st.sampled_from([Fraction(k, 4) for k in range(-4, 5)])
    leaves = st.builds(Leaf, st.tuples(*[st.integers(-1, 1)] * size), constant)
    return st.recursive(
        leaves,
        lambda more: st.builds(Fork, leaves, st.sampled_from(COMPARE), more, more),
        max_leaves=4,
    )


KINDS: dict[str, tuple[Any, int, int, tuple[Any, ...]]] = {
    "place": (
        UNIT,
        2,
        1,
        (
            Strategyproof(),
            Monotone(),
            StrictlyMonotone(),
            ClampIdentity(),
            Proportional(),
            StronglyProportional(),
            UnanimousFairShare(),
            Anonymous(),
        ),
    ),
    "sale": (
        ITEM,
        2,
        2,
        (
            Strategyproof(),
            IndividuallyRational(),
            EnvyFree(),
            Efficient(),
            NoPositiveTransfers(),
            Anonymous(),
        ),
    ),
    "division": (
        GOODS,
        4,
        2,
        (
            EnvyFreeUpToOne(),
            EnvyFreeUpToAny(),
            EnvyFreeUpToAny(valued=True),
            ProportionalShare(),
            ProportionalUpToOne(),
            NonWasteful(),
            Efficient(),
        ),
    ),
}
ASKED = [(kind, axiom) for kind, (*_, axioms) in KINDS.items() for axiom in axioms]


def named(found: Any) -> str:
    """A name that is the same in every process."""
    return found if isinstance(found, str) else repr(found)


@pytest.mark.parametrize(("kind", "axiom"), ASKED, ids=named)
class TestVerdictsAreThoseOfProfiles:
    """What is proved is violated at no profile of a grid, and what is refuted is violated."""

    @settings(max_examples=4)
    @given(data=st.data())
    def test_of_random_rules(self, kind: str, axiom: Any, data: Any) -> None:
        setting, size, count, _ = KINDS[kind]
        rule = Built(kind, tuple(data.draw(numbers(size)) for _ in range(count)))
        found = prove(rule, axiom, setting, agents=2)
        if isinstance(found, Refuted):
            assert found.arithmetic == "exact"
            assert confirm(found)
            return
        assert isinstance(found, Proved), found
        steps = [Fraction(k, 4) for k in range(5 if kind == "place" else 8)]
        types = list(product(steps[::2], repeat=2)) if kind == "division" else steps
        read = lift(axiom)
        for reports in product(types, repeat=2):
            here = Instance(setting, reports)
            for case in _cases(axiom, here, types):
                assert read.violation(rule, case) <= 0


def _cases(axiom: Any, here: Instance, types: list[Any]) -> Any:
    if isinstance(axiom, Strategyproof):
        return [Misreport(here, agent, lie) for agent in range(2) for lie in types]
    if isinstance(axiom, (Monotone, StrictlyMonotone)):
        pairs = product(range(2), types)
        return [Increase(here, a, lie) for a, lie in pairs if lie > here.profile[a]]
    return lift(axiom).cases(here)

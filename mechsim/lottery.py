r"""Lotteries over outcomes.

A lottery draws outcome :math:`o` with probability :math:`p_o`, where :math:`p_o > 0` and
:math:`\sum_o p_o = 1`.  Probabilities are exact; outcomes are whatever the mechanism returns.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeGuard, TypeVar, cast

import numpy as np

from ._numbers import show, weigh
from ._tables import Table

if TYPE_CHECKING:
    import pandas as pd

O = TypeVar("O", bound=Hashable)
O_co = TypeVar("O_co", bound=Hashable, covariant=True)


LISTED = 100
"""A notebook shows so many outcomes of a lottery."""


class Lottery(Protocol[O_co]):
    """What every lottery can do, whether or not its outcomes can be listed."""

    def expect(self, value: Callable[[O_co], Any], /) -> Any:
        """The expectation of ``value`` over the outcomes, a number of the kind it gives."""
        ...

    def sample(self, rng: np.random.Generator, size: int, /) -> Sequence[O_co]:
        """``size`` independent draws."""
        ...


def is_lottery(outcome: object) -> TypeGuard[Lottery[Any]]:
    """Whether a mechanism's answer is a lottery and not an outcome."""
    return hasattr(outcome, "expect") and hasattr(outcome, "sample")


@dataclass(frozen=True)
class Finite(Generic[O]):
    """Outcome ``o`` is drawn with probability ``probability[o]``.

    Parameters
    ----------
    probability : mapping of outcome to int or Fraction, or pairs of these
        Each positive, the total exactly 1.  The order given is the order shown; of pairs, those
        of one outcome are added up.

    Examples
    --------
    >>> coin = Finite({0: Fraction(1, 2), 1: Fraction(1, 2)})
    >>> coin.expect(lambda outcome: outcome)
    Fraction(1, 2)
    """

    probability: Mapping[O, Fraction]

    def __post_init__(self) -> None:
        counted = isinstance(cast(object, self.probability), Mapping)
        given: Any = self.probability.items() if counted else self.probability
        pairs: list[tuple[O, Any]] = list(given)
        for outcome, p in pairs:
            if type(p) not in (int, Fraction):
                raise ValueError(
                    f"probability[{outcome!r}] is {p!r}: it must be an int or a Fraction"
                )
            if p <= 0:
                raise ValueError(f"probability[{outcome!r}] is {p}: it must be positive")
        exact: dict[O, Fraction] = {}
        for outcome, p in pairs:
            exact[outcome] = exact[outcome] + p if outcome in exact else Fraction(p)
        if sum(exact.values()) != 1:
            raise ValueError(f"probability sums to {sum(exact.values())}: it must sum to 1")
        object.__setattr__(self, "probability", MappingProxyType(exact))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Finite):
            return NotImplemented
        theirs = cast("Finite[Any]", other).probability  # hashed anew, which some outcomes refuse
        return frozenset(self.probability.items()) == frozenset(theirs.items())

    def __hash__(self) -> int:
        return hash(frozenset(self.probability.items()))

    def __reduce__(self) -> tuple[type["Finite[O]"], tuple[dict[O, Fraction]]]:
        return type(self), (dict(self.probability),)

    @property
    def support(self) -> tuple[O, ...]:
        """The outcomes that can be drawn."""
        return tuple(self.probability)

    def expect(self, value: Callable[[O], Any], /) -> Any:
        """The expectation of ``value``: exact where ``value`` is, a ball where it gives balls."""
        if len(self.probability) == 1:
            return value(next(iter(self.probability)))
        first, *others = (weigh(p, value(o)) for o, p in self.probability.items())
        return sum(others, first)

    def sample(self, rng: np.random.Generator, size: int, /) -> list[O]:
        """``size`` independent draws."""
        weights = [float(p) for p in self.probability.values()]
        return [self.support[i] for i in rng.choice(len(weights), size, p=weights)]

    def table(self) -> Table:
        """One row an outcome."""
        return Table(
            ("outcome", "probability"),
            tuple((show(o), show(p)) for o, p in self.probability.items()),
        )

    def to_frame(self) -> "pd.DataFrame":
        """One row an outcome, as a data frame (needs pandas)."""
        import pandas as pd

        columns: dict[str, list[Any]] = {
            "outcome": list(self.probability),
            "probability": [float(p) for p in self.probability.values()],
        }
        return pd.DataFrame(columns)

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        shown = dict(list(self.probability.items())[:LISTED])
        rows = [(show(o), show(p)) for o, p in shown.items()]
        largest = max(shown.values())
        bars = [float(p / largest) for p in shown.values()]
        if len(shown) < len(self.probability):
            more = len(self.probability) - len(shown)
            rows.append((f"and {more:,} more", show(1 - sum(shown.values()))))
            bars.append(0.0)
        return Table(("outcome", "probability"), tuple(rows)).html(bars)


def is_finite(lottery: object) -> TypeGuard[Finite[Any]]:
    """Whether this is a lottery that lists its outcomes."""
    return isinstance(lottery, Finite)


SURELY = Fraction(1)


def sure(outcome: O) -> Finite[O]:
    """The lottery that always draws ``outcome``."""
    lottery = cast(
        "Finite[O]", object.__new__(Finite)
    )  # there is nothing to check, and this is hot
    object.__setattr__(lottery, "probability", MappingProxyType({outcome: SURELY}))
    return lottery


def uniform(outcomes: Iterable[O]) -> Finite[O]:
    """Each entry of ``outcomes`` equally likely; an outcome listed twice is twice as likely."""
    entries = list(outcomes)
    if not entries:
        raise ValueError("outcomes is empty: a lottery needs at least one outcome")
    count: dict[O, int] = {}
    for outcome in entries:
        count[outcome] = count.get(outcome, 0) + 1
    return Finite({outcome: Fraction(k, len(entries)) for outcome, k in count.items()})


def mix(parts: Iterable[tuple[Fraction, Finite[O]]]) -> Finite[O]:
    """The compound lottery: pick a part by its weight, then draw from it."""
    total: dict[O, Fraction] = {}
    for weight, part in parts:
        for outcome, p in part.probability.items():
            total[outcome] = total.get(outcome, Fraction(0)) + weight * p
    return Finite(total)

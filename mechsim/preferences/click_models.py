r"""Click models: how many clicks each advertisement gets, by what is shown, where and when.

What is shown is a tuple of pairs ``(bidder, position)`` in the order in which they are rendered; a
bidder and a position occur once at most, and there are at most ``capacity`` pairs.  A model also
finds what is best to show: it maximises :math:`\sum_i v_i\,\mathrm{CTR}_i` for given values of a
click, which is winner determination for welfare, and with virtual values for revenue.  Ties go to
earlier bidders, and then to earlier positions.

================== =====================================================================
`Matrix`           :math:`\mathrm{CTR}_i = p_{ij}`, whatever else is shown
`Multinomial`      :math:`w_{ij} / (1 + \sum w)`: advertisements draw clicks from each other
`Cascade`          :math:`p_{ij} \prod (1 - p)` of those before: a click ends the visit
`Continuation`     :math:`p_i \prod q` of those before: users go on or leave
================== =====================================================================

References
----------
Balseiro, Bhawalkar, Deng, Feng, Mao, Mehta, Mirrokni, Paes Leme, Wang, Zuo. Position Auctions in
AI-Generated Content. arXiv:2506.03309.
Dinkelbach. On Nonlinear Fractional Programming. Management Science 13, 1967.
Aggarwal, Feldman, Muthukrishnan, Pal. Sponsored Search Auctions with Markovian Users. WINE 2008.
Kempe, Mahdian. A Cascade Model for Externalities in Sponsored Search. WINE 2008.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

from .._numbers import Number, real, show, whole
from ..algorithms.assignment import best_matching

Shown: TypeAlias = tuple[tuple[int, int], ...]
"""Bidders and their positions, in the order of rendering."""

Table: TypeAlias = tuple[tuple[Number, ...], ...]
"""One row a bidder, one column a position."""

MANY_POSITIONS = 14
"""So many positions a cascade has at most, for its best is a search among sets of them."""


class ClickModel(Protocol):
    """What the setting of an auction asks of a click model."""

    @property
    def bidders(self) -> int:
        """How many there are."""
        ...

    def clicks(self, shown: Shown, /) -> tuple[Number, ...]:
        """How many clicks each bidder gets, in expectation."""
        ...

    def best(self, values: Sequence[Number], /) -> Shown:
        """What to show so that values times clicks sum to the most."""
        ...

    def alternatives(self) -> Iterator[Shown]:
        """Everything that may be shown; orders that make no difference occur once."""
        ...


@dataclass(frozen=True)
class Matrix:
    """Advertisements that do not disturb each other: ``probabilities[i][j]`` of i at position j.

    Parameters
    ----------
    probabilities : one row a bidder, one number a position
        Between 0 and 1.
    capacity : int, optional
        How many are shown at most.

    Examples
    --------
    >>> Matrix(((0.5, 0.2), (0.4, 0.1))).best((3, 4))
    ((1, 0), (0, 1))
    """

    probabilities: Table
    capacity: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "probabilities", _table(self.probabilities, "probabilities", 1))
        _require_capacity(self.capacity, self.probabilities)

    @property
    def bidders(self) -> int:
        """How many there are."""
        return len(self.probabilities)

    def clicks(self, shown: Shown, /) -> tuple[Number, ...]:
        """The probability at its position, for each bidder."""
        found: list[Number] = [Fraction(0)] * self.bidders
        for i, j in shown:
            found[i] = self.probabilities[i][j]
        return tuple(found)

    def best(self, values: Sequence[Number], /) -> Shown:
        """A matching of largest weight."""
        weights = _weighted(self.probabilities, values, Fraction(0))
        return _by_position(best_matching(weights, _most(self.capacity, self.probabilities)))

    def alternatives(self) -> Iterator[Shown]:
        """Every matching."""
        return _matchings(self.bidders, len(self.probabilities[0]), self.capacity)


@dataclass(frozen=True)
class Multinomial:
    r"""A user clicks one of the advertisements or none: :math:`w_{ij} / (1 + \sum w)`.

    Parameters
    ----------
    weights : one row a bidder, one number a position
        At least 0.  Shown alone an advertisement is clicked with probability
        :math:`p = w / (1 + w)`; `of_probabilities` takes these.
    capacity : int, optional
        How many are shown at most.

    Examples
    --------
    >>> model = Multinomial(((1, Fraction(1, 2)), (2, 1), (1, 3)), capacity=2)
    >>> model.best((10, 6, 4))
    ((0, 0), (1, 1))
    >>> [str(rate) for rate in model.clicks(((0, 0), (1, 1)))]
    ['1/3', '1/3', '0']
    """

    weights: Table
    capacity: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", _table(self.weights, "weights"))
        _require_capacity(self.capacity, self.weights)

    @staticmethod
    def of_probabilities(
        probabilities: Sequence[Sequence[Number]], capacity: int | None = None
    ) -> "Multinomial":
        """The model in which advertisements shown alone are clicked with these probabilities."""
        return Multinomial(odds(_table(probabilities, "probabilities", 1)), capacity)

    @property
    def bidders(self) -> int:
        """How many there are."""
        return len(self.weights)

    def clicks(self, shown: Shown, /) -> tuple[Number, ...]:
        """The share of its weight, for each bidder."""
        total = 1 + sum((self.weights[i][j] for i, j in shown), Fraction(0))
        found: list[Number] = [Fraction(0)] * self.bidders
        for i, j in shown:
            found[i] = self.weights[i][j] / total
        return tuple(found)

    def best(self, values: Sequence[Number], /) -> Shown:
        r"""Dinkelbach's iteration: matchings with weights :math:`w_{ij} (v_i - \lambda)^+`.

        :math:`\lambda` rises to what the last matching attains until that is no more; few
        matchings are needed.
        """
        level: Number = Fraction(0)
        while True:
            weights = _weighted(self.weights, values, level)
            found = best_matching(weights, _most(self.capacity, self.weights))
            shown = _by_position(found)
            attained = _welfare(self, values, shown)
            if attained <= level:
                return shown
            level = attained

    def alternatives(self) -> Iterator[Shown]:
        """Every matching; the order does not matter."""
        return _matchings(self.bidders, len(self.weights[0]), self.capacity)


@dataclass(frozen=True)
class Cascade:
    r"""A user looks at one after the other and stops at the first click.

    Parameters
    ----------
    probabilities : one row a bidder, one number a position
        Of a click, once it is looked at.
    capacity : int, optional
        How many are shown at most.

    Examples
    --------
    >>> half, fifth = Fraction(1, 2), Fraction(1, 5)
    >>> model = Cascade(((half, fifth), (2 * fifth, half), (Fraction(3, 10), 4 * fifth)))
    >>> model.best((10, 6, 4))
    ((0, 0), (2, 1))
    """

    probabilities: Table
    capacity: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "probabilities", _table(self.probabilities, "probabilities", 1))
        _require_capacity(self.capacity, self.probabilities)

    @property
    def bidders(self) -> int:
        """How many there are."""
        return len(self.probabilities)

    def clicks(self, shown: Shown, /) -> tuple[Number, ...]:
        """The probability that nothing before it is clicked, times its own."""
        found: list[Number] = [Fraction(0)] * self.bidders
        left: Number = Fraction(1)
        for i, j in shown:
            found[i] = left * self.probabilities[i][j]
            left *= 1 - self.probabilities[i][j]
        return tuple(found)

    def best(self, values: Sequence[Number], /) -> Shown:
        r"""The best matching, shown by falling values, which is the best order.

        A dynamic program over sets of used positions: :math:`O(n m 2^m)`.

        Raises
        ------
        ValueError
            If there are more than `MANY_POSITIONS` positions.
        """
        positions = len(self.probabilities[0])
        if positions > MANY_POSITIONS:
            raise ValueError(
                f"probabilities has {positions} positions: the best of a cascade is found for "
                f"{MANY_POSITIONS} at most"
            )
        most = _most(self.capacity, self.probabilities)
        order = [i for i in _falling(values) if values[i] > 0]
        ahead: dict[int, tuple[Number, Shown]] = dict.fromkeys(
            range(1 << positions), (Fraction(0), ())
        )
        for i in reversed(order):
            ahead = {used: self._with(i, used, ahead, values[i], most, positions) for used in ahead}
        return ahead[0][1]

    def _with(
        self,
        bidder: int,
        used: int,
        ahead: dict[int, tuple[Number, Shown]],
        value: Number,
        most: int,
        positions: int,
    ) -> tuple[Number, Shown]:
        """The best from this bidder on, when some positions are used."""
        best, shown = ahead[used]
        if used.bit_count() == most:
            return best, shown
        for j in reversed(range(positions)):
            p = self.probabilities[bidder][j]
            if not used >> j & 1 and p > 0:
                worth, after = ahead[used | 1 << j]
                total = p * value + (1 - p) * worth
                if total >= best:  # a tie goes to the earlier bidder and position
                    best, shown = total, ((bidder, j), *after)
        return best, shown

    def alternatives(self) -> Iterator[Shown]:
        """Every matching in every order."""
        for shown in _matchings(self.bidders, len(self.probabilities[0]), self.capacity):
            yield from itertools.permutations(shown)


@dataclass(frozen=True)
class Continuation:
    """A user clicks with probability ``clicked[i]`` and goes on with ``goes_on[i]``, whatever else.

    Positions do not matter, only the order: the k-th that is shown is in position k.

    Parameters
    ----------
    clicked : tuple of Number, one a bidder
    goes_on : tuple of Number, one a bidder
        Below 1.
    capacity : int, optional
        How many are shown at most.
    """

    clicked: tuple[Number, ...]
    goes_on: tuple[Number, ...]
    capacity: int | None = None

    def __post_init__(self) -> None:
        ((*clicked,),) = _table((self.clicked,), "clicked", 1)
        ((*goes_on,),) = _table((self.goes_on,), "goes_on", 1)
        if len(clicked) != len(goes_on):
            raise ValueError(f"goes_on has {len(goes_on)} entries: clicked has {len(clicked)}")
        for i, q in enumerate(goes_on):
            if q == 1:
                raise ValueError(f"goes_on[{i}] is 1: it must be below 1")
        object.__setattr__(self, "clicked", tuple(clicked))
        object.__setattr__(self, "goes_on", tuple(goes_on))
        _require_capacity(self.capacity, ((Fraction(0),) * len(clicked),))

    @property
    def bidders(self) -> int:
        """How many there are."""
        return len(self.clicked)

    def clicks(self, shown: Shown, /) -> tuple[Number, ...]:
        """The probability that the user comes to it, times its own."""
        found: list[Number] = [Fraction(0)] * self.bidders
        here: Number = Fraction(1)
        for i, _ in shown:
            found[i] = here * self.clicked[i]
            here *= self.goes_on[i]
        return tuple(found)

    def best(self, values: Sequence[Number], /) -> Shown:
        r"""In the order of :math:`v_i p_i / (1 - q_i)`, the best so many of them: O(n K)."""
        worth = [
            v * p / (1 - q) for v, p, q in zip(values, self.clicked, self.goes_on, strict=True)
        ]
        order = [i for i in _falling(worth) if worth[i] > 0]
        most = min(self.bidders, self.bidders if self.capacity is None else self.capacity)
        ahead: list[tuple[Number, tuple[int, ...]]] = [(Fraction(0), ())] * (most + 1)
        for i in reversed(order):
            taken = [ahead[0]]
            for left in range(1, most + 1):
                rest, after = ahead[left - 1]
                total = values[i] * self.clicked[i] + self.goes_on[i] * rest
                taken.append(max((total, (i, *after)), ahead[left], key=lambda pair: pair[0]))
            ahead = taken
        return tuple((i, k) for k, i in enumerate(ahead[most][1]))

    def alternatives(self) -> Iterator[Shown]:
        """Every order of every few bidders."""
        most = self.bidders if self.capacity is None else self.capacity
        for size in range(min(most, self.bidders) + 1):
            for chosen in itertools.permutations(range(self.bidders), size):
                yield tuple((i, k) for k, i in enumerate(chosen))


def odds(probabilities: Table) -> Table:
    """``p / (1 - p)`` of each probability, which must be below 1."""
    for i, row in enumerate(probabilities):
        for j, p in enumerate(row):
            if p == 1:
                raise ValueError(f"probabilities[{i}][{j}] is 1: it must be below 1")
    return tuple(tuple(p / (1 - p) for p in row) for row in probabilities)


def _welfare(model: ClickModel, values: Sequence[Number], shown: Shown) -> Number:
    products = (v * c for v, c in zip(values, model.clicks(shown), strict=True))
    return sum(products, Fraction(0))


def _weighted(table: Table, values: Sequence[Number], level: Number) -> list[list[Number]]:
    """The weights of a table times what values are above a level; 0 where they are not."""
    above = [max(value - level, Fraction(0)) for value in values]
    return [[w * gain for w in row] for row, gain in zip(table, above, strict=True)]


def _falling(numbers: Sequence[Number]) -> list[int]:
    return sorted(range(len(numbers)), key=lambda i: -numbers[i])


def _by_position(matching: Sequence[int | None]) -> Shown:
    placed = ((j, i) for i, j in enumerate(matching) if j is not None)
    return tuple((i, j) for j, i in sorted(placed))


def _matchings(bidders: int, positions: int, capacity: int | None) -> Iterator[Shown]:
    most = positions if capacity is None else capacity
    for chosen in itertools.product((*range(positions), None), repeat=bidders):
        used = [j for j in chosen if j is not None]
        if len(set(used)) == len(used) <= most:
            yield _by_position(chosen)


def _most(capacity: int | None, table: Table) -> int:
    return len(table[0]) if capacity is None else capacity


def _require_capacity(capacity: int | None, table: Table) -> None:
    if capacity is not None:
        whole(capacity, "capacity", least=1)
        if capacity > len(table[0]):
            raise ValueError(
                f"capacity is {capacity}: there are only {len(table[0])} positions to show anything"
            )


def _table(given: Sequence[Sequence[object]], name: str, most: int | None = None) -> Table:
    """Rows of numbers of the same length, at least 0 and at most ``most``."""
    rows: list[tuple[Number, ...]] = []
    for i, row in enumerate(given):
        rows.append(tuple(_entry(x, f"{name}[{i}][{j}]", most) for j, x in enumerate(row)))
        if len(rows[i]) != len(rows[0]):
            raise ValueError(
                f"{name}[{i}] has {len(rows[i])} entries: {name}[0] has {len(rows[0])}"
            )
    if not rows or not rows[0]:
        raise ValueError(f"{name} is empty: there must be a bidder and a position")
    return tuple(rows)


def _entry(given: object, name: str, most: int | None) -> Number:
    number = real(given, name)
    if number < 0 or (most is not None and number > most):
        rule = "at least 0" if most is None else f"between 0 and {most}"
        raise ValueError(f"{name} is {show(number)}: it must be {rule}")
    return number

r"""Proper scoring rules, each from its convex function.

A forecaster reports a belief :math:`r` and is paid, in state :math:`k`,

.. math:: S(r, k) = G(r) + \langle g(r),\, e_k - r \rangle,

where :math:`g(r)` is a subgradient of the convex function :math:`G`.  These are all the rules
under which honesty is best; :math:`G(p)` is what an honest forecaster expects, and reporting
:math:`r` costs it the Bregman divergence
:math:`G(p) - G(r) - \langle g(r), p - r \rangle \ge 0`.  The rule is strictly proper, so that
honesty alone is best, exactly if :math:`G` is strictly convex.

=================  ==============================  =========================
rule               :math:`S(r, k)`                 :math:`G(p)`
=================  ==============================  =========================
quadratic          :math:`2 r_k - \sum_j r_j^2`    :math:`\sum_j p_j^2`
Brier, normalised  half of (1 + quadratic)         :math:`(1+\sum_j p_j^2)/2`
logarithmic        :math:`\ln r_k`                 :math:`\sum_j p_j \ln p_j`
spherical          :math:`r_k / \lVert r \rVert`   :math:`\lVert p \rVert`
ranked             see `RankedProbability`         same
zero-one           1 if :math:`k` is likeliest     :math:`\max_j p_j`
=================  ==============================  =========================

References
----------
Savage. Elicitation of Personal Probabilities and Expectations. JASA 66, 1971.
McCarthy. Measures of the Value of Information. PNAS 42, 1956.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any, Protocol

from .._numbers import Number, is_ball, show, show_all, weigh
from ..algorithms.balls import ball
from ..mechanism import accepts_reports
from ..preferences.beliefs import Belief, Beliefs, expect


class Convex(Protocol):
    """A convex function of a belief, and a subgradient of it."""

    def value(self, belief: Belief, /) -> Any:
        """What an honest forecaster with this belief expects."""
        ...

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """A subgradient, one entry a state."""
        ...


@dataclass(frozen=True)
class Quadratic:
    r"""The quadratic score :math:`2 r_k - \sum_j r_j^2`, in [-1, 1]."""

    def value(self, belief: Belief, /) -> Any:
        """The sum of squares."""
        return sum(p * p for p in belief)

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """Twice the belief."""
        return tuple(2 * p for p in belief)


@dataclass(frozen=True)
class Brier:
    r"""The Brier score, normalised: :math:`1 - \lVert r - e_k \rVert^2 / 2`, in [0, 1]."""

    def value(self, belief: Belief, /) -> Any:
        """Half of one more than the sum of squares."""
        return (1 + sum(p * p for p in belief)) / 2

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """The belief."""
        return belief


@dataclass(frozen=True)
class Logarithmic:
    r"""The logarithmic score :math:`\ln r_k`: balls, unbounded below."""

    def value(self, belief: Belief, /) -> Any:
        """Minus the entropy, in nats."""
        return expect(belief, self._logarithms(belief))

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """One more than the logarithms."""
        return tuple(1 + logarithm for logarithm in self._logarithms(belief))

    def _logarithms(self, belief: Belief) -> list[Any]:
        if min(belief) <= 0:
            raise ValueError(
                f"belief is {show_all(belief)}: "
                "the logarithmic score needs every probability to be positive"
            )
        return [ball(p).log() for p in belief]


@dataclass(frozen=True)
class Spherical:
    r"""The spherical score :math:`r_k / \lVert r \rVert`: balls, in [0, 1]."""

    def value(self, belief: Belief, /) -> Any:
        """The Euclidean norm."""
        return ball(sum((p * p for p in belief), Fraction(0))).sqrt()

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """The unit vector in the direction of the belief."""
        norm = self.value(belief)
        return tuple(ball(p) / norm for p in belief)


@dataclass(frozen=True)
class RankedProbability:
    r"""The ranked probability score, for states in order.

    .. math:: S(r, k) = -\sum_j \bigl(R_j - [k \le j]\bigr)^2, \qquad R_j = r_1 + \dots + r_j.
    """

    def value(self, belief: Belief, /) -> Any:
        """Minus the sum of the variances of "at most j"."""
        return sum(below * (below - 1) for below in accumulate(belief))

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """Sums from the far end of twice the distribution function, less 1."""
        steps = [2 * below - 1 for below in accumulate(belief)]
        return tuple(accumulate(reversed(steps)))[::-1]


@dataclass(frozen=True)
class ZeroOne:
    """The zero-one score: 1 if the state that was reported likeliest comes true, else 0.

    Of states that are equally likely the first counts.  Proper and not strictly so: the
    function is a maximum, which is linear where the likeliest state stays the same.
    """

    def value(self, belief: Belief, /) -> Any:
        """The largest probability."""
        return max(belief)

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """One at the likeliest state."""
        likeliest = belief.index(max(belief))
        return tuple(Fraction(k == likeliest) for k in range(len(belief)))


@dataclass(frozen=True)
class Linear:
    """The linear score ``r[k]``, which looks natural and is not proper.

    It is the quadratic rule with half of the gradient, which is no subgradient.
    """

    def value(self, belief: Belief, /) -> Any:
        """The sum of squares."""
        return sum(p * p for p in belief)

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """The belief: half of what the gradient is."""
        return belief


@dataclass(frozen=True)
class MaxAffine:
    r"""The largest of finitely many bets, :math:`G(p) = \max_k \langle p, S_k \rangle`.

    Who reports a belief gets the bet that it likes best, of equals the first.  Every menu of bets
    is such a rule, so all of them are proper, and none is strictly.

    Parameters
    ----------
    bets : tuple of tuples of Number
        What each pays in each state.

    Examples
    --------
    >>> bets = MaxAffine(((1, 0), (0, 1)))
    >>> print(ScoringRule(bets, Beliefs(("rain", "sun")))([(Fraction(1, 4), Fraction(3, 4))]))
    (0, 1)
    """

    bets: tuple[tuple[Number, ...], ...]

    def __post_init__(self) -> None:
        if len({len(bet) for bet in self.bets}) != 1:
            raise ValueError(f"bets is {self.bets}: there must be one, and all as long as another")

    def value(self, belief: Belief, /) -> Any:
        """What the best bet is expected to pay."""
        return max(expect(belief, bet) for bet in self.bets)

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """The best bet."""
        return max(self.bets, key=lambda bet: expect(belief, bet))


@dataclass(frozen=True)
class Custom:
    """A function of one's own, with what is hoped to be its gradient.

    The rule is proper exactly if the function is convex and ``gradient`` returns subgradients of
    it; `Strategyproof` and `StrictlyProper` search for beliefs where that fails.

    Parameters
    ----------
    function : callable
        Of a belief, a tuple of numbers; exact if it computes with them exactly.
    gradient : callable
        Of a belief, to one number a state.

    Examples
    --------
    The sum of cubes:

    >>> cubes = Custom(lambda p: sum(x**3 for x in p), lambda p: tuple(3 * x * x for x in p))
    >>> print(ScoringRule(cubes, Beliefs(("rain", "sun")))([(Fraction(1, 4), Fraction(3, 4))]))
    (-11/16, 13/16)
    """

    function: Callable[[Belief], Any]
    gradient: Callable[[Belief], tuple[Any, ...]]

    def value(self, belief: Belief, /) -> Any:
        """The function."""
        return self.function(belief)

    def slope(self, belief: Belief, /) -> tuple[Any, ...]:
        """The gradient."""
        return tuple(self.gradient(belief))


@dataclass(frozen=True)
class Scores:
    """What reporting ``belief`` earns in each state: ``scale`` times the score, plus ``shift``.

    Iterates over numbers, computed when they are asked for: exact ones, or balls at the working
    precision of then.  Two are equal if they score the same report by the same rule.
    """

    convex: Convex
    belief: Belief
    scale: Fraction = Fraction(1)
    shift: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        self.convex.slope(self.belief)  # which refuses what it cannot score

    def __iter__(self) -> Iterator[Any]:
        slopes = self.convex.slope(self.belief)
        level = self.convex.value(self.belief) - expect(self.belief, slopes)
        for slope in slopes:
            score = weigh(self.scale, level + slope)
            yield score + (ball(self.shift) if is_ball(score) else self.shift)

    def __len__(self) -> int:
        return len(self.belief)

    def __getitem__(self, state: int) -> Any:
        return tuple(self)[state]

    def __str__(self) -> str:
        return f"({', '.join(map(show, self))})"


@dataclass(frozen=True)
class ScoringRule:
    """The scoring rule of a ``convex`` function, for one forecaster.  O(states).

    Examples
    --------
    >>> weather = Beliefs(("rain", "sun"))
    >>> print(ScoringRule(Quadratic(), weather)([(Fraction(1, 4), Fraction(3, 4))]))
    (-1/8, 7/8)
    >>> print(ScoringRule(Logarithmic(), weather)([(0.25, 0.75)]))
    (-1.38629, -0.287682)
    """

    convex: Convex
    setting: Beliefs

    @accepts_reports
    def __call__(self, reports: tuple[Belief, ...], /) -> Scores:
        """What the report earns in each state."""
        if len(reports) != 1:
            raise ValueError(
                f"reports has {len(reports)} beliefs: a scoring rule scores one forecaster"
            )
        return Scores(self.convex, reports[0])

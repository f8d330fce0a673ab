r"""Bayes-Nash equilibria of auctions in which bidders pay what they bid.

Bidders alike, :math:`n` of them with values from :math:`F`, for positions with effects
:math:`\alpha`: in the one symmetric equilibrium a bid is the expected VCG payment over the expected
clicks,

.. math:: b(v) = v - \frac{\int_r^v x(z)\,dz}{x(v)}, \qquad
          x(v) = \sum_k \alpha_k \binom{n-1}{k} (1 - F(v))^k F(v)^{n-1-k},

for one item :math:`v - \int_r^v F^{n-1} / F(v)^{n-1}`, with a reserve :math:`r`.

Bidders unlike, one item: the values :math:`\phi_i(b)` of those who bid :math:`b` solve

.. math:: \phi_i'(b) = \frac{F_i(\phi_i)}{f_i(\phi_i)}
          \Bigl[\frac{1}{n-1} \sum_k \frac{1}{\phi_k - b} - \frac{1}{\phi_i - b}\Bigr]

from the highest bid, which is common and unknown, down to the lowest value; too high a guess falls
below the diagonal before that, too low a guess does not, and bisection finds it.

References
----------
Krishna. Auction Theory, chapters 2 and 4. 2nd edition, 2010.
Chawla, Hartline. Auctions with Unique Equilibria. EC 2013.
Marshall, Meurer, Richard, Stromquist. Numerical Analysis of Asymmetric First Price Auctions. Games
and Economic Behavior 7, 1994.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import comb, inf
from typing import Any

import numpy as np

from .._numbers import Number, real, whole
from ..population import FloatArray
from ..preferences.values import Law, Uniform

NODES = 128
"""Points of Gauss and Legendre for an integral."""

NEAR = 1e-4
"""Where values and bids meet, equations are singular: so near to it, relatively, they are left."""


@dataclass(frozen=True)
class SymmetricBids:
    """What bidders who are alike bid if they pay what they bid.

    Parameters
    ----------
    law : Law
        Of each value; without atoms.
    bidders : int
        At least 2.
    effects : tuple of Number
        Of the positions, from the top; one item by default.
    reserve : Number
        Who values a click less does not bid.

    Examples
    --------
    >>> bids = SymmetricBids(Uniform(0, 1), bidders=3)
    >>> print(bids(Fraction(3, 4)))
    1/2
    """

    law: Law
    bidders: int
    effects: tuple[Number, ...] = (Fraction(1),)
    reserve: Number = Fraction(0)

    def __post_init__(self) -> None:
        whole(self.bidders, "bidders", least=2)
        _require_density(self.law, "law")
        object.__setattr__(self, "reserve", real(self.reserve, "reserve"))
        effects = tuple(real(a, f"effects[{k}]") for k, a in enumerate(self.effects))
        if not effects or list(effects) != sorted(effects, reverse=True) or effects[-1] <= 0:
            raise ValueError("effects must be positive and not increase, one at least")
        object.__setattr__(self, "effects", effects)

    def __call__(self, value: Any, /) -> Any:
        """The bid of a value, or of each of an array; 0 below the reserve.

        Exact for a `Uniform` law and an exact value; else in floats, by quadrature.
        """
        low = max(self.law.support[0], self.reserve)
        if isinstance(value, np.ndarray):
            values, least = np.asarray(value, np.float64), float(low)
            asked = self._bids(np.maximum(values, least), low)
            bids: FloatArray = np.where(values >= least, asked, 0.0)
            return bids
        if value < low:
            return Fraction(0)
        if not self.clicks(self.law.cdf(value)):
            return value  # who never wins
        if isinstance(self.law, Uniform):
            return self._exact(self.law, value, low)
        return float(self._bids(np.array([float(value)]), low)[0])

    def clicks(self, share: Any, /) -> Any:
        """Expected clicks of a bidder whose value exceeds this share of values."""
        n = self.bidders - 1
        parts = (
            (effect if not isinstance(share, np.ndarray) else float(effect))
            * comb(n, k)
            * (1 - share) ** k
            * share ** (n - k)
            for k, effect in enumerate(self.effects[: n + 1])
        )
        total: Any = sum(parts)
        return total

    def _exact(self, law: Uniform, value: Number, low: Number) -> Number:
        """By the polynomial that clicks are in the share."""
        n, width = self.bidders - 1, law.high - law.low
        powers: dict[int, Number] = {}
        for k, effect in enumerate(self.effects[: n + 1]):
            for j in range(k + 1):
                term = effect * comb(n, k) * comb(k, j) * (-1) ** j
                powers[n - k + j] = powers.get(n - k + j, Fraction(0)) + term
        top, bottom = law.cdf(value), law.cdf(low)
        area: Number = (low - self.reserve) * self.clicks(bottom)  # below the support
        for p, a in powers.items():
            area += a * width * (top ** (p + 1) - bottom ** (p + 1)) / (p + 1)
        bid: Number = value - area / self.clicks(top)
        return bid

    def _bids(self, values: FloatArray, low: Number) -> FloatArray:
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        half = (values - float(low)) / 2
        places = float(low) + half[..., None] * (nodes + 1)
        area = half * (np.asarray(self.clicks(self.law.cdf(places))) @ weights)
        bottom = np.array([float(self.law.cdf(float(low)))])
        area = area + float(low - self.reserve) * self.clicks(bottom)[0]  # below the support
        rate = np.asarray(self.clicks(np.asarray(self.law.cdf(values))))
        share: FloatArray = np.divide(area, rate, out=np.zeros_like(area), where=rate > 0)
        return values - share


@dataclass(frozen=True, eq=False)
class AsymmetricBids:
    """Equilibrium bids for one item of bidders who are not alike, in floats.

    Parameters
    ----------
    laws : tuple of Law
        One a bidder.
    places : (k,) float64 array
        Bids, increasing, the last of which is the highest that is bid.
    inverse : (bidders, k) float64 array
        The value of each bidder who bids so.
    """

    laws: tuple[Law, ...]
    places: FloatArray
    inverse: FloatArray

    @property
    def highest(self) -> float:
        """The highest bid."""
        return float(self.places[-1])

    def bid(self, agent: int, values: Any, /) -> FloatArray:
        """What a bidder bids for each value."""
        return np.interp(np.asarray(values, np.float64), self.inverse[agent], self.places)

    def gains(self, values: int = 50) -> float:
        """The most that a bidder gains by another bid, for so many values of each bidder.

        How near to an equilibrium the bids are: 0 but for the error of the method.
        """
        worst = 0.0
        wins = [np.asarray(law.cdf(row)) for law, row in zip(self.laws, self.inverse, strict=True)]
        for i, law in enumerate(self.laws):
            chance: FloatArray = np.prod([w for k, w in enumerate(wins) if k != i], axis=0)
            own: FloatArray = np.asarray(law.quantile((np.arange(values) + 0.5) / values))
            payoff: FloatArray = (own[:, None] - self.places) * chance
            at = self.bid(i, own)
            here: FloatArray = (own - at) * np.interp(at, self.places, chance)
            worst = max(worst, float((payoff.max(axis=1) - here).max()))
        return worst


def asymmetric_bids(*laws: Law, points: int = 2_000) -> AsymmetricBids:
    """The equilibrium of bidders with these laws, by shooting from the highest bid.

    Parameters
    ----------
    laws : Law
        Two at least, with densities, bounded, from one lowest value; more than two also up to one
        highest value.
    points : int
        How many bids are kept.

    Examples
    --------
    >>> pair = asymmetric_bids(Uniform(0, 1), Uniform(0, 2))
    >>> round(pair.highest, 4), pair.gains() < 1e-3
    (0.6667, True)
    """
    whole(points, "points", least=10)
    if len(laws) < 2:
        raise ValueError(f"laws has {len(laws)} entries: there must be two bidders at least")
    for place, law in enumerate(laws):
        _require_density(law, f"laws[{place}]")
        if law.support[1] == inf:
            raise ValueError(f"laws[{place}] is {law}: its values must be bounded")
    lows = {float(law.support[0]) for law in laws}
    highs = [float(law.support[1]) for law in laws]
    if len(lows) > 1:
        raise ValueError(f"laws start at {sorted(lows)}: they must have one lowest value")
    if len(laws) > 2 and len(set(highs)) > 1:
        raise ValueError(f"laws end at {sorted(set(highs))}: of more than two they must end alike")
    (low,) = lows
    below, above = low, min(highs)
    found = None
    for _ in range(45):
        guess = (below + above) / 2
        solved = _shoot(laws, highs, low, guess, points)
        if solved is None:
            above = guess
        else:
            below, found = guess, solved
    if found is None:
        raise ArithmeticError("no highest bid was found from which the equations can be followed")
    places, inverse = found
    return AsymmetricBids(
        laws, np.append(low, places), np.column_stack([np.full(len(laws), low), inverse])
    )


def _shoot(
    laws: tuple[Law, ...], highs: list[float], low: float, highest: float, points: int
) -> tuple[FloatArray, FloatArray] | None:
    """Bids and inverse bids from this highest bid, or None if they meet the diagonal too early."""
    from scipy.integrate import solve_ivp

    def slopes(bid: float, values: FloatArray) -> FloatArray:
        gaps = np.maximum(values - bid, 1e-14)
        rates = np.array(
            [
                float(law.cdf(v)) / float(_density(law, v))
                for law, v in zip(laws, values, strict=True)
            ]
        )
        each: FloatArray = rates * ((1 / gaps).sum() / (len(laws) - 1) - 1 / gaps)
        return each

    def meets(bid: float, values: FloatArray) -> float:
        return float((np.asarray(values) - bid).min() - NEAR * (bid - low) / 4)

    meets.terminal = True  # type: ignore[attr-defined]  # the way scipy is told
    end = low + NEAR * (highest - low)
    places = np.linspace(highest, end, points)
    solved: Any = solve_ivp(
        slopes,
        (highest, end),
        highs,
        method="LSODA",
        t_eval=places,
        events=meets,
        rtol=1e-9,
        atol=1e-12,
    )
    if solved.status != 0:
        return None
    return places[::-1].copy(), np.asarray(solved.y)[:, ::-1].copy()


def _density(law: Law, value: float) -> Any:
    density: Any = getattr(law, "density", None)
    low, high = (float(end) for end in law.support)
    margin = 1e-12 * (high - low)  # the end of a support, rounded, may lie outside
    return density(min(max(value, low + margin), high - margin))


def _require_density(law: Law, name: str) -> None:
    if not hasattr(law, "density"):
        raise ValueError(f"{name} is {law}: it must have a density, as values.Uniform has")

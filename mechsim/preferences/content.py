r"""Synthetic instances of advertising in generated text.

Each position is a passage of the text, about a mix of topics that drifts along the text; each
advertisement is about a mix of its own.  With :math:`t_j, c_i` the directions of passage :math:`j`
and advertisement :math:`i` in the space of topics, the latter shown alone in the former is clicked
with probability :math:`p_{ij}`,

.. math::
    \log \frac{p_{ij}}{1 - p_{ij}} = \text{base} + \text{relevance} \cdot \cos(c_i, t_j)
        + \text{quality} \cdot z_i - \text{decay} \cdot j, \qquad
    \log v_i = \log \text{median} + \text{dispersion}
        \left(\varrho\, z_i + \sqrt{1 - \varrho^2}\, y_i\right),

with :math:`z_i, y_i` standard normal and :math:`\varrho` the correlation of log-value and quality.
The directions :math:`c_i` are uniform; :math:`t_j` is that of a stationary process,
:math:`x_{j+1} = \kappa x_j + \sqrt{1 - \kappa^2}\,\varepsilon_j`, whose autocorrelation
:math:`\kappa` is the coherence of the text.

All of it is synthetic: form and numbers are assumptions, not fitted to data of such auctions.  The
defaults are set so that what is observed in search advertising comes out (see `draw_content`).

References
----------
Balseiro, Bhawalkar, Deng, Feng, Mao, Mehta, Mirrokni, Paes Leme, Wang, Zuo. Position Auctions in
AI-Generated Content. arXiv:2506.03309.
Lahaie, Pennock. Revenue Analysis of a Family of Ranking Rules for Keyword Auctions. EC 2007.
LocaliQ. Search Advertising Benchmarks. 2021.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from .._numbers import Number, real, show, whole
from ..population import FloatArray
from .click_models import Cascade, Matrix, Multinomial, Table
from .sponsored import Sponsored


@dataclass(frozen=True, eq=False, repr=False)
class Content:
    """A text with positions in it, and bidders for these.

    Parameters
    ----------
    probabilities : (bidders, positions) float64 array
        Of a click on an advertisement that is shown alone, strictly between 0 and 1.
    values : (bidders,) float64 array
        What a click is worth, positive, in any unit of money.
    creatives : (bidders, topics) float64 array
        What each advertisement is about, a row of length 1.
    passages : (positions, topics) float64 array
        What the text around each position is about, a row of length 1.
    """

    probabilities: FloatArray
    values: FloatArray
    creatives: FloatArray
    passages: FloatArray

    def __post_init__(self) -> None:
        for name, axes in (("probabilities", 2), ("values", 1), ("creatives", 2), ("passages", 2)):
            array = np.array(getattr(self, name), np.float64)
            if array.ndim != axes or not array.size:
                raise ValueError(
                    f"{name} has the shape {array.shape}: it must have {axes} axes, none empty"
                )
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        bidders, positions = self.probabilities.shape
        topics = self.creatives.shape[1]
        for name, shape in (
            ("values", (bidders,)),
            ("creatives", (bidders, topics)),
            ("passages", (positions, topics)),
        ):
            if (found := getattr(self, name).shape) != shape:
                raise ValueError(f"{name} has the shape {found}: it must be {shape}")
        p, v = self.probabilities, self.values
        _require(p, (p > 0) & (p < 1), "probabilities", "lie strictly between 0 and 1")
        _require(v, (v > 0) & np.isfinite(v), "values", "be positive and finite")
        for name in ("creatives", "passages"):
            rows = getattr(self, name)
            length = np.sqrt((rows * rows).sum(axis=1))
            _require(length, np.abs(length - 1) < 1e-9, f"the length of {name}", "be 1")

    @property
    def bidders(self) -> int:
        """How many there are."""
        return len(self.probabilities)

    @property
    def positions(self) -> int:
        """How many passages may carry an advertisement."""
        return len(self.probabilities[0])

    def matrix(self, capacity: int | None = None) -> Sponsored:
        """The setting in which advertisements do not disturb each other.

        Parameters
        ----------
        capacity : int, optional
            How many are shown at most.
        """
        return Sponsored(Matrix(self._table, capacity))

    def multinomial(self, capacity: int | None = None) -> Sponsored:
        """The setting in which a user clicks one of the advertisements shown, or none."""
        return Sponsored(Multinomial.of_probabilities(self._table, capacity))

    def cascade(self, capacity: int | None = None) -> Sponsored:
        """The setting in which a user looks at one after the other, until the first click."""
        return Sponsored(Cascade(self._table, capacity))

    @property
    def _table(self) -> Table:
        return tuple(map(tuple, self.probabilities.tolist()))

    def __repr__(self) -> str:
        rate, value = self.probabilities.mean(), np.median(self.values)
        return (
            f"Content({self.bidders:,} bidders, {self.positions} positions: mean click "
            f"probability {rate:.3f}, median value {value:.3g})"
        )


def draw_content(
    bidders: int,
    positions: int,
    rng: np.random.Generator,
    *,
    topics: int = 16,
    coherence: Number = 0.8,
    base: Number = -2.6,
    relevance: Number = 2.0,
    quality: Number = 0.5,
    decay: Number = 0.1,
    median: Number = 4.0,
    dispersion: Number = 0.8,
    correlation: Number = 0.3,
) -> Content:
    r"""Draw a text and its bidders.  O(bidders x positions x topics).

    Parameters
    ----------
    bidders, positions : int
        At least 1.
    rng : Generator
        The source of chance.  How much is drawn depends on ``bidders``, ``positions`` and
        ``topics`` only, so with one seed other parameters act on the same bidders and text.
    topics : int
        Dimensions of the space of topics, at least 2.  The cosine of unrelated texts has the
        standard deviation :math:`1/\sqrt{\text{topics}}`, by default 1/4.
    coherence : Number
        Autocorrelation :math:`\kappa` of neighbouring passages, between 0 (each passage is about
        something else) and 1 (all are about the same).
    base : Number
        Log-odds of a click at the first position for an unrelated advertisement of mean quality.
    relevance : Number
        What the log-odds gain where advertisement and passage agree fully; at least 0.
    quality : Number
        Standard deviation of what a bidder adds to the log-odds everywhere; at least 0.
    decay : Number
        What the log-odds lose from a position to the next, as readers leave; at least 0.
    median, dispersion : Number
        Of the value of a click: its median, and the standard deviation of its logarithm; positive,
        and at least 0.
    correlation : Number
        Of log-value and quality, between -1 and 1.

    Raises
    ------
    ValueError
        If a parameter is out of its range, or so extreme that a probability is 0 or 1 in floats.

    Notes
    -----
    *Clicks.*  By industry, search advertisements were clicked in 3.8 to 10.7 % of cases in 2021,
    in 6.2 % over all.  By default the mean probability is 8 % at the first position, and 7, 6 and
    4 % over 5, 10 and 20 positions.  Relevance and quality shift log-odds by a standard deviation
    of 1/2 each: at the first position a tenth of probabilities is below 3 %, and a tenth above
    15 %.  From a position to the next odds fall by a tenth.

    *Values.*  A click cost 3.53 US dollars on average, and 1.40 to 8.67 by industry; what it is
    worth is not observed, and more: half of the values exceed 4, a tenth 11, a tenth is below 1.4,
    and the mean is 5.5.  Whether who is clicked more also values a click more decides which ranking
    raises revenue (Lahaie and Pennock, who fit lognormal values); 0.3 is a mild yes.

    Examples
    --------
    >>> content = draw_content(1_000, 8, np.random.default_rng(1))
    >>> content
    Content(1,000 bidders, 8 positions: mean click probability 0.061, median value 3.98)
    >>> content.multinomial(capacity=3).bidders
    1000
    """
    whole(bidders, "bidders", least=1)
    whole(positions, "positions", least=1)
    whole(topics, "topics", least=2)
    kappa = _between(coherence, "coherence", 0, 1)
    slope = _between(relevance, "relevance", 0)
    spread = _between(quality, "quality", 0)
    fall = _between(decay, "decay", 0)
    rho = _between(correlation, "correlation", -1, 1)
    sigma = _between(dispersion, "dispersion", 0)
    centre = real(median, "median")
    if centre <= 0:
        raise ValueError(f"median is {show(centre)}: it must be positive")
    passages = _directions(_drifting(rng.standard_normal((positions, topics)), kappa))
    creatives = _directions(rng.standard_normal((bidders, topics)))
    talent, other = rng.standard_normal((2, bidders))
    logits = creatives @ passages.T
    logits *= slope
    logits += (float(real(base, "base")) + spread * talent)[:, None]
    logits -= fall * np.arange(positions)
    noise = rho * talent + math.sqrt(1 - rho * rho) * other
    with np.errstate(over="ignore"):  # what overflows is refused
        probabilities = 1 / (1 + np.exp(-logits))
        values = float(centre) * np.exp(sigma * noise)
    return Content(probabilities, values, creatives, passages)


def _drifting(shocks: FloatArray, kappa: float) -> FloatArray:
    """Rows with the law of the shocks, neighbours with this correlation."""
    step = math.sqrt(1 - kappa * kappa)
    for before, here in pairwise(shocks):  # rows are views
        here *= step
        here += kappa * before
    return shocks


def _directions(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return unit


def _between(given: Number, name: str, low: int, high: int | None = None) -> float:
    number = real(given, name)
    if number < low or (high is not None and number > high):
        rule = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} is {show(number)}: it must be {rule}")
    return float(number)


def _require(array: FloatArray, fine: Any, name: str, rule: str) -> None:
    if not fine.all():
        place = np.unravel_index(int(np.argmin(fine)), array.shape)
        entry = ", ".join(map(str, map(int, place)))
        raise ValueError(f"{name}[{entry}] is {show(float(array[place]))}: it must {rule}")

"""Populations that fall into groups: two camps, or clusters of each profile's own."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, whole
from ..population import FloatArray
from ._sampling import Size, inner_ends, ramp, require_interval, require_within, shape
from .single_peaked import Line


@dataclass(frozen=True)
class TwoGroups:
    """A polarised population: every agent belongs to the one camp or to the other.

    An agent is in the left camp with probability ``share``; it is anywhere within ``spread`` of
    the middle of its camp, all places equally likely.

    Parameters
    ----------
    left, right : Number
        The middles of the two camps.
    spread : Number
        By default 0: each camp agrees on its middle.
    share : Number
        Between 0 and 1.

    Examples
    --------
    >>> camps = TwoGroups(Fraction(1, 5), Fraction(4, 5), Fraction(1, 10))
    >>> camps.mean
    Fraction(1, 2)
    >>> camps.cdf([0.1, 0.2, 0.5]).round(3).tolist()
    [0.0, 0.25, 0.5]
    """

    left: Number
    right: Number
    spread: Number = Fraction(0)
    share: Number = Fraction(1, 2)
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        for name in ("left", "right", "spread", "share"):
            object.__setattr__(self, name, real(getattr(self, name), name))
        if not 0 < self.share < 1:
            raise ValueError(f"share is {show(self.share)}: it must lie between 0 and 1")
        if self.left >= self.right:
            raise ValueError(f"right is {show(self.right)}: it must exceed left, {show(self.left)}")
        if self.spread < 0:
            raise ValueError(f"spread is {show(self.spread)}: it must not be negative")
        require_interval(self.setting)
        for name in ("left", "right"):
            middle = getattr(self, name)
            require_within(
                self.setting, middle - self.spread, middle + self.spread, f"the {name} camp"
            )

    @property
    def independent(self) -> bool:
        """Agents are independent, also of who is in which camp."""
        return True

    @property
    def mean(self) -> Number:
        """The middles, weighted."""
        return self.share * self.left + (1 - self.share) * self.right

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Reports, each from one uniform number.  O(1) each."""
        share, spread = float(self.share), float(self.spread)
        drawn = rng.random(shape(size))
        on_left = drawn < share
        drawn -= np.where(on_left, 0.0, share)
        drawn *= np.where(on_left, 2 * spread / share, 2 * spread / (1 - share))
        drawn += np.where(on_left, float(self.left) - spread, float(self.right) - spread)
        return np.clip(drawn, *inner_ends(self.setting), out=drawn)

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """Two ramps, or two steps."""
        spread, share = float(self.spread), float(self.share)
        left, right = (
            ramp(places, float(middle) - spread, float(middle) + spread)
            for middle in (self.left, self.right)
        )
        return share * left + (1 - share) * right


@dataclass(frozen=True)
class Clustered:
    r"""Every profile has clusters of its own, and its agents gather around them.

    The centres of a profile are independent and uniform, ``spread`` or more from the ends; an
    agent picks one of them, all equally likely, and is anywhere within ``spread`` of it.  Agents
    are exchangeable and not independent: two of them share a cluster with probability
    :math:`1/k`, so their covariance is :math:`(L - 2s)^2 / (12 k)` on a line of length :math:`L`.
    Whatever :math:`k`, a report is the sum of two uniform numbers, of widths :math:`L - 2s` and
    :math:`2s`: its density is a trapezium.

    Parameters
    ----------
    clusters : int
        How many, k.
    spread : Number
        s, at most half the length of the line; by default 0: each cluster agrees on its centre.

    Examples
    --------
    >>> Clustered(3, Fraction(1, 20)).mean
    Fraction(1, 2)
    """

    clusters: int
    spread: Number = Fraction(0)
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        whole(self.clusters, "clusters", least=1)
        object.__setattr__(self, "spread", real(self.spread, "spread"))
        require_interval(self.setting)
        if not 0 <= 2 * self.spread <= self.setting.length:
            raise ValueError(
                f"spread is {show(self.spread)}: it must lie between 0 and half the length of "
                f"{self.setting}"
            )

    @property
    def independent(self) -> bool:
        """Agents of a profile share its clusters."""
        return False

    @property
    def mean(self) -> Number:
        """The middle of the line."""
        return (self.setting.low + self.setting.high) / 2

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Profiles.  O(1) a report and a centre."""
        dims = shape(size)
        batch, agents = dims if len(dims) == 2 else (1, dims[0])
        (low, high), spread = inner_ends(self.setting), float(self.spread)
        room = max(high - low - 2 * spread, 0.0)
        centres = low + spread + room * rng.random((batch, self.clusters))
        chosen = rng.integers(0, self.clusters, size=(batch, agents))
        places = np.take_along_axis(centres, chosen, axis=1).reshape(dims)
        if spread:
            places += spread * (2 * rng.random(dims) - 1)
        return np.clip(places, low, high, out=places)

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """The area of the trapezium: a parabola, a straight line and a parabola."""
        low, high = inner_ends(self.setting)
        length = high - low
        narrow, wide = sorted((2 * float(self.spread), max(length - 2 * float(self.spread), 0.0)))
        along = np.clip(np.asarray(places, np.float64) - low, 0.0, length)
        if narrow == 0:
            return along / length
        first = along**2 / (2 * narrow * wide)
        last = 1 - (length - along) ** 2 / (2 * narrow * wide)
        middle = (along - narrow / 2) / wide
        return np.where(along <= narrow, first, np.where(along <= wide, middle, last))

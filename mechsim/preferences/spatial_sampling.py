r"""Laws of approval ballots in which voters and projects are places, and voters like what is near.

Voters :math:`x_i` and projects :math:`y_c` are independent and uniform in the cube
:math:`[0, 1]^d`, with :math:`d` at most 2.  A voter approves of all projects within a radius,

.. math:: A_i = \{c : \lVert x_i - y_c \rVert \le r\},

or of so many that are nearest to it.

References
----------
Szufa, Faliszewski, Janeczko, Lackner, Slinko, Sornat, Talmon. How to Sample Approval Elections?
IJCAI 2022.
Elkind, Faliszewski, Laslier, Skowron, Slinko, Talmon. What Do Multiwinner Voting Rules Do? An
Experiment Over the Two-Dimensional Euclidean Domain. AAAI 2017.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .._numbers import Number, real, show, whole
from ..population import FloatArray
from .approval_sampling import BoolArray, Size, _kept, _part, _shape, _share

BLOCK = 2**17
"""So many distances are computed at a time."""


@dataclass(frozen=True)
class Euclidean:
    """Voters and projects are places, uniform in a cube; voters approve of what is near.

    Parameters
    ----------
    dimensions : int
        1, an interval of length 1, or 2, a square with sides of length 1.
    radius : Number
        How far away a project may be, at least 0.

    Examples
    --------
    >>> Euclidean(1, Fraction(1, 4)).rate(10)
    Fraction(7, 16)
    """

    dimensions: int
    radius: Number

    def __post_init__(self) -> None:
        _require_dimensions(self.dimensions)
        object.__setattr__(self, "radius", real(self.radius, "radius"))
        if self.radius < 0:
            raise ValueError(f"radius is {show(self.radius)}: it must not be negative")

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots.  O(dimensions) an entry."""
        places, where = _places(rng, size, self.dimensions)
        limit = float(self.radius) ** 2
        drawn = np.empty(_shape(size), np.bool_)
        for block in _blocks(size):
            np.less_equal(_squares(places[block], where), limit, out=drawn[block])
        return drawn

    def rate(self, projects: int, /) -> Number:
        """How likely two uniform places are within the radius of one another."""
        whole(projects, "projects", least=1)
        r = self.radius
        if r * r >= self.dimensions:
            return Fraction(1)
        if self.dimensions == 1:
            return 2 * r - r * r
        r = float(r)
        if r <= 1:
            return math.pi * r**2 - 8 / 3 * r**3 + r**4 / 2
        s, root = r * r, math.sqrt(r * r - 1)
        inside = math.pi - 8 / 3 + 1 / 2 - (2 + math.pi) * (s - 1) - (s * s - 1) / 2
        return inside + 4 * (s * math.asin(1 / r) + root - math.pi / 2) + 8 / 3 * root**3


@dataclass(frozen=True)
class NearestProjects:
    """Voters and projects are places, uniform in a cube; voters approve of so many nearest ones.

    Parameters
    ----------
    dimensions : int
        1, an interval of length 1, or 2, a square with sides of length 1.
    p : Number
        Between 0 and 1: the share of the projects that a voter approves of, rounded down.
    """

    dimensions: int
    p: Number

    def __post_init__(self) -> None:
        _require_dimensions(self.dimensions)
        object.__setattr__(self, "p", _share(self.p, "p"))

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots.  O(dimensions) an entry."""
        places, where = _places(rng, size, self.dimensions)
        drawn = np.zeros(_shape(size), np.bool_)
        count = _part(self.p, size[1])
        for block in _blocks(size) if count else ():
            near = np.argpartition(_squares(places[block], where), count - 1, axis=1)[:, :count]
            np.put_along_axis(drawn[block], near, True, axis=1)
        return drawn

    def rate(self, projects: int, /) -> Number:
        """What each voter approves of."""
        return _kept(self.p, projects)


def _require_dimensions(dimensions: int) -> None:
    if whole(dimensions, "dimensions", least=1) > 2:
        raise ValueError(f"dimensions is {dimensions}: it must be 1 or 2")


def _places(rng: np.random.Generator, size: Size, dimensions: int) -> tuple[FloatArray, FloatArray]:
    """Where the voters are, and the projects: (voters, dimensions) and (projects, dimensions)."""
    voters, projects = _shape(size)
    return rng.random((voters, dimensions)), rng.random((projects, dimensions))


def _blocks(size: Size) -> list[slice]:
    step = max(1, BLOCK // size[1])
    return [slice(start, start + step) for start in range(0, size[0], step)]


def _squares(places: FloatArray, where: FloatArray) -> FloatArray:
    """Squared distances, (voters, projects)."""
    total = np.zeros((len(places), len(where)))
    for mine, others in zip(places.T, where.T, strict=True):
        away = mine[:, None] - others
        away *= away
        total += away
    return total

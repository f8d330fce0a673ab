r"""Laws that approval ballots are drawn from.

A law draws a boolean matrix, a row a voter and a column a project.  With :math:`m` projects,
:math:`k = \lfloor pm \rfloor`, and a *centre* :math:`U` of :math:`k` projects, all equally likely:

=====================  =============================================================================
impartial culture      every project is approved of with probability :math:`p`
resampling             as the centre; with probability :math:`\phi`, project by project, drawn anew
                       with probability :math:`p`
disjoint resampling    there are :math:`g` disjoint centres, and each voter has one of them
noise                  :math:`\Pr[A] \propto \phi^{|A \triangle U|}`
urn                    voter :math:`t = 0, 1, \dots` repeats the ballot of an earlier one with
                       probability :math:`\alpha t / (1 + \alpha t)`, all equally likely
party lists            every project belongs to a party, and a voter approves of one party
=====================  =============================================================================

Where voters and projects have places, see `mechsim.preferences.spatial_sampling`.

References
----------
Szufa, Faliszewski, Janeczko, Lackner, Slinko, Sornat, Talmon. How to Sample Approval Elections?
IJCAI 2022.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, whole
from ..population import FloatArray

BoolArray: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int64]
Size: TypeAlias = tuple[int, int]
"""How many voters, and how many projects."""

CERTAIN = 10**100
"""With so large an alpha, or a larger one, floats say that every ballot of an urn is a copy."""


class ApprovalLaw(Protocol):
    """A law of approval ballots."""

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots, (voters, projects), true where a voter approves of a project.

        What is drawn depends on the state of ``rng`` and on ``size`` only.
        """
        ...

    def rate(self, projects: int, /) -> Number:
        """The expected share of so many projects that a voter approves of."""
        ...


@dataclass(frozen=True)
class ImpartialCulture:
    """Every voter approves of every project with the same probability, independently.

    Parameters
    ----------
    p : Number
        Between 0 and 1.

    Examples
    --------
    >>> ImpartialCulture(0.25).sample(np.random.default_rng(1), (100_000, 10)).mean().round(2)
    np.float64(0.25)
    """

    p: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "p", _share(self.p, "p"))

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots.  O(1) an entry."""
        return rng.random(_shape(size)) < float(self.p)

    def rate(self, projects: int, /) -> Number:
        """The probability."""
        whole(projects, "projects", least=1)
        return self.p


@dataclass(frozen=True)
class Resampling:
    """Voters agree on a centre, but each redraws a part of it.

    Parameters
    ----------
    p : Number
        Between 0 and 1: how much of the projects the centre approves of, rounded down, and how
        likely a project is approved of where it is drawn anew.
    phi : Number
        Between 0, all are copies of the centre, and 1, which is impartial culture.

    Examples
    --------
    >>> Resampling(Fraction(1, 2), Fraction(1, 5)).rate(10)
    Fraction(1, 2)
    """

    p: Number
    phi: Number

    def __post_init__(self) -> None:
        for name in ("p", "phi"):
            object.__setattr__(self, name, _share(getattr(self, name), name))

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots around one centre.  O(1) an entry."""
        _, projects = _shape(size)
        centre = _disjoint(rng, projects, _part(self.p, projects), 1)[0]
        return rng.random(_shape(size)) < _resampled(centre, self.p, self.phi)

    def rate(self, projects: int, /) -> Number:
        """What is kept of the centre, and what is drawn anew."""
        kept = _kept(self.p, projects)
        return (1 - self.phi) * kept + self.phi * self.p


@dataclass(frozen=True)
class DisjointResampling:
    """Groups of voters with nothing in common but what they redraw.

    Parameters
    ----------
    p : Number
        As of `Resampling`; so much for each of the groups must not exceed all projects.
    phi : Number
        Between 0 and 1.
    groups : int
        At least 1.  A voter belongs to each with the same probability.
    """

    p: Number
    phi: Number
    groups: int

    def __post_init__(self) -> None:
        for name in ("p", "phi"):
            object.__setattr__(self, name, _share(getattr(self, name), name))
        whole(self.groups, "groups", least=1)
        if self.p * self.groups > 1 + 1e-9:
            raise ValueError(
                f"groups is {self.groups}: so many disjoint centres of a share of {show(self.p)} "
                "of the projects are more than all"
            )

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots around the centres.  O(1) an entry."""
        voters, projects = _shape(size)
        centres = _disjoint(rng, projects, _part(self.p, projects), self.groups)
        of = rng.integers(0, self.groups, size=voters)
        return rng.random((voters, projects)) < _resampled(centres, self.p, self.phi)[of]

    def rate(self, projects: int, /) -> Number:
        """As of one group."""
        return Resampling(self.p, self.phi).rate(projects)


@dataclass(frozen=True)
class Noise:
    r"""Voters agree on a centre, up to errors: each project is wrong with :math:`\phi/(1 + \phi)`.

    This is the law with :math:`\Pr[A] \propto \phi^{d(A, U)}`, where :math:`d` counts the projects
    on which a ballot and the centre differ.

    Parameters
    ----------
    p : Number
        Between 0 and 1: how much of the projects the centre approves of, rounded down.
    phi : Number
        Between 0, all are copies of the centre, and 1, all ballots are equally likely.
    """

    p: Number
    phi: Number

    def __post_init__(self) -> None:
        for name in ("p", "phi"):
            object.__setattr__(self, name, _share(getattr(self, name), name))

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots around one centre.  O(1) an entry."""
        _, projects = _shape(size)
        centre = _disjoint(rng, projects, _part(self.p, projects), 1)[0]
        wrong: BoolArray = rng.random(_shape(size)) < float(self.phi / (1 + self.phi))
        wrong ^= centre
        return wrong

    def rate(self, projects: int, /) -> Number:
        """What is right of the centre, and what is wrong of the rest."""
        inside, wrong = _kept(self.p, projects), self.phi / (1 + self.phi)
        return inside * (1 - wrong) + (1 - inside) * wrong


@dataclass(frozen=True)
class Urn:
    """Voters repeat what others said before them: a Pólya urn of ballots.

    Parameters
    ----------
    fresh : ApprovalLaw
        The law of ballots that are no repetition.
    alpha : Number
        At least 0, and then there are no repetitions: how many copies of a ballot, as a part of
        what is in the urn at first, are put in when it is drawn.

    Examples
    --------
    >>> drawn = Urn(ImpartialCulture(0.5), 0.1).sample(np.random.default_rng(2), (1_000, 30))
    >>> len(np.unique(drawn, axis=0))
    48
    """

    fresh: ApprovalLaw
    alpha: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", real(self.alpha, "alpha"))
        if self.alpha < 0:
            raise ValueError(f"alpha is {show(self.alpha)}: it must not be negative")

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots, of which each repetition is traced back to a fresh one.  O(log n) a voter."""
        voters, _ = _shape(size)
        drawn = self.fresh.sample(rng, size)
        before = float(min(self.alpha, CERTAIN)) * np.arange(voters)
        repeats = rng.random(voters) < before / (1 + before)
        earlier = np.floor(rng.random(voters) * np.arange(voters)).astype(np.int64)
        return drawn[_origins(np.where(repeats, earlier, np.arange(voters)))]

    def rate(self, projects: int, /) -> Number:
        """As of fresh ballots."""
        return self.fresh.rate(projects)


@dataclass(frozen=True)
class PartyLists:
    """Projects belong to parties, as evenly as can be; a voter approves of all of one party.

    In an `Urn` parties grow as others vote for them.

    Parameters
    ----------
    shares : tuple of Number
        How likely a voter is to be for each party: positive, and together 1.

    Examples
    --------
    >>> parties = PartyLists((Fraction(2, 3), Fraction(1, 3)))
    >>> parties.sample(np.random.default_rng(3), (3, 4)).astype(int).tolist()
    [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]
    """

    shares: tuple[Number, ...]

    def __post_init__(self) -> None:
        given = enumerate(self.shares)
        object.__setattr__(self, "shares", tuple(real(s, f"shares[{k}]") for k, s in given))
        for k, share in enumerate(self.shares):
            if share <= 0:
                raise ValueError(f"shares[{k}] is {show(share)}: it must be positive")
        if not math.isclose(total := sum(self.shares), 1):
            raise ValueError(f"shares sums to {show(total)}: it must sum to 1")

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """Ballots.  O(1) an entry."""
        voters, projects = _shape(size)
        steps = np.cumsum([float(share) for share in self.shares])[:-1]
        party = np.searchsorted(steps, rng.random(voters), side="right")
        drawn: BoolArray = party[:, None] == self._parties(projects)
        return drawn

    def rate(self, projects: int, /) -> Number:
        """The sizes of the parties, weighted."""
        whole(projects, "projects", least=1)
        sizes: list[int] = np.bincount(self._parties(projects), minlength=len(self.shares)).tolist()
        weighted = zip(self.shares, sizes, strict=True)
        return sum((share * Fraction(size, projects) for share, size in weighted), Fraction(0))

    def _parties(self, projects: int) -> Integers:
        return np.arange(projects) * len(self.shares) // projects


def _share(given: Number, name: str) -> Number:
    number = real(given, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} is {show(number)}: it must lie between 0 and 1")
    return number


def _shape(size: Size) -> Size:
    voters, projects = size
    return whole(voters, "size[0]", least=0), whole(projects, "size[1]", least=1)


def _part(p: Number, projects: int) -> int:
    """The floor of ``p`` times ``projects``, not misled by what is lost in a float."""
    product = p * projects
    return math.floor(product if isinstance(product, Fraction) else round(product, 9))


def _kept(p: Number, projects: int) -> Fraction:
    """How much of so many projects a centre approves of."""
    return Fraction(_part(p, whole(projects, "projects", least=1)), projects)


def _disjoint(rng: np.random.Generator, projects: int, size: int, groups: int) -> BoolArray:
    """Random disjoint sets of projects of this size, (groups, projects)."""
    order = rng.permutation(projects)
    centres = np.zeros((groups, projects), np.bool_)
    for group in range(groups):
        centres[group, order[group * size : (group + 1) * size]] = True
    return centres


def _resampled(centre: BoolArray, p: Number, phi: Number) -> FloatArray:
    """How likely each project is approved of."""
    anew = float(phi) * float(p)
    return np.where(centre, 1 - float(phi) + anew, anew)


def _origins(parents: Integers) -> Integers:
    """Of each the first of its ancestors; whoever is its own parent has none."""
    while True:
        older = parents[parents]
        if np.array_equal(older, parents):
            return parents
        parents = older

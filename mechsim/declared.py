r"""Mechanisms that declare what they are: terms of reports, numbers, ranks and weights.

A term is a report :math:`x_i`, a place, the :math:`k`-th smallest of some terms, or a weighted sum
of terms; a form is a term, or a lottery over terms.  A form can be played, exactly or on arrays,
and it can be reasoned about as the formula that it is.  So `mechsim.proving` proves for twenty
agents what the code of a rule shows for five.

Whatever is the median of reports and phantoms is a term; so is anything that is made of reports by
minima and maxima, as all strategyproof rules for single-peaked preferences are (Moulin 1980).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from ._extents import ONE, Extent, around, require_extent
from ._numbers import Number, real, sequence, show, show_all, whole
from .batch import Lotteries
from .lottery import Finite, mix, sure
from .mechanism import Draw
from .population import FloatArray


@dataclass(frozen=True)
class Report:
    """What ``agent`` reports, counted from 0."""

    extent: ClassVar[Extent] = ONE

    agent: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "agent", whole(self.agent, "agent", least=0))

    def at(self, reports: Sequence[Any], /) -> Any:
        """The report."""
        return reports[self.agent]

    def rows(self, batch: FloatArray, /) -> FloatArray:
        """The column of the agent."""
        return batch[:, self.agent]

    def __str__(self) -> str:
        return f"x{self.agent}"


@dataclass(frozen=True)
class Fixed:
    """The same place always; a float is read as the fraction that it is."""

    extent: ClassVar[Extent] = ONE

    place: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", Fraction(real(self.place, "place")))

    def at(self, reports: Sequence[Any], /) -> Any:
        """The place."""
        return self.place

    def rows(self, batch: FloatArray, /) -> FloatArray:
        """The place, in every row."""
        return np.full(len(batch), float(self.place))

    def __str__(self) -> str:
        return show(self.place)


@dataclass(frozen=True)
class Ranked:
    """The ``rank``-th smallest of some terms; rank 1 is the smallest.  O(n log n).

    Parameters
    ----------
    rank : int
    of : tuple of Term or Number
        What is ranked; a number is a place.
    """

    rank: int
    of: tuple["Term", ...]

    def __post_init__(self) -> None:
        of = tuple(_term(given, f"of[{k}]") for k, given in enumerate(sequence(self.of, "of")))
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "rank", whole(self.rank, "rank", least=1))
        if self.rank > len(of):
            raise ValueError(f"rank is {self.rank}: there are only {len(of)} terms")
        require_extent(self.extent, "of")

    @cached_property
    def extent(self) -> Extent:
        """How large it is, from how large its parts are."""
        return around([term.extent for term in inside(self)])

    def at(self, reports: Sequence[Any], /) -> Any:
        """The value that has this rank."""
        return sorted(term.at(reports) for term in self.of)[self.rank - 1]

    def rows(self, batch: FloatArray, /) -> FloatArray:
        """The value that has this rank, in every row."""
        values = np.stack([term.rows(batch) for term in self.of], axis=1)
        ranked: FloatArray = np.partition(values, self.rank - 1, axis=1)[:, self.rank - 1]
        return ranked

    def __str__(self) -> str:
        return f"rank {self.rank} of {show_all(self.of)}"


@dataclass(frozen=True)
class Weighted:
    """A sum of terms, each times its weight.

    Parameters
    ----------
    parts : tuple of (int or Fraction, Term or Number)
        The weights may be negative, and need not sum to 1.
    """

    parts: tuple[tuple[Fraction, "Term"], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", _weighed(self.parts))
        require_extent(self.extent, "parts")

    @cached_property
    def extent(self) -> Extent:
        """How large it is, from how large its parts are."""
        return around([term.extent for term in inside(self)])

    def at(self, reports: Sequence[Any], /) -> Any:
        """The sum."""
        return sum((weight * term.at(reports) for weight, term in self.parts), Fraction(0))

    def rows(self, batch: FloatArray, /) -> FloatArray:
        """The sum in every row, up to rounding."""
        total = np.zeros(len(batch))
        for weight, term in self.parts:
            total += float(weight) * term.rows(batch)
        return total

    def __str__(self) -> str:
        told = " + ".join(f"{weight} {term}" for weight, term in self.parts[:12])
        return f"({told}{' + ...' if len(self.parts) > 12 else ''})"


Term: TypeAlias = Report | Fixed | Ranked | Weighted
"""What a deterministic rule can be made of."""

TERMS = (Report, Fixed, Ranked, Weighted)
"""Its kinds."""

Given: TypeAlias = Term | Number
"""A term, or a number, which is a place."""


@dataclass(frozen=True)
class Mixed:
    """A lottery: one of some terms is drawn, before anything is reported.

    Parameters
    ----------
    parts : tuple of (int or Fraction, Term or Number)
        The probabilities are positive and sum to 1.
    """

    parts: tuple[tuple[Fraction, Term], ...]

    def __post_init__(self) -> None:
        parts = _weighed(self.parts)
        object.__setattr__(self, "parts", parts)
        for k, (probability, _) in enumerate(parts):
            if probability <= 0:
                raise ValueError(f"parts[{k}] has probability {probability}: it must be positive")
        total = sum(probability for probability, _ in parts)
        if total != 1:
            raise ValueError(f"parts has probabilities that sum to {total}: they must sum to 1")
        require_extent(around([term.extent for term in inside(self)]), "parts")

    def __str__(self) -> str:
        told = ", ".join(f"{term}: {probability}" for probability, term in self.parts[:12])
        return f"{{{told}{', ...' if len(self.parts) > 12 else ''}}}"


Form: TypeAlias = Term | Mixed
"""What can be declared."""


class Declares(Protocol):
    """A mechanism that says what it computes."""

    def declared(self, agents: int, /) -> Form:
        """The form, for this number of agents."""
        ...

    def __call__(self, reports: Any, /) -> Any:
        """The outcome, or the lottery."""
        ...


@dataclass(frozen=True)
class Declared:
    """The mechanism that a form is; of float reports it is the exact outcome, rounded once.

    Parameters
    ----------
    form : Term or Mixed
    agents : int
        How many agents report; the form names no others.

    Examples
    --------
    >>> agents = 3
    >>> rule = Declared(median(*reports(agents), Fraction(1, 3), Fraction(2, 3)), agents)
    >>> rule([0, 0, 1])
    Fraction(1, 3)
    >>> rule.of_batch([[0, 0.5, 1], [0.1, 0.2, 0]])
    array([0.5, 0.2])
    >>> half = Fraction(1, 2)
    >>> coin = Declared(mixed((half, mean(*reports(2))), (half, 1)), 2)
    >>> print(coin([0, half]))
    outcome  probability
    -------  -----------
    1/4              1/2
    1                1/2
    """

    form: Form
    agents: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "agents", whole(self.agents, "agents", least=1))
        if type(cast(object, self.form)) not in (*TERMS, Mixed):  # what is derived may do otherwise
            raise ValueError(f"form is {self.form!r}: it must be a term, or Mixed")
        most = max(mentioned(self.form), default=0)
        if most >= self.agents:
            raise ValueError(
                f"form has the report of agent {most}: there are {self.agents} agents, from 0"
            )

    def declared(self, agents: int, /) -> Form:
        """The form."""
        self._require(agents)
        return self.form

    def rules(self, agents: int, /) -> Draw[Number, Number]:
        """The terms that may be drawn, each as a rule."""
        self._require(agents)
        for probability, term in drawn(self.form):
            yield probability, Declared(term, agents)

    def __call__(self, reports: "Sequence[Any] | npt.NDArray[Any]", /) -> Any:
        """Where to build; a lottery if the form is one."""
        given = sequence(reports, "reports")
        self._require(len(given))
        read = [real(report, f"reports[{agent}]") for agent, report in enumerate(given)]
        floats = any(isinstance(report, float) for report in read)
        exact = [r if isinstance(r, Fraction) else Fraction(r) for r in read]
        parts = [(p, term.at(exact)) for p, term in drawn(self.form)]
        if floats:
            parts = [(p, float(place)) for p, place in parts]
        return _lottery(parts) if isinstance(self.form, Mixed) else parts[0][1]

    def of_batch(
        self, profiles: "npt.NDArray[Any] | Sequence[Sequence[Any]]", /
    ) -> FloatArray | Lotteries:
        """The same, for each row of a (batch, agents) array, up to rounding of weighted sums."""
        batch: FloatArray = np.asarray(profiles, dtype=np.float64)
        if batch.ndim != 2:
            raise ValueError(f"profiles has the shape {batch.shape}: it must be (batch, agents)")
        self._require(batch.shape[1])
        if not np.isfinite(batch).all():
            row, column = np.argwhere(~np.isfinite(batch))[0]
            raise ValueError(f"profiles[{row}, {column}] is {batch[row, column]}: not finite")
        if not isinstance(self.form, Mixed):
            return self.form.rows(batch).copy()
        outcomes = np.stack([term.rows(batch) for _, term in self.form.parts], axis=1)
        return Lotteries(outcomes, tuple(p for p, _ in self.form.parts))

    def _require(self, agents: int) -> None:
        if agents != self.agents:
            raise ValueError(f"reports has {agents} entries: the form is for {self.agents} agents")

    def __str__(self) -> str:
        return f"Declared({self.form})"


def drawn(form: Form) -> tuple[tuple[Fraction, Term], ...]:
    """The terms that a form may draw, with their probabilities."""
    return form.parts if isinstance(form, Mixed) else ((Fraction(1), form),)


def mentioned(form: Form) -> frozenset[int]:
    """The agents whose reports are in a form."""
    if isinstance(form, Report):
        return frozenset((form.agent,))
    return frozenset(agent for term in inside(form) for agent in mentioned(term))


def inside(form: Form) -> tuple[Term, ...]:
    """The terms that a form is directly made of."""
    if isinstance(form, Ranked):
        return form.of
    return tuple(term for _, term in form.parts) if isinstance(form, (Weighted, Mixed)) else ()


def reports(agents: int) -> tuple[Report, ...]:
    """The reports of so many agents."""
    return tuple(map(Report, range(whole(agents, "agents", least=1))))


def smallest(*of: Given) -> Ranked:
    """The smallest of these."""
    return Ranked(1, cast("tuple[Term, ...]", of))


def largest(*of: Given) -> Ranked:
    """The largest of these."""
    return Ranked(len(of), cast("tuple[Term, ...]", of))


def median(*of: Given) -> Ranked:
    """The middle one of these, the lower of two."""
    return Ranked((len(of) + 1) // 2, cast("tuple[Term, ...]", of))


def clip(term: Given, low: Given, high: Given) -> Ranked:
    """The term, raised to ``low``, and then lowered to ``high``."""
    return smallest(largest(term, low), high)


def mean(*of: Given) -> Weighted:
    """The average of these."""
    return Weighted(tuple((Fraction(1, len(of)), cast(Term, term)) for term in of))


def weighted(*parts: tuple[int | Fraction, Given]) -> Weighted:
    """The sum of these, each times its weight."""
    return Weighted(cast("tuple[tuple[Fraction, Term], ...]", parts))


def mixed(*parts: tuple[int | Fraction, Given]) -> Mixed:
    """The lottery in which each of these has its probability."""
    return Mixed(cast("tuple[tuple[Fraction, Term], ...]", parts))


def any_of(*of: Given) -> Mixed:
    """The lottery in which each of these is equally likely."""
    return Mixed(tuple((Fraction(1, len(of)), cast(Term, term)) for term in of))


def _term(given: Any, name: str) -> Term:
    """A term as it is, and a number as a place."""
    if type(given) in TERMS:  # what is derived from one may do otherwise than it says
        return cast(Term, given)
    if isinstance(given, TERMS):
        raise ValueError(f"{name} is {given!r}: it must be a term, and not of a class of its own")
    if isinstance(given, Mixed):
        raise ValueError(f"{name} is a lottery: only a whole form can be one")
    return Fixed(real(given, name))


def _weighed(parts: object) -> tuple[tuple[Fraction, Term], ...]:
    """Pairs of an exact weight and a term."""
    pairs: list[tuple[Fraction, Term]] = []
    for k, part in enumerate(sequence(parts, "parts")):
        if not isinstance(part, tuple) or len(cast("tuple[Any, ...]", part)) != 2:
            raise ValueError(f"parts[{k}] is {part!r}: it must be (weight, term)")
        weight, given = cast("tuple[Any, Any]", part)
        if type(weight) not in (int, Fraction):
            raise ValueError(f"parts[{k}] has weight {weight!r}: it must be an int or a Fraction")
        pairs.append((Fraction(weight), _term(given, f"parts[{k}]")))
    if not pairs:
        raise ValueError("parts is empty: there must be a term")
    return tuple(pairs)


def _lottery(parts: list[tuple[Fraction, Any]]) -> Finite[Any]:
    return mix((probability, sure(place)) for probability, place in parts)

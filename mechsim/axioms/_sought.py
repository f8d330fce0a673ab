"""A mechanism that is sought, as axioms see it: unknown probabilities that rows are written about.

An axiom that can be asked of such a mechanism has ``rows(sought)``, which writes what it requires
as rows of a linear program, or, if it makes profiles alike, ``symmetries(sought)``.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import show_all
from ..program import Exact, Terms
from ..setting import Instance, Priced
from ._base import OutcomeAxiom, positive

Numbers: TypeAlias = npt.NDArray[np.int64]
"""Agents, types, alternatives, profiles or variables, each counted from 0."""


@dataclass(frozen=True, eq=False)
class Symmetries:
    """What may be exchanged without changing the mechanism.

    Parameters
    ----------
    agents : bool
        Whether agents may.
    renamings : tuple of (types, alternatives)
        What each type and each alternative becomes, by number.
    """

    agents: bool = False
    renamings: tuple[tuple[Numbers, Numbers], ...] = ()


class Sought(Protocol):
    """A mechanism that is sought, for ``agents`` agents with finitely many types.

    Profiles are rows of a (k, agents) array of types by number.
    """

    @property
    def setting(self) -> Any:
        """The world."""
        ...

    @property
    def agents(self) -> int:
        """How many there are."""
        ...

    @property
    def types(self) -> tuple[tuple[Any, ...], ...]:
        """Those of each agent."""
        ...

    @property
    def alternatives(self) -> tuple[Any, ...]:
        """What can be chosen."""
        ...

    @property
    def profiles(self) -> Numbers:
        """The profiles at which rows are needed; others are like one of these."""
        ...

    @property
    def has_payments(self) -> bool:
        """Whether agents pay."""
        ...

    def lottery(self, profiles: Numbers, /) -> Numbers:
        """The variables that are the probabilities there: (k, alternatives)."""
        ...

    def payments(self, profiles: Numbers, /) -> Numbers:
        """The variables that are the payments there: (k, agents)."""
        ...

    def values(self, agent: int, /) -> tuple[Any, int]:
        """Integers (types, alternatives) over a denominator: what is worth what to ``agent``."""
        ...

    def departures(self, agent: int, /) -> tuple[Numbers, Numbers]:
        """Pairs of a profile's number and a lie of ``agent`` there."""
        ...

    def told(self, rows: Numbers, /) -> Sequence[str]:
        """Profiles, by their numbers, in words."""
        ...

    def told_types(self, agent: int, types: Numbers, /) -> Sequence[str]:
        """Types of ``agent`` in words."""
        ...

    def instances(self) -> Iterator[Instance]:
        """The profiles, one after the other."""
        ...

    def at_most(
        self,
        name: str,
        index: tuple[Sequence[Any], ...],
        bound: Exact,
        /,
        *terms: Terms,
        first: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Rows whose terms sum to ``bound`` or less; ``first`` marks those that bind most often."""
        ...

    def equal(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *terms: Terms
    ) -> None:
        """Rows whose terms sum to ``bound`` exactly."""
        ...


def replaced(profiles: Numbers, agent: int, types: Numbers) -> Numbers:
    """The profiles in which ``agent`` reports ``types`` instead."""
    lied = profiles.copy()
    lied[:, agent] = types
    return lied


def gains(
    sought: Sought, agent: int, truth: Numbers, told: Numbers, lied: Numbers, row: Numbers
) -> tuple[Terms, ...]:
    """What an agent of type ``truth`` gains if ``lied`` is reported instead of ``told``."""
    numerator, denominator = sought.values(agent)
    worth, place = numerator[truth], row[:, None]
    terms = (
        Terms(sought.lottery(lied), worth, place, denominator),
        Terms(sought.lottery(told), -worth, place, denominator),
    )
    if not sought.has_payments:
        return terms
    before, after = sought.payments(told)[:, agent], sought.payments(lied)[:, agent]
    return (*terms, Terms(after, -1, row), Terms(before, 1, row))


def no_gains(sought: Sought) -> None:
    """Rows by which nobody expects to gain by a lie, whatever the others report."""
    for agent in range(sought.agents):
        place, lie = sought.departures(agent)
        told = sought.profiles[place]
        truth = told[:, agent]
        sought.at_most(
            f"agent {agent} at {{0}} gains nothing by reporting {{1}}",
            (sought.told(place), sought.told_types(agent, lie)),
            0,
            *gains(sought, agent, truth, told, replaced(told, agent, lie), np.arange(len(lie))),
            first=np.abs(truth - lie) == 1,
        )


def dominance(sought: Sought, sets_of: Callable[[int, Any], Iterable[frozenset[Any]]]) -> None:
    """Rows by which no lie makes any of the sets that a type wants likelier."""
    if sought.has_payments:
        raise ValueError("an order of alternatives does not say what they are worth in money")
    number = {alternative: k for k, alternative in enumerate(sought.alternatives)}
    for agent in range(sought.agents):
        place, lie = sought.departures(agent)
        told = sought.profiles[place]
        before, after = sought.lottery(told), sought.lottery(replaced(told, agent, lie))
        rows: list[tuple[int, int]] = []
        columns: list[Numbers] = []
        for k, truth in enumerate(told[:, agent].tolist()):
            for wanted in sets_of(agent, sought.types[agent][truth]):
                rows.append((k, len(columns)))
                columns.append(np.array(sorted(number[one] for one in wanted), dtype=np.int64))
        if not columns:
            continue
        sizes = np.array([len(members) for members in columns])
        row = np.repeat(np.arange(len(columns)), sizes)
        member = np.concatenate(columns)
        case: Numbers = np.array([k for k, _ in rows], dtype=np.int64)
        sought.at_most(
            f"agent {agent} at {{0}} makes {{2}} no likelier by reporting {{1}}",
            (
                sought.told(place[case]),
                sought.told_types(agent, lie[case]),
                Sets(sought, tuple(map(tuple, (members.tolist() for members in columns)))),
            ),
            0,
            Terms(after[case[row], member], 1, row),
            Terms(before[case[row], member], -1, row),
            first=(np.abs(told[:, agent] - lie) == 1)[case],
        )


def outcome_rows(sought: Sought, axiom: OutcomeAxiom, name: str) -> None:
    """Rows by which no outcome is drawn that breaks ``axiom``."""
    if sought.has_payments:
        raise ValueError(
            f"{axiom} is read ex post, and of lotteries with payments that is no linear condition: "
            f"ask for ExAnte({axiom}), by which payments can be made to suit every outcome"
        )
    bad: list[tuple[int, int]] = []
    for place, instance in enumerate(sought.instances()):
        cases = list(axiom.cases(instance))
        for number, outcome in enumerate(sought.alternatives):
            if any(positive(axiom.outcome_violation(outcome, case)) for case in cases):
                bad.append((place, number))
    if not bad:
        return
    profile, chosen = np.array(bad, dtype=np.int64).T
    rows, row = np.unique(profile, return_inverse=True)
    column = sought.lottery(sought.profiles[profile])[np.arange(len(bad)), chosen]
    sought.equal(name, (sought.told(rows),), 0, Terms(column, 1, row))


def expected_rows(sought: Sought, axiom: OutcomeAxiom, name: str) -> None:
    """Rows by which ``axiom`` holds in expectation; it is affine in the payments, if any."""
    place: list[int] = []
    told_cases: list[str] = []
    base: list[list[Fraction]] = []
    slopes: list[list[Fraction]] = []
    for number, instance in enumerate(sought.instances()):
        for case in axiom.cases(instance):
            place.append(number)
            told_cases.append(_told(case))
            violations, slope = _affine(sought, axiom, case)
            base.append(violations)
            slopes.append(slope)
    if not place:
        return
    rows = np.array(place, dtype=np.int64)
    told, row = sought.profiles[rows], np.arange(len(rows), dtype=np.int64)[:, None]
    terms = [Terms(sought.lottery(told), base, row)]
    if sought.has_payments:
        terms.append(Terms(sought.payments(told), slopes, row))
    sought.at_most(name, (sought.told(rows), told_cases), 0, *terms)


def _told(case: Any) -> str:
    """What a case says beside its instance."""
    said = ""
    for field in dataclasses.fields(case):
        name, value = field.name.rstrip("_").replace("_", " "), getattr(case, field.name)
        if value is True:
            said += f", {name}"
        elif value is not False and field.name != "instance":
            said += f", {name} {show_all((value,))[1:-1]}"
    return said


def _affine(
    sought: Sought, axiom: OutcomeAxiom, case: Any
) -> tuple[list[Fraction], list[Fraction]]:
    """The violation of each alternative without payments, and how it grows with each payment."""

    def violation(alternative: Any, paid: tuple[Fraction, ...]) -> Fraction:
        outcome = Priced(alternative, paid) if sought.has_payments else alternative
        return share(axiom.outcome_violation(outcome, case), "a violation")

    nothing = (Fraction(0),) * sought.agents
    base = [violation(one, nothing) for one in sought.alternatives]
    if not sought.has_payments:
        return base, []
    slopes: list[Fraction] = []
    for agent in range(sought.agents):
        paid = tuple(Fraction(other == agent) for other in range(sought.agents))
        pairs = zip(sought.alternatives, base, strict=True)
        found = {violation(one, paid) - was for one, was in pairs}
        if len(found) > 1:
            raise ValueError(f"{axiom} is not affine in the payments, so it is no linear condition")
        slopes.append(found.pop())
    return base, slopes


@dataclass(frozen=True, eq=False)
class Sets(Sequence[str]):
    """Sets of alternatives in words, put together when asked for."""

    sought: Sought
    members: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.members)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[k] for k in range(len(self))[index]]
        world = Instance(self.sought.setting, ())
        members: tuple[int, ...] = self.members[int(index)]
        return " or ".join(world.tell(self.sought.alternatives[k]) for k in members)


def share(number: Any, what: str) -> Fraction:
    """``number`` as a fraction.

    Raises
    ------
    ValueError
        If it is none: rows are exact.
    """
    if isinstance(number, (int, Fraction)) and not isinstance(number, bool):
        return Fraction(number)
    raise ValueError(
        f"{what} is {number!r} ({type(number).__name__}): rows are exact, so it must be an int or "
        "a Fraction"
    )

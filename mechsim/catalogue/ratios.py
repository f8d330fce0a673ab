"""Claims about approximation ratios: attained, never larger, optimal, or forced by an axiom."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from .._numbers import Number, is_ball, same, show
from .._text import brief
from ..axioms import OutcomeAxiom, Unknown, fair_interval
from ..axioms.names import label
from ..objectives import Convention, Expected, Objective, optimum, ratio
from ..objectives.ratio import exceeds, over_optimum, show_ratio
from ..setting import Domain, Instance
from .claims import Card, Entry, Rederived
from .domains import Increasing
from .findings import Attained, Forced, OptimalOn, heading


@dataclass(frozen=True)
class Ratio:
    """The ratio of ``objective`` is ``value`` at ``instance``, and no larger on ``domain``.

    Parameters
    ----------
    objective : Objective
    value : int, Fraction or math.inf
        More than 1; a mechanism of ratio 1 is `Optimal`.
    instance : Instance
        Where the ratio is evaluated again, exactly.
    domain : Domain or Increasing, optional
        Every profile of it is tried; without one the claim is a lower bound.
    because : str
        Why no profile at all has a larger one.
    convention : Convention
        What the objective means of a lottery.
    """

    objective: Objective
    value: Number
    instance: Instance
    domain: Domain | Increasing | None = None
    because: str = ""
    convention: Convention = Expected()

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", claimed(self.value))
        if self.value == math.inf and self.domain is not None:
            raise ValueError("domain is given: what is unbounded is not exhausted, leave it out")

    @property
    def heading(self) -> str:
        """The objective, read by the convention."""
        return heading(self.objective, self.convention)

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        least = "" if self.domain is not None or self.value == math.inf else "at least "
        bound = "" if self.domain is None else f"; bound exhausted on {self.domain}"
        claim = f"{least}{show_ratio(self.value)}"
        return self.heading, claim, f"attained at {self.instance}{bound}", self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Evaluate the ratio at the instance, and at every profile of the domain."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        mechanism = entry.card.rule(self.instance.setting)
        found, again = (self._at(mechanism, self.instance) for _ in "12")
        there = Attained(mechanism, self.objective, self.convention, found, self.instance)
        if not same(found, again):
            note = f"it answers the same reports in two ways, at {self.instance}"
            return Rederived(entry, self, there, False, note)
        if isinstance(found, float) and found != math.inf:
            return _unknown(self, entry, mechanism, FLOATS, 1)
        if is_ball(found) or found != self.value:
            note = f"the ratio at {self.instance} is {show_ratio(found)}, not {show(self.value)}"
            return Rederived(entry, self, there, False, note)
        if self.domain is None:
            return Rederived(entry, self, there, True, self.because)
        return self._exhaust(entry, there, self.domain)

    def _exhaust(self, entry: Entry, there: Attained, domain: Domain | Increasing) -> Rederived:
        mechanism, above_one = entry.card.rule(domain.setting), False
        for instance in domain:
            found = self._at(mechanism, instance)
            if isinstance(found, float) and found != math.inf:
                return _unknown(self, entry, mechanism, FLOATS, domain.size)
            if exceeds(found, self.value):
                worse = Attained(mechanism, self.objective, self.convention, found, instance)
                return Rederived(entry, self, worse, False, f"the bound is wrong: {worse}")
            above_one = above_one or exceeds(found, 1)
        bounded = replace(there, bound=str(domain), profiles=domain.size)
        if not above_one:
            note = f"the test has no power: the ratio is 1 everywhere, {domain}"
            return Rederived(entry, self, bounded, False, note)
        return Rederived(entry, self, bounded, True, self.because)

    def _at(self, mechanism: Any, instance: Instance) -> Any:
        return ratio(mechanism, self.objective, instance, self.convention)


@dataclass(frozen=True)
class Optimal:
    """No place does better, ``because`` of a theorem; every profile of ``domain`` is tried again.

    Some mechanism of the catalogue for which a `Ratio` of this objective is claimed must do worse
    on the domain: a test that nothing can fail shows nothing.
    """

    objective: Objective
    domain: Domain | Increasing
    because: str
    convention: Convention = Expected()

    def __post_init__(self) -> None:
        if not hasattr(self.domain, "agents"):
            raise ValueError(f"domain is {self.domain!r}: it must be Domain(setting, agents)")

    @property
    def heading(self) -> str:
        """The objective, read by the convention."""
        return heading(self.objective, self.convention)

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.heading, "optimal", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Try every profile of the domain, and look for mechanisms that do worse there."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        mechanism = entry.card.rule(self.domain.setting)
        for instance in self.domain:
            found = ratio(mechanism, self.objective, instance, self.convention)
            if exceeds(found, 1):
                worse = Attained(mechanism, self.objective, self.convention, found, instance)
                return Rederived(entry, self, worse, False, f"it is not optimal: {worse}")
            if isinstance(found, float):
                return _unknown(self, entry, mechanism, FLOATS, self.domain.size)
        verdict = OptimalOn(
            mechanism, self.objective, self.convention, str(self.domain), self.domain.size
        )
        asked: Any = (self.objective, self.convention, self.domain)
        foils = sum(_does_worse(*asked, foil) for foil in catalogue)
        if not foils:
            note = f"the test has no power: no mechanism known to do worse does, {self.domain}"
            return Rederived(entry, self, verdict, False, note, 0)
        return Rederived(entry, self, verdict, True, self.because, foils)


@dataclass(frozen=True)
class Floor:
    """Whatever satisfies ``axiom`` has at least the ratio ``value``: at ``instance`` it must.

    The outcomes there that satisfy the axiom are an interval, and the best of them has exactly
    this ratio.  The claim is about all mechanisms; it stands on the card of one that it concerns.
    """

    objective: Objective
    axiom: OutcomeAxiom
    instance: Instance
    value: Number
    because: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", claimed(self.value))

    @property
    def heading(self) -> str:
        """The objective."""
        return self.objective.heading

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        claim = f"at least {show_ratio(self.value)} if {label(self.axiom)}"
        return self.heading, claim, f"forced at {self.instance}", self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find the best of the outcomes that satisfy the axiom."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        low, high = fair_interval(self.axiom, self.instance)
        best = optimum(self.objective, self.instance, within=(low, high))
        found = over_optimum(
            self.objective, best.value, optimum(self.objective, self.instance).value
        )
        verdict = Forced(self.axiom, self.objective, self.instance, low, high, best.place, found)
        if not _allowed(self.axiom, self.instance, best.place):
            note = f"{show(best.place)} does not satisfy {brief(self.axiom)}, as its interval says"
            return Rederived(entry, self, verdict, False, note)
        if isinstance(found, float) and found != math.inf:
            return _unknown(self, entry, None, FLOATS, 1)
        if is_ball(found) or found != self.value:
            note = f"the best place allowed has the ratio {show_ratio(found)}"
            return Rederived(entry, self, verdict, False, f"{note}, not {show(self.value)}")
        return Rederived(entry, self, verdict, True, self.because)


FLOATS = "it was computed in floats, and that proves nothing"


def claimed(value: object) -> Number:
    """A ratio that may be claimed."""
    if value == math.inf:
        return math.inf
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)) or value <= 1:
        raise ValueError(f"value is {value!r}: it must be an exact number above 1, or math.inf")
    return Fraction(value)


def _allowed(axiom: Any, instance: Instance, place: Number) -> bool:
    cases = axiom.cases(instance)
    return all(axiom.outcome_violation(place, case) <= 0 for case in cases)


def derived(claim: Any, entry: Entry, derive: Any, catalogue: Sequence[Card]) -> Rederived:
    """What ``derive`` finds; whatever it raises is a finding about the card."""
    try:
        found: Rederived = derive(entry, catalogue)
    except Exception as error:  # a card may be wrong in any way; that is a finding
        return _unknown(claim, entry, None, f"it raises {type(error).__name__}: {error}", 0)
    return found


def _unknown(claim: Any, entry: Entry, mechanism: Any, why: str, spent: int) -> Rederived:
    asked = getattr(claim, "objective", claim)
    unknown = Unknown(mechanism or entry.card.title, asked, why, spent)
    return Rederived(entry, claim, unknown, False, f"the claim cannot be tested: {why}")


@cache
def _does_worse(
    objective: Objective, convention: Convention, domain: Domain | Increasing, foil: Card
) -> bool:
    """Whether ``foil`` claims a ratio above 1 in such a setting and has one on this domain.

    Remembered, because many claims ask the same of the same foils.
    """
    for claim in foil.claims:
        if isinstance(claim, Ratio) and claim.objective == objective:
            if type(claim.instance.setting) is not type(domain.setting):
                continue
            try:
                mechanism = foil.rule(domain.setting)
                return any(
                    exceeds(ratio(mechanism, objective, instance, convention), 1)
                    for instance in domain
                )
            except Exception:  # a foil for other settings of this kind, or a broken one
                return False
    return False

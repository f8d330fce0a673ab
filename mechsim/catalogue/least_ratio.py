"""Claims about the worst ratio that a rule must have, and that some rule has no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._json import JSON
from .._numbers import Number, real, show
from .._text import brief, many
from ..axioms import Proved
from ..axioms.names import label
from ..design import BestRule, NoRule, SomeRule, best_rule, impossible
from ..objectives import Approximates, Objective
from ..preferences import Stretches
from ..proving import verify
from ..setting import Domain
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .no_rule import is_certified
from .ratios import derived


@dataclass(frozen=True)
class Least:
    """No rule that satisfies the axioms has a smaller worst ratio, and one has this."""

    objective: Objective
    axioms: tuple[Any, ...]
    domain: Domain
    ratio: Number
    profiles: int
    certified: bool = False
    """Whether a certificate of that was written, which `mechsim.proving.certcheck` accepts."""

    word = "least"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        return (
            f"{show(self.ratio)} is the least ratio of {self.objective.heading} of a rule for "
            f"{self.domain} with {axioms}: with less they contradict each other at "
            f"{many(self.profiles, 'profile')}{', as certified' if self.certified else ''}"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class LeastRatio:
    """Of deterministic rules with ``axioms`` none has a worst ratio below ``value``; one has it.

    Parameters
    ----------
    objective : Objective
    axioms : tuple of axioms
    domain : Domain
        Where agents may be.
    value : Number
        Above 1.
    because : str
    alternatives : tuple, optional
        Where the facility may be, if not where the setting says; or, with ``parts``, places among
        which there is a rule that has the ratio.
    parts : int, optional
        That the facility may be anywhere on the line, which is shown with so many parts of it.
    """

    objective: Objective
    axioms: tuple[Any, ...]
    domain: Domain
    value: Number
    because: str
    alternatives: tuple[Any, ...] | None = None
    parts: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", real(self.value, "value"))
        if self.value <= 1:
            raise ValueError(f"value is {show(self.value)}: it must be above 1")

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        what = f"{self.objective.heading} of a rule that is {' and '.join(map(label, self.axioms))}"
        where = "" if self.parts is None else ", the facility anywhere"
        return what, f"at best {show(self.value)}", f"{self.domain}{where}", self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find a rule of this ratio again, verify it, and the contradiction below it."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        setting, agents = self.domain.setting, self.domain.agents
        if self.parts is None:
            best = best_rule(
                self.objective, self.axioms, setting, agents=agents, alternatives=self.alternatives
            )
            if not isinstance(best, BestRule):
                return Rederived(entry, self, self._least(best), False, str(best))
            finding = self._least(best.none_below, best.ratio)
            if best.ratio != self.value:
                return Rederived(entry, self, finding, False, str(best))
            return self._verified(entry, finding, best.rule)
        within = (*self.axioms, Approximates(self.objective, self.value))
        rule = impossible(within, setting, agents=agents, alternatives=self.alternatives)
        below = (*self.axioms, Approximates(self.objective, self.value, strictly=True))
        none = impossible(below, Stretches(setting, self.parts), agents=agents)
        finding = self._least(none)
        if not isinstance(rule, SomeRule) or not isinstance(none, NoRule):
            note = str(rule) if not isinstance(rule, SomeRule) else str(none)
            return Rederived(entry, self, finding, False, note)
        return self._verified(entry, finding, rule)

    def _verified(self, entry: Entry, finding: Least, rule: SomeRule) -> Rederived:
        asked = (*self.axioms, Approximates(self.objective, self.value))
        for axiom in asked:
            verdict = verify(rule, axiom, self.domain.setting, agents=self.domain.agents)
            if not isinstance(verdict, Proved):
                return Rederived(entry, self, finding, False, f"the rule found: {verdict}")
        return Rederived(entry, self, finding, True, self.because)

    def _least(self, none: Any, ratio: Number | None = None) -> Least:
        value = self.value if ratio is None else ratio
        if not isinstance(none, NoRule):
            return Least(self.objective, self.axioms, self.domain, value, 0)
        sizes = len(none.profiles), is_certified(none)
        return Least(self.objective, self.axioms, self.domain, value, *sizes)

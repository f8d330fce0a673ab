"""The claim that no mechanism with certain axioms does better, re-derived by a linear program."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._json import JSON
from .._numbers import show
from .._text import brief
from ..axioms.names import label
from ..design import Designed, optimize
from ..objectives import Objective
from ..objectives.ratio import exceeds, ratio, told
from ..setting import Domain
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import claimed, derived


@dataclass(frozen=True)
class Best:
    """No mechanism that satisfies ``axioms`` on ``domain`` has a smaller ratio than ``ratio``.

    ``rows`` rows of a linear program prove it, with multipliers that were checked exactly.
    """

    objective: Objective
    axioms: tuple[Any, ...]
    domain: str
    ratio: Fraction
    rows: int

    word = "unbeaten"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        return (
            f"no mechanism for {self.domain} that satisfies {axioms} has a smaller ratio "
            f"of {self.objective.heading} than {show(self.ratio)}, as {self.rows} rows prove"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Unbeaten:
    """No mechanism with ``axioms`` has a smaller worst-case ratio than the card's.

    On the finite ``domain`` the best mechanism is computed, and has exactly the ratio ``value``;
    that of the card has no larger one there.  Without the axioms there must be a better one: a
    test that nothing can fail shows nothing.
    """

    objective: Objective
    axioms: tuple[Any, ...]
    domain: Domain
    value: Fraction
    because: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", claimed(self.value))

    @property
    def statement(self) -> str:
        """The claim in words."""
        axioms = " and ".join(map(label, self.axioms))
        return f"nothing that is {axioms} has less than {show(self.value)} of {self.heading}"

    @property
    def heading(self) -> str:
        """The objective."""
        return self.objective.heading

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.statement, "unbeaten", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Compute the best mechanism, and try that of the card at every profile."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        found, rows = self._best(self.axioms)
        verdict = Best(self.objective, self.axioms, str(self.domain), found, rows)
        if found != self.value:
            note = f"the best ratio is {show(found)}, not {show(self.value)}"
            return Rederived(entry, self, verdict, False, note)
        mechanism = entry.card.rule(self.domain.setting)
        for instance in self.domain:
            here = ratio(mechanism, self.objective, instance)
            if exceeds(here, self.value):
                note = f"{brief(mechanism)} has {told(here)} at {instance}"
                return Rederived(entry, self, verdict, False, note)
        if self._best(())[0] == self.value:
            note = "the test has no power: without the axioms nothing is better either"
            return Rederived(entry, self, verdict, False, note)
        return Rederived(entry, self, verdict, True, self.because)

    def _best(self, axioms: tuple[Any, ...]) -> tuple[Fraction, int]:
        """The smallest ratio, at least 1, and how many rows prove it."""
        setting, agents = self.domain.setting, self.domain.agents
        found = optimize(self.objective, axioms, setting, agents=agents)
        if not isinstance(found, Designed):
            raise ValueError(f"there is no mechanism with these axioms: {found}")
        rows = sum(1 for y in found.optimum.dual if y)
        if self.objective.minimised:
            return found.value, rows
        if not found.value:
            raise ValueError("the best mechanism is worth nothing somewhere: it has no ratio")
        return 1 / found.value, rows

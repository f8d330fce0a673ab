"""The claim that at some ballots no lottery satisfies all of some axioms, re-derived exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._json import JSON
from .._text import brief, many
from ..axioms.names import label
from ..budgeting.best_lottery import NoLottery, best_lottery, up_to_one
from ..objectives import Utilitarian
from ..setting import Instance
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import derived


@dataclass(frozen=True)
class Incompatible:
    """At ``instance`` no lottery satisfies ``axioms``: these rows contradict each other."""

    axioms: tuple[Any, ...]
    instance: Instance
    outcomes: int
    rows: tuple[str, ...]

    word = "impossible"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        return (
            f"at {self.instance} no lottery over {many(self.outcomes, 'outcome')} satisfies "
            f"{axioms}: {len(self.rows)} rows of a linear program contradict each other"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Impossible:
    """At the ballots of ``instance`` no lottery satisfies ``axioms`` together.

    Lotteries are over all sets that cost the budget up to one project, and cost the budget on
    average.  Each axiom is needed: without it there is a lottery.

    Parameters
    ----------
    axioms : tuple of axioms
        ``ExAnte(axiom)`` and `GroupFairShare` in expectation, others of every outcome.
    instance : Instance
    because : str
    """

    axioms: tuple[Any, ...]
    instance: Instance
    because: str

    @property
    def statement(self) -> str:
        """The claim in words."""
        return f"no lottery is {' and '.join(map(label, self.axioms))}"

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        return self.statement, "impossible", str(self.instance), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Solve the linear programs: with all axioms, and without each of them."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        outcomes = up_to_one(self.instance)
        found = best_lottery(Utilitarian(), self.axioms, self.instance, outcomes=outcomes)
        if not isinstance(found, NoLottery):
            verdict = Incompatible(self.axioms, self.instance, len(outcomes), ())
            return Rederived(entry, self, verdict, False, f"there is one: {found.lottery}")
        verdict = Incompatible(self.axioms, self.instance, len(outcomes), found.core)
        for spared in self.axioms:
            others = [axiom for axiom in self.axioms if axiom is not spared]
            left = best_lottery(Utilitarian(), others, self.instance, outcomes=outcomes)
            if isinstance(left, NoLottery):
                note = f"{brief(spared)} is not needed: the others contradict each other"
                return Rederived(entry, self, verdict, False, note)
        return Rederived(entry, self, verdict, True, self.because)

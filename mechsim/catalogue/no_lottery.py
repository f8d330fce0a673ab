"""The claim that at some ballots no lottery satisfies all of some axioms, re-derived exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._json import JSON
from .._text import brief, many
from ..axioms.names import label
from ..budgeting.best_lottery import BestLottery, NoLottery, allowed, best_lottery, up_to_one
from ..objectives import Utilitarian
from ..preferences.elections import Funded
from ..setting import Instance
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import derived


@dataclass(frozen=True)
class Incompatible:
    """At ``instance`` no lottery satisfies ``axioms``: these rows contradict each other.

    If no outcome satisfies the axioms of outcomes, a single row says so.
    """

    axioms: tuple[Any, ...]
    instance: Instance
    outcomes: int
    rows: tuple[str, ...]

    word = "impossible"

    def __str__(self) -> str:
        axioms = ", ".join(map(brief, self.axioms))
        several = f"{len(self.rows)} rows of a linear program contradict each other"
        why = self.rows[0] if len(self.rows) == 1 else several
        return (
            f"at {self.instance} no lottery over {many(self.outcomes, 'outcome')} satisfies "
            f"{axioms}: {why}"
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
        found = self._contradiction(self.axioms, outcomes)
        if isinstance(found, BestLottery):
            verdict = Incompatible(self.axioms, self.instance, len(outcomes), ())
            return Rederived(entry, self, verdict, False, f"there is one: {found.lottery}")
        verdict = Incompatible(self.axioms, self.instance, len(outcomes), found)
        for spared in self.axioms:
            others = tuple(axiom for axiom in self.axioms if axiom is not spared)
            if not isinstance(self._contradiction(others, outcomes), BestLottery):
                note = f"{brief(spared)} is not needed: the others contradict each other"
                return Rederived(entry, self, verdict, False, note)
        return Rederived(entry, self, verdict, True, self.because)

    def _contradiction(
        self, axioms: tuple[Any, ...], outcomes: tuple[Funded, ...]
    ) -> tuple[str, ...] | BestLottery:
        """Rows that contradict each other, or that no outcome may be drawn; or a lottery."""
        if not allowed(axioms, self.instance, outcomes):
            return ("no outcome satisfies those that are about outcomes",)
        found = best_lottery(Utilitarian(), axioms, self.instance, outcomes=outcomes)
        return found.core if isinstance(found, NoLottery) else found

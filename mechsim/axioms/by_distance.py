r"""What is asked of places on a line, also where agents may have any single-peaked taste.

Fair shares on a line are bounds on distances, :math:`|y - x_i| \le L (1 - |S|/n)`, and so they say
something of the peaks :math:`x_i` alone.  Strategyproofness for all single-peaked tastes is another
matter: of these tastes distance is one.  Theorems that need both ask for both.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location. arXiv:2111.01566.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from .._text import brief
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance
from ..setting import Instance
from ._base import OutcomeAxiom, require_axiom
from ._chosen import Chosen
from .intervals import on_a_line


@dataclass(frozen=True)
class ByDistance:
    """``axiom`` of agents at the same peaks who mind distance.  Its violation.

    Parameters
    ----------
    axiom : OutcomeAxiom
        As `IndividualFairShare`, which bounds distances and is not defined of other tastes.

    Examples
    --------
    >>> from mechsim import Line, SinglePeaked, verify
    >>> from mechsim.axioms import IndividualFairShare
    >>> from mechsim.facility import Median
    >>> line = Line(0, 1, tastes=SinglePeaked()).grid(3)
    >>> verify(Median(), ByDistance(IndividualFairShare()), line, agents=3).word
    'refuted'
    """

    axiom: OutcomeAxiom

    heading: ClassVar[str] = "{} by distance"

    def __post_init__(self) -> None:
        require_axiom(self.axiom)
        if not hasattr(self.axiom, "outcome_violation"):
            raise ValueError(f"axiom is {brief(self.axiom)}: it must be about an outcome")

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Those of the axiom."""
        line: Line = on_a_line(instance)
        yield from self.axiom.cases(Instance(replace(line, tastes=Distance()), instance.reports))

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """Whether the axiom is, as peaks alone are reported."""
        asked = getattr(self.axiom, "is_impartial", None)
        return not chosen.renamed and asked is not None and bool(asked(chosen))

    def outcome_violation(self, outcome: Any, case: Any, /) -> Any:
        """By how much the outcome breaks it."""
        return self.axiom.outcome_violation(outcome, case)

    def explain_outcome(self, when: str, violation: Any, case: Any, /) -> str:
        """What the axiom says."""
        explain = getattr(self.axiom, "explain_outcome", None)
        if explain is None:
            return f"{brief(self.axiom)} is violated {when}, in {brief(case)}"
        return str(explain(when, violation, case))

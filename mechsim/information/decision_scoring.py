r"""Scoring forecasts on which a decision depends.

For each action :math:`a` a belief :math:`r_a` about its outcome is reported; then one action is
taken, with probabilities :math:`\phi(r)`, and only its outcome is seen.  Paid is

.. math:: S(r, a, o) = s(r_a, o) / \phi_a(r),

whose expectation :math:`\sum_a E_{p_a} s(r_a, \cdot)` does not depend on :math:`\phi`: honesty is
best if :math:`s` is proper, provided every action has a chance.  Where the best action is taken for
sure, who knows of two actions may talk one down, and no weights help.

References
----------
Chen, Kash, Ruberry, Shnayder. Eliciting Predictions and Recommendations for Decision Making. ACM
Transactions on Economics and Computation 2, 2014.
Othman, Sandholm. Decision Rules and Decision Markets. AAMAS 2010.
Wang, Pfeiffer. arXiv:2212.00271.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from .._numbers import Number, real, show, weigh
from ..preferences.beliefs import ROUNDING, Belief, expect
from .scoring import Convex, Scores


class DecisionRule(Protocol):
    """How likely each action is taken after the reports."""

    def __call__(self, reports: Sequence[Belief], /) -> tuple[Number, ...]:
        """Probabilities, one an action."""
        ...


@dataclass(frozen=True)
class ByRank:
    """The action that looks k-th best is taken with the k-th probability.

    Parameters
    ----------
    chances : tuple of Number
        Falling, with total 1.
    outcome : int
        The action for which this outcome is likeliest is the best; of equals the first.

    Examples
    --------
    >>> rule = ByRank((Fraction(9, 10), Fraction(1, 10)), outcome=0)
    >>> print(*rule([(Fraction(1, 10), Fraction(9, 10)), (Fraction(3, 5), Fraction(2, 5))]))
    1/10 9/10
    """

    chances: tuple[Number, ...]
    outcome: int = 0

    def __post_init__(self) -> None:
        chances = tuple(real(p, f"chances[{k}]") for k, p in enumerate(self.chances))
        off = abs(float(sum(chances)) - 1)
        if not chances or min(chances) < 0 or off > ROUNDING:
            raise ValueError(f"chances sum to {show(sum(chances))}: they must sum to 1")
        object.__setattr__(self, "chances", chances)

    def __call__(self, reports: Sequence[Belief], /) -> tuple[Number, ...]:
        """The probability of each action."""
        if len(reports) != len(self.chances):
            raise ValueError(
                f"reports has {len(reports)} beliefs: there are {len(self.chances)} chances"
            )
        order = sorted(range(len(reports)), key=lambda a: -reports[a][self.outcome])
        found: list[Number] = [Fraction(0)] * len(reports)
        for chance, action in zip(self.chances, order, strict=True):
            found[action] = chance
        return tuple(found)


@dataclass(frozen=True)
class DecisionScore:
    """A scoring rule for forecasts on which a decision depends.

    Parameters
    ----------
    convex : Convex
        Of the scoring rule of one forecast.
    rule : DecisionRule
    weighted : bool
        Whether scores are divided by the chance of the action, as they must be.

    Examples
    --------
    >>> from mechsim.information import Quadratic
    >>> tenth = Fraction(1, 10)
    >>> truth = [(6 * tenth, 4 * tenth), (tenth, 9 * tenth)]
    >>> score = DecisionScore(Quadratic(), ByRank((9 * tenth, tenth)))
    >>> print(score.expected(truth, truth))
    67/50
    """

    convex: Convex
    rule: DecisionRule
    weighted: bool = True

    def paid(self, reports: Sequence[Belief], action: int, outcome: int) -> Any:
        """What is paid if an action was taken and had an outcome.

        Raises
        ------
        ValueError
            If the action is never taken after these reports.
        """
        chance = self.rule(reports)[action]
        if not chance:
            raise ValueError(f"action is {action}: it is never taken after these reports")
        score = Scores(self.convex, reports[action])[outcome]
        return weigh(1 / Fraction(chance), score) if self.weighted else score

    def expected(self, beliefs: Sequence[Belief], reports: Sequence[Belief]) -> Any:
        """What somebody with these beliefs expects from these reports."""
        total: Any = None
        for action, chance in enumerate(self.rule(reports)):
            if chance:
                earned = expect(beliefs[action], Scores(self.convex, reports[action]))
                part = earned if self.weighted else weigh(Fraction(chance), earned)
                total = part if total is None else total + part
        return total

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol

from .._numbers import Number, real, show
from ..lottery import Finite
from ..mechanism import accepts_reports
from ..preferences.beliefs import ROUNDING, Belief
from ..preferences.prospects import Forecast, Prospects, Taken
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
        if any(after > before for before, after in pairwise(chances)):
            raise ValueError(f"chances is {chances}: they must not rise")
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
class Proportional:
    """An action is taken with a probability in proportion to that of its good outcome.

    Every action has a chance only where no report says that its good outcome is impossible.

    Parameters
    ----------
    outcome : int
        The good one.

    Examples
    --------
    >>> print(*Proportional()([(Fraction(3, 5), Fraction(2, 5)), (Fraction(1, 5), Fraction(4, 5))]))
    3/4 1/4
    """

    outcome: int = 0

    def __call__(self, reports: Sequence[Belief], /) -> tuple[Number, ...]:
        """The probability of each action."""
        total = sum((belief[self.outcome] for belief in reports), Fraction(0))
        if not total:
            raise ValueError("reports have no chance of the good outcome: nothing is proportional")
        return tuple(belief[self.outcome] / total for belief in reports)


@dataclass(frozen=True)
class Change:
    """What a forecast earns more than the one before it, in each outcome."""

    new: Scores
    old: Scores

    def __iter__(self) -> Iterator[Any]:
        yield from (new - old for new, old in zip(self.new, self.old, strict=True))

    def __len__(self) -> int:
        return len(self.new)

    def __getitem__(self, outcome: int) -> Any:
        return self.new[outcome] - self.old[outcome]

    def __str__(self) -> str:
        return f"({', '.join(map(show, self))})"


@dataclass(frozen=True)
class DecisionScore:
    """A scoring rule for a forecaster on whose word a decision depends.

    Parameters
    ----------
    convex : Convex
        Of the scoring rule of one belief.
    rule : DecisionRule
    setting : Prospects
    weighted : bool
        Whether scores are divided by the chance of the action, as they must be.

    Examples
    --------
    >>> from mechsim.information import Quadratic
    >>> from mechsim.preferences import Beliefs, Prospects
    >>> tenth = Fraction(1, 10)
    >>> truth = ((6 * tenth, 4 * tenth), (tenth, 9 * tenth))
    >>> drugs = Prospects(("old", "new"), Beliefs(("cured", "ill")))
    >>> score = DecisionScore(Quadratic(), ByRank((9 * tenth, tenth)), drugs)
    >>> print(score.expected(truth, truth))
    67/50
    """

    convex: Convex
    rule: DecisionRule
    setting: Prospects
    weighted: bool = True

    @accepts_reports
    def __call__(self, reports: tuple[Forecast, ...], /) -> Finite[Taken]:
        """Which action is taken, and what it earns in each outcome."""
        if len(reports) != 1:
            raise ValueError(f"reports has {len(reports)} forecasts: one forecaster is scored")
        return _played(self, reports)

    def scores(self, reports: tuple[Forecast, ...], action: int, scale: Fraction) -> tuple[Any]:
        """What the forecaster earns if an action is taken."""
        return (Scores(self.convex, reports[0][action], scale),)

    def paid(self, forecast: Forecast, action: int, outcome: int) -> Any:
        """What is paid if an action was taken and had an outcome.

        Raises
        ------
        ValueError
            If the action is never taken after this forecast.
        """
        for taken in self([forecast]).support:
            if taken.action == action:
                return taken.rewards[0][outcome]
        raise ValueError(f"action is {action}: it is never taken after this forecast")

    def expected(self, beliefs: Forecast, forecast: Forecast) -> Any:
        """What somebody with these beliefs expects from this forecast."""
        return self([forecast]).expect(lambda taken: self.setting.value(0, beliefs, taken))


@dataclass(frozen=True)
class DecisionMarket:
    """Forecasters one after the other; each is paid by how much it improves the last forecast.

    The decision is taken on the last one.  What is paid in all telescopes: the score of the last
    forecast less that of ``start``, which is a bounded loss for the market's maker as long as the
    chances of actions are bounded away from 0.

    Parameters
    ----------
    convex : Convex
    rule : DecisionRule
    start : forecast
        Of the market's maker.
    setting : Prospects
    weighted : bool
        Whether scores are divided by the chance of the action, as they must be.

    Examples
    --------
    >>> from mechsim.information import Quadratic
    >>> from mechsim.preferences import Beliefs, Prospects
    >>> half, tenth = Fraction(1, 2), Fraction(1, 10)
    >>> drugs = Prospects(("old", "new"), Beliefs(("cured", "ill")), agents=("Ann", "Bob"))
    >>> rule, start = ByRank((9 * tenth, tenth)), ((half, half), (half, half))
    >>> market = DecisionMarket(Quadratic(), rule, start, drugs)
    >>> informed = ((6 * tenth, 4 * tenth), (tenth, 9 * tenth))
    >>> for taken in market([informed, start]).support:
    ...     print(drugs.tell(taken))
    old is taken; Ann gets 1/5, -11/45; Bob gets -1/5, 11/45
    new is taken; Ann gets -56/5, 24/5; Bob gets 56/5, -24/5
    """

    convex: Convex
    rule: DecisionRule
    start: Forecast
    setting: Prospects
    weighted: bool = True

    def __post_init__(self) -> None:
        self.setting.read([self.start])

    @accepts_reports
    def __call__(self, reports: tuple[Forecast, ...], /) -> Finite[Taken]:
        """Which action is taken, and what it earns each forecaster in each outcome."""
        return _played(self, reports)

    def scores(
        self, reports: tuple[Forecast, ...], action: int, scale: Fraction
    ) -> tuple[Change, ...]:
        """What each forecaster earns if an action is taken."""
        each = [Scores(self.convex, r[action], scale) for r in (self.start, *reports)]
        return tuple(Change(new, old) for old, new in pairwise(each))


def _played(mechanism: "DecisionScore | DecisionMarket", reports: Any) -> Finite[Taken]:
    """The lottery over actions, decided on the last forecast."""
    found: dict[Taken, Fraction] = {}
    shares = [Fraction(chance) for chance in mechanism.rule(reports[-1])]
    total = sum(shares)  # floats sum to 1 up to rounding
    for action, share in enumerate(share / total for share in shares):
        if share:
            scale = 1 / share if mechanism.weighted else Fraction(1)
            found[Taken(action, mechanism.scores(reports, action, scale))] = share
    return Finite(found)

r"""The best lottery none of whose outcomes costs more than the budget, by column generation.

There are too many outcomes to list.  The program of `best_lottery` is solved for some of them; its
multipliers :math:`\pi_c` of the projects' probabilities and :math:`\sigma` of the outcomes' total
say that an outcome :math:`W` helps only if :math:`\sum_{c \in W} \pi_c > \sigma`.  To find the
outcome that helps most is a knapsack, and when none does the lottery is best among all.

A leximin optimum is one program after another, each of which keeps what those before it reached.
In each round an outcome is sought for each of them.  When none helps at the first, its level is
as high as it can be; then so is the next one, and so on.

References
----------
Dantzig, Wolfe. Decomposition Principle for Linear Programs. Operations Research 8, 1960.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from .._numbers import show, whole
from .._text import brief
from ..algorithms.knapsack import best_set
from ..objectives import Egalitarian, Utilitarian
from ..preferences.elections import Funded
from ..setting import Instance
from ._asked import axioms_of, election_of, in_expectation
from ._best_program import LeximinUtility
from .best_lottery import BestLottery, NoLottery, best_lottery

PARTS = (1 << 9, 1 << 13, 1 << 17)
"""Worths in a knapsack are in so many parts of their total; in more if that finds nothing."""


@dataclass(frozen=True)
class Within:
    """The best lottery found, and a bound that no lottery within the budget exceeds.

    Parameters
    ----------
    best : BestLottery
        Best among lotteries over the ``outcomes``.
    bound : Fraction
        No lottery over sets that the budget pays for is worth more.  Of a leximin optimum, the
        last level, and as much more as some level may at most be if those before it stay.
    outcomes : tuple of sets of int
        Those that were tried.
    """

    best: BestLottery
    bound: Fraction
    outcomes: tuple[Funded, ...]

    @property
    def gap(self) -> Fraction:
        """How far the value may be from the best one."""
        return self.bound - self.best.value

    def __str__(self) -> str:
        return f"{self.best}\nno lottery within the budget is worth more than {show(self.bound)}"


def best_within_budget(
    objective: Utilitarian | Egalitarian | LeximinUtility,
    axioms: Iterable[Any],
    instance: Instance,
    *,
    rounds: int = 1_000,
) -> Within | NoLottery:
    """The best lottery over all sets of projects that the budget can pay for.

    Parameters
    ----------
    objective : Utilitarian, Egalitarian or LeximinUtility
        As of `best_lottery`.
    axioms : iterable of axioms
        Demands in expectation: ``ExAnte(axiom)`` and `GroupFairShare`.
    instance : Instance
        The election and the ballots; projects may be many.
    rounds : int
        After so many rounds of new outcomes it ends, with the bound that is known then.

    Returns
    -------
    Within
        Exact for the outcomes tried; the bound is exact too, and is above the value by what the
        last knapsack loses in rounding worths up, or by more where rounds ran out.
    NoLottery
        If the axioms contradict each other over all such sets: the rows are those of the outcomes
        tried, and no other outcome helps.

    Raises
    ------
    ValueError
        If an argument is not that, or an axiom is about outcomes; or as of `best_lottery`.
    ArithmeticError
        If whether there is such a lottery is not decided, as knapsacks are rounded.

    Examples
    --------
    >>> from mechsim import Election
    >>> election = Election(("park", "pool"), (2, 2), 3)
    >>> town = Instance(election, election.read([["park"], ["park"], ["pool"]]))
    >>> found = best_within_budget(Utilitarian(), [], town)
    >>> found.best.value, found.gap
    (Fraction(2, 1), Fraction(0, 1))
    """
    setting = election_of(instance)
    asked = axioms_of(axioms)
    for axiom in asked:
        if not in_expectation(axiom):
            raise ValueError(
                f"axioms has {brief(axiom)}: it must be in expectation, by ExAnte or "
                "GroupFairShare, as outcomes are not listed; best_lottery lists them"
            )
    left = whole(rounds, "rounds", least=0)
    singles = (frozenset({c}) for c, cost in enumerate(setting.costs) if cost <= setting.budget)
    outcomes: dict[Funded, None] = dict.fromkeys((frozenset[int](), *singles))
    while True:
        found = best_lottery(objective, asked, instance, outcomes=outcomes)
        chosen, most = _helpful(found, setting)
        if chosen and left:
            if not outcomes.keys().isdisjoint(chosen):
                raise ArithmeticError("an outcome helps that is there: multipliers are wrong")
            outcomes |= dict.fromkeys(chosen)
            left -= 1
            continue
        if isinstance(found, BestLottery):
            return Within(found, found.value + most, tuple(outcomes))
        if most:
            raise ArithmeticError(
                f"no lottery over {len(outcomes)} outcomes satisfies the axioms; whether another "
                f"outcome helps is not decided, it would do so by at most {show(most)}"
            )
        return found


def _helpful(found: BestLottery | NoLottery, setting: Any) -> tuple[tuple[Funded, ...], Fraction]:
    """Sets that help, at most one a level; and how much more any can be worth at some level."""
    if isinstance(found, BestLottery):
        programs = [[-y for y in level.dual] for level in found.levels]
    else:
        programs = [list(found.infeasible.multipliers)]
    priced = [_priced(multipliers, setting) for multipliers in programs]
    chosen = dict.fromkeys(one for one, _ in priced if one is not None)
    return tuple(chosen), max(most for _, most in priced)


def _priced(multipliers: list[Fraction], setting: Any) -> tuple[Funded | None, Fraction]:
    """A set that is worth more than the threshold, if one is found; how much more any can be."""
    total, *links = multipliers[: len(setting.costs) + 1]
    price, threshold = {c: y for c, y in enumerate(links) if y > 0}, -total
    most = Fraction(0)
    for parts in PARTS:
        chosen, bound = _knapsack(price, setting, parts)
        most = max(Fraction(0), bound - threshold)
        if sum(price[c] for c in chosen) > threshold:
            return chosen, most
        if not most:
            break
    return None, most


def _knapsack(price: dict[int, Fraction], setting: Any, parts: int) -> tuple[Funded, Fraction]:
    """A set within the budget that is worth much, and a bound that none of them exceeds.

    Worths are rounded up to one of so many ``parts`` of their total, unless that is exact anyway.
    """
    affordable = {c: p for c, p in price.items() if setting.costs[c] <= setting.budget}
    total = sum(affordable.values(), Fraction(0))
    if not total:
        return frozenset(), Fraction(0)
    unit = Fraction(1, lcm(*(p.denominator for p in affordable.values())))
    unit = max(unit, total / parts)
    worth = {c: -int(-p // unit) for c, p in affordable.items()}
    best = best_set(worth, setting.costs, setting.budget)
    return best, sum(worth[c] for c in best) * unit

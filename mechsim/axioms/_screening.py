"""Elections with very many different ballots: who may lack something is found in floats.

What is left out certainly lacks nothing; what is found is judged exactly.
"""

from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from ..population import tally
from ..preferences.approvals import Approvals, of_classes
from ..preferences.elections import Election, Money
from ..setting import Instance, unpriced

Floats = npt.NDArray[np.float64]

MANY = 200
"""With so many different ballots, or more, they are screened."""


def suspects(
    lottery: Any, instance: Instance, *, together: bool, strong: bool
) -> Iterable[tuple[frozenset[int], int]] | None:
    """The ballots whose voters may get less than their share, and how many cast each.

    None if this is no election, or there are few ballots.

    Parameters
    ----------
    lottery : Finite
        Over sets of projects, or projects in part.
    instance : Instance
    together : bool
        Whether all voters of a ballot ask together, or each alone.
    strong : bool
        Whether they ask for what their part of the budget is worth to them, or for their part of
        what the budget is worth.
    """
    setting = instance.setting
    if not isinstance(setting, Election):
        return None
    classes: tuple[tuple[frozenset[int], int], ...] = tally(instance.reports)
    if len(classes) < MANY:
        return None
    ballots = of_classes(classes, len(setting.costs))
    chances = _chances(lottery, len(setting.costs))
    found = short_of_shares(
        ballots,
        prices(setting.costs),
        float(setting.budget),
        chances,
        together=together,
        strong=strong,
    )
    places: list[int] = found.tolist()
    return [classes[k] for k in places]


def short_of_shares(
    ballots: Approvals,
    cost: Floats,
    budget: float,
    p: Floats,
    *,
    together: bool,
    strong: bool,
) -> npt.NDArray[np.int64]:
    """The classes that may get less than their share from projects in parts ``p``.  O(approvals).

    All that do, and those that are as close to it as floats cannot tell.
    """
    from . import _screening_kernels

    found = np.empty(len(ballots.sizes), np.int64)
    count = _screening_kernels.short_of_shares(
        ballots.starts, ballots.approved, ballots.sizes, ballots.voters,
        cost, p, budget, together, strong, found,
    )  # fmt: skip
    return found[:count]


def short_of_projects(
    ballots: Approvals, cost: Floats, budget: float, funded: frozenset[int]
) -> frozenset[int]:
    """The projects that supporters may pay for beside all that one of them has.

    O(approvals + projects x classes).
    """
    from . import _screening_kernels

    starts, classes = ballots.by_project
    paid = np.zeros(len(cost))
    paid[sorted(funded)] = cost[sorted(funded)]
    found = np.empty(len(paid), np.int64)
    count = _screening_kernels.short_of_projects(
        ballots.starts, ballots.approved, starts, classes, ballots.sizes, ballots.votes, cost,
        paid, budget / ballots.voters, found,
    )  # fmt: skip
    return frozenset(found[:count].tolist())


def prices(costs: Iterable[Money]) -> Floats:
    """Costs as floats."""
    return np.array([float(cost) for cost in costs])


def _chances(lottery: Any, projects: int) -> Floats:
    """With which probability, or to which part, each project is funded."""
    p = np.zeros(projects)
    for outcome, chance in lottery.probability.items():
        alternative: object = unpriced(outcome)
        if isinstance(alternative, tuple):
            p += float(chance) * np.array([float(part) for part in cast("tuple[Any]", alternative)])
        else:
            p[sorted(cast("frozenset[int]", alternative))] += float(chance)
    return p

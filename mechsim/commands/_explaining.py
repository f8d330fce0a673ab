"""Why a project is funded, or is not."""

from fractions import Fraction
from typing import Any

from .._text import many
from ..algorithms.rounding import Rounded
from ..budgeting import BWMES, EqualShares, GreedyAV, GreedyRatio
from ..budgeting._counting import approvals
from ..population import Population, tally
from ..preferences.elections import Election
from ._funding_rules import FIRST


def short(number: Any) -> str:
    """A number of money or projects with few digits."""
    value = Fraction(number)
    if value.denominator == 1:
        return f"{int(value):,}"
    return f"{float(value):,.4g}" if abs(value) < 1000 else f"{float(value):,.2f}"


def votes_of(election: Election, ballots: Population) -> list[int]:
    """How many voters approve of each project."""
    counts = approvals(tally(ballots))
    return [counts.get(c, 0) for c in range(len(election.projects))]


def explain(
    mechanism: Any, election: Election, ballots: Population, lottery: Rounded, project: int
) -> str:
    """Why a project is funded, or is not."""
    votes, cost = votes_of(election, ballots)[project], Fraction(election.costs[project])
    chance = lottery.marginals[project]
    name = election.titles[project] if election.titles else election.projects[project]
    lines = [
        f"{name} costs {short(cost)} of {short(election.budget)} and has {many(votes, 'vote')}.",
        f"It is funded {'for sure' if chance == 1 else f'with probability {short(chance)}'}."
        if chance else "It is not funded.",
    ]  # fmt: skip
    if cost > election.budget:
        lines.append("It costs more than the budget.")
    elif isinstance(mechanism, (BWMES, EqualShares)):
        shares = mechanism if isinstance(mechanism, EqualShares) else EqualShares(FIRST, election)
        if shares.completion != "none":
            lines.append("Before the completion, which gives larger shares and is not told here:")
        lines += _shares_told(shares, election, ballots, project)
    elif isinstance(mechanism, (GreedyAV, GreedyRatio)) and project not in lottery.core:
        funded = lottery.core
        left = election.budget - election.cost(funded)
        lines.append(
            f"When its turn came it did not fit: {short(left)} is left of the budget in the end, "
            "and less can have been left for it only by what came before."
        )
    return "\n".join(lines)


def _shares_told(
    rule: EqualShares, election: Election, ballots: Population, project: int
) -> list[str]:
    """How Equal Shares went for a project, without its completion."""
    spending = rule.spend(tally(ballots))
    share = Fraction(election.budget) / len(ballots)
    bought = [c for c, _ in spending.bought]
    if project in bought:
        price = spending.bought[bought.index(project)][1]
        return [
            f"It was bought {_nth(bought.index(project) + 1)}: each of its supporters pays "
            f"{short(price)}, or all that it had left, of a share of {short(share)}."
        ]
    left = sum(
        (
            amount * voters
            for (ballot, voters), amount in zip(spending.classes, spending.left, strict=True)
            if project in ballot
        ),
        Fraction(0),
    )
    return [
        f"In the end its supporters have {short(left)} left of their equal shares, "
        f"{100 * float(left / election.costs[project]):.1f} % of its cost, and so cannot buy it."
    ]


def _nth(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"as number {place}")

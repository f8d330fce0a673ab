"""Why a project is funded, or is not."""

from fractions import Fraction
from typing import Any

from .._text import many
from ..algorithms.rounding import Rounded
from ..budgeting import (
    BWGCR,
    BWMES,
    EqualShares,
    EqualSharesOfScores,
    FractionalRandomDictator,
    GreedyAV,
    GreedyByScore,
    GreedyCohesive,
    GreedyRatio,
    MaxUtility,
    Phragmen,
)
from ..budgeting._counting import approvals, totals
from ..population import Population, tally
from ..preferences.elections import Election
from ..preferences.pabulib_files import PabulibFile
from ..preferences.scored import ScoredElection
from ..setting import Instance
from ._funding_rules import FIRST

LEFT_OVER = (
    "What is left over is spent on further projects, so that each group of voters of one mind gets "
    "its share in expectation, and then on whatever comes first; some are funded in part, which "
    "means with a probability."
)


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
    mechanism: Any, file: PabulibFile, town: Instance, lottery: Rounded, project: int, rounds: int
) -> list[str]:
    """Why a project is funded, or is not, in sentences; after so many rounds of a completion."""
    election = file.election
    votes, cost = votes_of(election, file.approvals)[project], Fraction(election.costs[project])
    chance = lottery.marginals[project]
    name = election.titles[project] if election.titles else election.projects[project]
    points = ""
    if isinstance(town.setting, ScoredElection):
        points = f" and {short(points_of(town)[project])} points"
    lines = [
        f"{name} costs {short(cost)} of {short(election.budget)} and has "
        f"{many(votes, 'vote')}{points}.",
        f"It is funded {'for sure' if chance == 1 else f'with probability {short(chance)}'}."
        if chance else "It is not funded.",
    ]  # fmt: skip
    if not points_of(town)[project]:
        return [*lines, "Nobody votes for it.", *([LEFT_OVER] if chance else [])]
    if cost > election.budget and not isinstance(mechanism, (FractionalRandomDictator, BWGCR)):
        return [*lines, "It costs more than the budget."]
    return lines + _reasons(mechanism, town, lottery, project, rounds)


def points_of(town: Instance) -> list[Fraction]:
    """How many points each project has."""
    found = totals(town.setting, tally(town.reports))
    return [found.get(c, Fraction(0)) for c in range(len(town.setting.projects))]


def _reasons(
    mechanism: Any, town: Instance, lottery: Rounded, project: int, rounds: int
) -> list[str]:
    classes = tally(town.reports)
    chance = lottery.marginals[project]
    if isinstance(mechanism, (GreedyAV, GreedyRatio, GreedyByScore)):
        return _turn_told(mechanism, town, project)
    if isinstance(mechanism, BWMES):
        shares = EqualShares(FIRST, town.setting)
        sure = project in shares.of_classes(classes)
        return [*_shares_told(shares, town, project, 0), *([] if sure else [LEFT_OVER])]
    if isinstance(mechanism, BWGCR):
        groups = GreedyCohesive(town.setting)
        sure = any(project in step.projects for step in groups.steps(classes))
        return [*_reasons(groups, town, lottery, project, 0), *([] if sure else [LEFT_OVER])]
    if isinstance(mechanism, (EqualShares, EqualSharesOfScores)):
        return _shares_told(mechanism, town, project, rounds)
    if isinstance(mechanism, Phragmen):
        return [
            "All voters earn money at one rate, and a project is bought as soon as its supporters "
            "have its cost; this ends with the first one that does not fit. "
            + ("It came before that." if chance else "It did not come before that.")
        ]
    if isinstance(mechanism, GreedyCohesive):
        for step in mechanism.steps(classes):
            if project in step.projects:
                return [
                    f"It is one of {many(len(step.projects), 'project')} that a group of "
                    f"{many(step.voters, 'voter')} can pay for with its equal shares, and of "
                    f"which each of them approves of at least {step.level}."
                ]
        return ["No group that can pay for it with its equal shares is left when others are done."]
    if isinstance(mechanism, FractionalRandomDictator):
        budget = Fraction(town.setting.budget)
        buying = sum(
            count for type_, count in classes if town.setting.buys(type_, budget).get(project)
        )
        return [
            f"If a voter drawn at random spent the whole budget, {buying:,} of "
            f"{many(town.agents, 'voter')} would buy it, whole or in part."
        ]
    if isinstance(mechanism, MaxUtility):
        what = "points" if isinstance(town.setting, ScoredElection) else "votes"
        total = sum((points_of(town)[c] for c in lottery.core), Fraction(0))
        return [
            f"What is funded has {short(total)} {what} together, the most that the budget can pay "
            f"for; {'without' if chance else 'with'} it there would not be more."
        ]
    raise ValueError(f"mechanism is {mechanism!r}: it is not known how to explain it")


def _turn_told(mechanism: Any, town: Instance, project: int) -> list[str]:
    """When its turn came, and what was left of the budget then."""
    election, merit = town.setting, points_of(town)
    what = "points" if isinstance(mechanism, GreedyByScore) else "votes"
    if isinstance(mechanism, GreedyRatio) or getattr(mechanism, "per_cost", False):
        merit = [m / election.costs[c] for c, m in enumerate(merit)]
        what += " for their cost"
    order = sorted((c for c, m in enumerate(merit) if m), key=lambda c: (-merit[c], c))
    place = order.index(project)
    left = Fraction(election.budget)
    for c in order[:place]:
        left -= election.costs[c] if election.costs[c] <= left else 0
    verb = "fits" if election.costs[project] <= left else "does not fit"
    return [
        f"Projects take their turn by most {what}, and it is number {place + 1} of {len(order)}: "
        f"then {short(left)} is left of the budget, and it {verb}."
    ]


def _shares_told(rule: Any, town: Instance, project: int, rounds: int) -> list[str]:
    """How Equal Shares went for a project, in the last round of its completion."""
    setting, classes = town.setting, tally(town.reports)
    share = Fraction(setting.budget) / town.agents + rounds * rule.step
    spending = rule.spend(classes, share)
    begin = ""
    if rounds:
        begin = f"Add1 raises each voter's share {many(rounds, 'time')}. "
    bought = [c for c, _ in spending.bought]
    if project in bought:
        price = spending.bought[bought.index(project)][1]
        each = " for each point" if isinstance(rule, EqualSharesOfScores) else ""
        return [
            f"{begin}It was bought {_nth(bought.index(project) + 1)}: each of its supporters pays "
            f"{short(price)}{each}, or all that it had left, of a share of {short(share)}."
        ]
    left = sum(
        (
            amount * voters
            for (type_, voters), amount in zip(spending.classes, spending.left, strict=True)
            if setting.points(type_).get(project)
        ),
        Fraction(0),
    )
    cost = setting.costs[project]
    told = [
        f"{begin}In the end its supporters have {short(left)} left of their equal shares, "
        f"{100 * float(left / cost):.1f} % of its cost, and so cannot buy it."
    ]
    if rule.completion == "add1u":
        spent = setting.cost(frozenset(bought))
        told.append(
            f"That leaves {short(setting.budget - spent)} of the budget, which is spent on what "
            "still fits, most wanted first."
        )
    return told


def _nth(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"as number {place}")

"""Hypothesis strategies for elections: small, exact, rich in ties; and brute force over subsets."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, combinations

import numpy as np
from hypothesis import strategies as st

from mechsim import Election, ScoredElection
from mechsim.preferences.elections import Ballot, Ballots, Funded
from mechsim.preferences.scored import Scorings

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def election(budget: int | Fraction, *costs: int | Fraction) -> Election:
    """Projects a, b, c, ... with these costs."""
    return Election(tuple(LETTERS[: len(costs)]), tuple(map(Fraction, costs)), Fraction(budget))


def ballots(*written: str) -> Ballots:
    """Each letter is a project."""
    return tuple(frozenset(map(LETTERS.index, ballot)) for ballot in written)


def project_set(letters: str) -> frozenset[int]:
    """The same, of one set."""
    return frozenset(map(LETTERS.index, letters))


def subsets(items: Iterable[int]) -> Iterator[frozenset[int]]:
    """All of them, the empty one first."""
    listed = list(items)
    sizes = range(len(listed) + 1)
    return map(frozenset, chain.from_iterable(combinations(listed, size) for size in sizes))


@st.composite
def instances(
    draw: st.DrawFn, max_agents: int = 6, max_projects: int = 4, unit: bool = False
) -> tuple[Election, Ballots]:
    """Elections of up to ``max_projects``, and ballots of a few classes."""
    projects = draw(st.integers(1, max_projects))
    one_cost = st.just(1) if unit else st.integers(1, 6)
    costs = draw(st.lists(one_cost, min_size=projects, max_size=projects))
    budget = draw(st.integers(1, sum(costs)))
    ballot: st.SearchStrategy[Ballot] = st.frozensets(st.integers(0, projects - 1))
    classes = draw(st.lists(ballot, min_size=1, max_size=4))
    reports = draw(st.lists(st.sampled_from(classes), min_size=1, max_size=max_agents))
    return election(budget, *costs), tuple(reports)


def sweep(size: int = 400) -> Iterator[tuple[Election, Ballots]]:
    """Random elections in which groups overlap and money runs out: what examples seldom hit."""
    rng = np.random.default_rng(size)
    for _ in range(size):
        projects, agents, classes = (int(k) for k in rng.integers((3, 3, 2), (6, 9, 6)))
        costs: list[int] = rng.integers(1, 7, size=projects).tolist()
        approved: list[list[bool]] = (rng.random((classes, projects)) < 0.6).tolist()
        cast: list[int] = rng.integers(0, classes, size=agents).tolist()
        listed = [frozenset(c for c in range(projects) if row[c]) for row in approved]
        budget = int(rng.integers(sum(costs) // 2, sum(costs) + 1))
        yield election(budget, *costs), tuple(listed[k] for k in cast)


def one_by_one(setting: Election, reports: Ballots) -> tuple[Funded, list[Fraction]]:
    """Equal Shares voter by voter, by its definition; and what each voter has left."""
    agents = range(len(reports))
    left = [Fraction(setting.budget) / len(reports) for _ in agents]
    funded: set[int] = set()

    def price(c: int) -> Fraction | None:
        supporters = [i for i in agents if c in reports[i]]
        for rho in sorted({left[i] for i in supporters}):  # who has less than rho pays all it has
            capped = [left[i] for i in supporters if left[i] < rho]
            others = len(supporters) - len(capped)
            fair = Fraction(setting.costs[c] - sum(capped)) / others
            if fair <= rho:
                return fair
        return None

    while True:
        prices = {c: price(c) for c in range(len(setting.projects)) if c not in funded}
        payable = [(rho, c) for c, rho in prices.items() if rho is not None]
        if not payable:
            return frozenset(funded), left
        rho, c = min(payable)
        funded.add(c)
        for i in agents:
            if c in reports[i]:
                left[i] -= min(left[i], rho)


def satisfies_ejr(setting: Election, reports: Ballots, funded: Funded) -> bool:
    """EJR, by its definition over all sets of projects."""
    for together in subsets(range(len(setting.projects))):
        short = [b for b in reports if together <= b and len(b & funded) < len(together)]
        if short and len(short) * setting.budget >= len(reports) * setting.cost(together):
            return False
    return True


POINTS = (Fraction(0), Fraction(1), Fraction(2), Fraction(3), Fraction(5), Fraction(1, 2))
"""Points with many ties, and zero."""


@st.composite
def scored_instances(
    draw: st.DrawFn, max_agents: int = 5, max_projects: int = 4
) -> tuple[ScoredElection, Scorings]:
    """Elections of up to ``max_projects``, and rows of points of a few classes."""
    projects = draw(st.integers(1, max_projects))
    costs = draw(st.lists(st.integers(1, 6), min_size=projects, max_size=projects))
    setting = ScoredElection(
        tuple(LETTERS[:projects]), tuple(costs), draw(st.integers(1, sum(costs)))
    )
    row = st.lists(st.sampled_from(POINTS), min_size=projects, max_size=projects)
    classes = draw(st.lists(row, min_size=1, max_size=3))
    reports = draw(st.lists(st.sampled_from(classes), min_size=1, max_size=max_agents))
    return setting, setting.read(reports)


def scored(
    setting: Election, reports: Ballots, money: bool = False
) -> tuple[ScoredElection, Scorings]:
    """Approvals as points: 1 for each project, or its cost."""
    other = ScoredElection(setting.projects, setting.costs, setting.budget)
    rows = [{c: setting.costs[c] if money else 1 for c in ballot} for ballot in reports]
    return other, other.read(rows)


def scored_sweep(size: int = 300) -> Iterator[tuple[ScoredElection, Scorings]]:
    """Random elections in which most projects are worth something to most: many are bought."""
    rng = np.random.default_rng(size)
    for _ in range(size):
        projects, agents, classes = (int(k) for k in rng.integers((3, 3, 2), (6, 7, 6)))
        costs: list[int] = rng.integers(1, 7, size=projects).tolist()
        budget = int(rng.integers(sum(costs) // 2, sum(costs) + 1))
        setting = ScoredElection(tuple(LETTERS[:projects]), tuple(costs), budget)
        rows = rng.integers(0, 7, (classes, projects)) * (rng.random((classes, projects)) < 0.7)
        cast: list[int] = rng.integers(0, classes, size=agents).tolist()
        yield setting, setting.read([rows[k] for k in cast])

"""Hypothesis strategies for elections: small, exact, rich in ties; and brute force over subsets."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import strategies as st

from mechsim import Election
from mechsim.preferences.elections import Ballot, Ballots

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

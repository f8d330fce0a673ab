r"""Fair shares of a budget in expectation, stronger than what like-minded groups get.

With :math:`V_i(b)` the most that voter :math:`i` could get for the money :math:`b`, alone:

===================  ==================================================================
strong IFS           :math:`u_i(p) \ge V_i(B / n)` for each voter
strong UFS           :math:`u_i(p) \ge V_i(|S| B / n)` for each group of one mind
GFS                  :math:`\sum_c p_c \max_{i \in S} u_i(c) \ge \frac1n \sum_{i \in S} V_i(B)`
                     for every group
===================  ==================================================================

As :math:`V_i` is concave if projects may be funded in part, each strong axiom implies the plain
one; GFS implies UFS.  The group that GFS treats worst is a closure, of voters and of levels that
projects are worth to them: a linear program whose optimum is integral.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
Aziz, Lu, Suzuki, Vollen, Walsh. Best-of-Both-Worlds Fairness in Committee Voting. arXiv:2303.03642.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, cast

from .._numbers import show
from .._text import many
from ..algorithms.rounding import Rounded
from ..lottery import Finite, is_finite
from ..mechanism import Playable, play
from ..population import tally
from ..setting import Instance, require, unpriced
from ._base import Undecided
from ._closure import most_owed
from ._screening import suspects
from .fair_share import Benchmark, Individual, LikeMinded, Shares, require_benchmark


@dataclass(frozen=True)
class StrongIndividualFairShare:
    """Every voter gets what it could buy with its part of the budget.  The violation: the lack.

    One case for each ballot that occurs.

    Parameters
    ----------
    benchmark : str
        Whether the voter may buy parts of projects: ``"fractional"``, or ``"integral"``.
    """

    benchmark: Benchmark = "fractional"

    def __post_init__(self) -> None:
        require_benchmark(self.benchmark)

    def cases(self, instance: Instance, /) -> Iterator[Individual]:
        """One voter of each ballot."""
        require(instance.setting, "best")
        yield from (Individual(instance, type_) for type_, _ in tally(instance.reports))

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[Individual]:
        """Of very many ballots those whose voters may lack something."""
        found = suspects(lottery, instance, together=False, strong=True)
        if found is None:
            return self.cases(instance)
        return [Individual(instance, type_) for type_, _ in found]

    def outcome_violation(self, outcome: Any, case: Individual, /) -> Fraction:
        """What the voter could buy, less what it gets."""
        return _lacking(outcome, case, 1, self.benchmark)

    def explain_outcome(self, when: str, violation: Any, case: Individual, /) -> str:
        """Who lacks how much."""
        instance = case.instance
        who = f"a voter for {instance.tell_type(case.type_)} gets {show(violation)} less"
        return f"at {instance.tell_reports()}, {who} than its part of the budget could buy {when}"


@dataclass(frozen=True)
class StrongUnanimousFairShare:
    """Every like-minded group gets what it could buy with its part of the budget.

    The violation is what it lacks.  One case for each ballot that occurs.

    Parameters
    ----------
    benchmark : str
        Whether the group may buy parts of projects: ``"fractional"``, or ``"integral"``.
    """

    benchmark: Benchmark = "fractional"

    def __post_init__(self) -> None:
        require_benchmark(self.benchmark)

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """All voters of each ballot."""
        require(instance.setting, "best")
        yield from (LikeMinded(instance, type_, size) for type_, size in tally(instance.reports))

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[LikeMinded]:
        """Of very many ballots those whose voters may lack something."""
        found = suspects(lottery, instance, together=True, strong=True)
        if found is None:
            return self.cases(instance)
        return [LikeMinded(instance, type_, size) for type_, size in found]

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Fraction:
        """What the group could buy, less what it gets."""
        return _lacking(outcome, case, case.size, self.benchmark)

    def explain_outcome(self, when: str, violation: Any, case: LikeMinded, /) -> str:
        """Who lacks how much."""
        instance = case.instance
        voters = many(case.size, "voter")
        who = f"{voters} for {instance.tell_type(case.type_)} get {show(violation)} less"
        return f"at {instance.tell_reports()}, {who} than their part of the budget could buy {when}"


@dataclass(frozen=True)
class Everyone:
    """All groups of the voters of an instance."""

    instance: Instance


@dataclass(frozen=True)
class GroupFairShare:
    """Every group gets, of the projects that any of it wants, what its shares add up to.

    A project counts for what it is worth to the member to whom it is worth most.  It is about
    expectations.  The violation is what the group lacks that lacks most.

    Parameters
    ----------
    benchmark : str
        Whether a voter who had the budget could buy parts of projects: ``"integral"`` or
        ``"fractional"``.
    """

    benchmark: Benchmark = "integral"
    of_lotteries: ClassVar = True

    def __post_init__(self) -> None:
        require_benchmark(self.benchmark)

    def cases(self, instance: Instance, /) -> Iterator[Everyone]:
        """One: all groups."""
        require(instance.setting, "best")
        yield Everyone(instance)

    def violation(self, mechanism: Playable, case: Everyone, /) -> Fraction:
        """What the group lacks that lacks most; 0 if none does."""
        return self.group(mechanism, case)[1]

    def group(self, mechanism: Playable, case: Everyone, /) -> tuple[tuple[Any, ...], Fraction]:
        """The ballots of the group that lacks most, and how much it lacks.

        Raises
        ------
        Undecided
            If there are too many different ballots to solve the program exactly.
        """
        instance = case.instance
        require(instance.setting, "best")
        require(instance.setting, "points")
        setting = cast(Shares, instance.setting)
        p = marginals(mechanism, instance)
        classes = tally(instance.reports)
        budget = Fraction(setting.budget)
        due = [
            Fraction(size, instance.agents) * setting.best(type_, budget, self.benchmark)
            for type_, size in classes
        ]
        ballots, weights = _levels([instance.setting.points(type_) for type_, _ in classes], p)
        members, lack = most_owed(ballots, due, weights)
        return tuple(classes[k][0] for k in members), lack

    def explain(self, mechanism: Playable, case: Everyone, /) -> str:
        """Who lacks how much."""
        group, lack = self.group(mechanism, case)
        told = "; ".join(case.instance.tell_type(type_) for type_ in group[:3])
        more = f" and {len(group) - 3} more" if len(group) > 3 else ""
        return (
            f"at {case.instance.tell_reports()}, the voters for {told}{more} expect {show(lack)} "
            "less, of all that any of them wants, than their shares add up to"
        )


def _levels(
    worth: list[dict[int, Fraction]], p: tuple[Fraction, ...]
) -> tuple[list[frozenset[int]], list[Fraction]]:
    """Points as approvals of steps: each level of a project is a step above the next lower one.

    A voter wants all steps up to what the project is worth to it, and the union of what a group
    wants is worth what it is to the member to whom it is worth most.  The weight of a step is its
    height, as often as the project is funded.  With approvals a project is a step.
    """
    steps = sorted({level for row in worth for level in row.items()})
    upto: dict[tuple[int, Fraction], frozenset[int]] = {}
    weights: list[Fraction] = []
    for k, (c, points) in enumerate(steps):
        lower = steps[k - 1] if k and steps[k - 1][0] == c else None
        upto[c, points] = frozenset({k}) if lower is None else upto[lower] | {k}
        weights.append(p[c] * (points if lower is None else points - lower[1]))
    none = frozenset[int]()
    return [none.union(*(upto[level] for level in row.items())) for row in worth], weights


def marginals(mechanism: Playable, instance: Instance) -> tuple[Fraction, ...]:
    """How likely each project is funded, or to which part."""
    lottery = play(mechanism, instance.reports)
    if isinstance(lottery, Rounded):
        return lottery.marginals
    if not is_finite(lottery):
        raise Undecided("group fair share is about expectations, and this lottery has none listed")
    setting: Any = instance.setting
    count = len(setting.costs)
    p = [Fraction(0)] * count
    for outcome, chance in lottery.probability.items():
        alternative = unpriced(outcome)
        if isinstance(alternative, tuple):
            for c, part in enumerate(cast(tuple[Fraction, ...], alternative)):
                p[c] += chance * part
        else:
            for c in cast(frozenset[int], alternative):
                p[c] += chance
    return tuple(p)


def _lacking(outcome: Any, case: Any, size: int, benchmark: str) -> Fraction:
    require(case.instance.setting, "best")
    setting = cast(Shares, case.instance.setting)
    money = Fraction(setting.budget) * size / case.instance.agents
    due = setting.best(case.type_, money, benchmark)
    return due - setting.value(0, case.type_, unpriced(outcome))

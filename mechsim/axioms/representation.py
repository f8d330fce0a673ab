r"""Extended justified representation (EJR+), and whether an outcome keeps to the budget.

Let :math:`A_i` be the projects that voter :math:`i` approves of, :math:`N_c` the voters who
approve of :math:`c`.  A group :math:`S \subseteq N_c` can pay :math:`\ell` times for :math:`c` out
of its part of the budget if :math:`\ell \, \mathrm{cost}(c) \le |S| B / n`.  A set :math:`W`
satisfies EJR+ if such a group either gets :math:`c`, or some member gets :math:`\ell` projects:

.. math:: c \notin W,\ S \subseteq N_c,\ \ell \, \mathrm{cost}(c) \le |S| B / n
          \implies \max_{i \in S} |A_i \cap W| \ge \ell \qquad (\ell \ge 1).

With unit costs and :math:`B = k` this is EJR+ of Brill and Peters, which implies EJR and can be
tested in polynomial time where EJR cannot: only the groups of all voters in :math:`N_c` with at
most :math:`u` projects bind.  With other costs it neither implies EJR nor follows from it, as EJR
is about :math:`\ell` projects of which each has its own cost.  It is about numbers of projects; a
version about money (:math:`\mathrm{cost}(A_i \cap W) + \mathrm{cost}(c)` on the left) is another
axiom.

*Equal Shares with one unit of utility a project satisfies it.*  Suppose :math:`c, S, \ell` violate
it, and let :math:`\rho = \mathrm{cost}(c)/|S|`, so that :math:`\ell \rho \le B/n`.  While every
member of :math:`S` has paid at most :math:`\rho` for each project, each has paid for at most
:math:`\ell - 1` of them and has at least :math:`\rho` left, so :math:`c` is affordable at a price
of at most :math:`\rho`, and nothing is bought at a higher one.  So no member ever pays more than
:math:`\rho`, and at the end :math:`c` is still affordable: a contradiction.

References
----------
Brill, Peters. Robust and Verifiable Proportionality Axioms for Multiwinner Voting. EC 2023.
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
arXiv:2008.13276.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol, cast

from .._numbers import show
from ..population import Population, Reports
from ..setting import Instance, require, unpriced
from ._base import Undecided


class Budgets(Protocol):
    """A setting whose alternatives are sets of projects, and whose types are such sets too."""

    @property
    def costs(self) -> tuple[int | Fraction, ...]:
        """What each project costs."""
        ...

    @property
    def budget(self) -> int | Fraction:
        """What all may cost together."""
        ...

    def cost(self, outcome: Any, /) -> Fraction:
        """What an outcome costs; of a fractional one, what its parts cost."""
        ...


@dataclass(frozen=True)
class Deserving:
    """Groups of voters who all approve of ``project``."""

    instance: Instance
    project: int


@dataclass(frozen=True)
class EJRPlus:
    """No group could pay for a project that it lacks as often as it gets others, and once more.

    The violation is how many projects more than its best-served member such a group could pay for.
    One case a project.  More projects never hurt: the axiom is monotone.
    """

    monotone: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Deserving]:
        """Each project."""
        require(instance.setting, "costs")
        require(instance.setting, "budget")
        for project in range(len(cast(Budgets, instance.setting).costs)):
            yield Deserving(instance, project)

    def outcome_violation(self, outcome: Any, case: Deserving, /) -> Fraction:
        """The largest excess of what a group of supporters could pay for over what it gets."""
        if isinstance(unpriced(outcome), tuple):
            raise Undecided("EJR+ is about sets of projects, and this is an outcome in parts")
        if case.project in outcome:
            return Fraction(0)
        setting = cast(Budgets, case.instance.setting)
        supporters: dict[int, int] = {}  # by how many of their projects are funded
        for ballot, voters in _classes(case.instance.reports):
            if not isinstance(cast(object, ballot), frozenset):
                raise Undecided("EJR+ is about approved sets of projects, and voters give points")
            if case.project in ballot:
                level = len(ballot & outcome)
                supporters[level] = supporters.get(level, 0) + voters
        each = Fraction(setting.budget) / (case.instance.agents * setting.costs[case.project])
        size, worst = 0, 0
        for level, voters in sorted(supporters.items()):
            size += voters
            worst = max(worst, int(size * each) - level)
        return Fraction(worst)

    def explain_outcome(self, when: str, violation: Any, case: Deserving, /) -> str:
        """Which project is lacking, and by how much its supporters fall short."""
        instance = case.instance
        lacking = instance.tell(frozenset({case.project}))
        noun = "project" if violation == 1 else "projects"
        return (
            f"at {instance.tell_reports()}, {when}, {lacking} is lacking although a group of those "
            f"who approve of it could pay for {show(violation)} {noun} like it more than any of "
            "them gets"
        )


def _classes(reports: Reports) -> Iterable[tuple[frozenset[int], int]]:
    """Ballots and how many voters cast each; equal ones need not be brought together."""
    return reports.classes() if isinstance(reports, Population) else ((b, 1) for b in reports)


@dataclass(frozen=True)
class Total:
    """What all costs together."""

    instance: Instance


@dataclass(frozen=True)
class WithinBudget:
    """What is funded costs no more than the budget.  The violation is the excess."""

    def cases(self, instance: Instance, /) -> Iterator[Total]:
        """One."""
        require(instance.setting, "cost")
        require(instance.setting, "budget")
        yield Total(instance)

    def outcome_violation(self, outcome: Any, case: Total, /) -> Fraction:
        """The cost, less the budget."""
        setting = cast(Budgets, case.instance.setting)
        return setting.cost(unpriced(outcome)) - setting.budget

    def explain_outcome(self, when: str, violation: Any, case: Total, /) -> str:
        """How much too much is spent."""
        return f"at {case.instance.tell_reports()}, {show(violation)} too much is spent {when}"

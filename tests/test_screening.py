"""Of many ballots those that may lack something are found in floats, and judged exactly."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from election_strategies import ballots, election, instances, sweep
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Election, Instance, judge
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    EJRPlusX,
    ExAnte,
    IndividualFairShare,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    UnanimousFairShare,
    _screening,
    justified,
)
from mechsim.budgeting import BWMES, EqualShares
from mechsim.population import Population
from mechsim.preferences.approvals import Approvals
from mechsim.preferences.elections import Ballots

F = Fraction
FIRST = Lexicographic()
SHARES: tuple[Any, ...] = tuple(
    ExAnte(axiom(benchmark))
    for axiom in (
        IndividualFairShare,
        UnanimousFairShare,
        StrongIndividualFairShare,
        StrongUnanimousFairShare,
    )
    for benchmark in ("fractional", "integral")
)


def agree(outcome: Any, axiom: Any, instance: Instance) -> bool:
    """Insist that screening changes no verdict; whether it is a refutation."""
    exact = judge(outcome, axiom, instance)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_screening, "MANY", 0)
        patched.setattr(justified, "MANY", 0)
        screened = judge(outcome, axiom, instance)
    assert screened.word == exact.word
    assert getattr(screened, "case", None) == getattr(exact, "case", None)
    assert getattr(screened, "violation", None) == getattr(exact, "violation", None)
    return exact.word == "refuted"


@st.composite
def lotteries(draw: st.DrawFn) -> tuple[Rounded, Instance]:
    """An election, and a lottery that gives many voters exactly what they are due."""
    setting, reports = draw(instances(max_projects=6))
    part = st.fractions(0, 1, max_denominator=len(reports))
    p = tuple(draw(part) for _ in setting.costs)
    costs = tuple(map(F, setting.costs))
    return Rounded(p, costs), Instance(setting, setting.read(reports))


class TestShares:
    """IFS, UFS and the strong ones: the same verdict and witness, with and without a screen."""

    @given(lotteries(), st.sampled_from(SHARES))
    def test_lotteries(self, case: tuple[Rounded, Instance], axiom: Any) -> None:
        agree(case[0], axiom, case[1])

    @pytest.mark.parametrize("axiom", SHARES)
    def test_both_verdicts_occur(self, axiom: Any) -> None:
        refuted = set[bool]()
        for setting, reports in sweep(40):
            instance = Instance(setting, setting.read(reports))
            for outcome in (BWMES(FIRST, setting)(reports), frozenset({0, 1})):
                refuted.add(agree(outcome, axiom, instance))
        assert refuted == {True, False}

    def test_what_is_just_enough(self) -> None:
        """One of three voters is due a third of what the budget is worth to it."""
        setting, reports = election(3, 3, 3), ballots("a", "b", "b")
        for tiny, refuted in ((F(0), False), (F(1, 10**30), True), (-F(1, 10**30), False)):
            p = Rounded((F(1, 3) - tiny, F(2, 3)), (F(3), F(3)))
            instance = Instance(setting, reports)
            assert agree(p, ExAnte(UnanimousFairShare()), instance) == refuted

    def test_few_are_left(self) -> None:
        """Where all get what they are due and more, the screen leaves out nearly all of them."""
        rng = np.random.default_rng(4)
        approved = rng.random((400, 20)) < 0.3
        listed = tuple(frozenset(np.flatnonzero(row).tolist()) for row in approved)
        costs = tuple(rng.integers(50, 300, 20).tolist())
        setting = Election(tuple(f"p{c}" for c in range(20)), costs, sum(costs) // 2)
        p = np.array([float(part) for part in BWMES(FIRST, setting)(listed).marginals])
        found = _screening.short_of_shares(
            Approvals.of(listed, 20), _screening.prices(costs), float(setting.budget), p,
            together=True, strong=True,
        )  # fmt: skip
        assert len(found) < 10


class TestProjects:
    """EJR+x of money: the same verdict and witness, with and without a screen."""

    @given(instances(max_projects=6), st.data())
    def test_any_outcome(self, case: tuple[Election, Ballots], data: st.DataObject) -> None:
        setting, reports = case
        funded = data.draw(st.frozensets(st.integers(0, len(setting.costs) - 1)))
        agree(funded, EJRPlusX(), Instance(setting, setting.read(reports)))

    def test_rules_that_satisfy_it_and_do_not(self) -> None:
        found = set[tuple[str, bool]]()
        known = election(6, 1, 5, 1, 6, 2), ballots("abd", "abd", "bce")
        for setting, reports in (known, *sweep(40)):
            instance = Instance(setting, setting.read(reports))
            for measure in ("cardinality", "cost"):
                outcome = EqualShares(FIRST, setting, measure)(reports)
                found.add((measure, agree(outcome, EJRPlusX(), instance)))
        assert found == {("cardinality", True), ("cardinality", False), ("cost", False)}

    def test_memory_does_not_grow_with_voters(self) -> None:
        """10^13 voters of two kinds: counting them one by one would take 80 terabytes."""
        setting = election(5, 3, 3)
        crowd = Population(ballots("a", "b"), (6 * 10**12, 4 * 10**12))
        for outcome, refuted in ((frozenset({0}), False), (frozenset({1}), True)):
            assert agree(outcome, EJRPlusX(), Instance(setting, crowd)) == refuted

"""A facility that nobody wants near (Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340)."""

from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Profile, points, profiles

from mechsim import Instance, Line, Strategyproof, verify
from mechsim.axioms import (
    HybridFairShare,
    IndividualNuisanceShare,
    Neighbours,
    Party,
    ProportionalNuisanceShare,
    UnanimousNuisanceShare,
    fair_region,
)
from mechsim.facility import (
    EgalitarianFair,
    HybridFair,
    UtilitarianFair,
    fair_regions,
)
from mechsim.lottery import sure
from mechsim.objectives import Egalitarian, Utilitarian, best_of, evaluate
from mechsim.preferences import Hybrid, Obnoxious

F = Fraction
UNIT = Line(0, 1, tastes=Obnoxious())
HALF = F(1, 2)
IFS, UFS, PF = IndividualNuisanceShare(), UnanimousNuisanceShare(), ProportionalNuisanceShare()
ALPHAS = st.sampled_from([F(1), F(3, 2), F(2), F(3)])
SHARES = st.sampled_from(
    [IndividualNuisanceShare, UnanimousNuisanceShare, ProportionalNuisanceShare]
)
EVERY_SHARE = pytest.mark.parametrize("share", [IFS, UFS, PF], ids=["IFS", "UFS", "PF"])
FAIR_RULES = [
    pytest.param(rule, share, id=f"{rule.__name__}-{name}")
    for rule in (UtilitarianFair, EgalitarianFair)
    for name, share in (("IFS", IFS), ("UFS", UFS), ("PF", PF))
]


def at(*reports: Any) -> Instance:
    return Instance(UNIT, reports)


def allows(axiom: Any, here: Instance, place: Fraction) -> bool:
    """By the definition: no case is violated."""
    return all(axiom.outcome_violation(place, case) <= 0 for case in axiom.cases(here))


def within(region: tuple[tuple[Any, Any], ...], place: Any) -> bool:
    return any(low <= place <= high for low, high in region)


def probes(region: tuple[tuple[Any, Any], ...], x: Profile) -> set[Fraction]:
    """Ends of the intervals, what is just beside them, and what is between peaks."""
    ends = {end for stretch in region for end in stretch}
    tried = {end + k * F(1, 1000) for end in ends for k in (-1, 0, 1)}
    tried |= {(a + b) / 2 for a, b in pairwise(sorted({F(0), *x, F(1)}))} | set(x) | {F(0), F(1)}
    return {y for y in tried if 0 <= y <= 1}


def forbidden(share: Any, x: Profile) -> list[tuple[Any, Any]]:
    """The open intervals that groups forbid, one for each member of each set of agents."""
    found: list[tuple[Any, Any]] = []
    for size in range(1, len(x) + 1):
        for group in combinations(x, size):
            spread: Any = max(group) - min(group)
            owed: Any = F(size) / (share.alpha * len(x))
            if isinstance(share, IndividualNuisanceShare):
                owed, spread = F(1) / (share.alpha * len(x)), F(0)
            elif isinstance(share, UnanimousNuisanceShare) and spread:
                continue
            found += [(y - owed + spread, y + owed - spread) for y in group if owed > spread]
    return found


def complement(intervals: list[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """What of [0, 1] is in none of these open intervals, by a sweep from left to right."""
    left, kept = F(0), list[tuple[Fraction, Fraction]]()
    for low, high in sorted(intervals):
        if low >= left:
            kept.append((left, low))
        left = max(left, high)
    return [*kept, (left, F(1))] if left <= 1 else kept


class TestTheFairRegion:
    """The places that satisfy a share are those of its closed intervals, and no others."""

    @given(x=profiles(max_agents=5), share=SHARES, alpha=ALPHAS)
    def test_it_is_the_definition(self, x: Profile, share: Any, alpha: Fraction) -> None:
        region = fair_region(share(alpha), at(*x))
        for place in probes(region, x):
            assert within(region, place) == allows(share(alpha), at(*x), place)

    @given(x=profiles(max_agents=5), share=SHARES, alpha=ALPHAS)
    def test_it_is_what_no_set_of_agents_forbids(
        self, x: Profile, share: Any, alpha: Fraction
    ) -> None:
        axiom = share(alpha)
        region = fair_region(axiom, at(*x))
        assert list(region) == complement(forbidden(axiom, x))
        assert all(high < low for (_, high), (low, _) in pairwise(region))

    @given(x=profiles(), share=SHARES)
    def test_it_is_that_of_any_line(self, x: Profile, share: Any) -> None:
        wide = Line(-1, 6, tastes=Obnoxious())
        moved = Instance(wide, tuple(7 * y - 1 for y in x))
        stretched = tuple((7 * low - 1, 7 * high - 1) for low, high in fair_region(share(), at(*x)))
        assert fair_region(share(), moved) == stretched

    @EVERY_SHARE
    def test_of_floats_it_is_the_exact_one_rounded(self, share: Any) -> None:
        """Where forbidden intervals touch, the point between them is not lost to rounding."""
        reports = tuple((2 * k + 1) / 14 for k in range(7))
        found = fair_region(share, Instance(UNIT, reports))
        exact = fair_region(share, at(*(F(x) for x in reports)))
        assert found == tuple((float(low), float(high)) for low, high in exact)
        assert found

    @EVERY_SHARE
    def test_batches(self, share: Any) -> None:
        rng = np.random.default_rng(20261127)
        batch = np.concatenate([rng.random((40, 5)), np.round(rng.random((20, 5)), 1)])
        lower, upper = fair_regions(batch, UNIT, share)
        for row, low, high in zip(batch.tolist(), lower, upper, strict=True):
            touching = abs(high - low) < 1e-12
            found = [pair for pair in zip(low, high, strict=True) if pair[1] - pair[0] > 1e-12]
            exact = fair_region(share, Instance(UNIT, tuple(row)))
            wide = [pair for pair in exact if pair[1] - pair[0] > 1e-12]
            assert np.array(found) == pytest.approx(np.array(wide))
            assert len(exact) - len(wide) <= touching.sum()

    def test_what_has_no_region_is_refused(self) -> None:
        with pytest.raises(ValueError, match="axiom is Strategyproof: it must have intervals"):
            fair_region(Strategyproof(), at(HALF))
        with pytest.raises(ValueError, match="axiom is UnanimousNuisanceShare: it must have"):
            fair_region(UnanimousNuisanceShare, at(HALF))


class TestTwoIsTight:
    """2-UFS can always be satisfied; for alpha below 2 even alpha-IFS cannot."""

    @given(x=profiles())
    def test_two_suffices(self, x: Profile) -> None:
        assert fair_region(UFS, at(*x))
        assert fair_region(IFS, at(*x))

    @given(x=profiles(max_agents=8))
    def test_proportional_fairness_was_never_refused(self, x: Profile) -> None:
        """Whether it is always possible is not proved here."""
        assert fair_region(PF, at(*x))

    @pytest.mark.parametrize("agents", range(1, 8))
    def test_less_does_not(self, agents: int) -> None:
        middles = at(*(F(2 * k + 1, 2 * agents) for k in range(agents)))
        assert fair_region(IndividualNuisanceShare(F(1999, 1000)), middles) == ()
        touching = fair_region(IFS, middles)
        assert touching == tuple((F(k, agents), F(k, agents)) for k in range(agents + 1))
        with pytest.raises(ValueError, match="no place of the line satisfies it"):
            UtilitarianFair(IndividualNuisanceShare(F(19, 10)))(middles.profile)


class TestProportionalFairness:
    """A group is due its share less its range; it implies the share of groups at one place."""

    @given(x=profiles(max_agents=5), y=points)
    def test_the_binding_groups_ask_the_most(self, x: Profile, y: Fraction) -> None:
        everyone = max(PF.outcome_violation(y, case) for case in PF.cases(at(*x)))
        asked: Any = PF.binding(sure(y), at(*x))
        assert max(PF.outcome_violation(y, case) for case in asked) == everyone

    @given(x=profiles(max_agents=5))
    def test_it_is_more_than_unanimous_shares(self, x: Profile) -> None:
        for low, high in fair_region(PF, at(*x)):
            assert within(fair_region(UFS, at(*x)), low)
            assert within(fair_region(UFS, at(*x)), high)

    def test_members_inside_a_group_count(self) -> None:
        """At an end of the group one may be near enough to the others' advantage."""
        x = (*(F(3, 10) for _ in range(10)), HALF, *(F(7, 10) for _ in range(10)))
        case = Neighbours(at(*x), F(3, 10), F(7, 10), 21, HALF)
        case.validate()
        assert PF.outcome_violation(HALF, case) == F(1, 10)
        with pytest.raises(ValueError, match="nobody from 3/10 to 7/10 reports it"):
            Neighbours(at(*x), F(3, 10), F(7, 10), 21, F(2, 5)).validate()


class TestHybridAgents:
    """Where some want the facility near and others mind it, all can have their shares."""

    @given(x=profiles(max_agents=5), who=st.sets(st.integers(0, 4)))
    def test_always(self, x: Profile, who: set[int]) -> None:
        here = Instance(Line(0, 1, tastes=Hybrid(tuple(sorted(who)))), x)
        region = fair_region(HybridFairShare(), here)
        assert region
        for place in probes(region, x):
            assert within(region, place) == allows(HybridFairShare(), here, place)

    @given(x=profiles(max_agents=5))
    def test_where_all_mind_it(self, x: Profile) -> None:
        assert fair_region(HybridFairShare(), at(*x)) == fair_region(UFS, at(*x))
        assert HybridFair(setting=UNIT)(x) == UtilitarianFair(UFS)(x)

    @settings(max_examples=20)
    @given(x=profiles(min_agents=2, max_agents=5))
    def test_the_rule_is_best(self, x: Profile) -> None:
        line = Line(0, 1, tastes=Hybrid((0, 2)))
        here = Instance(line, x)
        region = fair_region(HybridFairShare(), here)
        built = HybridFair(setting=line)(x)
        others = {*probes(region, x), *(F(k, 24) for k in range(25))}
        fair = sorted(y for y in others if within(region, y))
        assert within(region, built)
        assert evaluate(Utilitarian(), here, built) >= max(
            evaluate(Utilitarian(), here, y) for y in fair
        )

    def test_groups_of_nobody_are_refused(self) -> None:
        here = Instance(Line(0, 1, tastes=Hybrid((0,))), (HALF, HALF))
        with pytest.raises(ValueError, match="size is 2: 1 agents of this kind report 1/2"):
            Party(here, HALF, 2, minds=True).validate()


class TestTheBestFairPlace:
    """It is fair, and no fair place is better; a batch is played as each profile is."""

    @pytest.mark.parametrize(("rule", "share"), FAIR_RULES)
    @settings(max_examples=20)
    @given(x=profiles(max_agents=5))
    def test_no_fair_place_is_better(self, rule: Any, share: Any, x: Profile) -> None:
        objective: Any = Utilitarian() if rule is UtilitarianFair else Egalitarian()
        built, here = rule(share)(x), at(*x)
        region = fair_region(share, here)
        assert within(region, built)
        tried = {*probes(region, x), *(F(k, 48) for k in range(49))}
        best = best_of(objective, here, sorted(y for y in tried if within(region, y)))
        assert evaluate(objective, here, built) >= best.value
        if evaluate(objective, here, built) == best.value:
            assert built <= best.place

    @pytest.mark.parametrize(("rule", "share"), FAIR_RULES)
    def test_batches(self, rule: Any, share: Any) -> None:
        """The kernel, and the definition where floats cannot tell, agree with the definition."""
        rng = np.random.default_rng(20261127)
        apart = rng.random((60, 5))
        together = rng.integers(0, 9, (60, 5)) / 8
        touching = np.tile((2 * np.arange(5) + 1) / 10, (2, 1))
        batch = np.concatenate([apart, together, touching])
        played = rule(share).of_batch(batch)
        assert played.tolist() == pytest.approx([rule(share)(row) for row in batch.tolist()])

    @pytest.mark.parametrize("agents", [5, 7, 9])
    def test_batches_of_agents_who_leave_points(self, agents: int) -> None:
        """The ends are forbidden, and what agents on either side forbid touches: exactly or not."""
        half, gaps = agents // 2 + 1, np.arange(1, 30) / 400
        low = 1 / (2 * agents) - gaps[:, None] + np.arange(half) / agents
        high = 1 - 1 / (2 * agents) + gaps[:, None] - np.arange(agents - half) / agents
        batch = np.concatenate([low, high], axis=1)
        batch = batch[(batch >= 0).all(axis=1) & (batch <= 1).all(axis=1)]
        played = UtilitarianFair(IFS).of_batch(batch)
        assert played.tolist() == pytest.approx([UtilitarianFair(IFS)(x) for x in batch.tolist()])

    def test_batches_of_near_ties(self) -> None:
        """The high end is better by less than floats can tell."""
        near = [0.3, 0.7]  # as floats, a little less than 1 together
        assert UtilitarianFair(IFS)(near) == 1
        assert UtilitarianFair(IFS).of_batch([near, [0.375, 0.625]]).tolist() == [1, 0]

    def test_what_is_no_share_is_refused(self) -> None:
        with pytest.raises(ValueError, match="share is 2: it must be an axiom of shares"):
            UtilitarianFair(2)  # type: ignore[arg-type]  # on purpose


class TestLiesPay:
    """Whoever is near a fair place moves it by a lie: the rules are not strategyproof."""

    @pytest.mark.parametrize(("rule", "share"), FAIR_RULES)
    def test_a_lie(self, rule: Any, share: Any) -> None:
        assert verify(rule(share, UNIT.grid(8)), Strategyproof(), UNIT.grid(8), agents=2).word == (
            "refuted"
        )

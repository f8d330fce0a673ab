"""Scores of forecasts on which a decision depends, alone and in a market."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Domain, Instance, Strategyproof, StrictlyProper, verify
from mechsim.axioms import Misreport
from mechsim.information import (
    Brier,
    ByRank,
    DecisionMarket,
    DecisionRule,
    DecisionScore,
    Logarithmic,
    Proportional,
    Quadratic,
    Spherical,
)
from mechsim.preferences import Beliefs, Prospects

F = Fraction
TENTHS = Beliefs(("good", "bad"), steps=10)
DRUGS = Prospects(("old", "new"), Beliefs(("good", "bad")))
FIFTHS = Prospects(("old", "new"), Beliefs(("good", "bad"), steps=5))
PAIR = Prospects(("old", "new"), Beliefs(("good", "bad"), steps=4), agents=("Ann", "Bob"))
TRUTH = ((F(6, 10), F(4, 10)), (F(1, 10), F(9, 10)))
EVEN = ((F(1, 2), F(1, 2)),) * 2
RANK = ByRank((F(9, 10), F(1, 10)))
BEST = ByRank((F(1), F(0)))
HUNDREDTHS = tuple((F(k, 100), 1 - F(k, 100)) for k in range(1, 100))
FULL = (RANK, ByRank((F(1, 2), F(1, 2))), Proportional())


class TestVectors:
    """Two actions with success .6 and .1, and the logarithmic score."""

    def test_best_for_sure(self) -> None:
        """To talk the better action down gains .348 if the best is taken for sure."""
        score = DecisionScore(Logarithmic(), BEST, DRUGS)
        lie = ((F(1, 20), F(19, 20)), (F(1, 10), F(9, 10)))
        assert float(score.expected(TRUTH, TRUTH)) == pytest.approx(-0.673012, abs=1e-6)
        assert float(score.expected(TRUTH, lie)) == pytest.approx(-0.325083, abs=1e-6)
        witness = Misreport(Instance(DRUGS, (TRUTH,)), 0, lie)
        gain = Strategyproof().violation(score, witness)
        assert float(gain) == pytest.approx(0.347929, abs=1e-6)

    def test_without_weights(self) -> None:
        score = DecisionScore(Logarithmic(), RANK, DRUGS, weighted=False)
        lie = ((F(14, 100), F(86, 100)), (F(15, 100), F(85, 100)))
        gain = float(score.expected(TRUTH, lie)) - float(score.expected(TRUTH, TRUTH))
        assert gain == pytest.approx(0.2118, abs=1e-4)

    def test_with_weights(self) -> None:
        score = DecisionScore(Logarithmic(), RANK, DRUGS)
        assert float(score.expected(TRUTH, TRUTH)) == pytest.approx(-0.998095, abs=1e-6)

    def test_nobody_gains_on_the_grid(self) -> None:
        """No lie on the grid of hundredths gains, by the quadratic or the logarithmic score."""
        quadratic = DecisionScore(Quadratic(), RANK, DRUGS)
        truth = quadratic.expected(TRUTH, TRUTH)
        lies = [lie for lie in product(HUNDREDTHS, repeat=2) if lie != TRUTH]
        assert all(quadratic.expected(TRUTH, lie) < truth for lie in lies)
        logarithmic = DecisionScore(Logarithmic(), RANK, DRUGS)
        truth = logarithmic.expected(TRUTH, TRUTH)
        assert all(logarithmic.expected(TRUTH, lie) < truth for lie in lies[::11])


class TestFullSupport:
    """If every action has a chance and scores are divided by it, honesty alone is best."""

    @pytest.mark.parametrize("rule", FULL, ids=str)
    @pytest.mark.parametrize("convex", [Quadratic(), Spherical(), Logarithmic()], ids=str)
    def test_strictly_proper(self, rule: Any, convex: Any) -> None:
        score = DecisionScore(convex, rule, FIFTHS)
        assert verify(score, StrictlyProper(), FIFTHS, agents=1).word == "proved"

    @given(
        st.lists(st.tuples(st.integers(1, 19), st.integers(1, 19)), min_size=2, max_size=2),
        st.integers(1, 9),
    )
    @settings(max_examples=40)
    def test_the_rule_does_not_matter(self, given: Any, tenths: int) -> None:
        """What a forecaster expects is the same sum of scores for every such rule."""
        told, believed = (
            tuple((F(k, 20), 1 - F(k, 20)) for k in row) for row in zip(*given, strict=True)
        )
        high = max(tenths, 10 - tenths)
        rules: list[DecisionRule] = [ByRank((F(high, 10), 1 - F(high, 10))), Proportional()]
        sums = {DecisionScore(Brier(), rule, DRUGS).expected(believed, told) for rule in rules}
        plain = sum(
            p * (1 - sum((q - (o == k)) ** 2 for k, q in enumerate(r)) / 2)
            for b, r in zip(believed, told, strict=True)
            for o, p in enumerate(b)
        )
        assert sums == {plain}

    @pytest.mark.parametrize(
        "foil",
        [
            DecisionScore(Quadratic(), BEST, FIFTHS),
            DecisionScore(Quadratic(), RANK, FIFTHS, weighted=False),
            DecisionScore(Quadratic(), Proportional(), FIFTHS, weighted=False),
        ],
        ids=["best", "no weights", "proportional, no weights"],
    )
    def test_foils(self, foil: Any) -> None:
        """Without full support or without weights there are lies that gain."""
        assert verify(foil, Strategyproof(), FIFTHS, agents=1).word == "refuted"


class TestMarket:
    """Forecasters in sequence, each paid for the change."""

    def market(self, convex: Any, rule: Any = RANK, **options: Any) -> DecisionMarket:
        return DecisionMarket(convex, rule, EVEN, PAIR, **options)

    def test_honesty_is_dominant(self) -> None:
        """Whoever comes when, whatever was said before and will be."""
        assert verify(self.market(Quadratic()), Strategyproof(), PAIR, agents=2).word == "proved"

    @pytest.mark.parametrize("options", [{"rule": BEST}, {"weighted": False}])
    def test_the_last_manipulates(self, options: Any) -> None:
        """If the best is taken for sure, or scores are not weighted, somebody gains by a lie."""
        verdict: Any = verify(self.market(Quadratic(), **options), Strategyproof(), PAIR, agents=2)
        assert verdict.word == "refuted"
        assert verdict.case.agent == 1  # only the last forecast decides

    @given(st.integers(0, 80), st.integers(0, 80))
    @settings(max_examples=30)
    def test_telescopes(self, one: int, two: int) -> None:
        """All payments together are the score of the last forecast less that of the first."""
        types = PAIR.types(0)
        assert types is not None
        reports = (types[one % len(types)], types[two % len(types)])
        for taken in self.market(Brier())(reports).support:
            chance = RANK(reports[-1])[taken.action]
            for outcome in range(2):
                total = sum(rewards[outcome] for rewards in taken.rewards)
                r = reports[-1][taken.action]
                after = 1 - sum((q - (outcome == k)) ** 2 for k, q in enumerate(r)) / 2
                assert total == (after - F(3, 4)) / chance

    def test_bounded_loss(self) -> None:
        """Logarithmic scores of one action with n outcomes lose at most ln n."""
        three = Prospects(("only",), Beliefs(("a", "b", "c")))
        start = ((F(1, 3),) * 3,)
        market = DecisionMarket(Logarithmic(), ByRank((F(1),)), start, three)
        last = ((F(998, 1000), F(1, 1000), F(1, 1000)),)
        (taken,) = market([last]).support
        paid = float(taken.rewards[0][0])
        assert 1.09 < paid < 1.0986122886681098

    def test_door(self) -> None:
        score = DecisionScore(Quadratic(), BEST, DRUGS)
        with pytest.raises(ValueError, match="action is 1: it is never taken"):
            score.paid(TRUTH, 1, 0)
        with pytest.raises(ValueError, match="chances sum to 1/2"):
            ByRank((F(1, 2),))
        with pytest.raises(ValueError, match="has 1 beliefs: it must have one for each of old"):
            score([TRUTH[:1]])
        with pytest.raises(ValueError, match=r"reports\[0\]\[1\] sums to 1/2"):
            score([(TRUTH[0], (F(1, 4), F(1, 4)))])
        with pytest.raises(ValueError, match="has 2 forecasts: one forecaster is scored"):
            score([TRUTH, TRUTH])
        with pytest.raises(ValueError, match=r"reports\[0\]\[0\] is good 1/3.*one of the beliefs"):
            PAIR.read([((F(1, 3), F(2, 3)), EVEN[0])])
        with pytest.raises(ValueError, match="nothing is proportional"):
            Proportional()([(F(0), F(1))] * 2)
        with pytest.raises(ValueError, match="names must differ"):
            Prospects(("a", "a"), TENTHS)


class TestProspects:
    """The setting, searched where it is no grid."""

    def test_search_finds_the_lie(self) -> None:
        foil = DecisionScore(Quadratic(), BEST, DRUGS)
        verdict: Any = verify(foil, Strategyproof(), DRUGS, agents=1)
        assert verdict.word == "refuted"
        assert "instead of" in str(verdict)

    def test_domain(self) -> None:
        assert Domain(FIFTHS, agents=1).size == 16
        assert FIFTHS.tell_type(FIFTHS.types(0)[0]).startswith("old: good")  # type: ignore[index]

"""Scoring rules (Savage 1971) and contracts for information: one class for each statement."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import log, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Acquisition, Beliefs, Finite, Instance, Obedient, Proved, Strategyproof, verify
from mechsim._numbers import is_ball
from mechsim.algorithms.balls import ball
from mechsim.axioms import Misreport
from mechsim.information import (
    Audit,
    Brier,
    Linear,
    Logarithmic,
    Quadratic,
    RankedProbability,
    ScoringContract,
    ScoringRule,
    Spherical,
    ZeroOne,
)
from mechsim.preferences import Effort, Expert, World

Belief = tuple[Fraction, ...]
STATES = ("rain", "snow", "sun")
WEATHER = Beliefs(STATES)
PROPER: list[Any] = [
    Quadratic(),
    Brier(),
    Logarithmic(),
    Spherical(),
    RankedProbability(),
    ZeroOne(),
]
BY_RULE = pytest.mark.parametrize("convex", PROPER, ids=lambda c: type(c).__name__)


def beliefs(states: int = 3) -> st.SearchStrategy[Belief]:
    parts = st.lists(st.integers(1, 8), min_size=states, max_size=states)
    return parts.map(lambda row: tuple(Fraction(part, sum(row)) for part in row))


def scores(convex: Any, belief: Belief) -> tuple[Any, ...]:
    return tuple(ScoringRule(convex, WEATHER)([belief]))


def close(a: Any, b: Any) -> bool:
    """Equal, or balls that may be the same number and are narrow."""
    if not (is_ball(a) or is_ball(b)):
        return bool(a == b)
    difference = a - b if is_ball(a) and is_ball(b) else ball(Fraction(1))
    return difference.contains(0) and float(difference.rad()) < 1e-12


class TestTable:
    """The scores at (1/2, 3/10, 1/5), and what an honest forecaster with this belief expects."""

    BELIEF = (Fraction(1, 2), Fraction(3, 10), Fraction(1, 5))

    @pytest.mark.parametrize(
        ("convex", "listed", "expected"),
        [
            (Quadratic(), (0.62, 0.22, 0.02), 0.38),
            (Brier(), (0.81, 0.61, 0.51), 0.69),
            (Logarithmic(), (-0.693147, -1.203973, -1.609438), -1.029653),
            (Spherical(), (0.811107, 0.486664, 0.324443), 0.616441),
            (RankedProbability(), (-0.29, -0.29, -0.89), -0.41),
            (ZeroOne(), (1, 0, 0), 0.5),
            (Linear(), (0.5, 0.3, 0.2), 0.38),
        ],
    )
    def test_values(self, convex: Any, listed: tuple[float, ...], expected: float) -> None:
        found = scores(convex, self.BELIEF)
        assert [float(score) for score in found] == pytest.approx(listed, abs=1e-6)
        mean = WEATHER.value(0, self.BELIEF, found)
        assert float(mean) == pytest.approx(expected, abs=1e-6)

    def test_rational_rules_are_exact(self) -> None:
        hundredths = [Fraction(k, 100) for k in (62, 22, 2)]
        assert scores(Quadratic(), self.BELIEF) == tuple(hundredths)


def quadratic(r: Belief, k: int) -> Any:
    return 2 * r[k] - sum(p * p for p in r)


def logarithmic(r: Belief, k: int) -> Any:
    return ball(r[k]).log()


def spherical(r: Belief, k: int) -> Any:
    return ball(r[k]) / ball(sum((p * p for p in r), Fraction(0))).sqrt()


def zero_one(r: Belief, k: int) -> Any:
    return Fraction(r.index(max(r)) == k)


def linear(r: Belief, k: int) -> Any:
    return r[k]


def brier(r: Belief, k: int) -> Any:
    return 1 - sum((p - (j == k)) ** 2 for j, p in enumerate(r)) / 2


def ranked(r: Belief, k: int) -> Any:
    return -sum((sum(r[: j + 1]) - (k <= j)) ** 2 for j in range(len(r)))


class TestClosedForms:
    """Savage's formula gives each rule its closed form."""

    @pytest.mark.parametrize(
        ("convex", "closed"),
        [
            (Quadratic(), quadratic),
            (Brier(), brier),
            (Logarithmic(), logarithmic),
            (Spherical(), spherical),
            (RankedProbability(), ranked),
            (ZeroOne(), zero_one),
            (Linear(), linear),
        ],
        ids=lambda c: type(c).__name__,
    )
    @given(r=beliefs())
    def test_agree(self, convex: Any, closed: Callable[[Belief, int], Any], r: Belief) -> None:
        assert all(close(score, closed(r, k)) for k, score in enumerate(scores(convex, r)))

    @given(r=beliefs())
    def test_floats_agree(self, r: Belief) -> None:
        rounded = tuple(float(p) for p in r)
        assert [float(s) for s in ScoringRule(Logarithmic(), WEATHER)([rounded])] == pytest.approx(
            [log(p) for p in rounded]
        )
        norm = sqrt(sum(p * p for p in rounded))
        assert [float(s) for s in ScoringRule(Spherical(), WEATHER)([rounded])] == pytest.approx(
            [p / norm for p in rounded]
        )


class TestSavage:
    """Honest expectation is G, G is convex with this subgradient, and a lie costs the Bregman
    divergence.
    """

    @BY_RULE
    @given(p=beliefs())
    def test_honesty_earns_the_convex_function(self, convex: Any, p: Belief) -> None:
        assert close(WEATHER.value(0, p, scores(convex, p)), convex.value(p))

    @BY_RULE
    @given(p=beliefs(), r=beliefs())
    def test_a_lie_costs_the_divergence(self, convex: Any, p: Belief, r: Belief) -> None:
        case = Misreport(Instance(WEATHER, (p,)), 0, r)
        gain = Strategyproof().violation(ScoringRule(convex, WEATHER), case)
        tangent = [
            g * (ball(a - b) if is_ball(g) else a - b)
            for g, a, b in zip(convex.slope(r), p, r, strict=True)
        ]
        divergence = convex.value(p) - convex.value(r) - sum(tangent[1:], tangent[0])
        assert close(-gain, divergence)
        assert not gain > 0

    @given(p=beliefs(), r=beliefs())
    def test_quadratic_divergence_is_squared_distance(self, p: Belief, r: Belief) -> None:
        case = Misreport(Instance(WEATHER, (p,)), 0, r)
        gain = Strategyproof().violation(ScoringRule(Quadratic(), WEATHER), case)
        assert gain == -sum((a - b) ** 2 for a, b in zip(p, r, strict=True))

    @given(p=beliefs())
    def test_linear_is_half_a_gradient(self, p: Belief) -> None:
        halves = tuple(g / 2 for g in Quadratic().slope(p))
        assert Linear().slope(p) == halves
        assert Linear().value(p) == Quadratic().value(p)


HALF, NEVER = Fraction(1, 2), Fraction(0)


def sees(accuracy: Fraction) -> tuple[tuple[Fraction, ...], ...]:
    miss = 1 - accuracy
    return (NEVER, accuracy, miss), (NEVER, miss, accuracy)


REST = Effort("rest", Fraction(0), ((Fraction(1), NEVER, NEVER),) * 2)
GLANCE = Effort("glance", Fraction(1, 10), sees(Fraction(7, 10)))
STUDY = Effort("study", Fraction(3, 10), sees(Fraction(9, 10)))
EXPERT = Expert("the expert", ("nothing", "up", "down"), (REST, GLANCE, STUDY))
MARKET = Acquisition((World("rise", HALF), World("fall", HALF)), (EXPERT,))


def worth(setting: Acquisition, efforts: tuple[str, ...], prize: int) -> Fraction:
    """What guessing the state from all signals earns, at a prize for being right."""
    law = setting.law(efforts)
    states = range(len(setting.states))
    seen = {signals for _, signals in law}
    likeliest = (max(law.get((k, s), Fraction(0)) for k in states) for s in seen)
    return prize * sum(likeliest, Fraction(0))


def expected_pay(mechanism: Any, setting: Acquisition, efforts: tuple[str, ...]) -> Fraction:
    """What all experts are paid in expectation if they do as asked."""
    return sum(
        (
            p * sum((rewards[k] for rewards in mechanism(s).rewards), Fraction(0))
            for (k, s), p in setting.law(efforts).items()
        ),
        Fraction(0),
    )


class TestOneExpert:
    """A bet on what the expert says is the cheapest way to have it study, or glance."""

    @pytest.mark.parametrize(("effort", "earned"), [("rest", 5), ("glance", 7), ("study", 9)])
    def test_worth(self, effort: str, earned: int) -> None:
        assert worth(MARKET, (effort,), 10) == earned

    @given(stake=st.fractions(0, 2, max_denominator=12))
    def test_which_stakes_make_it_study(self, stake: Fraction) -> None:
        """It studies if 9/10 y - 3/10 is at least 7/10 y - 1/10 and at least y/2."""
        contract = ScoringContract(("study",), ZeroOne(), stake, MARKET)
        obeys = isinstance(verify(contract, Obedient(), MARKET, agents=1), Proved)
        assert obeys == (stake >= 1)

    @given(stake=st.fractions(0, 2, max_denominator=12))
    def test_which_stakes_make_it_glance(self, stake: Fraction) -> None:
        """It glances if 7/10 y - 1/10 is at least y/2 and at least 9/10 y - 3/10."""
        contract = ScoringContract(("glance",), ZeroOne(), stake, MARKET)
        obeys = isinstance(verify(contract, Obedient(), MARKET, agents=1), Proved)
        assert obeys == (HALF <= stake <= 1)

    @given(scale=st.fractions(0, 2, max_denominator=16))
    def test_which_quadratic_scales_make_it_study(self, scale: Fraction) -> None:
        """The expected score must rise from the prior's, 1/2, by the cost or more.

        A glance, reported as if it were a study, scores 1/2 in expectation as well.
        """
        contract = ScoringContract(("study",), Quadratic(), scale, MARKET)
        obeys = isinstance(verify(contract, Obedient(), MARKET, agents=1), Proved)
        studied, prior = (Fraction(9, 10), Fraction(1, 10)), (HALF, HALF)
        rise = Quadratic().value(studied) - Quadratic().value(prior)
        assert obeys == (scale * rise >= Fraction(3, 10)) == (scale >= Fraction(15, 16))

    @pytest.mark.parametrize(
        ("effort", "stake", "profit"),
        [("rest", 0, Fraction(5)), ("glance", HALF, Fraction(133, 20)), ("study", 1, 8.1)],
    )
    def test_profit(self, effort: str, stake: Any, profit: Any) -> None:
        contract = ScoringContract((effort,), ZeroOne(), Fraction(stake), MARKET)
        assert isinstance(verify(contract, Obedient(), MARKET, agents=1), Proved)
        net = worth(MARKET, (effort,), 10) - expected_pay(contract, MARKET, (effort,))
        assert net == pytest.approx(profit)

    def test_cheapest_is_the_closed_form(self) -> None:
        """Against rest alone: c (1 + d (1 - d) / E(q - d)+) with d = 1/2 and q in {3/10, 7/10}."""
        pay = expected_pay(
            ScoringContract(("glance",), ZeroOne(), HALF, MARKET), MARKET, ("glance",)
        )
        upside = HALF * (Fraction(7, 10) - HALF)
        assert pay == Fraction(1, 10) * (1 + Fraction(1, 4) / upside)

    @given(stake=st.fractions(0, 2, max_denominator=12), shift=st.fractions(-2, 2))
    def test_a_shift_is_immaterial(self, stake: Fraction, shift: Fraction) -> None:
        plain = ScoringContract(("study",), Quadratic(), stake, MARKET)
        shifted = ScoringContract(("study",), Quadratic(), stake, MARKET, shift)
        for instance in Obedient().instances(MARKET, 1):
            for case in Obedient().cases(instance):
                found = Obedient().violation(shifted, case)
                assert found == Obedient().violation(plain, case)


SURE = Fraction(1)
BIT = ((NEVER, SURE, NEVER),) * 2 + ((NEVER, NEVER, SURE),) * 2
TWO = (Effort("rest", NEVER, ((SURE, NEVER, NEVER),) * 4), Effort("work", SURE, BIT))
WORLDS = tuple(
    World(state, Fraction(tenths, 10))
    for state, tenths in (("rise", 3), ("fall", 2), ("fall", 3), ("rise", 2))
)
SIGNALS = ("nothing", "one", "zero")
PAIR = Acquisition(WORLDS, (Expert("Ann", SIGNALS, TWO), Expert("Bob", SIGNALS, TWO)))
BOTH, ANN, BOB = ("work", "work"), ("work", "rest"), ("rest", "work")


def plan(both: Fraction) -> Finite[tuple[str, ...]]:
    alone = (1 - both) / 2
    return Finite({b: p for b, p in ((BOTH, both), (ANN, alone), (BOB, alone)) if p})


def profit(audit: Audit) -> Fraction:
    """60 with anybody at work, 50 with none, less what is paid."""
    return sum(
        (
            p * (worth(PAIR, b, 100) - expected_pay(rule, PAIR, b))
            for (p, rule), b in zip(audit.rules(2), audit.plan.support, strict=True)
        ),
        Fraction(0),
    )


class TestTwoExperts:
    """With payments up to M, the best plan has both work with probability 1/(M - 1)."""

    def test_one_at_work_is_enough(self) -> None:
        found = {b: worth(PAIR, b, 100) for b in product(("rest", "work"), repeat=2)}
        assert found == {("rest", "rest"): 50, ANN: 60, BOB: 60, BOTH: 60}

    @pytest.mark.parametrize("cap", [2, 3, 5, 10])
    def test_profit_is_the_closed_form(self, cap: int) -> None:
        audit = Audit(plan(Fraction(1, cap - 1)), Fraction(cap), PAIR)
        assert isinstance(verify(audit, Obedient(), PAIR, agents=2), Proved)
        assert profit(audit) == 60 - Fraction(4) / (2 - Fraction(2, cap))

    def test_text(self) -> None:
        text = "Audit(work and work 1/4, work and rest 3/8, rest and work 3/8; reward 5)"
        assert str(Audit(plan(Fraction(1, 4)), Fraction(5), PAIR)) == text

    def test_listed_values(self) -> None:
        caps = (2, 3, 5, 10)
        found = [float(profit(Audit(plan(Fraction(1, m - 1)), Fraction(m), PAIR))) for m in caps]
        assert found == pytest.approx([56, 57, 57.5, 57.777778], abs=1e-6)

    @given(share=st.fractions(Fraction(1, 10), 1, max_denominator=10))
    def test_fewer_audits_are_too_few(self, share: Fraction) -> None:
        """Told to work, the other works with probability 2q/(1 + q); guessing is right half of
        the time, so obedience needs 2q/(1 + q) * 5/2 >= 1."""
        obeys = verify(Audit(plan(share), Fraction(5), PAIR), Obedient(), PAIR, agents=2)
        assert isinstance(obeys, Proved) == (2 * share / (1 + share) * Fraction(5, 2) >= 1)

    def test_correlation_beats_independence(self) -> None:
        """Both work in expectation as often; independent draws cannot avoid that nobody works."""
        independent = Fraction(60) - 2 * (1 + Fraction(2, 5))
        assert profit(Audit(plan(Fraction(1, 4)), Fraction(5), PAIR)) > independent


class TestLaw:
    """Signals and state follow the law of the model, and posteriors are Bayes' rule."""

    def test_signals_are_correlated_beyond_the_state(self) -> None:
        assert PAIR.law(BOTH) == {
            (0, ("one", "one")): Fraction(3, 10),
            (1, ("one", "one")): Fraction(1, 5),
            (1, ("zero", "zero")): Fraction(3, 10),
            (0, ("zero", "zero")): Fraction(1, 5),
        }

    @given(a=st.fractions(0, 1, max_denominator=8), prior=beliefs(2))
    def test_bayes(self, a: Fraction, prior: Belief) -> None:
        look = Effort("look", Fraction(1), sees(a))
        expert = Expert("Ann", ("nothing", "up", "down"), (look,))
        worlds = World("rise", prior[0]), World("fall", prior[1])
        setting = Acquisition(worlds, (expert,))
        for signal in ("nothing", "up", "down"):
            joint = [setting.law(("look",)).get((k, (signal,)), Fraction(0)) for k in (0, 1)]
            total = sum(joint)
            bayes = tuple(p / total for p in joint) if total else prior
            assert setting.posterior(0, signal, "look") == bayes

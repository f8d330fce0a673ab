"""Information structures: what efforts bring, and what follows from them."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Strategyproof, StrictlyProper, verify
from mechsim.axioms import (
    CappedPayments,
    LimitedLiability,
    Obedient,
    ObedientEfforts,
    TruthfulReports,
    WillinglyHired,
)
from mechsim.information import (
    Audit,
    Brier,
    Custom,
    Decision,
    FlatContract,
    Hired,
    Hiring,
    Logarithmic,
    MaxAffine,
    Quadratic,
    ScoringContract,
    ScoringRule,
    binary_accuracy,
    cheapest_incentive,
    conditionally_independent,
    correlated,
    draw_structure,
    hidden_bit,
    hire,
    hire_deterministically,
    hire_independently,
    kept,
    strongest_incentive,
)
from mechsim.lottery import Finite
from mechsim.preferences import Beliefs

F = Fraction
PAIR = hidden_bit(F(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), F(100))
STUDY = binary_accuracy({"glance": (F(7, 10), F(1, 10)), "study": (F(9, 10), F(3, 10))})


class TestConstructors:
    """They build the laws that their docstrings say."""

    def test_hidden_bit(self) -> None:
        law = PAIR.law(("work", "work"))
        for (state, (one, two)), p in law.items():
            follows = (state == 0) == (one == "one")
            assert one == two
            assert p == (F(3, 10) if follows else F(1, 5))
        assert PAIR.law(("rest", "rest")) == {
            (0, ("nothing", "nothing")): F(1, 2),
            (1, ("nothing", "nothing")): F(1, 2),
        }

    def test_binary_accuracy(self) -> None:
        law = STUDY.law(("study",))
        assert law[0, ("yes",)] == law[1, ("no",)] == F(9, 20)
        assert STUDY.posterior(0, "no", "glance") == (F(3, 10), F(7, 10))

    @given(st.integers(0, 10**6))
    @settings(max_examples=30)
    def test_correlated(self, seed: int) -> None:
        """If all work, the law is the one that was given; who rests sees nothing."""
        rng = np.random.default_rng(seed)
        events = list(product(("x", "y"), product(("a", "b"), ("c", "d", "e"))))
        weights = rng.integers(0, 5, len(events))
        weights[0] += 1
        shares = (F(int(w), int(weights.sum())) for w in weights)
        law: dict[Any, Fraction] = dict(zip(events, shares, strict=True))
        setting = correlated(law, {"Ann": 1, "Bob": 2})
        found = setting.law(("work", "work"))
        for (state, seen), p in law.items():
            place = setting.states.index(state) if state in setting.states else -1
            assert found.get((place, seen), 0) == p
        assert {seen[1] for _, seen in setting.law(("work", "rest"))} == {"nothing"}

    @given(st.integers(0, 10**6), st.integers(2, 5))
    @settings(max_examples=30)
    def test_drawn(self, seed: int, worlds: int) -> None:
        """Drawn structures are laws, whatever efforts are made, and the first effort is free."""
        setting = draw_structure(
            np.random.default_rng(seed), experts=2, efforts=3, signals=2, worlds=worlds
        )
        for efforts in product(*((e.name for e in x.efforts) for x in setting.experts)):
            assert sum(setting.law(efforts).values()) == 1
        assert all(expert.efforts[0].cost == 0 for expert in setting.experts)
        assert len(setting.worlds) == worlds

    def test_independent_given_the_state(self) -> None:
        """P(s | theta) is a product where worlds are states, and is not for a hidden bit."""
        both = binary_accuracy({"look": (F(4, 5), 1)}, experts=("Ann", "Bob"))

        def gaps(setting: Any, efforts: tuple[str, ...]) -> set[Fraction]:
            law = setting.law(efforts)
            found: set[Fraction] = set()
            for state in range(2):
                total = sum((p for (t, _), p in law.items() if t == state), F(0))
                for a, b in product(setting.experts[0].signals, setting.experts[1].signals):
                    joint = law.get((state, (a, b)), F(0)) / total
                    one = sum((p for (t, s), p in law.items() if t == state and s[0] == a), F(0))
                    two = sum((p for (t, s), p in law.items() if t == state and s[1] == b), F(0))
                    found.add(joint - one * two / total**2)
            return found

        assert gaps(both, ("look", "look")) == {F(0)}
        assert gaps(PAIR, ("work", "work")) != {F(0)}

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            (lambda: hidden_bit(2, 1), "link is 2: it must be between 0 and 1"),
            (lambda: binary_accuracy({"look": (2, 1)}), "accuracy of look is 2"),
            (lambda: correlated({("x", ("a",)): 1}, {"Ann": 1, "Bob": 1}), "one signal for each"),
            (lambda: correlated({("x", ("a",)): F(1, 2)}, {"Ann": 1}), "sums to 1/2"),
            (
                lambda: conditionally_independent(
                    {"x": 1}, {"Ann": {"look": (0, [(F(1, 2), F(1, 4))])}}, signals=("a", "b")
                ),
                r"likelihood of Ann's effort look in world 0 \(x\) sums to 3/4",
            ),
            (
                lambda: draw_structure(np.random.default_rng(0), states=3, worlds=2),
                "worlds is 2: there must be one for each of 3 states",
            ),
            (lambda: draw_structure(np.random.default_rng(0), denominator=1), "denominator is 1"),
        ],
    )
    def test_door(self, ask: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ask()


class TestArrays:
    """The arrays of the program are the setting's law and the decision's worth."""

    @given(st.integers(0, 10**6), st.integers(2, 4), st.sampled_from([12, 7, 10**6, 10**10 + 19]))
    @settings(max_examples=25)
    def test_law_and_worth(self, seed: int, worlds: int, denominator: int) -> None:
        rng = np.random.default_rng(seed)
        setting = draw_structure(
            rng, experts=2, efforts=2, signals=2, worlds=worlds, denominator=denominator
        )
        utility = tuple(tuple(F(int(u), 7) for u in row) for row in rng.integers(-9, 9, (3, 2)))
        program = Hiring(setting, Decision(("a", "b", "c"), utility), F(1))
        law, below = program.law
        for b, efforts in enumerate(program.efforts):
            exact = setting.law(efforts)
            for s, signals in enumerate(program.signals):
                for state in range(2):
                    assert F(int(law[b, s, state]), below) == exact.get((state, signals), 0)
            assert program.worth[b] == program.decision.worth_of(setting, efforts)


class TestDeviations:
    """No single deviation gains where no double one does; the converse fails."""

    PLAN = Finite({("work", "work"): F(1, 4), ("work", "rest"): F(3, 8), ("rest", "work"): F(3, 8)})

    def test_double_deviation(self) -> None:
        """An audit that is too cheap survives each single deviation: only idle guesses pay."""
        cheap = Audit(self.PLAN, F(4), PAIR)
        words = [
            verify(cheap, axiom, PAIR, agents=2).word
            for axiom in (ObedientEfforts(), TruthfulReports(), Obedient())
        ]
        assert words == ["proved", "proved", "refuted"]

    @given(st.integers(0, 10**6))
    @settings(max_examples=15)
    def test_joint_implies_single(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        setting = draw_structure(rng, worlds=4)
        states = tuple(setting.states)
        found = hire(setting, Decision.guess(states, 3), cap=2)
        assert isinstance(found, Hired)
        for axiom in (
            Obedient(),
            ObedientEfforts(),
            TruthfulReports(),
            WillinglyHired(),
            LimitedLiability(),
            CappedPayments(2),
        ):
            assert verify(found, axiom, setting, agents=2).word == "proved", axiom

    @pytest.mark.parametrize(
        ("wages", "axiom"),
        [
            ({}, WillinglyHired()),
            ({}, ObedientEfforts()),
            ({"one": F(2)}, TruthfulReports()),
            ({"one": F(-1)}, LimitedLiability()),
            ({"one": F(9)}, CappedPayments(5)),
        ],
    )
    def test_foils(self, wages: dict[str, Fraction], axiom: Any) -> None:
        contract = FlatContract(("work", "work"), wages, PAIR)
        verdict: Any = verify(contract, axiom, PAIR, agents=2)
        assert verdict.word == "refuted"
        assert "Ann" in str(verdict) or "Bob" in str(verdict)

    def test_a_fine_in_balls(self) -> None:
        """Logarithmic scores are below 0, and Brier's are not; scales and shifts count."""
        log = ScoringContract(("study",), Logarithmic(), F(1), STUDY)
        brier = ScoringContract(("study",), Brier(), F(1), STUDY)
        raised = ScoringContract(("study",), Brier(), F(1), STUDY, F(1))
        assert verify(log, LimitedLiability(), STUDY, agents=1).word == "refuted"
        assert verify(brier, LimitedLiability(), STUDY, agents=1).word == "proved"
        assert verify(brier, CappedPayments(1), STUDY, agents=1).word == "proved"
        assert verify(raised, LimitedLiability(F(1)), STUDY, agents=1).word == "proved"
        assert verify(raised, CappedPayments(1), STUDY, agents=1).word == "refuted"

    def test_scoring_rules(self) -> None:
        """Of scoring rules alone: the quadratic score may be below 0, by at most 1."""
        grid = Beliefs(("rain", "sun"), steps=6)
        rule = ScoringRule(Quadratic(), grid)
        assert verify(rule, LimitedLiability(), grid, agents=1).word == "refuted"
        assert verify(rule, LimitedLiability(F(-1)), grid, agents=1).word == "proved"


class TestUncorrelated:
    """IA-1: what the best deterministic and the best product mechanism leave."""

    @pytest.mark.parametrize("cap", [2, 3, 5, 10])
    def test_deterministic(self, cap: int) -> None:
        found = hire_deterministically(PAIR, GUESS, cap)
        assert found.value == kept(found, PAIR, GUESS) == 56
        assert verify(found, Obedient(), PAIR, agents=2).word == "proved"

    @pytest.mark.parametrize(("cap", "steps"), [(2, 4), (3, 3), (5, 5), (10, 5)])
    def test_product(self, cap: int, steps: int) -> None:
        """60 - 2 (1 + 2/M): one always works, and the other with probability 2/M."""
        found = hire_independently(PAIR, GUESS, cap, steps=steps)
        assert found.value == kept(found, PAIR, GUESS) == 60 - 2 * (1 + F(2, cap))
        shares = [
            sum((p for b, p in found.plan.probability.items() if b[i] == "work"), F(0))
            for i in range(2)
        ]
        assert sorted(shares) == [F(2, cap), 1]

    @given(st.integers(0, 10**6))
    @settings(max_examples=10)
    def test_order(self, seed: int) -> None:
        """Deterministic, product and all plans leave more and more; independent signals: alike."""
        rng = np.random.default_rng(seed)
        for worlds in (None, 4):
            setting = draw_structure(rng, worlds=worlds)
            guess = Decision.guess(setting.states, 4)
            one = hire_deterministically(setting, guess, 2)
            two = hire_independently(setting, guess, 2, steps=2)
            best = hire(setting, guess, 2)
            assert isinstance(best, Hired)
            assert one.value <= two.value <= best.value
            if worlds is None:
                assert one.value == best.value

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="steps is 0"):
            hire_independently(PAIR, GUESS, 5, steps=0)


class TestCustom:
    """A function of one's own is tested, and where it is not convex a belief says so."""

    GRID = Beliefs(("rain", "snow", "sun"), steps=6)

    def test_convex(self) -> None:
        cubes = Custom(lambda p: sum(x**3 for x in p), lambda p: tuple(3 * x * x for x in p))
        rule = ScoringRule(cubes, self.GRID)
        assert verify(rule, StrictlyProper(), self.GRID, agents=1).word == "proved"

    def test_not_convex(self) -> None:
        roots = Custom(lambda p: -sum(x**2 for x in p), lambda p: tuple(-2 * x for x in p))
        rule = ScoringRule(roots, self.GRID)
        verdict: Any = verify(rule, Strategyproof(), self.GRID, agents=1)
        assert verdict.word == "refuted"
        case = verdict.case
        truth = case.instance.profile[0]
        gain = sum(
            p * (b - a) for p, a, b in zip(truth, rule([truth]), rule([case.report]), strict=True)
        )
        assert gain == verdict.violation > 0

    def test_wrong_gradient(self) -> None:
        half = Custom(lambda p: sum(x * x for x in p), lambda p: p)
        verdict = verify(ScoringRule(half, self.GRID), Strategyproof(), self.GRID, agents=1)
        assert verdict.word == "refuted"

    def test_menus(self) -> None:
        """Bets are proper and not strictly so; the designed menus are such, and pay as they say."""
        bets = MaxAffine(((1, 0, 0), (0, 1, 0), (0, 0, 1)))
        rule = ScoringRule(bets, self.GRID)
        assert verify(rule, Strategyproof(), self.GRID, agents=1).word == "proved"
        assert verify(rule, StrictlyProper(), self.GRID, agents=1).word == "refuted"
        tenth, half = F(1, 10), F(1, 2)
        even = [(tenth, 9 * tenth), (9 * tenth, tenth)], [half, half]
        for menu in (strongest_incentive(*even), cheapest_incentive(*even, 1)):
            grid = Beliefs(("x", "y"), steps=10)
            made = ScoringRule(menu.convex, grid)
            assert verify(made, Strategyproof(), grid, agents=1).word == "proved"
            for k, belief in enumerate(menu.posteriors):
                assert (
                    sum(p * s for p, s in zip(belief, made([belief]), strict=True))
                    == max(menu.earned(belief, other) for other in range(len(menu.posteriors)))
                    == menu.earned(belief, k)
                )


class TestDoors:
    """What is no structure, contract or name is refused, and names may hold anything."""

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            (lambda: hidden_bit(F(3, 5), 1, experts=("Ann", "Ann")), "experts is .*must differ"),
            (lambda: binary_accuracy({"rest": (1, 1)}), "efforts has 'rest'"),
            (lambda: binary_accuracy({"look": (1, 1)}, states=("a", "a")), "states is .*differ"),
            (lambda: binary_accuracy({"look": (1, 1)}, prior=0), r"worlds\[0\] is 'yes' with"),
            (lambda: FlatContract(("work", "rest"), {"onne": F(1)}, PAIR), "wages has 'onne'"),
            (lambda: MaxAffine(()), "bets is"),
            (lambda: Decision(("a", "a"), ((1,), (2,))), "names must differ"),
            (lambda: hire_deterministically(PAIR, GUESS, -1), "cap is -1: it must be positive"),
            (lambda: hire_independently(PAIR, GUESS, 0), "cap is 0: it must be positive"),
        ],
    )
    def test_refusals(self, ask: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ask()

    def test_braces(self) -> None:
        """Names of experts do not get into the way of names of rows."""
        odd = hidden_bit(F(3, 5), 1, experts=("{Ann}", "B}o{b"))
        assert getattr(hire(odd, GUESS, 5), "value", None) == F(115, 2)

    def test_kept_needs_a_plan(self) -> None:
        """What is asked may not depend on what is reported."""

        def moody(reports: Any) -> Any:
            efforts = ("work", "work") if reports[0] == "one" else ("rest", "rest")
            return FlatContract(efforts, {}, PAIR)(reports)

        with pytest.raises(ValueError, match="asks for efforts by what is reported"):
            kept(moody, PAIR, GUESS)

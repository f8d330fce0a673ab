"""Optimal mechanisms for information: hiring, advice, scoring rules made to measure, persuasion."""

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import verify
from mechsim.axioms import BayesianIncentiveCompatible, Obedient
from mechsim.information import (
    Advice,
    Audit,
    Decision,
    Hired,
    advise,
    cheapest_incentive,
    hire,
    persuade,
    strongest_incentive,
)
from mechsim.lottery import Finite
from mechsim.preferences import Acquisition, Effort, Expert, World
from mechsim.program import Infeasible

F = Fraction
HALF, SURE = F(1, 2), F(1)
NEVER = F(0)
TRUTHFUL = BayesianIncentiveCompatible()

# a hidden bit: the state is it with probability .6, and who works sees it
BIT = ((NEVER, SURE, NEVER),) * 2 + ((NEVER, NEVER, SURE),) * 2
TWO = (Effort("rest", NEVER, ((SURE, NEVER, NEVER),) * 4), Effort("work", SURE, BIT))
HIDDEN = tuple(
    World(state, F(tenths, 10))
    for state, tenths in (("rise", 3), ("fall", 2), ("fall", 3), ("rise", 2))
)
SIGNALS = ("nothing", "one", "zero")
PAIR = Acquisition(HIDDEN, tuple(Expert(name, SIGNALS, TWO) for name in ("Ann", "Bob")))
GUESS = Decision.guess(("rise", "fall"), F(100))


def accuracy(tenths: int) -> tuple[tuple[Fraction, ...], ...]:
    right = F(tenths, 10)
    return ((NEVER, right, 1 - right), (NEVER, 1 - right, right))


STUDY = Acquisition(
    (World("rise", HALF), World("fall", HALF)),
    (
        Expert(
            "Ann",
            SIGNALS,
            (
                Effort("rest", NEVER, ((SURE, NEVER, NEVER),) * 2),
                Effort("glance", F(1, 10), accuracy(7)),
                Effort("study", F(3, 10), accuracy(9)),
            ),
        ),
    ),
)


class TestHiring:
    """IA-1: with payments up to M the optimum is 60 - 4/(2 - 2/M), by correlated requests."""

    @pytest.mark.parametrize("cap", [2, 3, 5, 10])
    def test_closed_form(self, cap: int) -> None:
        found = hire(PAIR, GUESS, cap)
        assert isinstance(found, Hired)
        assert found.value == 60 - F(4) / (2 - F(2, cap))
        assert verify(found, Obedient(), PAIR, agents=2).word == "proved"
        assert found.plan.probability[("work", "work")] == F(1, cap - 1)

    def test_deterministic_plans(self) -> None:
        """At M = 5: both 56, one alone impossible, nobody 50."""
        found = {
            b: hire(PAIR, GUESS, 5, plan={b: SURE}) for b in product(("rest", "work"), repeat=2)
        }
        values = [getattr(one, "value", None) for one in found.values()]
        assert values == [50, None, None, 56]
        assert isinstance(found["rest", "work"], Infeasible)

    @pytest.mark.parametrize(("cap", "value"), [(3, F(170, 3)), (5, F(286, 5)), (10, F(288, 5))])
    def test_independent_requests(self, cap: int, value: Fraction) -> None:
        """Agent 2 always works and agent 1 with 2/M: 60 - 2 (1 + 2/M), less than the optimum."""
        share = F(2, cap)
        plan: Any = {("work", "work"): share, ("rest", "work"): 1 - share}
        found: Any = hire(PAIR, GUESS, cap, plan=plan)
        best: Any = hire(PAIR, GUESS, cap)
        assert found.value == value == 60 - 2 * (1 + share)
        assert found.value < best.value

    def test_on_a_grid_no_independent_plan_is_better(self) -> None:
        values: list[Fraction] = []
        for p, q in product((F(k, 5) for k in range(6)), repeat=2):
            plan: Any = {
                (a, b): (p if a == "work" else 1 - p) * (q if b == "work" else 1 - q)
                for a, b in product(("rest", "work"), repeat=2)
            }
            found = hire(PAIR, GUESS, 5, plan=plan)
            if isinstance(found, Hired):
                values.append(found.value)
        assert max(values) == F(286, 5)

    def test_as_the_audit(self) -> None:
        """The optimum pays what the audit pays, in expectation."""
        plan = Finite(
            {("work", "work"): F(1, 4), ("work", "rest"): F(3, 8), ("rest", "work"): F(3, 8)}
        )
        audit = Audit(plan, F(5), PAIR)
        rules: Any = list(audit.rules(2))
        paid = sum(
            p * chance * row[state]
            for p, rule in rules
            for (state, seen), chance in PAIR.law(rule.efforts).items()
            for row in rule(seen).rewards
        )
        found: Any = hire(PAIR, GUESS, 5)
        assert sum(found.expected_pay) == paid == F(5, 2)

    def test_one_expert(self) -> None:
        """IA-0: U = 5, 7, 9; profits 5, 6.65, 8.1."""
        prize = Decision.guess(("rise", "fall"), F(10))
        worth = [prize.worth_of(STUDY, (effort,)) for effort in ("rest", "glance", "study")]
        assert worth == [5, 7, 9]
        profits = [
            getattr(hire(STUDY, prize, 10, plan={(e,): SURE}), "value", None)
            for e in ("rest", "glance", "study")
        ]
        assert profits == [5, F(133, 20), F(81, 10)]
        best: Any = hire(STUDY, prize, 10)
        assert best.value == F(81, 10)
        assert "worth 81/10 to the principal" in str(best)

    @given(st.integers(0, 10**6))
    @settings(max_examples=12)
    def test_independent_signals_need_no_chance(self, seed: int) -> None:
        """If signals are independent given the state, a deterministic plan is best."""
        rng = np.random.default_rng(seed)
        experts = tuple(
            Expert(
                name,
                ("one", "zero"),
                (
                    Effort("rest", NEVER, ((SURE, NEVER),) * 2),
                    Effort(
                        "work",
                        F(int(rng.integers(1, 5)), 10),
                        tuple((F(int(k), 10), 1 - F(int(k), 10)) for k in rng.integers(0, 11, 2)),
                    ),
                ),
            )
            for name in ("Ann", "Bob")
        )
        setting = Acquisition((World("rise", F(2, 5)), World("fall", F(3, 5))), experts)
        prize = Decision.guess(("rise", "fall"), F(10))
        best: Any = hire(setting, prize, 20)
        each = [
            getattr(hire(setting, prize, 20, plan={b: SURE}), "value", -math.inf)
            for b in product(("rest", "work"), repeat=2)
        ]
        assert best.value == max(each)
        assert verify(best, Obedient(), setting, agents=2).word == "proved"

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            (lambda: hire(PAIR, GUESS, 0), "cap is 0: it must be positive"),
            (lambda: hire(PAIR, GUESS, 5, plan={("work", "work"): HALF}), "plan sums to 1/2"),
            (lambda: hire(PAIR, GUESS, 5, plan={("nap", "work"): SURE}), "'nap'"),
            (lambda: hire(PAIR, Decision.guess(("a", "b", "c")), 5), "utility has 3 columns"),
            (lambda: Decision(("a",), ()), "utility has 0 rows"),
            (lambda: Decision(("a", "b"), ((1, 2), (3,))), r"utility\[1\] has 1 entries"),
        ],
    )
    def test_door(self, ask: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ask()


def two_senders(first: Decision, second: Decision, prize: int = 1) -> Advice:
    """The state is seen with accuracies .9 and .7."""
    law: dict[tuple[str, tuple[str, ...]], Fraction] = {}
    for state in ("0", "1"):
        for one, two in product("01", repeat=2):
            p = F(9 if one == state else 1, 10) * F(7 if two == state else 3, 10)
            law[state, (one, two)] = p / 2
    receiver = Decision.guess(("0", "1"), F(prize))
    return Advice(("0", "1"), (("0", "1"), ("0", "1")), law, receiver, (first, second))


ALIGNED = Decision.guess(("0", "1"))
WANTS_1 = Decision(("0", "1"), ((0, 0), (1, 1)))
WANTS_0 = Decision(("0", "1"), ((1, 1), (0, 0)))


class TestAdvice:
    """What a receiver gets out of senders who want something else."""

    @pytest.mark.parametrize(
        ("first", "second", "value"),
        [
            (ALIGNED, ALIGNED, F(9, 10)),
            (WANTS_1, ALIGNED, F(7, 10)),
            (WANTS_1, WANTS_1, F(71, 110)),
            (WANTS_1, WANTS_0, HALF),
        ],
    )
    def test_vectors(self, first: Decision, second: Decision, value: Fraction) -> None:
        advice = two_senders(first, second)
        found = advise(advice)
        assert found.value == value
        assert verify(found, TRUTHFUL, advice, agents=2).word == "proved"

    def test_lotteries_are_needed(self) -> None:
        """Both want 1: the optimum mixes, with 17/33; no deterministic rule is better than 1/2."""
        advice = two_senders(WANTS_1, WANTS_1)
        found = advise(advice)
        chances = [found.actions[s][1] for s in (("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"))]
        assert chances == [F(17, 33), 0, 0, 1]
        best = Fraction(0)
        for choice in product((0, 1), repeat=4):
            actions: Mapping[Any, Any] = {
                s: (F(a == 0), F(a == 1)) for s, a in zip(advice.profiles, choice, strict=True)
            }
            nothing = dict.fromkeys(advice.profiles, ((NEVER, NEVER),) * 2)
            rule = type(found)(advice, actions, nothing, NEVER, found.optimum)
            if verify(rule, TRUTHFUL, advice, agents=2).word == "proved":
                worth = sum(p * actions[s][int(state)] for (state, s), p in advice.law.items())
                best = max(best, Fraction(worth))
        assert best == HALF == advise(advice, deterministic=True).value

    def test_a_liar_is_found(self) -> None:
        """To follow the reports of who wants 1 alone is no rule that is told the truth."""
        advice = two_senders(WANTS_1, WANTS_1)
        naive = two_senders(ALIGNED, ALIGNED)
        found = advise(naive)
        rule = type(found)(advice, found.actions, found.paid, found.value, found.optimum)
        verdict = verify(rule, TRUTHFUL, advice, agents=2)
        assert verdict.word == "refuted"
        # who sees 0 is believed by the rule if it says 1: that gains all of P(state, 0) it moves
        assert "sender 0" in str(verdict)

    @given(st.integers(0, 10**6))
    @settings(max_examples=15)
    def test_random_games(self, seed: int) -> None:
        """Rules are told the truth, lotteries and payments never hurt, and knowing all is best."""
        rng = np.random.default_rng(seed)
        states, signals = ("x", "y", "z"), (("a", "b"), ("c", "d"))
        law: dict[tuple[str, tuple[str, ...]], Fraction] = {}
        weights = rng.integers(0, 6, 12)
        weights[0] += 1
        for k, (state, one, two) in enumerate(product(states, *signals)):
            law[state, (one, two)] = F(int(weights[k]), int(weights.sum()))
        decisions = [
            Decision(("l", "r"), tuple(tuple(F(int(v)) for v in row) for row in table))
            for table in rng.integers(0, 7, (3, 2, 3))
        ]
        advice = Advice(states, signals, law, decisions[0], tuple(decisions[1:]))
        free, bought = advise(advice), advise(advice, cap=3)
        plain = advise(advice, deterministic=True)
        for rule in (free, bought, plain):
            assert verify(rule, TRUTHFUL, advice, agents=2).word == "proved"
        known = sum(decisions[0].value(tuple(row)) for row in advice.table.tolist())
        assert plain.value <= free.value <= bought.value <= known
        paid = sum(
            p * t[advice.states.index(state)]
            for (state, s), p in advice.law.items()
            for t in bought.paid[s]
        )
        done = sum(
            p * q * Fraction(row[advice.states.index(state)])
            for (state, s), p in advice.law.items()
            for q, row in zip(bought.actions[s], decisions[0].utility, strict=True)
        )
        assert done - paid == bought.value

    @pytest.mark.parametrize(
        ("prize", "without", "paid"), [(10, F(71, 11), F(17, 2)), (20, F(142, 11), F(35, 2))]
    )
    def test_payments(self, prize: int, without: Fraction, paid: Fraction) -> None:
        advice = two_senders(WANTS_1, WANTS_1, prize)
        assert advise(advice).value == without
        bought = advise(advice, cap=50)
        assert bought.value == paid
        assert verify(bought, TRUTHFUL, advice, agents=2).word == "proved"

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="cap is -1: it must be at least 0"):
            advise(two_senders(ALIGNED, ALIGNED), cap=-1)
        law: Any = {("0", ("0",)): HALF}
        with pytest.raises(ValueError, match="law sums to 1/2"):
            Advice(("0", "1"), (("0",),), law, ALIGNED, (ALIGNED,))


@st.composite
def experiments(draw: st.DrawFn, states: int = 2) -> tuple[list[Any], list[Fraction]]:
    def shares(size: int, least: int) -> list[Fraction]:
        counts = [draw(st.integers(least, 6)) for _ in range(size)]
        counts[0] += 1
        return [F(c, sum(counts)) for c in counts]

    many = draw(st.integers(2, 3))
    return [tuple(shares(states, 1)) for _ in range(many)], shares(many, 1)


class TestIncentives:
    """The programs find the closed forms."""

    def test_vectors(self) -> None:
        even = [(F(1, 10), F(9, 10)), (F(9, 10), F(1, 10))], [HALF, HALF]
        odd = [(F(1, 5), F(4, 5)), (F(7, 10), F(3, 10))], [F(3, 5), F(2, 5)]
        assert strongest_incentive(*even).value == F(2, 5)
        assert strongest_incentive(*odd).value == F(1, 5)
        assert cheapest_incentive(*even, 1).value == F(9, 4)
        assert cheapest_incentive(*odd, 1).value == 3
        full = [(SURE, NEVER, NEVER), (NEVER, SURE, NEVER), (NEVER, NEVER, SURE)]
        assert strongest_incentive(full, [HALF, F(3, 10), F(1, 5)]).value == HALF
        for states in (2, 3, 4):
            ends = [tuple(F(k == t) for t in range(states)) for k in range(states)]
            found = cheapest_incentive(ends, [F(1, states)] * states, 1)
            assert found.value == F(states, states - 1)

    @given(experiments())
    def test_strongest_bet(self, experiment: Any) -> None:
        posteriors, weights = experiment
        d = sum((w * q[1] for w, q in zip(weights, posteriors, strict=True)), F(0))
        above = sum(
            (w * max(q[1] - d, F(0)) for w, q in zip(weights, posteriors, strict=True)), F(0)
        )
        assert strongest_incentive(posteriors, weights).value == above / max(d, 1 - d)

    @given(experiments(3))
    def test_cheapest(self, experiment: Any) -> None:
        posteriors, weights = experiment
        prior = [
            sum((w * q[t] for w, q in zip(weights, posteriors, strict=True)), F(0))
            for t in range(3)
        ]
        spread = sum(
            (
                w * max(p / d for p, d in zip(q, prior, strict=True))
                for w, q in zip(weights, posteriors, strict=True)
            ),
            F(0),
        )
        if spread == 1:
            with pytest.raises(ValueError, match="posteriors are all the prior"):
                cheapest_incentive(posteriors, weights, 2)
        else:
            found = cheapest_incentive(posteriors, weights, 2)
            assert found.value == 2 + 2 / (spread - 1)
            for k, q in enumerate(found.posteriors):
                assert found.earned(q, k) == max(
                    found.earned(q, other) for other in range(len(found.posteriors))
                )

    @pytest.mark.parametrize(
        ("ask", "message"),
        [
            (lambda: cheapest_incentive([(HALF, HALF)], [SURE], 0), "cost is 0"),
            (lambda: strongest_incentive([(HALF, HALF)], [HALF]), "weights sum to 1/2"),
            (lambda: strongest_incentive([(HALF, SURE)], [SURE]), r"posteriors\[0\] is"),
            (lambda: strongest_incentive([], []), "one at least"),
        ],
    )
    def test_door(self, ask: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ask()


class TestPersuasion:
    """The prosecutor convicts with probability .6; in general, the concavification."""

    def test_prosecutor(self) -> None:
        guess = Decision.guess(("innocent", "guilty"))
        convict = Decision(guess.actions, ((0, 0), (1, 1)))
        found = persuade((F(7, 10), F(3, 10)), guess, convict)
        assert found.value == F(3, 5)
        assert found.recommends[0] == (F(4, 7), F(3, 7))

    @given(st.integers(0, 10**6))
    @settings(max_examples=40)
    def test_concavification(self, seed: int) -> None:
        """Two states: the upper concave hull of what beliefs are worth, at the prior."""
        rng = np.random.default_rng(seed)
        actions = ("a", "b", "c")
        receiver, sender = (
            Decision(
                actions, tuple(tuple(F(int(x)) for x in row) for row in rng.integers(0, 9, (3, 2)))
            )
            for _ in range(2)
        )
        prior = F(int(rng.integers(1, 10)), 10)
        value = persuade((1 - prior, prior), receiver, sender).value
        places: set[Any] = {F(0), F(1)}
        for a, b in product(range(3), repeat=2):
            u, v = receiver.utility[a], receiver.utility[b]
            slope = (u[1] - u[0]) - (v[1] - v[0])
            if slope:
                places.add(min(max((v[0] - u[0]) / slope, F(0)), F(1)))

        def worth(p: Any) -> Any:
            """The best for the sender among the receiver's best actions."""
            earned = [(1 - p) * u[0] + p * u[1] for u in receiver.utility]
            best = [k for k, x in enumerate(earned) if x == max(earned)]
            return max((1 - p) * sender.utility[k][0] + p * sender.utility[k][1] for k in best)

        points = [(p, worth(p)) for p in sorted(places)]
        hull = max(
            w if p == q else w + (prior - p) * (x - w) / (q - p)
            for p, w in points
            for q, x in points
            if p <= prior <= q
        )
        assert value == hull

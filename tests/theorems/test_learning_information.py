"""Learning whom to trust and what to pay."""

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mechsim import verify
from mechsim.axioms import Obedient
from mechsim.information import (
    Advice,
    Decision,
    Hired,
    Hiring,
    binary_accuracy,
    draw_structure,
    hidden_bit,
    kept,
)
from mechsim.information.learning import (
    Guidance,
    Trial,
    explore_then_commit,
    explore_then_hire,
    full_feedback,
)
from mechsim.program.repeated import Repeated

F = Fraction
TWO = ("0", "1")
PAIR = hidden_bit(F(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), F(100))


def both_want_one() -> Advice:
    """SR-1: accuracies .9 and .7, the optimum is 71/110."""
    law: dict[tuple[str, tuple[str, ...]], Fraction] = {
        (state, (one, two)): F(9 if one == state else 1, 20) * F(7 if two == state else 3, 10)
        for state, one, two in product(TWO, repeat=3)
    }
    wants = Decision(TWO, ((0, 0), (1, 1)))
    return Advice(TWO, (TWO, TWO), law, Decision.guess(TWO), (wants, wants))


GAME = both_want_one()


class TestRepeated:
    """The last basis is used only where it is optimal."""

    @given(st.integers(0, 10**6))
    @settings(max_examples=25)
    def test_as_scipy(self, seed: int) -> None:
        """On a walk of programs every optimum is that of scipy, and some need no search."""
        rng = np.random.default_rng(seed)
        rows, columns = 4, 6
        equations = np.array([True, False, False, False])
        program = Repeated(equations)
        objective, matrix = rng.normal(size=columns), rng.normal(size=(rows, columns))
        matrix[0] = 1.0
        right = np.array([1.0, 2.0, 2.0, 2.0])
        for _ in range(12):
            point = program.maximize(objective, matrix, right)
            best: Any = linprog(
                -objective, matrix[1:], right[1:], matrix[:1], right[:1], bounds=(0, None)
            )
            assert objective @ point == pytest.approx(-best.fun, abs=1e-8)
            assert point.min() >= 0
            assert (matrix @ point <= right + 1e-8).all()
            assert matrix[0] @ point == pytest.approx(1.0)
            objective = objective + 0.1 * rng.normal(size=columns)
            matrix[1:] += 0.02 * rng.normal(size=(rows - 1, columns))
        assert program.solves == 12
        assert 1 <= program.searches <= 12

    def test_no_optimum(self) -> None:
        program = Repeated(np.array([False]))
        with pytest.raises(ArithmeticError, match="there is no optimum"):
            program.maximize(np.ones(1), -np.ones((1, 1)), np.ones(1))


class TestGuidance:
    """The program in floats is that of `advise`."""

    def test_optimum(self) -> None:
        guide = Guidance(GAME)
        policy = guide.best(guide.worth, 0.0)
        assert guide.value(policy) == pytest.approx(71 / 110, abs=1e-9)
        assert guide.violation(policy) == pytest.approx(0.0, abs=1e-9)
        assert guide.optimum == 71 / 110

    def test_violation(self) -> None:
        """Believing all reports: sender 0 gains by saying 1 for 0, as often as it sees 0."""
        guide = Guidance(GAME)
        believing = np.array([[s[0] == "0" for s in GAME.profiles]] * 2, dtype=float)
        believing[1] = 1 - believing[0]
        assert guide.violation(believing) == pytest.approx(0.5)

    def test_relaxed(self) -> None:
        """What is relaxed by all that is at stake is unconstrained."""
        guide = Guidance(GAME)
        assert guide.value(guide.best(guide.worth, 9.0)) == pytest.approx(0.9)


class TestFullFeedback:
    """Optimism: no regret, and violations that sum to the root of T ln T."""

    def test_course(self) -> None:
        course = full_feedback(GAME, 4096, np.random.default_rng(1))
        assert course.rounds.tolist() == [2**k for k in range(1, 13)]
        assert course.regret[-1] <= course.shortfall[-1]
        assert (np.diff(course.violation) >= 0).all()
        assert course.searches < course.solves / 4
        assert "programs" in str(course)

    def test_every_round(self) -> None:
        """To solve the program rarely costs what it costs to solve it in every round."""
        always = [full_feedback(GAME, 600, np.random.default_rng(k), growth=1) for k in range(40)]
        rarely = [full_feedback(GAME, 600, np.random.default_rng(k)) for k in range(40)]
        assert {course.solves for course in always} == {600}
        assert max(course.solves for course in rarely) < 250
        often, seldom = (
            np.mean([course.violation[-1] for course in side]) for side in (always, rarely)
        )
        assert seldom == pytest.approx(often, rel=0.15)

    def test_sums(self) -> None:
        """Regret and violation per round are at most what is at stake."""
        course = full_feedback(GAME, 500, np.random.default_rng(3))
        assert abs(course.regret[-1]) <= 500
        assert course.violation[-1] <= 500

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="rounds is 1"):
            full_feedback(GAME, 1, np.random.default_rng(0))
        with pytest.raises(ValueError, match=r"growth is 0\.5"):
            full_feedback(GAME, 9, np.random.default_rng(0), growth=0.5)


class TestCommit:
    """Exploration costs what uniform actions cost, and violates nothing."""

    def test_exploration_only(self) -> None:
        """With a = 1 half of the rounds cost 71/110 - 1/2 each, whatever is seen."""
        rounds = 10_000
        course = explore_then_commit(GAME, rounds, 1.0, np.random.default_rng(4))
        assert course.shortfall[0] >= rounds / 2 * (71 / 110 - 1 / 2) - 1e-6
        assert course.violation[0] <= rounds / 2

    def test_the_law_is_learned(self) -> None:
        """After many rounds the rule is worth nearly the optimum, and violates little."""
        course = explore_then_commit(GAME, 10**10, 1.0, np.random.default_rng(5))
        after = course.violation[0] / (10**10 / 2)
        assert after < 0.001

    def test_door(self) -> None:
        with pytest.raises(ValueError, match=r"exponent is 0\.3"):
            explore_then_commit(GAME, 100, 0.3, np.random.default_rng(0))


class TestTrial:
    """Floats agree with the exact definitions."""

    @given(st.integers(0, 10**6))
    @settings(max_examples=10)
    def test_value_and_violation(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        setting = draw_structure(rng, worlds=3)
        decision = Decision.guess(setting.states, 3)
        other = draw_structure(rng, worlds=3)
        found = Hiring(other, decision, F(2)).solve()  # obeyed there, and not always here
        assert isinstance(found, Hired)
        trial = Trial(setting, decision, F(2))
        plan, paid = trial.read(found)
        left = trial.value(plan, paid, trial.exact)  # who knows the law decides as `kept` has it
        assert left == pytest.approx(float(kept(found, setting, decision)))
        assert trial.value(plan, paid, Hiring(other, decision, F(2))) <= left + 1e-9
        verdict: Any = verify(found, Obedient(), setting, agents=2)
        gain = trial.violation(plan, paid)
        assert (gain <= 1e-9) == (verdict.word == "proved")
        worst = 0.0
        for agent in range(2):
            best: dict[str, float] = {}
            for case in Obedient().cases(next(iter(Obedient().instances(setting, 2)))):
                if case.agent == agent:
                    share = sum(
                        p for b, p in found.plan.probability.items() if b[agent] == case.asked
                    )
                    won = float(Obedient().violation(found, case) * share)
                    best[case.asked] = max(best.get(case.asked, 0.0), won)
            worst = max(worst, sum(best.values()))
        assert gain == pytest.approx(worst, abs=1e-9)


class TestSlack:
    """Overstated disobedience: obeyed under every law that is near."""

    def test_slack_costs(self) -> None:
        values = [
            getattr(Hiring(PAIR, GUESS, F(5), slack=slack).solve(), "value", F(0))
            for slack in (F(0), F(1, 10), F(1, 5))
        ]
        assert values[0] == F(115, 2)
        # audits with chance a: 5 a (1 - (1 + s) / 2) >= 1 + s, and 60 - 10 a / (2 - a) is left
        assert values[2] == F(390, 7)
        assert all(a > b for a, b in pairwise(values))

    def test_slack_protects(self) -> None:
        """A rule with slack for a link of .6 is obeyed at .58 and .62 alike."""
        found = Hiring(PAIR, GUESS, F(5), slack=F(1, 5)).solve()
        assert isinstance(found, Hired)
        dear = hidden_bit(F(3, 5), F(6, 5))  # what rest saves is overstated by as much
        assert verify(found, Obedient(), dear, agents=2).word == "proved"
        for link in (F(58, 100), F(62, 100)):
            assert verify(found, Obedient(), hidden_bit(link, 1), agents=2).word == "proved"


class TestHiring:
    """Explore with what is known to be obeyed, then hire by the estimate."""

    SETTING = binary_accuracy({"study": (F(9, 10), F(3, 10))})
    PRIZE = Decision.guess(("yes", "no"), 10)

    def safe(self) -> Hired:
        program = Hiring(self.SETTING, self.PRIZE, F(4), slack=F(1, 4))
        found = program.solve({("rest",): F(1, 2), ("study",): F(1, 2)})
        assert isinstance(found, Hired)
        return found

    def run(self, rounds: int, seed: int = 0, **options: Any) -> Any:
        rng = np.random.default_rng(seed)
        return explore_then_hire(self.SETTING, self.PRIZE, 4, rounds, self.safe(), rng, **options)

    def test_learns(self) -> None:
        """After ten million rounds the loss per round is small, exploration included."""
        course = self.run(10**7)
        assert course.violation[0] <= 1e-6 * 10**7
        assert not course.kept
        assert course.regret[0] / 10**7 < 0.15

    def test_exploration_is_charged(self) -> None:
        """If all rounds explore, the first action is taken in each, and the pay is lost."""
        from mechsim.information import hire

        best: Any = hire(self.SETTING, self.PRIZE, 4)
        lost = best.value - (5 - sum(self.safe().expected_pay))
        course = self.run(1000, share=1000.0)
        assert course.regret[0] == pytest.approx(1000 * float(lost))

    def test_disobedience_is_charged(self) -> None:
        """Without caution rules are sometimes not obeyed; then the worst is charged."""
        courses = [self.run(3000, seed, confidence=0.0) for seed in range(12)]
        broken = [c for c in courses if c.violation[0] > 1e-6 * 3000]
        fine = [c for c in courses if c.violation[0] <= 1e-6 * 3000]
        assert broken
        assert min(c.regret[0] for c in broken) > max((c.regret[0] for c in fine), default=0.0)

    def test_too_much_caution(self) -> None:
        """If all that survives the overstated rows is to rest, exploration goes on."""
        course = self.run(1000, confidence=1000.0)
        assert course.kept
        assert course.violation[0] == 0

    def test_door(self) -> None:
        cheap = Hiring(self.SETTING, self.PRIZE, F(4)).solve({("rest",): F(1)})
        rng = np.random.default_rng(0)
        with pytest.raises(ValueError, match="safe never asked for study"):
            explore_then_hire(self.SETTING, self.PRIZE, 4, 1000, cheap, rng)  # type: ignore[arg-type]
        from mechsim.information import FlatContract

        unpaid = FlatContract(("study",), {}, self.SETTING)
        with pytest.raises(ValueError, match="it is not obeyed"):
            explore_then_hire(self.SETTING, self.PRIZE, 4, 1000, unpaid, rng)

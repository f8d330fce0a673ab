"""Optimal mechanisms: each is what it says, and no better one exists."""

import importlib
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Items, PublicGood, Tables, Trade

from mechsim import (
    Anonymous,
    BayesianIncentiveCompatible,
    Election,
    EnvyFree,
    ExAnte,
    Goods,
    IndividuallyRational,
    Instance,
    Line,
    Neutral,
    Obnoxious,
    ParetoOptimal,
    Positions,
    Proved,
    Rankings,
    SDStrategyproof,
    SinglePeaked,
    Strategyproof,
    Unanimous,
    UnanimousFairShare,
    certificate,
    verify,
)
from mechsim._text import brief
from mechsim.axioms import (
    Approximately,
    BudgetBalanced,
    IndividualFairShare,
    InterimIndividuallyRational,
    Monotone,
    Proportional,
    ProportionallyFair,
    StrictlyMonotone,
    StronglyProportional,
)
from mechsim.design import (
    Average,
    Designed,
    Leximin,
    NoMechanism,
    NotBest,
    Revenue,
    Welfare,
    WorstCaseRatio,
    WorstCaseValue,
    load,
    optimize,
    relax,
)
from mechsim.design.optimize import ask
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    MaxCost,
    SquaredCost,
    TotalCost,
    Utilitarian,
    evaluate,
    ratio,
)
from mechsim.program import Infeasible
from mechsim.program._lazy import subset
from mechsim.proving import certcheck, save

F = Fraction
SP, BIC = Strategyproof(), BayesianIncentiveCompatible()
IR, IIR = ExAnte(IndividuallyRational()), InterimIndividuallyRational()
BB = ExAnte(BudgetBalanced())
FIVE, THREE = Line(0, 1).grid(4), Line(0, 1).grid(2)
VOTE = Rankings(("a", "b", "c"))
PROJECTS = Election(("a", "b", "c"), (1, 1, 1), 2)


def designed(objective: Any, axioms: list[Any], setting: Any, agents: int, **how: Any) -> Designed:
    found = optimize(objective, axioms, setting, agents=agents, **how)
    assert isinstance(found, Designed), found
    return found


def profiles(setting: Any, agents: int) -> Iterator[tuple[Any, ...]]:
    return product(*(setting.types(agent) for agent in range(agents)))


QUESTIONS: dict[str, tuple[Any, list[Any], Any, int]] = {
    "distance": (MaxCost(), [SP], FIVE, 2),
    "everybody single-peaked": (MaxCost(), [SDStrategyproof()], FIVE, 2),
    "symmetric": (MaxCost(), [SP, Anonymous(), Neutral()], FIVE, 3),
    "nuisances": (Utilitarian(), [SP], Line(0, 1, tastes=Obnoxious()).grid(4), 2),
    "unanimous": (TotalCost(), [SP, Unanimous(), Anonymous()], FIVE, 3),
    "Pareto": (MaxCost(), [SP, ParetoOptimal()], FIVE, 2),
    "monotone": (MaxCost(), [Monotone(), ExAnte(Proportional())], FIVE, 2),
    "fair": (TotalCost(), [SP, ExAnte(ProportionallyFair()), Anonymous()], FIVE, 3),
    "individually fair": (MaxCost(), [SP, ExAnte(IndividualFairShare())], FIVE, 2),
    "strongly proportional": (MaxCost(), [SP, ExAnte(StronglyProportional())], FIVE, 2),
    "nearly strategyproof": (MaxCost(), [Approximately(SP, F(1, 20))], FIVE, 2),
    "complemented Gini": (ComplementedGini(), [SP, Anonymous()], THREE, 3),
    "votes": (Utilitarian(), [SDStrategyproof(), Anonymous(), Neutral()], VOTE, 3),
    "unanimous votes": (Utilitarian(), [SDStrategyproof(), Unanimous(), ParetoOptimal()], VOTE, 2),
    "auction": (Revenue(), [SP, IR], Positions((2, 1), values=(0, 1, 2), prior=(F(1, 3),) * 3), 2),
    "bayesian": (Revenue(), [BIC, IIR], Items((F(1), F(2)), (F(1, 2), F(1, 2))), 2),
    "trade": (Welfare(), [BIC, IIR, BB], Trade(4), 2),
    "public good": (Welfare(), [SP, IR, ExAnte(BudgetBalanced(exactly=True))], PublicGood(), 2),
    "goods": (Utilitarian(), [SP, ExAnte(EnvyFree())], Goods(("a", "b"), grid=(0, 1, 2)), 2),
    "budget": (Egalitarian(), [SP, ExAnte(UnanimousFairShare())], PROJECTS, 2),
    "no money": (Welfare(), [SP], Tables(), 2),
}
BY_NAME = pytest.mark.parametrize("name", QUESTIONS)


class TestAxiomsHold:
    """The mechanism satisfies what was asked of it, as exhaustion finds that knows no program."""

    @BY_NAME
    def test_proved(self, name: str) -> None:
        objective, axioms, setting, agents = QUESTIONS[name]
        best = designed(objective, axioms, setting, agents)
        for axiom in best.question.axioms:
            verdict = verify(best, axiom, setting, agents=agents)
            assert isinstance(verdict, Proved), verdict


class TestValue:
    """The value is what the mechanism achieves, computed from its lotteries alone."""

    @pytest.mark.parametrize("name", [n for n, q in QUESTIONS.items() if hasattr(q[0], "of")])
    def test_worst_ratio(self, name: str) -> None:
        objective, axioms, setting, agents = QUESTIONS[name]
        best = designed(objective, axioms, setting, agents)
        if not isinstance(setting, Line):
            return
        found = [ratio(best, objective, Instance(setting, p)) for p in profiles(setting, agents)]
        assert max(found) == (best.value if objective.minimised else 1 / best.value)

    def test_worst_value_and_regret(self) -> None:
        best = designed(WorstCaseValue(TotalCost()), [SP], FIVE, 2)
        regret = designed(WorstCaseValue(TotalCost(), regret=True), [SP], FIVE, 2)
        costs = [_expected(best, TotalCost(), p) for p in profiles(FIVE, 2)]
        assert max(costs) == best.value == 1
        assert regret.value == 0  # the median

    def test_average(self) -> None:
        best = designed(Average(MaxCost()), [SP, Anonymous()], FIVE, 2)
        costs = [_expected(best, MaxCost(), p) for p in profiles(FIVE, 2)]
        assert sum(costs) / 25 == best.value

    def test_revenue(self) -> None:
        objective, axioms, setting, agents = QUESTIONS["auction"]
        best = designed(objective, axioms, setting, agents)
        paid = [best(p).expect(_total) for p in profiles(setting, agents)]
        assert F(sum(paid), len(paid)) == best.value


def _total(outcome: Any) -> Fraction:
    return sum(outcome.payments, F(0))


def _silently(module: str) -> None:
    """Import without a word."""


def _expected(mechanism: Any, objective: Any, profile: tuple[Any, ...]) -> Any:
    here = Instance(mechanism.setting, profile)

    def cost(outcome: Any) -> Any:
        return evaluate(objective, here, outcome)

    return mechanism(profile).expect(cost)


class TestNoneIsBetter:
    """The multipliers prove it, to the library, to the checker, and to another solver."""

    @BY_NAME
    def test_another_solver(self, name: str) -> None:
        best = designed(*QUESTIONS[name])
        other: Any = best.program.to_cvxpy()
        assert other.solve() == pytest.approx(float(best.value), abs=1e-6)

    @pytest.mark.parametrize("name", ["distance", "votes", "trade"])
    def test_the_checker(self, name: str, tmp_path: Path) -> None:
        best = designed(*QUESTIONS[name])
        written = certificate(best.optimum)
        save(written, tmp_path / "best.json")
        door = certcheck.Door((), _silently)
        assert certcheck.check(written, door).arithmetic == "exact"
        value = json.loads(json.dumps(written))
        value["statement"]["answer"]["optimum"] = "7/5"
        with pytest.raises(certcheck.Rejected):
            certcheck.check(value, door)
        dual = json.loads(json.dumps(written))
        place = next(k for k, y in enumerate(dual["proof"]["dual"]) if y != "0")
        dual["proof"]["dual"][place] = "0"
        with pytest.raises(certcheck.Rejected):
            certcheck.check(dual, door)

    def test_all_rules(self) -> None:
        """No rule on three points beats the best lottery; the best rule is found by brute force."""
        best = designed(WorstCaseValue(MaxCost()), [SP], THREE, 2)
        listed = list(profiles(THREE, 2))
        costs: list[Fraction] = []
        for outcomes in product((F(0), F(1, 2), F(1)), repeat=len(listed)):
            rule = dict(zip(listed, outcomes, strict=True))
            if all(
                abs(rule[p] - p[i]) <= abs(rule[(*p[:i], lie, *p[i + 1 :])] - p[i])
                for p in listed
                for i in range(2)
                for lie in THREE.types(i) or ()
            ):
                costs.append(max(max(abs(rule[p] - x) for x in p) for p in listed))
        assert best.value <= min(costs)


class TestSymmetries:
    """Sharing variables changes no optimum that a symmetric mechanism attains."""

    @pytest.mark.parametrize("agents", [2, 3])
    def test_facilities(self, agents: int) -> None:
        plain = designed(MaxCost(), [SP], THREE, agents)
        shared = designed(MaxCost(), [SP, Anonymous(), Neutral()], THREE, agents)
        assert plain.value == shared.value
        assert shared.program.shape[1] < plain.program.shape[1]

    @given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.permutations(range(4)))
    @settings(max_examples=25)
    def test_profiles_that_are_alike_share_their_variables(
        self, types: list[int], order: list[int]
    ) -> None:
        sought, _ = ask(Utilitarian(), [SDStrategyproof(), Anonymous(), Neutral()], VOTE, 4).write()
        profile = np.array([types])
        moved = profile[:, order]
        assert np.array_equal(sought.lottery(profile), sought.lottery(moved))
        for becomes, alternatives in sought.renamings:
            renamed = sought.lottery(becomes[profile])
            assert np.array_equal(renamed[:, alternatives], sought.lottery(profile))

    def test_who_cannot_trade_places(self) -> None:
        auction = Positions((1,), values=(0, 1), prior=(F(1, 2), F(1, 2)))
        with pytest.raises(ValueError, match="symmetries are about outcomes without payments"):
            optimize(Welfare(), [Anonymous()], auction, agents=2)
        with pytest.raises(ValueError, match="agents 0 and 1 of the same type like alternatives"):
            optimize(Welfare(), [Anonymous()], Tables(), agents=2)


class TestFewRows:
    """Rows that are added when they are broken lead to the optimum of all."""

    @BY_NAME
    def test_same_optimum(self, name: str) -> None:
        sought, program = ask(*QUESTIONS[name]).write()
        assert sought.first.shape == (program.shape[0],)
        few, every = program.solve(first=sought.first), program.solve()
        assert getattr(few, "value", None) == getattr(every, "value", "none")

    def test_an_infeasible_one(self) -> None:
        found = optimize(Welfare(), [SP, IR, BB, ExAnte(Efficient())], Trade(4), agents=2)
        assert isinstance(found, NoMechanism)

    def test_stopped(self) -> None:
        found = optimize(MaxCost(), [SP], FIVE, agents=2, seconds=1e-9)
        assert isinstance(found, NotBest)
        assert found.bound is None
        assert "the time was over" in str(found)


@dataclass(frozen=True)
class Efficiency:
    instance: Instance


@dataclass(frozen=True)
class Efficient:
    """What is worth most to all together is chosen; written as a user writes an axiom."""

    def cases(self, instance: Instance, /) -> Iterator[Efficiency]:
        yield Efficiency(instance)

    def outcome_violation(self, outcome: Any, case: Efficiency, /) -> Fraction:
        setting, profile = case.instance.setting, case.instance.profile
        worth = {
            one: sum((setting.value(i, t, one) for i, t in enumerate(profile)), F(0))
            for one in setting.alternatives(2)
        }
        return max(worth.values()) - worth[getattr(outcome, "alternative", outcome)]


class TestContradictions:
    """Where there is no mechanism some rows contradict each other, and each of them is needed."""

    def test_trade(self) -> None:
        """Efficient trade is impossible in dominant strategies, if nobody pays in."""
        found = optimize(Welfare(), [SP, IR, BB, ExAnte(Efficient())], Trade(5), agents=2)
        assert isinstance(found, NoMechanism)
        core = set(found.core)
        assert f"these {len(core)} rows contradict each other" in str(found)
        assert certcheck.check(
            certificate(found.infeasible), certcheck.Door((), _silently)
        ).claim.startswith("no point satisfies this program of")
        program = found.infeasible.program
        names = [program.row_name(row) for row in range(program.shape[0])]
        for spared in core & set(names):
            kept = np.array([name in core and name != spared for name in names])
            assert not isinstance(subset(program, kept).solve(), Infeasible)


class TestLeximin:
    """The sorted vector of values is lexicographically best."""

    def test_beats_the_worst_case_only(self) -> None:
        best = designed(Leximin(Egalitarian()), [SP, Anonymous()], FIVE, 2)
        worst = designed(WorstCaseValue(Egalitarian()), [SP, Anonymous()], FIVE, 2)
        median = designed(Average(Egalitarian()), [SP, Anonymous()], FIVE, 2)
        assert best.levels[0] == worst.value == worst.levels[0]
        assert best.levels >= worst.levels
        assert best.levels >= median.levels
        assert best.value == best.levels[-1]

    def test_without_axioms_each_profile_is_at_its_best(self) -> None:
        best = designed(Leximin(MaxCost()), [], THREE, 2)
        at_best = sorted((abs(a - b) / 2 for a, b in profiles(THREE, 2)), reverse=True)
        assert list(best.levels) == at_best

    def test_levels_need_an_objective(self) -> None:
        with pytest.raises(ValueError, match="goal is Welfare: it has no objective"):
            _ = designed(Welfare(), [SP], Tables(), 2).levels


class TestCalls:
    """The mechanism is a table, defined on the types that were listed."""

    def test_off_the_grid(self) -> None:
        best = designed(MaxCost(), [SP], FIVE, 2)
        with pytest.raises(ValueError, match=r"reports\[1\] is 1/3: it must be a point of"):
            best((0, F(1, 3)))
        trade = designed(*QUESTIONS["trade"])
        with pytest.raises(ValueError, match=r"reports\[0\] is 1/3: this mechanism is defined on"):
            trade((F(1, 3), F(1, 8)))

    def test_number_of_agents(self) -> None:
        with pytest.raises(ValueError, match="reports has 3 entries: there are 2 agents"):
            designed(MaxCost(), [SP], FIVE, 2)((0, 0, 1))

    def test_saved_and_loaded(self, tmp_path: Path) -> None:
        path = tmp_path / "best.json"
        best = designed(*QUESTIONS["distance"])
        best.save(path)
        again = load(path)
        assert again.value == best.value
        assert [again(p) for p in profiles(FIVE, 2)] == [best(p) for p in profiles(FIVE, 2)]
        edited = json.loads(path.read_text())
        edited["primal"][0][1] = "1/3"
        path.write_text(json.dumps(edited))
        with pytest.raises(ArithmeticError):
            load(path)
        path.write_text("{}")
        with pytest.raises(ValueError, match="is no designed mechanism"):
            load(path)

    def test_what_nobody_can_import_is_not_saved(self, tmp_path: Path) -> None:
        @dataclass(frozen=True)
        class Local(Tables):
            pass

        with pytest.raises(ValueError, match="cannot be written down"):
            designed(Welfare(), [SP], Local(), 2).save(tmp_path / "x.json")


class TestScope:
    """The answer says what it means for types and alternatives that were not listed."""

    def test_real_places_would_not_help(self) -> None:
        best = designed(MaxCost(), [SP, Anonymous(), ExAnte(UnanimousFairShare())], THREE, 2)
        assert "no other alternative would help" in best.scope
        finer = tuple(F(k, 24) for k in range(25))
        again = designed(
            MaxCost(),
            [SP, Anonymous(), ExAnte(UnanimousFairShare())],
            THREE,
            2,
            alternatives=finer,
        )
        assert again.value == best.value

    def test_they_may(self) -> None:
        """The mean of (0, 0, 1), which is best for squares, is not among 0, 1/2 and 1."""
        best = designed(SquaredCost(), [SP], Line(0, 1).grid(1), 3)
        assert "with others than these 3 alternatives there may be a better one" in best.scope
        sixths = tuple(F(k, 6) for k in range(7))
        more = designed(SquaredCost(), [SP], Line(0, 1).grid(1), 3, alternatives=sixths)
        assert more.value < best.value

    def test_too_large(self) -> None:
        with pytest.raises(ValueError, match="are to be written: more than 20,000,000"):
            optimize(MaxCost(), [SP], Line(0, 1).grid(40), agents=4)


class TestQuestions:
    """What makes no question is refused, by name."""

    @pytest.mark.parametrize(
        ("objective", "axioms", "setting", "how", "message"),
        [
            (MaxCost(), [SP], Line(0, 1), {}, "its types must be finitely many"),
            (MaxCost(), [StrictlyMonotone()], FIVE, {}, "StrictlyMonotone: it does not say its"),
            (MaxCost, [SP], FIVE, {}, "it must be a goal or an objective"),
            (Revenue(), [SP], FIVE, {}, "on Line"),
            (MaxCost(), [SP], FIVE, {"alternatives": ()}, "something must be chosen"),
            (Revenue(), [SP, IndividuallyRational()], Trade(2), {}, "ask for ExAnte"),
            (MaxCost(), [SP], FIVE, {"alternatives": (0.1,)}, "must be an int or a Fraction"),
            (MaxCost(), [SP], Line(0, 1, tastes=SinglePeaked()).grid(2), {}, "cannot be written"),
            (Revenue(), [SP], Trade(2), {}, "has no bound, as nothing keeps paid by agent"),
        ],
    )
    def test_refused(
        self, objective: Any, axioms: list[Any], setting: Any, how: Any, message: str
    ) -> None:
        with pytest.raises(ValueError, match=message):
            optimize(objective, axioms, setting, agents=2, **how)

    @pytest.mark.parametrize("objective", [TotalCost(), MaxCost(), SquaredCost()])
    def test_gains_have_no_ratio(self, objective: Any) -> None:
        """The cost of goods is minus their worth; what it is on average is known all the same."""
        goods = Goods(("car", "dog"), (0, 1))
        named = re.escape(f"{brief(objective)}): on {goods} it has no ratio")
        with pytest.raises(ValueError, match=f"objective is WorstCaseRatio.{named}"):
            optimize(objective, [SP], goods, agents=2)
        assert designed(Utilitarian(), [SP], goods, 2).value == 1
        cost = designed(Average(TotalCost()), [SP], goods, 2).value
        assert cost == -designed(Average(Utilitarian()), [SP], goods, 2).value


class TestRelaxed:
    """cvxpy maximises what is not linear under the same constraints."""

    def test_linear_objectives_agree(self) -> None:
        cp: Any = importlib.import_module("cvxpy")

        objective, axioms, setting, agents = QUESTIONS["trade"]
        best = designed(objective, axioms, setting, agents)
        within = relax(axioms, setting, agents=agents)
        worth: Any = cp.sum(within.utilities()) / len(within.sought.profiles)
        paid: Any = cp.sum(within.x[within.sought.payments(within.sought.profiles).ravel()])
        problem: Any = cp.Problem(
            cp.Maximize(worth + paid / len(within.sought.profiles)), within.constraints
        )
        assert problem.solve() == pytest.approx(float(best.value), abs=1e-6)

    def test_nash_welfare(self) -> None:
        """At (0, 1) every lottery with mean 1/2 is best: the sum of logs is known."""
        cp: Any = importlib.import_module("cvxpy")

        within = relax([], THREE, agents=2)
        logs: Any = cp.sum(cp.log(1 + within.utilities()))
        problem: Any = cp.Problem(cp.Maximize(logs), within.constraints)
        known = 4 * math.log(1 / 2) + 8 * math.log(3 / 4)
        assert problem.solve() == pytest.approx(known, abs=1e-6)

    def test_needs_a_solution(self) -> None:
        with pytest.raises(ValueError, match="x has no value"):
            relax([SP], THREE, agents=2).lottery((0, 1))


class TestRatioByName:
    """An objective by itself is its worst-case ratio."""

    def test_same(self) -> None:
        named = designed(WorstCaseRatio(MaxCost()), [SP], THREE, 2)
        assert named.value == designed(MaxCost(), [SP], THREE, 2).value
        assert str(named).startswith("WorstCaseRatio(MaxCost) of the best mechanism for 2 agents")

    def test_fair_shares_of_everybody(self) -> None:
        """Fair shares ex post leave one lottery a little room only."""
        fair = designed(TotalCost(), [UnanimousFairShare()], THREE, 2)
        free = designed(TotalCost(), [], THREE, 2)
        assert fair.value >= free.value == 1

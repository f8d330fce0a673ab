"""The search for worst cases: what it finds is there, and it says how far it looked."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from mechsim import Budget, Finite, Instance, Line, Population, uniform
from mechsim._json import decode
from mechsim.axioms import Undecided
from mechsim.batch import Lotteries
from mechsim.facility import Dictatorship, Mean, Median, RandomRank, UniformPhantom
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    Expected,
    Gini,
    MaxCost,
    NashWelfare,
    OfExpectation,
    SquaredCost,
    TotalCost,
    Utilitarian,
    WorstCase,
    ratio,
    worst_case,
)
from mechsim.preferences.tastes import Hybrid, Obnoxious

F = Fraction
UNIT = Line(0, 1)
SMALL = Budget(400)
FloatArray = npt.NDArray[np.float64]


def holds(found: WorstCase) -> bool:
    """Whether the ratio is attained where it is said to be, exactly."""
    again = ratio(found.mechanism, found.objective, found.instance, found.convention)
    return again == found.ratio and isinstance(found.ratio, Fraction | float)


class TestWhatIsFoundIsThere:
    """The ratio is attained at the instance, and known worst cases are found."""

    @pytest.mark.parametrize(
        ("mechanism", "objective", "agents", "worst"),
        [
            (Median(), TotalCost(), 5, F(1)),
            (Median(), MaxCost(), 4, F(2)),
            (Median(), SquaredCost(), 5, F(5, 3)),
            (Median(), Egalitarian(), 3, math.inf),
            (Mean(), TotalCost(), 6, F(5, 3)),
            (Mean(), Egalitarian(), 4, F(2)),
            (Mean(), Utilitarian(), 5, F(20, 17)),
            (UniformPhantom(), TotalCost(), 6, F(5)),
            (UniformPhantom(), Egalitarian(), 4, F(5, 2)),
            (UniformPhantom(), NashWelfare(), 2, F(9, 8)),
            (UniformPhantom(), Gini(), 2, math.inf),
            (RandomRank(), SquaredCost(), 3, F(2)),
            (RandomRank(), ComplementedGini(), 4, F(2)),
            (Dictatorship(1), TotalCost(), 3, F(2)),
        ],
    )
    def test_known_worst_cases(
        self, mechanism: Any, objective: Any, agents: int, worst: Any
    ) -> None:
        found = worst_case(mechanism, objective, UNIT, agents=agents, budget=SMALL)
        assert found.ratio == worst
        assert holds(found)
        assert found.instance.agents == agents

    def test_forty_agents(self) -> None:
        """No grid fits; the families of the literature and small steps are enough."""
        found = worst_case(UniformPhantom(), TotalCost(), UNIT, agents=40, budget=Budget(300))
        assert found.ratio == 39
        assert holds(found)

    def test_another_unit_of_length(self) -> None:
        found = worst_case(UniformPhantom(Line(1, 7)), TotalCost(), Line(1, 7), agents=4)
        assert found.ratio == 3
        assert all(1 <= x <= 7 for x in found.instance.profile)

    def test_small_steps_find_what_no_grid_holds(self) -> None:
        """For the mean and Nash welfare the worst place of the third agent is on no coarse grid."""
        found = worst_case(Mean(), NashWelfare(), UNIT, agents=3, budget=Budget(600))
        grids = [(F(0), F(0), F(k, steps)) for steps in range(1, 13) for k in range(steps + 1)]
        coarse = max(ratio(Mean(), NashWelfare(), Instance(UNIT, x)) for x in grids)
        assert found.ratio > coarse
        assert "by small steps" in found.found
        assert holds(found)

    def test_fractions_are_written_shortly(self) -> None:
        found = worst_case(Mean(), TotalCost(), UNIT, agents=3, budget=SMALL)
        assert found.instance.profile == (F(0), F(0), F(1))


class TestHonesty:
    """Only where every profile of a finite setting was tried is it the worst case."""

    @pytest.mark.parametrize("mechanism", [Mean(), UniformPhantom(), Dictatorship(0)])
    @pytest.mark.parametrize("objective", [MaxCost(), Utilitarian()])
    def test_finite_settings_are_exhausted(self, mechanism: Any, objective: Any) -> None:
        grid = UNIT.grid(4)
        found = worst_case(mechanism, objective, grid, agents=3, budget=Budget(200))
        everywhere = product(grid.points or (), repeat=3)
        every = [ratio(mechanism, objective, Instance(grid, p)) for p in everywhere]
        assert found.is_exact
        assert found.ratio == max(every)
        assert "the largest of all" in str(found)
        assert found.tried == 125

    def test_order_is_not_guessed(self) -> None:
        """A rule that minds the order at one profile only is tried in every order."""

        def rule(x: tuple[Fraction, ...]) -> Fraction:
            return max(x) if (x[0], x[1]) == (F(1, 4), F(0)) else sorted(x)[1]

        found = worst_case(rule, TotalCost(), UNIT.grid(4), agents=3)
        assert found.is_exact
        assert found.ratio == 2
        few = worst_case(rule, TotalCost(), UNIT.grid(4), agents=3, budget=Budget(100))
        assert not few.is_exact
        assert "if the order of the agents does not matter" in str(few)

    def test_what_does_not_fit_is_a_lower_bound(self) -> None:
        grid = UNIT.grid(12)
        found = worst_case(Mean(), TotalCost(), grid, agents=8, budget=Budget(100))
        assert not found.is_exact
        assert found.tried <= 100
        assert set(found.instance.profile) <= set(grid.points or ())
        assert "The worst case is at least that" in str(found)

    def test_the_grids_that_it_names_were_tried(self) -> None:
        asked: set[tuple[Fraction, ...]] = set()

        def spy(reports: tuple[Fraction, ...]) -> Fraction:
            asked.add(tuple(sorted(reports)))
            return min(reports)

        found = worst_case(spy, MaxCost(), UNIT, agents=3, budget=SMALL)
        assert [len(grid.points or ()) - 1 for grid in found.exhausted] == [4, 5, 6]
        for grid in found.exhausted:
            assert set(combinations_with_replacement(grid.points or (), 3)) <= asked
        assert "all on grids of 4, 5, 6 steps included, if the order of" in str(found)

    def test_the_budget_is_kept(self) -> None:
        calls = 0

        def counting(reports: tuple[Fraction, ...]) -> Fraction:
            nonlocal calls
            calls += 1
            return reports[0]

        found = worst_case(counting, TotalCost(), UNIT, agents=3, budget=Budget(150))
        assert found.tried <= 150
        assert calls <= 300  # to learn whether order matters, and to shorten what was found

    def test_grids_take_half_the_budget(self) -> None:
        """One agent on the grids of 5, 6 and 8 steps would be 22 profiles of 40."""
        found = worst_case(Median(), TotalCost(), UNIT, agents=1, budget=Budget(40))
        assert [len(grid.points or ()) - 1 for grid in found.exhausted] == [5, 6]

    def test_order_matters_to_agents_who_differ(self) -> None:
        """A nuisance to agent 0 only: who is where is part of the profile."""
        line = Line(0, 1, tastes=Hybrid((0,)))
        found = worst_case(Median(line), Utilitarian(), line, agents=2, budget=SMALL)
        assert found.ordered
        assert holds(found)

    def test_the_same_seed_finds_the_same(self) -> None:
        first, second = (
            worst_case(Mean(), ComplementedGini(), UNIT, agents=9, budget=Budget(300, seed=3))
            for _ in "12"
        )
        assert first == second


@dataclass(frozen=True)
class Ends:
    """Either end, as a mechanism that answers many profiles at once."""

    def __call__(self, reports: tuple[Fraction, ...]) -> Finite[Fraction]:
        return uniform([min(reports), max(reports)])

    def of_batch(self, profiles: FloatArray) -> Lotteries:
        ends = np.column_stack([profiles.min(axis=1), profiles.max(axis=1)])
        return Lotteries(ends, (F(1, 2), F(1, 2)))


def raises(x: Any) -> Any:
    raise KeyError("no such place")


BAD: tuple[tuple[Callable[[Any], Any], str], ...] = (
    (lambda x: F(2), "returns 2, which is no outcome of Line(0, 1)"),
    (lambda x: math.nan, "returns nan, which is no outcome of Line(0, 1)"),
    (lambda x: None, "returns None, which is no outcome of Line(0, 1)"),
    (lambda x: uniform([F(0), F(-1)]), "returns -1, which is no outcome of Line(0, 1)"),
    (raises, "raises KeyError: 'no such place'"),
)


class TestMechanismsThatAreNone:
    """What is no outcome has no ratio: the profile is named, and what was returned."""

    @pytest.mark.parametrize(("mechanism", "message"), BAD)
    def test_refused(self, mechanism: Any, message: str) -> None:
        here = Instance(UNIT, (F(0), F(1)))
        with pytest.raises(ValueError, match=re.escape(f"at (0, 1) on Line(0, 1), it {message}")):
            ratio(mechanism, TotalCost(), here)
        for line in (UNIT, UNIT.grid(2)):
            with pytest.raises(ValueError, match=re.escape(message.partition(",")[0])):
                worst_case(mechanism, MaxCost(), line, agents=2, budget=SMALL)

    def test_floats(self) -> None:
        """A ratio of a float is a float, and says so."""
        here = Instance(UNIT, (F(0), F(1, 3), F(1)))
        found = ratio(lambda x: 0.7, TotalCost(), here)
        assert type(found) is float
        assert found == pytest.approx(41 / 30)
        told = str(worst_case(lambda x: float(sum(x)) / 3, MaxCost(), UNIT, agents=3, budget=SMALL))
        assert "has the ratio 1.33333 (computed in floats) of max cost" in told

    def test_what_is_no_question(self) -> None:
        here = Instance(UNIT, (F(0), F(1)))
        objective: Any = TotalCost
        kind: Any = Mean
        budget: Any = 500
        with pytest.raises(ValueError, match=r"objective is the class TotalCost: make one first"):
            ratio(Mean(), objective, here)
        with pytest.raises(ValueError, match=r"mechanism is the class Mean: make one first, as in"):
            ratio(kind, TotalCost(), here)
        with pytest.raises(ValueError, match=r"budget is 500: it must be a Budget, as in Budget\("):
            worst_case(Mean(), TotalCost(), UNIT, agents=2, budget=budget)
        with pytest.raises(ValueError, match=r"objective is the class TotalCost"):
            worst_case(Mean(), objective, UNIT, agents=2)
        with pytest.raises(ValueError, match=r"mechanism is 3: it must be a function of reports"):
            worst_case(3, TotalCost(), UNIT, agents=2)  # type: ignore[arg-type]


class TestBatches:
    """A mechanism with a kernel is searched in floats; what is returned is exact."""

    @pytest.mark.parametrize("convention", [Expected(), OfExpectation()])
    @pytest.mark.parametrize(
        "objective", [TotalCost(), SquaredCost(), Utilitarian(), Egalitarian()]
    )
    def test_with_and_without(self, objective: Any, convention: Any) -> None:
        def plain(reports: tuple[Fraction, ...]) -> Any:
            return Ends()(reports)

        found, slow = (
            worst_case(m, objective, UNIT, agents=4, budget=SMALL, convention=convention)
            for m in (Ends(), plain)
        )
        assert found.ratio == slow.ratio
        assert found.instance == slow.instance
        assert holds(found)


class TestWords:
    """What is said of it, in a terminal, in a notebook and in JSON."""

    def test_sentence(self) -> None:
        found = worst_case(UniformPhantom(), TotalCost(), UNIT, agents=3, budget=SMALL)
        assert str(found).startswith(
            "UniformPhantom has the ratio 2 of total cost at (0, 0, 1/3) on Line(0, 1). "
            "The worst case is at least that: found among all profiles on Line(0, 1).grid("
        )
        assert found._repr_html_().startswith("<p><b>at least</b> UniformPhantom has")
        ante = worst_case(
            RandomRank(),
            Egalitarian(),
            UNIT.grid(2),
            agents=2,
            convention=OfExpectation(),
        )
        assert str(ante) == (
            "RandomRank has the ratio 1 of least utility ex ante at (0, 0) on Line(0, 1).grid(2), "
            "the largest of all 9 profiles"
        )
        assert ante._repr_html_().startswith("<p><b>worst case</b>")

    def test_json(self) -> None:
        found = worst_case(Median(), Egalitarian(), UNIT, agents=2, budget=SMALL)
        written = json.loads(json.dumps(found.to_json()))
        assert written["schema"] == "mechsim/worst-case/1"
        assert written["exact"] is False
        assert decode(written) == found
        assert found.ratio == math.inf

    @pytest.mark.parametrize(
        ("setting", "agents", "error", "message"),
        [
            (UNIT, 0, ValueError, "agents is 0: it must be a whole number"),
            (Line(), 2, ValueError, "a search needs two finite ends"),
            (Population((1,)), 2, Undecided, "worst cases are searched on lines"),
            (Line(0, 1, tastes=Obnoxious()), 2, Undecided, "a cost is negative"),
        ],
    )
    def test_what_cannot_be_searched(
        self, setting: Any, agents: int, error: Any, message: str
    ) -> None:
        with pytest.raises(error, match=message):
            worst_case(Mean(), TotalCost(), setting, agents=agents, budget=SMALL)

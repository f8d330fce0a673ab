"""The study of welfare and fairness measures what axioms and objectives say, and draws it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from matplotlib import pyplot as plt
from strategies import profiles

from mechsim import ExAnte, ExPost, Instance, Line, UnanimousFairShare, plot
from mechsim.axioms import IndividualFairShare, ProportionallyFair
from mechsim.facility import Median, RandomRank
from mechsim.mechanism import play
from mechsim.objectives import ComplementedGini, Egalitarian, OfExpectation, TotalCost
from mechsim.objectives.ratio import ratios
from mechsim.preferences import Uniform
from mechsim.studies import Records, Results, find

WELFARE: Any = find("facility-welfare").study


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


simulation: Any = __import__("mechsim.studies.shipped.facility_welfare", fromlist=["measure"])


@dataclass(frozen=True)
class Given:
    """A law that draws one profile, always."""

    profile: tuple[float, ...]

    def sample(self, rng: np.random.Generator, size: tuple[int, int]) -> Any:
        return np.array([self.profile])


def at(profile: tuple[Fraction, ...], mechanism: Any) -> Mapping[str, float]:
    """What the study measures at one profile."""
    law = simulation.Crowd("given", Given(tuple(map(float, profile))))
    point = simulation.Point(law, len(profile), mechanism)
    found: Mapping[str, float] = simulation.measure(point, np.random.default_rng(0))
    return found


EACH = pytest.mark.parametrize("mechanism", simulation.MECHANISMS, ids=lambda m: type(m).__name__)
UNIT = Line(0, 1)
AXIOMS: dict[str, Any] = {
    "IFS": ExPost(IndividualFairShare()),
    "UFS": ExPost(UnanimousFairShare()),
    "PF": ExPost(ProportionallyFair()),
    "IFS ex ante": ExAnte(IndividualFairShare()),
    "UFS ex ante": ExAnte(UnanimousFairShare()),
    "PF ex ante": ExAnte(ProportionallyFair()),
}


class TestFacilityWelfare:
    """What the study measures at a profile is what axioms and objectives say there."""

    @EACH
    @settings(max_examples=20)
    @given(profile=profiles(min_agents=2, max_agents=5))
    @example(profile=(Fraction(0), Fraction(1, 8), Fraction(1, 2)))  # two on the left suffer
    @example(profile=(Fraction(1, 2), Fraction(7, 8), Fraction(1)))  # two on the right suffer
    def test_fairness(self, mechanism: Any, profile: tuple[Fraction, ...]) -> None:
        instance = Instance(UNIT, UNIT.read(list(map(float, profile))))
        found = at(profile, mechanism)
        for name, axiom in AXIOMS.items():
            worst = max(axiom.violation(mechanism, case) for case in axiom.cases(instance))
            assert found[name] == (worst <= 1e-9), name

    @EACH
    @settings(max_examples=20)
    @given(profile=profiles(min_agents=2, max_agents=5))
    def test_welfare(self, mechanism: Any, profile: tuple[Fraction, ...]) -> None:
        instance = Instance(UNIT, UNIT.read(list(map(float, profile))))
        lottery: Any = play(mechanism, instance.reports)
        found = at(profile, mechanism)
        distances: dict[Any, list[float]] = {
            y: [abs(float(y) - float(x)) for x in profile] for y in lottery.support
        }
        drawn: list[tuple[Any, float]] = [(y, float(p)) for y, p in lottery.probability.items()]
        mean = sum(p * sum(distances[y]) for y, p in drawn)
        assert found["cost"] == pytest.approx(mean / len(profile))
        assert found["utilitarian"] == pytest.approx(1 - mean / len(profile))
        worst = sum(p * max(distances[y]) for y, p in drawn)
        assert found["farthest"] == pytest.approx(worst)
        assert found["egalitarian"] == pytest.approx(1 - worst)
        expected = OfExpectation().value(Egalitarian(), instance, lottery)
        assert found["egalitarian ex ante"] == pytest.approx(float(expected))
        equal = ComplementedGini()
        gini = sum(p * float(equal.of([(1 - d, 1) for d in distances[y]])) for y, p in drawn)
        assert found["1 - Gini"] == pytest.approx(gini)
        floats = np.array([list(map(float, profile))])
        best = float(ratios(mechanism, TotalCost(), UNIT, floats)[0])
        assert found["cost ratio"] == pytest.approx(best)

    def test_objectives(self) -> None:
        """Between two camps, by hand: the median serves the larger one."""
        found = at((Fraction(0), Fraction(0), Fraction(1)), Median(UNIT))
        named = ("cost", "cost ratio", "farthest", "1 - Gini")
        assert [found[name] for name in named] == pytest.approx([1 / 3, 1, 1, 2 / 3])
        assert [found[name] for name in AXIOMS] == [0] * 6

    def test_uniform_in_closed_form(self) -> None:
        r"""Random Rank costs :math:`E|X - X'| (n - 1)/n = (n - 1)/3n` where agents are uniform."""
        results = replace(WELFARE, points=UNIFORM, quick_points=(), replicates=4).run(seed=1)
        assert isinstance(UNIFORM[0].population.law, Uniform)
        for row in results.summary().rows:
            cells = dict(zip(results.summary().header, row, strict=True))
            n, error = int(cells["agents"]), float(cells["cost se"])
            assert float(cells["cost"]) == pytest.approx((n - 1) / (3 * n), abs=6 * error)

    def test_what_the_theorems_say(self) -> None:
        """The median costs least; who is proportionally fair is so at every profile."""
        chosen = tuple(point for point in WELFARE.points if point.agents == 5)
        results = replace(WELFARE, points=chosen, quick_points=(), replicates=1).run()
        records = results.records
        for row in records.rows:
            cells = dict(zip(records.header, row, strict=True))
            rule = cells["mechanism"]
            if rule == "Median":
                assert cells["cost ratio"] == 1
            if rule in ("Mean", "UniformPhantom", "Nash"):
                assert cells["PF"] == 1
            if rule in ("Mean", "UniformPhantom", "RandomRank", "AverageOrRandomRank"):
                assert cells["PF ex ante"] == 1
            for weak, strong in (("IFS", "UFS"), ("UFS", "PF"), ("PF ex ante", "PF")):
                assert float(cells[weak]) >= float(cells[strong])

    def test_mechanisms_see_the_same_profiles(self) -> None:
        """The cost of the best place, cost over ratio, does not depend on the mechanism."""
        chosen = tuple(p for p in WELFARE.points if p.agents == 5 and p.population.name == "survey")
        same = {int(WELFARE.stream(point, 0).integers(2**62)) for point in chosen}
        assert len(chosen) == 10
        assert len(same) == 1


UNIFORM = tuple(
    point
    for point in WELFARE.points
    if point.population.name == "uniform" and isinstance(point.mechanism, RandomRank)
)


class TestFigure:
    """Dots lie where the means are, in a panel a population and measure."""

    def test_dots(self) -> None:
        records = Records(
            ("place", "agents", "rule", "cost", "cost se", "gain"),
            (
                ("here", 2, "LowMedian", 0.5, 0.1, 1),
                ("here", 3, "LowMedian", 0.6, 0.1, 2),
                ("here", 2, "Mean", 0.7, 0.1, 3),
                ("there", 2, "Mean", 0.8, 0.1, 4),
            ),
        )
        figure = plot.comparison(
            records,
            {"cost": "what it costs", "gain": "what it gains"},
            compared="rule",
            panels="place",
            series="agents",
            title="t",
        )
        panels = figure.axes
        assert len(panels) == 4
        assert [label.get_text() for label in panels[0].get_yticklabels()] == ["Low Median", "Mean"]
        assert [axes.get_ylabel() for axes in panels[::2]] == ["here", "there"]
        assert [axes.get_title() for axes in panels[:2]] == ["what it costs", "what it gains"]
        two, three = (np.asarray(line.get_xdata(), float).tolist() for line in panels[0].lines)
        assert two == [0.5, 0.7]
        assert three[0] == 0.6
        assert math.isnan(three[1])
        (legend,) = figure.legends
        assert [text.get_text() for text in legend.get_texts()] == ["2 agents", "3 agents"]

    def test_of_the_study(self) -> None:
        chosen = WELFARE.quick_points[:12]
        results: Results = replace(WELFARE, points=chosen, quick_points=(), replicates=2).run()
        figure: Any = WELFARE.figure(results)
        assert len(figure.axes) == 6
        cost = [float(x) for x in results.summary().column("cost ratio")]
        drawn = np.asarray(figure.axes[0].lines[0].get_xdata(), float).tolist()
        assert drawn == cost[:10]

"""The data behind the menu of a designed mechanism, reached a second way."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from designs import DSIC, Skewed, Valued, auction, designed, facility, heading, trade
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from pictures import HALF, xy
from worlds import Items, PublicGood, Trade

from mechsim import plot
from mechsim.design import Revenue

F = Fraction


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


class TestMenu:
    """The steps are what a type gets and pays in expectation."""

    @staticmethod
    def steps(figure: Figure) -> list[list[Any]]:
        upper, lower = figure.axes
        for line in (*upper.lines, *lower.lines):
            assert line.get_drawstyle() == "steps-post"
        return [[xy(line) for line in axes.lines] for axes in (upper, lower)]

    @pytest.mark.parametrize("agent", [0, 1])
    def test_averaged(self, agent: int) -> None:
        figure = plot.menu(auction(), agent)
        (got,), (paid,) = self.steps(figure)
        types = auction().sought.types[0]
        for k, own in enumerate(types):
            there = [auction()((own, b) if agent == 0 else (b, own)) for b in types]
            units = [one.expect(lambda y: F(y.alternative[agent] == 0)) for one in there]
            money = [one.expect(lambda y: y.payments[agent]) for one in there]
            assert got[k] == (float(own), pytest.approx(float(sum(units) / 4)))
            assert paid[k] == (float(own), pytest.approx(float(sum(money) / 4)))
        assert figure.axes[1].get_xlabel() == f"type of agent {agent}"
        assert heading(figure).startswith("Revenue with Strategyproof, ExAnte(")
        assert heading(figure).endswith(": 19/32")

    def test_no_type_prefers_the_entry_of_another(self) -> None:
        (got,), (paid,) = self.steps(plot.menu(auction()))
        for (type_, units), (_, price) in zip(got, paid, strict=True):
            rents = [type_ * u - p for (_, u), (_, p) in zip(got, paid, strict=True)]
            assert type_ * units - price == pytest.approx(max(rents))

    def test_a_curve_for_each_report_of_the_others(self) -> None:
        types = auction().sought.types[0]
        figure = plot.menu(auction(), others=[(b,) for b in types])
        got, paid = self.steps(figure)
        for b, units, money in zip(types, got, paid, strict=True):
            there = [auction()((a, b)) for a in types]
            sold = [one.expect(lambda y: F(y.alternative[0] == 0)) for one in there]
            cost = [one.expect(lambda y: y.payments[0]) for one in there]
            assert [y for _, y in units] == list(map(float, sold))
            assert [y for _, y in money] == list(map(float, cost))
        (legend,) = figure.legends
        named = [text.get_text() for text in legend.get_texts()]
        assert named == [f"agent 1 reports {b}" for b in types]

    def test_a_seller_gives_units_away(self) -> None:
        (got,), (paid,) = self.steps(plot.menu(trade(), 1))
        types = Trade(4).types(0)
        for k, own in enumerate(types):
            there = [trade()((a, own)) for a in types]
            sold = sum(one.expect(lambda y: F(y.alternative == "trade")) for one in there)
            money = sum(one.expect(lambda y: y.payments[1]) for one in there)
            assert got[k][1] == pytest.approx(-float(sold / 4))
            assert paid[k][1] == pytest.approx(float(money / 4))

    def test_the_average_is_that_of_the_type(self) -> None:
        skewed = designed(Revenue(), DSIC, Skewed())
        (got,), _ = self.steps(plot.menu(skewed))
        for k, own in enumerate((F(1), F(2))):
            weights = {b: F(3, 4) if b == own else F(1, 4) for b in (F(1), F(2))}
            units = [
                p * skewed((own, b)).expect(lambda y: F(y.alternative == 0))
                for b, p in weights.items()
            ]
            assert got[k][1] == pytest.approx(float(sum(units)))
        assert got[0][1] != got[1][1]

    def test_what_is_not_linear_is_shown_by_alternative(self) -> None:
        valued = designed(Revenue(), DSIC, Valued(), agents=1)
        figure = plot.menu(valued)
        got, (paid,) = self.steps(figure)
        (legend,) = figure.legends
        named = [text.get_text() for text in legend.get_texts()]
        assert len(named) == len(got) >= 2
        for name, line in zip(named, got, strict=True):
            for x, p in line:
                drawn = valued((F(int(x)),)).probability.items()
                assert p == float(sum(q for y, q in drawn if y.alternative == name))
        assert figure.axes[0].get_ylabel() == "probability"
        assert [x for x, _ in paid] == [1, 2, 3]


class TestCostsOfAlternatives:
    """A setting whose alternatives cost has a menu like any other."""

    def test_public_good(self) -> None:
        good = designed(Revenue(), DSIC, PublicGood())
        upper, _ = plot.menu(good).axes
        for (x, units), own in zip(xy(upper.lines[0]), PublicGood().types(0), strict=True):
            built = sum(
                good((own, b)).expect(lambda y: F(y.alternative == "good"))
                for b in PublicGood().types(0)
            )
            assert (x, units) == (float(own), pytest.approx(float(built / 2)))


class TestWrongInput:
    """What has no menu is refused, with the argument, its value and the rule."""

    def test_a_menu_without_money(self) -> None:
        with pytest.raises(ValueError, match=r"designed is .*: a menu needs payments"):
            plot.menu(facility())

    def test_several_profiles_where_values_are_not_linear(self) -> None:
        both = designed(Revenue(), DSIC, Valued())
        with pytest.raises(ValueError, match="others has 2 profiles: where values are not linear"):
            plot.menu(both, others=[(F(1),), (F(2),)])

    def test_types_that_are_no_numbers(self) -> None:
        items = designed(Revenue(), DSIC, Items((F(1), F(2)), (HALF, HALF)), agents=1)
        with pytest.raises(ValueError, match=r"has the type .* of agent 0"):
            plot.menu(items)

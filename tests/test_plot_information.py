"""The picture of a scoring rule draws what the rule pays."""

from fractions import Fraction

import numpy as np
import pytest

from mechsim import Beliefs, plot
from mechsim.information import Brier, Linear, Logarithmic, ScoringRule

F = Fraction
WEATHER = Beliefs(("rain", "sun"))


class TestScoringRule:
    """The line of a report touches the curve from below exactly if the rule is proper."""

    def test_proper(self) -> None:
        axes = plot.scoring_rule(ScoringRule(Brier(), WEATHER), F(7, 10))
        honest, line, point = axes.get_lines()
        belief = np.asarray(honest.get_xdata(), float)
        curve = np.asarray(honest.get_ydata(), float)
        assert curve == pytest.approx((1 + belief**2 + (1 - belief) ** 2) / 2)
        assert (np.asarray(line.get_ydata(), float) <= curve + 1e-12).all()
        assert point.get_ydata()[0] == pytest.approx((1 + 0.49 + 0.09) / 2)  # type: ignore[index]
        assert "no belief gains by this lie" in axes.get_title(loc="left")
        legend = axes.get_legend()
        assert legend is not None
        assert [t.get_text() for t in legend.get_texts()] == [
            "who is honest",
            "who says 7/10",
            "what a lie loses",
        ]

    def test_improper(self) -> None:
        axes = plot.scoring_rule(ScoringRule(Linear(), WEATHER), 0.7)
        honest, line, _ = axes.get_lines()
        gains = np.asarray(line.get_ydata(), float) - np.asarray(honest.get_ydata(), float)
        belief = np.asarray(line.get_xdata(), float)
        assert ((gains > 1e-9) == ((belief > 0.5 + 1e-9) & (belief < 0.7 - 1e-9))).all()
        assert "a lie gains: not proper" in axes.get_title(loc="left")

    def test_door(self) -> None:
        three = ScoringRule(Logarithmic(), Beliefs(("a", "b", "c")))
        with pytest.raises(ValueError, match="rule is for 3 states: there must be two"):
            plot.scoring_rule(three, F(1, 2))
        with pytest.raises(ValueError, match="report is 1: it must be between 0 and 1"):
            plot.scoring_rule(ScoringRule(Brier(), WEATHER), 1)

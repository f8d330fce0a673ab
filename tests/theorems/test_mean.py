"""The mean: proportional, least squares, manipulable."""

from fractions import Fraction

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Population
from mechsim.facility import Mean


class TestMeanMinimisesSquaredDistance:
    """No place has a smaller sum of squared distances than the mean."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        outcome = exact(Mean()(x))
        assert sum((outcome - r) ** 2 for r in x) <= sum((y - r) ** 2 for r in x)


class TestEveryHonestAgentCouldGain:
    """Whoever is not at the mean gains by exaggerating, if there is room."""

    @given(x=profiles(min_agents=2))
    def test_exaggeration_pays(self, x: Profile) -> None:
        outcome = exact(Mean()(x))
        assume(0 < x[0] < 1)
        assume(x[0] != outcome)
        far = Fraction(0) if x[0] < outcome else Fraction(1)
        step = (far - x[0]) / 1000
        lied = exact(Mean()((x[0] + step, *x[1:])))
        assert abs(lied - x[0]) < abs(outcome - x[0])


class TestFloats:
    """Of floats it is the exact mean, rounded once, whatever the order of the reports."""

    @given(x=st.lists(st.floats(0, 1), min_size=1, max_size=20), data=st.data())
    def test_order_is_immaterial(self, x: list[float], data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(x))
        assert Mean()(shuffled) == Mean()(x) == float(sum(map(Fraction, x)) / len(x))

    @given(x=st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=30), data=st.data())
    def test_arrays_are_added_exactly(self, x: list[float], data: st.DataObject) -> None:
        sizes = st.lists(st.integers(1, 2**40), min_size=len(x), max_size=len(x))
        counts = data.draw(sizes)
        weighted = sum((Fraction(v) * c for v, c in zip(x, counts, strict=True)), Fraction(0))
        population = Population(np.array(x), np.array(counts))
        assert Mean()(population) == float(weighted / sum(counts))

    def test_huge_reports_do_not_overflow(self) -> None:
        assert Mean()([1.7e308, 1.7e308]) == 1.7e308
        assert Mean()([1.7e308, Fraction(10) ** 308]) == 1.35e308

"""The mean: proportional, least squares, manipulable."""

from fractions import Fraction
from statistics import fmean

from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

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
    """The float mean is the exactly rounded sum, whatever the order of the reports."""

    @given(x=st.lists(st.floats(0, 1), min_size=1, max_size=20), data=st.data())
    def test_order_is_immaterial(self, x: list[float], data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(x))
        assert Mean()(shuffled) == Mean()(x) == fmean(x)

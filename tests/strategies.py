"""Hypothesis strategies for profiles on [0, 1]: small, exact, rich in ties, and quick to shrink."""

from fractions import Fraction

from hypothesis import strategies as st

from mechsim import Line
from mechsim.testing import exact as exact
from mechsim.testing import profiles as profiles_of
from mechsim.testing import reports

UNIT = Line(0, 1)
TWO_FACILITIES = ("endpoint", "proportional-pair", "two-dictators", "two-medians")
"""Cards of rules whose setting is a space for two facilities, and no line."""

Profile = tuple[Fraction, ...]

points: st.SearchStrategy[Fraction] = reports(UNIT)


def profiles(min_agents: int = 1, max_agents: int = 6) -> st.SearchStrategy[Profile]:
    """Profiles on [0, 1]; with denominators up to 8 many reports coincide."""
    return profiles_of(UNIT, min_agents, max_agents)

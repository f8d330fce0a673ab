"""Hypothesis strategies for profiles: small, exact, rich in ties, and quick to shrink."""

from fractions import Fraction

from hypothesis import strategies as st

from mechsim import Number

Profile = tuple[Fraction, ...]


def exact(number: Number) -> Fraction:
    """``number``, which must have stayed exact."""
    assert isinstance(number, Fraction)
    return number


points = st.fractions(min_value=0, max_value=1, max_denominator=8)


def profiles(min_agents: int = 1, max_agents: int = 6) -> st.SearchStrategy[Profile]:
    """Profiles on [0, 1]; with denominators up to 8 many reports coincide."""
    return st.lists(points, min_size=min_agents, max_size=max_agents).map(tuple)

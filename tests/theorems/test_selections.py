"""Choosing one option at each place without a conflict, and mixtures of such selections."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim.algorithms.mixing import Part, largest_part
from mechsim.algorithms.selections import Choice, OutOfPatience, Patience, Prices, Selections

F = Fraction


@st.composite
def problems(draw: st.DrawFn) -> tuple[Selections, Prices]:
    """Few places, conflicts at random, and prices."""
    options = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5).map(tuple))
    choices = [(p, o) for p, count in enumerate(options) for o in range(count)]
    pairs = [(a, b) for a in choices for b in choices if a[0] < b[0]]
    conflicts = draw(st.sets(st.sampled_from(pairs))) if pairs else set[tuple[Choice, Choice]]()
    numbers = st.integers(0, 5).map(lambda k: F(k, 3))
    prices = tuple(tuple(draw(numbers) for _ in range(count)) for count in options)
    return Selections(options, conflicts), prices


class TestSelections:
    """The search finds what trying everything finds."""

    @given(problems())
    def test_as_brute_force(self, drawn: tuple[Selections, Prices]) -> None:
        selections, prices = drawn
        conflicts = list(selections.conflicts)
        every = [
            chosen
            for chosen in product(*map(range, selections.options))
            if not any(chosen[p] == o and chosen[q] == r for (p, o), (q, r) in conflicts)
        ]
        assert sorted(selections.all()) == every
        costs = {
            chosen: sum((row[o] for row, o in zip(prices, chosen, strict=True)), F(0))
            for chosen in every
        }
        cheapest = selections.cheapest(prices)
        assert (cheapest is None) == (not every)
        if cheapest is not None:
            least = min(costs.values())
            assert costs[cheapest] == least
            assert selections.cheapest(prices, least) is None
            assert selections.cheapest(prices, least + F(1, 100)) is not None
        for place, option in selections.choices:
            through = selections.containing([(place, option)])
            assert (through in every) if through else all(s[place] != option for s in every)

    def test_what_is_none(self) -> None:
        with pytest.raises(ValueError, match=r"options\[1\] is 0"):
            Selections((1, 0), [])
        with pytest.raises(ValueError, match=r"\(1, 2\), which is no choice"):
            Selections((1, 2), [((0, 0), (1, 2))])
        with pytest.raises(ValueError, match="they are at one place"):
            Selections((2,), [((0, 0), (0, 1))])
        with pytest.raises(ValueError, match="a price is at least 0"):
            Selections((1,), []).cheapest(((F(-1),),))
        with pytest.raises(ValueError, match="one entry an option"):
            Selections((1,), []).cheapest(((F(1), F(1)),))
        with pytest.raises(ValueError, match=r"chances\[0\] must have 2 positive entries"):
            largest_part(Selections((2,), []), ((F(1), F(0)),), Patience(9))

    def test_patience(self) -> None:
        with pytest.raises(OutOfPatience, match="given up after 2 nodes"):
            list(Selections((2, 2, 2), []).all(Patience(2)))

    def test_a_part_that_is_none_cannot_be_made(self) -> None:
        chances, half = ((F(1, 2), F(1, 2)),), F(1, 2)
        for drawn, prices, reason in (
            (((F(1), (0,)),), ((F(1), F(1)),), "more often than their options"),
            (((F(-1), (0,)),), ((F(1), F(1)),), "is not positive"),
            (((half, (0,)),), ((F(2), F(-1)),), "a multiplier is negative"),
            (((half, (0,)),), ((F(1), F(1)),), "the multipliers prove 1, not 1/2"),
        ):
            with pytest.raises(ArithmeticError, match=reason):
                Part(chances, drawn, prices, ())

"""Matchings with few edges are the best there are, and ties are decided by order."""

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mechsim.algorithms.assignment import Matching, best_matching

F = Fraction


def matchings(rows: int, columns: int, most: int) -> list[Matching]:
    found: list[Matching] = []
    for chosen in product([None, *range(columns)], repeat=rows):
        used = [j for j in chosen if j is not None]
        if len(set(used)) == len(used) <= most:
            found.append(chosen)
    return found


def weight(weights: list[list[F]], matching: Matching) -> F:
    return sum((weights[i][j] for i, j in enumerate(matching) if j is not None), F(0))


@st.composite
def tables(draw: st.DrawFn) -> list[list[F]]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    entry = st.integers(-1, 4).map(lambda k: F(k, 3))
    return draw(
        st.lists(st.lists(entry, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )


class TestBestMatching:
    """No matching with at most so many edges weighs more."""

    @given(tables(), st.integers(0, 4))
    def test_brute_force(self, weights: list[list[F]], most: int) -> None:
        found = best_matching(weights, most)
        every = matchings(len(weights), len(weights[0]), most)
        assert found in every
        best = max(weight(weights, one) for one in every)
        assert weight(weights, found) == best
        assert all(weights[i][j] > 0 for i, j in enumerate(found) if j is not None)

    @given(tables(), st.integers(0, 4))
    def test_ties_by_order(self, weights: list[list[F]], most: int) -> None:
        """Of the best ones without idle edges, the one that has the earliest edges."""
        every = matchings(len(weights), len(weights[0]), most)
        useful = [
            one
            for one in every
            if all(weights[i][j] > 0 for i, j in enumerate(one) if j is not None)
        ]
        best = max(weight(weights, one) for one in useful)
        ties = [one for one in useful if weight(weights, one) == best]
        columns = len(weights[0])

        def order(matching: Matching) -> tuple[int, ...]:
            return tuple(
                -int(matching[i] == j) for i in range(len(weights)) for j in range(columns)
            )

        assert best_matching(weights, most) == min(ties, key=order)

    def test_scipy(self) -> None:
        rng = np.random.default_rng(2)
        for _ in range(20):
            table = rng.random((12, 5))
            rows, columns = linear_sum_assignment(table, maximize=True)
            wanted: list[int | None] = [None] * 12
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
                wanted[i] = j
            assert best_matching(table.tolist(), 5) == tuple(wanted)

    def test_nothing(self) -> None:
        assert best_matching([], 3) == ()
        assert best_matching([[0], [-1]], 3) == (None, None)

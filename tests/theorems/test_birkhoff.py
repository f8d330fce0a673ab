"""Decompositions into matchings, and cycles: one class for each statement."""

from fractions import Fraction
from itertools import permutations
from math import prod

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim.algorithms.birkhoff import birkhoff
from mechsim.algorithms.cycles import cycle_in, shrinking_cycle

Matrix = list[list[Fraction]]


@st.composite
def mixtures(draw: st.DrawFn, square: bool = False) -> Matrix:
    """Mixtures of matchings; of permutations, if ``square``."""
    rows = draw(st.integers(1, 4))
    columns = rows if square else draw(st.integers(1, 4))
    size = max(rows, columns)
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5))
    matrix = [[Fraction(0)] * columns for _ in range(rows)]
    for weight in weights:
        order = draw(st.permutations(range(size)))
        for i, j in enumerate(order):
            if i < rows and j < columns and (square or draw(st.booleans())):
                matrix[i][j] += Fraction(weight, sum(weights))
    return matrix


class TestBirkhoffVonNeumann:
    """Matrices of rows and columns that sum to at most 1 are mixtures of matchings."""

    @settings(max_examples=30)
    @given(matrix=mixtures())
    def test_is_the_matrix(self, matrix: Matrix) -> None:
        found = birkhoff(matrix)
        assert sum(weight for weight, _ in found) == 1
        assert len(found) <= len(matrix) * len(matrix[0]) + 1
        for i, row in enumerate(matrix):
            for j, entry in enumerate(row):
                assert sum(weight for weight, matching in found if matching[i] == j) == entry
        for weight, matching in found:
            held = [j for j in matching if j is not None]
            assert weight > 0
            assert len(set(held)) == len(held)

    @settings(max_examples=30)
    @given(matrix=mixtures(square=True))
    def test_marcus_and_ree(self, matrix: Matrix) -> None:
        """A doubly stochastic matrix of order n is a mixture of (n - 1)^2 + 1 permutations."""
        found = birkhoff(matrix)
        assert len(found) <= (len(matrix) - 1) ** 2 + 1
        assert all(None not in matching for _, matching in found)

    @settings(max_examples=30)
    @given(matrix=mixtures(square=True))
    def test_the_largest_first(self, matrix: Matrix) -> None:
        weights = [weight for weight, _ in birkhoff(matrix)]
        assert weights == sorted(weights, reverse=True)
        most = max(
            min(matrix[i][j] for i, j in enumerate(order))
            for order in permutations(range(len(matrix)))
        )
        assert weights[0] == most

    @pytest.mark.parametrize(
        ("matrix", "message"),
        [
            ([[1, 0], [0]], r"matrix\[1\] has 1 entries: matrix\[0\] has 2"),
            ([[0.5]], r"matrix\[0\]\[0\] is 0.5: it must be an int or a Fraction from 0"),
            ([[-1]], r"matrix\[0\]\[0\] is -1: it must be"),
            ([[1, 1]], "row 0 of matrix sums to 2: it must be at most 1"),
            ([[1], [1]], "column 0 of matrix sums to 2: it must be at most 1"),
        ],
    )
    def test_what_is_no_such_matrix(self, matrix: list[list[int]], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            birkhoff(matrix)

    def test_empty_ones(self) -> None:
        one = Fraction(1)
        assert birkhoff([]) == ((one, ()),)
        assert birkhoff([[]]) == ((one, (None,)),)
        assert birkhoff([[0]]) == ((one, (None,)),)


edges = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9)


class TestCycles:
    """A cycle is found exactly if there is one."""

    @given(edges=edges)
    def test_networkx(self, edges: set[tuple[int, int]]) -> None:
        found = cycle_in({i: [j for k, j in sorted(edges) if k == i] for i in range(5)})
        graph = nx.DiGraph(sorted(edges))
        assert (found is None) == nx.is_directed_acyclic_graph(graph)
        if found is not None:
            assert all((a, b) in edges for a, b in zip(found, (*found[1:], found[0]), strict=True))
            assert len(set(found)) == len(found)

    @given(
        ratios=st.dictionaries(
            st.tuples(st.integers(0, 3), st.integers(0, 3)),
            st.fractions(Fraction(1, 4), 4, max_denominator=4),
            max_size=8,
        )
    )
    def test_cycles_that_shrink(self, ratios: dict[tuple[int, int], Fraction]) -> None:
        """All simple cycles, one by one."""

        def product(nodes: list[int]) -> Fraction:
            return prod(
                (ratios[a, b] for a, b in zip(nodes, [*nodes[1:], nodes[0]], strict=True)),
                start=Fraction(1),
            )

        found = shrinking_cycle(ratios)
        every = nx.simple_cycles(nx.DiGraph(sorted(ratios)))
        assert (found is not None) == any(product(nodes) < 1 for nodes in every)
        if found is not None:
            assert len(set(found)) == len(found)
            assert product(list(found)) < 1

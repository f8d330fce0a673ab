"""Goods to divide that the literature knows, and small ones for Hypothesis."""

from collections.abc import Sequence

from hypothesis import strategies as st

from mechsim import Goods

Row = tuple[int, ...]

FEIGE_SAPIR_TAUBER = (
    (1, 16, 23, 26, 4, 10, 12, 19, 9),
    (1, 16, 22, 26, 4, 9, 13, 20, 9),
    (1, 15, 23, 25, 4, 10, 13, 20, 9),
)
_BASE = (17, 25, 12, 1, 2, 22, 3, 28, 11, 0, 21, 23)
_SHIFTS = (
    (3, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0),
    (3, -1, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0),
    (3, 0, -1, 0, 0, 0, -1, 0, 0, 0, 0, -1),
)
KUROKAWA_PROCACCIA_WANG = tuple(
    tuple(10**6 + 1000 * base + shift for base, shift in zip(_BASE, shifts, strict=True))
    for shifts in _SHIFTS
)


def matrices(
    fewest: int = 1, most: int = 4, goods: int = 6, high: int = 5
) -> st.SearchStrategy[list[Row]]:
    """A row an agent; small values tie often."""

    def of(shape: tuple[int, int]) -> st.SearchStrategy[list[Row]]:
        row = st.tuples(*[st.integers(0, high)] * shape[1])
        return st.lists(row, min_size=shape[0], max_size=shape[0])

    return st.tuples(st.integers(fewest, most), st.integers(1, goods)).flatmap(of)


def setting(rows: Sequence[Row]) -> Goods:
    return Goods(tuple(f"good {g}" for g in range(len(rows[0]))))

"""How large a form may be: it is played, printed and argued about term by term, one in another."""

from collections.abc import Sequence
from typing import NamedTuple

MOST = 4_000_000
"""Terms that a form may be written with; a term that is used twice is written twice."""

DEEPEST = 80
"""Terms that may stand one in another."""


class Extent(NamedTuple):
    """How many terms a form is written with, and how many of them stand one in another."""

    terms: int
    depth: int


ONE = Extent(1, 1)
"""That of a report, and of a place."""


def around(sizes: Sequence[Extent]) -> Extent:
    """How large a form is that is made of parts so large."""
    return Extent(1 + sum(size.terms for size in sizes), 1 + max(size.depth for size in sizes))


def require_extent(extent: Extent, name: str) -> None:
    """Raise `ValueError` if a form is too large."""
    if extent.terms > MOST:
        raise ValueError(
            f"{name} makes a form of {extent.terms:,} terms, each counted as often as it is used: "
            f"there may be {MOST:,}"
        )
    if extent.depth > DEEPEST:
        raise ValueError(
            f"{name} makes a form in which {extent.depth} terms stand one in another: {DEEPEST} may"
        )

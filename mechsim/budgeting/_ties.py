"""Ties between projects, in rules that fund one after the other."""

from .._text import brief
from ..algorithms.ties import Ties


def pick(ties: Ties, tied: list[int]) -> int:
    """The project that ``ties`` names, of those that are tied."""
    chosen: object = ties.resolve(tuple(tied))
    if type(chosen) is not int or chosen not in tied:
        raise ValueError(
            f"ties is {brief(ties)}: a rule that funds one project after the other needs a policy "
            "that names one of them, such as Lexicographic()"
        )
    return chosen

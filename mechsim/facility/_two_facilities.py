"""Two facilities on a line: an agent minds the distance to the nearest of them."""

from typing import TypeAlias

from .._text import brief
from ..preferences.space import Point, Space

Places: TypeAlias = tuple[Point, Point]
"""The lower place and the higher one."""

TWO_ON_A_LINE = Space((0,), (1,), facilities=2)


def require_two(setting: object) -> None:
    """Raise `ValueError` unless two facilities are built on a line."""
    if not isinstance(setting, Space) or (setting.dimensions, setting.facilities) != (1, 2):
        raise ValueError(
            f"setting is {brief(setting)}: it must have one dimension and two facilities, as "
            f"{TWO_ON_A_LINE}"
        )


def in_order(first: Point, second: Point) -> Places:
    """The lower place first."""
    return (first, second) if first <= second else (second, first)

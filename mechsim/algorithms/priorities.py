"""Priorities of objects over agents: classes, smaller first; equal ones are ties."""

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from .._numbers import sequence, whole

Priorities: TypeAlias = tuple[tuple[int, ...], ...]
"""(objects, agents): the class of each agent at each object, 0 or more."""


def read_priorities(given: object, name: str = "priorities") -> Priorities:
    """Rows of classes, one an object, from lists or an array.

    Raises
    ------
    ValueError
        If there are none, rows differ in length, or a class is no whole number of at least 0.

    Examples
    --------
    >>> read_priorities([[0, 0, 1], [2, 1, 0]])
    ((0, 0, 1), (2, 1, 0))
    """
    listed: object = cast(Any, given).tolist() if hasattr(given, "tolist") else given
    rows = tuple(
        tuple(whole(one, f"{name}[{item}][{agent}]", 0) for agent, one in enumerate(row))
        for item, row in enumerate(
            sequence(row, f"{name}[{item}]") for item, row in enumerate(sequence(listed, name))
        )
    )
    if not rows or not rows[0]:
        raise ValueError(f"{name} is empty: there must be a class for each object and agent")
    for item, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise ValueError(
                f"{name}[{item}] has {len(row)} classes: {name}[0] has {len(rows[0])}, and each "
                "has one for each agent"
            )
    return rows


def strict(priorities: Priorities, order: Sequence[int]) -> Priorities:
    """Places from 0: by class, and where classes are equal by ``order``, which lists the agents.

    Examples
    --------
    >>> strict(((0, 0, 1), (2, 1, 0)), (1, 0, 2))
    ((1, 0, 2), (2, 1, 0))
    """
    turn = {agent: t for t, agent in enumerate(order)}

    def places(row: tuple[int, ...]) -> tuple[int, ...]:
        ranked = sorted(range(len(row)), key=lambda agent: (row[agent], turn[agent]))
        place = {agent: k for k, agent in enumerate(ranked)}
        return tuple(place[agent] for agent in range(len(row)))

    return tuple(map(places, priorities))

"""Reports with a row an agent and a column an item: read from lists, arrays and data frames."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy.typing as npt

from .._numbers import Number
from ..population import Population
from ._rows import Labels, labels, rows


def read_matrix(
    given: Population | Iterable[Any] | npt.NDArray[Any],
    names: tuple[str, ...],
    agents: tuple[str, ...],
    read: Callable[[object, str], Number],
) -> tuple[tuple[Number, ...], ...]:
    """The rows in the order of the agents, if these have names, with the columns in that of items.

    Parameters
    ----------
    given : lists, array, data frame or Population
        The columns of a data frame that are named must be the items, its named rows the agents.
    names, agents : tuple of str
        The items; and the agents, or none, where these have no names.
    read : callable
        Reads an entry, given what to call it in an error.

    Raises
    ------
    ValueError
        If a row is too long or too short, or an entry is not read.
    """
    if isinstance(given, Population):
        return read_matrix(given.expanded(), names, agents, read)
    of_rows, of_columns = labels(given)
    columns = _places(of_columns, names, "columns")
    order = _places(of_rows, agents, "rows") if agents else None
    listed = rows(given, "reports", "good")
    if agents and len(listed) != len(agents):
        raise ValueError(
            f"reports has {len(listed)} of them: there must be one for each of {len(agents)} agents"
        )
    for agent, row in enumerate(listed):
        if len(row) != len(names):
            raise ValueError(
                f"reports[{agent}] has {len(row)} entries: it must have one for each of "
                f"{len(names)} goods"
            )
    arranged = listed if order is None else [listed[place] for place in order]

    def entry(agent: int, item: int) -> Number:
        who = agents[agent] if agents else f"agent {agent}"
        name = f"reports[{agent}][{item}], the value of {names[item]} to {who},"
        return read(arranged[agent][item if columns is None else columns[item]], name)

    return tuple(
        tuple(entry(agent, item) for item in range(len(names))) for agent in range(len(arranged))
    )


def _places(found: Labels, names: tuple[str, ...], what: str) -> list[int] | None:
    """Where in ``found`` each of ``names`` is."""
    if found is None:
        return None
    if len(found) != len(names) or set(found) != set(names):
        raise ValueError(
            f"reports has the {what} {', '.join(map(str, found))}: "
            f"they must be {', '.join(names)}, in any order, or have no names"
        )
    return [found.index(name) for name in names]

"""Cycles of directed graphs."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def cycle_in(successors: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...] | None:
    """A cycle of a directed graph, each node followed by one of its successors, or None.

    Parameters
    ----------
    successors : mapping of node to nodes
        Every node is a key.

    Returns
    -------
    tuple or None
        By depth-first search from the nodes in their order.  O(nodes + edges), but for the search
        of the path.

    Examples
    --------
    >>> cycle_in({"a": "b", "b": "cd", "c": "", "d": "b"})
    ('b', 'd')
    """
    done: set[Node] = set()
    for root in successors:
        path: list[Node] = [root]
        ahead = [iter(successors[root])]
        while path and root not in done:
            node = next(ahead[-1], None)
            if node is None:
                done.add(path.pop())
                ahead.pop()
            elif node in path:
                return tuple(path[path.index(node) :])
            elif node not in done:
                path.append(node)
                ahead.append(iter(successors[node]))
    return None

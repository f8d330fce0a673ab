"""Cycles of directed graphs, plain ones and such on which something shrinks."""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
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


def shrinking_cycle(
    ratios: Mapping[tuple[Node, Node], Fraction],
) -> tuple[Node, ...] | None:
    """A cycle of which the ratios multiply to less than 1, or None if there is none.

    Parameters
    ----------
    ratios : mapping of (node, node) to Fraction
        What each edge multiplies by, from 0.

    Returns
    -------
    tuple or None
        The nodes in the order of the edges.  By the method of Bellman and Ford, exactly; O(nodes
        edges).

    Examples
    --------
    >>> half, two = Fraction(1, 2), Fraction(2)
    >>> shrinking_cycle({("a", "b"): half, ("b", "a"): two}) is None
    True
    >>> sorted(shrinking_cycle({("a", "b"): half, ("b", "a"): half}) or ())
    ['a', 'b']
    """
    nodes = list(dict.fromkeys(node for edge in ratios for node in edge))
    reached = dict.fromkeys(nodes, Fraction(1))
    before: dict[Node, Node] = {}
    last: Node | None = None
    for _ in nodes:
        last = None
        for (start, end), ratio in ratios.items():
            if reached[start] * ratio < reached[end]:
                reached[end], before[end], last = reached[start] * ratio, start, end
        if last is None:
            return None
    back = [last] if last is not None else []
    while back and before[back[-1]] not in back:
        back.append(before[back[-1]])
    first = back.index(before[back[-1]]) if back else 0
    return tuple(reversed(back[first:])) or None

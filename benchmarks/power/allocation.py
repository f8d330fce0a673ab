"""Goods divided unfairly, or as a lie would have it."""

from itertools import product
from typing import Any

from mechsim.axioms import EnvyFreeUpToOne, MaximinShare, Strategyproof
from mechsim.preferences.additive import Goods

from .planted import Planted

Values = tuple[Any, ...]
Matrix = tuple[Values, ...]
Bundles = tuple[frozenset[int], ...]

FOUR = Goods(("a", "b", "c", "d"))
FIVE = Goods(("a", "b", "c", "d", "e"))


def _in_turns(values: list[Values], turns: list[int]) -> Bundles:
    """Whoever has a turn takes what it likes best of what is left."""
    left = set(range(len(values[0])))
    bundles: dict[int, set[int]] = {agent: set() for agent in range(len(values))}
    for agent in turns:
        best = max(sorted(left), key=lambda good: values[agent][good])
        left.remove(best)
        bundles[agent].add(best)
    return tuple(frozenset(bundle) for bundle in bundles.values())


def whole_values(values: Matrix) -> Bundles:
    """Turns one after the other, by values that were stored as integers."""
    stored = [tuple(int(value) for value in row) for row in values]
    return _in_turns(stored, [0, 1, 0, 1])


def exact_values(values: Matrix) -> Bundles:
    """Turns one after the other."""
    stored = [tuple(row) for row in values]
    return _in_turns(stored, [0, 1, 0, 1])


def shares_in_percent(values: Matrix) -> Bundles:
    """Turns one after the other, by what percentage of the total a good is worth."""
    shares = [tuple(100 * value // (sum(row) or 1) for value in row) for row in values]
    return _in_turns(shares, [0, 1, 0, 1, 0])


def shares_exact(values: Matrix) -> Bundles:
    """Turns one after the other, by what part of the total a good is worth."""
    shares = [tuple(100 * value / (sum(row) or 1) for value in row) for row in values]
    return _in_turns(shares, [0, 1, 0, 1, 0])


def there_and_back(values: Matrix) -> Bundles:
    """The first agent takes a good, the second two, the first the last."""
    return _in_turns(list(values), [0, 1, 1, 0])


def one_after_the_other(values: Matrix) -> Bundles:
    """The first agent takes two goods, the second what is left."""
    return _in_turns(list(values), [0, 0, 1, 1])


def to_the_poorest(values: Matrix) -> Bundles:
    """Each good to the agent who has least, by its own values."""
    agents = range(len(values))
    held: list[set[int]] = [set() for _ in agents]
    for good in range(len(values[0])):
        poorest = min(agents, key=lambda i: sum(values[i][g] for g in held[i]))
        held[poorest].add(good)
    return tuple(map(frozenset, held))


def to_the_unenvied(values: Matrix) -> Bundles:
    """Each good to an agent whom nobody envies; envy in a circle is undone."""
    agents = range(len(values))
    held: list[set[int]] = [set() for _ in agents]

    def worth(i: int, j: int) -> Any:
        return sum(values[i][g] for g in held[j])

    def envious(j: int) -> list[int]:
        return [i for i in agents if worth(i, j) > worth(i, i)]

    for good in range(len(values[0])):
        while all(envious(j) for j in agents):
            path = [0]
            while (after := envious(path[-1])[0]) not in path:
                path.append(after)
            circle = path[path.index(after) :]
            bundles = [held[j] for j in circle]
            for k, j in enumerate(circle):  # each takes what the one before has
                held[j] = bundles[k - 1]
        held[next(j for j in agents if not envious(j))].add(good)
    return tuple(map(frozenset, held))


def _chosen(parts: tuple[list[int], list[int]], chooser: Values) -> Bundles:
    first, second = parts
    if sum(chooser[g] for g in first) > sum(chooser[g] for g in second):
        first, second = second, first
    return frozenset(first), frozenset(second)


def cuts_greedily(values: Matrix) -> Bundles:
    """I cut, you choose; the cutter puts each good, the best first, where there is less."""
    cutter, chooser = values
    parts: tuple[list[int], list[int]] = ([], [])
    for good in sorted(range(len(cutter)), key=lambda g: -cutter[g]):
        smaller = min(parts, key=lambda part: sum(cutter[g] for g in part))
        smaller.append(good)
    return _chosen(parts, chooser)


def cuts_well(values: Matrix) -> Bundles:
    """I cut, you choose; the cutter tries all ways to cut."""
    cutter, chooser = values
    best: tuple[list[int], list[int]] = ([], [*range(len(cutter))])
    for sides in product((0, 1), repeat=len(cutter)):
        parts = tuple([g for g, side in enumerate(sides) if side == k] for k in (0, 1))
        if min(sum(cutter[g] for g in part) for part in parts) > min(
            sum(cutter[g] for g in part) for part in best
        ):
            best = parts[0], parts[1]
    return _chosen(best, chooser)


ALLOCATION = (
    Planted(
        "values as integers",
        "allocation",
        whole_values,
        exact_values,
        EnvyFreeUpToOne(),
        FOUR,
        2,
        "Needs values that are no whole numbers. The twin is Round Robin.",
    ),
    Planted(
        "shares in percent",
        "allocation",
        shares_in_percent,
        shares_exact,
        EnvyFreeUpToOne(),
        FIVE,
        2,
        "Needs one good to be worth a hundred times what others are, so that these are all worth "
        "0 %. The twin is Round Robin, whatever the unit of value.",
    ),
    Planted(
        "there and back",
        "allocation",
        there_and_back,
        one_after_the_other,
        Strategyproof(),
        FOUR,
        2,
        "The first agent takes what the other wants first, and what it likes best later. In the "
        "twin the first takes its two best, and the other has no say.",
    ),
    Planted(
        "to the poorest",
        "allocation",
        to_the_poorest,
        to_the_unenvied,
        EnvyFreeUpToOne(),
        FOUR,
        3,
        "Being poor by one's own values is not being unenvied. The twin is envy-cycle elimination "
        "(Lipton, Markakis, Mossel, Saberi 2004).",
    ),
    Planted(
        "greedy cut",
        "allocation",
        cuts_greedily,
        cuts_well,
        MaximinShare(),
        FIVE,
        2,
        "Needs values as 3, 3, 2, 2, 2, which split 6 to 6 but greedily 7 to 5. In the twin the "
        "cutter gets its share by definition, and the chooser gets half.",
    ),
)

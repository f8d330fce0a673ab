"""What `benchmarks.matching` runs in the peers' environment; it needs numpy and the peers only.

Reads one job a line, a JSON list of the peer's name, the number of agents and a seed; writes the
CPU seconds of making the peer's market from lists, those of solving it, and the assignment.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

Lists = npt.NDArray[np.int64]
Answer = tuple[float, float, list[int]]


def market(agents: int, seed: int) -> tuple[Lists, Lists]:
    """Full random lists of as many agents as objects: (agents, objects) and (objects, agents)."""
    rng = np.random.default_rng(seed)
    every = np.tile(np.arange(agents), (agents, 1))
    return rng.permuted(every, axis=1), rng.permuted(every, axis=1)


def matching(wanted: Lists, asked: Lists) -> Answer:
    """The package matching, which recurses deeply."""
    games: Any = import_module("matching.games")
    rows, columns = (dict(enumerate(lists.tolist())) for lists in (wanted, asked))
    start = time.process_time()
    game = games.StableMarriage.create_from_dictionaries(rows, columns)
    made = time.process_time()
    solved = game.solve(optimal="suitor")
    end = time.process_time()
    held = {suitor.name: reviewer.name for suitor, reviewer in solved.items()}
    return made - start, end - made, [held[agent] for agent in range(len(wanted))]


def algmatch(wanted: Lists, asked: Lists) -> Answer:
    """The package algmatch, which counts from 1."""
    package: Any = import_module("algmatch")
    rows, columns = (
        {1 + k: row for k, row in enumerate((1 + lists).tolist())} for lists in (wanted, asked)
    )
    start = time.process_time()
    game = package.SM(dictionary={"men": rows, "women": columns}, optimised_side="men")
    made = time.process_time()
    solved = game.get_stable_matching()
    end = time.process_time()
    held: dict[str, str] = solved["man_sided"]
    return made - start, end - made, [int(held[f"m{1 + k}"][1:]) - 1 for k in range(len(wanted))]


PEERS: dict[str, Callable[[Lists, Lists], Answer]] = {"matching": matching, "algmatch": algmatch}


def main() -> None:
    """Answer the jobs until there are none."""
    sys.setrecursionlimit(10**6)
    for line in sys.stdin:
        peer, agents, seed = json.loads(line)
        try:
            answer: Answer | None = PEERS[peer](*market(agents, seed))
        except ImportError:
            answer = None
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

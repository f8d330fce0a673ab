r"""Peers who choose one of themselves: each nominates another, and each would like to be chosen.

A type is the peer :math:`\theta_i \ne i` that agent :math:`i` thinks best.  An alternative is a
peer.  Agent :math:`i` minds only whether it is chosen itself,

.. math:: v_i(\theta_i, w) = [w = i],

so a rule is strategyproof if it is *impartial*: nobody's nomination bears on its own chance.

References
----------
Alon, Fischer, Procaccia, Tennenholtz. Sum of us: strategyproof selection from the selectors.
TARK 2011.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import sequence
from ..population import Population
from ._rows import require_names

Votes: TypeAlias = tuple[int, ...]
"""Whom each agent nominates, counted from 0."""


@dataclass(frozen=True, repr=False)
class Nominations:
    """Peers by their names, at least two.

    Examples
    --------
    >>> peers = Nominations(("ann", "bob", "cat"))
    >>> peers.read(["bob", "cat", "bob"])
    (1, 2, 1)
    >>> peers.votes((1, 2, 1))
    (0, 2, 1)
    """

    agents: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "agents", tuple(self.agents))
        require_names(self.agents, "agents")
        if len(self.agents) < 2:
            raise ValueError(f"agents is {self.agents}: there must be at least two peers")

    def types(self, agent: int, /) -> Votes:
        """All others."""
        return tuple(other for other in range(len(self.agents)) if other != agent)

    def value(self, agent: int, type_: int, alternative: int, /) -> Fraction:
        """1 to whoever is chosen, and 0 to others."""
        return Fraction(alternative == agent)

    def votes(self, reports: Votes, /) -> Votes:
        """How often each is nominated."""
        return tuple(reports.count(peer) for peer in range(len(self.agents)))

    def alternatives(self, agents: int, /) -> Votes:
        """Every peer."""
        return tuple(range(len(self.agents)))

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a peer, by number."""
        return type(alternative) is int and 0 <= alternative < len(self.agents)

    def read(self, given: Population | Iterable[Any], /) -> Votes:
        """Nominations by name or by number from 0, one an agent.

        Raises
        ------
        ValueError
            If a peer is unknown or nominates itself, or there are too few or too many entries.
        """
        listed = given.expanded() if isinstance(given, Population) else sequence(given, "reports")
        if len(listed) != len(self.agents):
            raise ValueError(
                f"reports has {len(listed)} entries: there must be one for each of "
                f"{len(self.agents)} agents"
            )
        return tuple(self._peer(one, agent) for agent, one in enumerate(listed))

    def _peer(self, one: object, agent: int) -> int:
        if isinstance(one, np.generic):
            one = cast(Any, one).item()
        peer = self.agents.index(one) if isinstance(one, str) and one in self.agents else one
        if type(peer) is not int or peer not in self.types(agent):
            others = ", ".join(self.agents[other] for other in self.types(agent))
            raise ValueError(f"reports[{agent}] is {one!r}: it must be one of {others}")
        return peer

    def tell(self, alternative: int, /) -> str:
        """The name of a peer."""
        return self.agents[alternative]

    def tell_type(self, type_: int, /) -> str:
        """The name of the peer who is nominated."""
        return self.agents[type_]

    def misreports(self, agent: int, reports: Votes, /) -> Iterator[int]:
        """All other nominations."""
        yield from (other for other in self.types(agent) if other != reports[agent])

    def simpler(self, type_: int, /) -> Iterator[int]:
        """None is simpler than another."""
        yield from ()

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Votes]:
        """Random nominations, endlessly; in some few peers are popular."""
        names = len(self.agents)
        for _ in count():
            popular = rng.permutation(names)[: int(rng.integers(2, names + 1))].tolist()
            yield tuple(
                int(rng.choice([peer for peer in popular if peer != agent]))
                for agent in range(agents)
            )

    def __repr__(self) -> str:
        return f"Nominations({', '.join(self.agents)})"

"""Many claims of one kind, written as the row of a table."""

from collections.abc import Mapping
from typing import Any

from ..setting import Domain
from .claims import Holds


def hold(domain: Domain, because: Mapping[Any, str]) -> tuple[Holds, ...]:
    """One `Holds` for each axiom, on one domain, with its reason.

    Examples
    --------
    >>> from mechsim import Anonymous, Line, Strategyproof
    >>> domain = Domain(Line(0, 1).grid(4), agents=3)
    >>> claims = hold(domain, {Anonymous(): "it sorts", Strategyproof(): "Moulin 1980"})
    >>> [claim.because for claim in claims]
    ['it sorts', 'Moulin 1980']
    """
    return tuple(Holds(axiom, domain, why) for axiom, why in because.items())

"""Many claims of one kind, written as the row of a table."""

from collections.abc import Mapping
from typing import Any

from ..setting import Domain
from .claims import Holds
from .domains import Continuum


def hold(
    domain: Domain | Continuum | tuple[Domain | Continuum, ...], because: Mapping[Any, str]
) -> tuple[Holds, ...]:
    """One `Holds` for each axiom and each domain, with the axiom's reason.

    Examples
    --------
    >>> from mechsim import Anonymous, Line, Strategyproof
    >>> domains = (Domain(Line(0, 1).grid(4), agents=4), Continuum(Line(0, 1), agents=3))
    >>> claims = hold(domains, {Anonymous(): "it sorts", Strategyproof(): "Moulin 1980"})
    >>> [claim.because for claim in claims]
    ['it sorts', 'it sorts', 'Moulin 1980', 'Moulin 1980']
    """
    domains = domain if isinstance(domain, tuple) else (domain,)
    return tuple(Holds(axiom, where, why) for axiom, why in because.items() for where in domains)

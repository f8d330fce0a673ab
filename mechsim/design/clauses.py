"""Clauses of an axiom about a rule that is sought, many at a time."""

from dataclasses import dataclass
from typing import Any

from ..axioms._sought import Numbers


@dataclass(frozen=True, eq=False)
class Clauses:
    """Many clauses of one axiom, alike but for the profiles that they are about.

    Parameters
    ----------
    axiom : Axiom or None
        None where they say that one alternative is chosen, and what that means for sets.
    literals : (k, width) int array
        Variables, from 1; negative where negated; 0 where a clause is shorter.
    profiles : (k, width, agents) int array
        The profile that each literal is about.
    members : (k, width) int array
        The number of the set that each literal is about.
    """

    axiom: Any
    literals: Numbers
    profiles: Numbers
    members: Numbers

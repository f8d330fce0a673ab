"""A contradiction with as few rows as its rows allow, the bounds of variables being granted."""

import numpy as np

from ._lazy import Mask, scattered, subset
from .certificates import Infeasible
from .solving import solve


def irreducible(found: Infeasible) -> Infeasible:
    """Rows that contradict each other and none of which can be spared.

    The multipliers of a contradiction already use no row or bound in vain; but other bounds may
    make up for a row.  So each row is left out once, and stays out if the rest still contradict
    each other (Chinneck and Dravnieks).

    References
    ----------
    Chinneck, Dravnieks. Locating minimal infeasible constraint sets in linear programs. ORSA
    Journal on Computing 3(2), 1991.
    """
    needed: set[int] = set()
    while True:
        used = [row for row, y in enumerate(found.multipliers) if y]
        spared = next((row for row in used if row not in needed), None)
        if spared is None:
            return found
        kept: Mask = np.zeros(found.program.shape[0], dtype=bool)
        kept[[row for row in used if row != spared]] = True
        less = solve(subset(found.program, kept)) if kept.any() else None
        if isinstance(less, Infeasible):
            found = Infeasible(found.program, scattered(less.multipliers, kept))
        else:
            needed.add(spared)

r"""What a principal loses that does not correlate the efforts that it asks for.

*Deterministic* mechanisms ask always for the same efforts; *product* mechanisms draw each expert's
effort independently, :math:`\mu(b) = \prod_i \mu_i(b_i)`.  Neither set is convex.  Deterministic
profiles are enumerated.  Product plans are searched on a grid, so that the best found is a lower
bound for their optimum; the program over all plans (`hire`) is an upper bound.

If signals are independent given the state, the best deterministic mechanism is optimal: payments
may be replaced by their mean given an expert's own effort, signal and the state, which changes
neither incentives nor costs, and then the problem splits by experts.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from .._numbers import Number, real, show, whole
from ..preferences.acquisition import Acquisition
from .decision import Decision
from .hired import Efforts, Hired
from .hiring import Hiring

Plan = dict[Efforts, Fraction]


def hire_deterministically(setting: Acquisition, decision: Decision, cap: Number) -> Hired:
    """The best mechanism that asks always for the same efforts.

    Parameters
    ----------
    setting, decision, cap
        As of `hire`.

    Returns
    -------
    Hired

    Examples
    --------
    >>> from mechsim.information import hidden_bit
    >>> pair = hidden_bit(Fraction(3, 5), cost=1)
    >>> hire_deterministically(pair, Decision.guess(("rise", "fall"), 100), cap=5).value
    Fraction(56, 1)
    """
    program = Hiring(setting, decision, Fraction(real(cap, "cap")))
    return _best(program, ({b: Fraction(1)} for b in program.efforts))


def hire_independently(
    setting: Acquisition, decision: Decision, cap: Number, *, steps: int = 5
) -> Hired:
    """The best mechanism that draws efforts independently, with chances that are multiples.

    Parameters
    ----------
    setting, decision, cap
        As of `hire`.
    steps : int
        Chances are multiples of ``1 / steps``; a program is solved for each such plan whose
        decision is worth more than the best mechanism so far.

    Returns
    -------
    Hired

    Examples
    --------
    >>> from mechsim.information import hidden_bit
    >>> pair = hidden_bit(Fraction(3, 5), cost=1)
    >>> hire_independently(pair, Decision.guess(("rise", "fall"), 100), cap=5).value
    Fraction(286, 5)
    """
    whole(steps, "steps", least=1)
    program = Hiring(setting, decision, Fraction(real(cap, "cap")))
    each = [list(_simplex(len(expert.efforts), steps)) for expert in setting.experts]
    names = [[effort.name for effort in expert.efforts] for expert in setting.experts]

    def plans() -> Iterator[Plan]:
        for chances in product(*each):
            drawn = (zip(n, c, strict=True) for n, c in zip(names, chances, strict=True))
            plan: Plan = {}
            for chosen in product(*drawn):
                share = math.prod((p for _, p in chosen), start=Fraction(1))
                if share:
                    plan[tuple(name for name, _ in chosen)] = share
            yield plan

    return _best(program, plans())


def _best(program: Hiring, plans: Iterator[Plan]) -> Hired:
    """The first of the best, trying plans whose decisions are worth most first."""
    if program.cap <= 0:
        raise ValueError(f"cap is {show(program.cap)}: it must be positive")
    worth = dict(zip(program.efforts, program.worth, strict=True))
    bounded = [(sum((p * worth[b] for b, p in plan.items()), Fraction(0)), plan) for plan in plans]
    best: Hired | None = None
    for bound, plan in sorted(bounded, key=lambda pair: -pair[0]):
        if best is not None and bound <= best.value:
            break
        found = program.solve(plan)
        if isinstance(found, Hired) and (best is None or found.value > best.value):
            best = found
    assert best is not None  # to ask for what costs least, unpaid, is obeyed
    return best


def _simplex(size: int, steps: int) -> Iterator[tuple[Fraction, ...]]:
    """Distributions over ``size`` entries in multiples of ``1 / steps``."""
    if size == 1:
        yield (Fraction(1),)
        return
    for counts in product(range(steps + 1), repeat=size - 1):
        if sum(counts) <= steps:
            yield tuple(Fraction(k, steps) for k in (*counts, steps - sum(counts)))

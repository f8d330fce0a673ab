"""Proofs for all reports of a continuum: by what a mechanism declares to be, and by its code."""

from collections.abc import Sequence
from typing import Any, cast

from .._numbers import whole
from ..axioms import Axiom, OutcomeAxiom, Proved, Unknown, Verdict
from ..budget import Budget, require_budget
from ..mechanism import Playable
from ..sampler import Draw
from .continuum import prove_by_paths
from .declarative import declares, prove_declared

FEW = 4
"""With so few agents the code of a mechanism that declares what it is is explored as well."""

SOME = 2_500
"""Paths that this may take, so that nothing need be granted of the code."""


def prove(
    mechanism: Playable | Draw,
    axiom: Axiom | OutcomeAxiom,
    setting: Any,
    *,
    agents: int,
    budget: Budget = Budget(),
    assuming: Sequence[Any] = (),
    workers: int = 1,
) -> Verdict:
    """Prove or refute an axiom for all reports of a continuum.

    A mechanism that declares what it is, as most on a line do, is judged by that, by
    `prove_declared`; for few agents its code is explored as well, so that nothing need be granted.
    Of others the code is explored, by `prove_by_paths`.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery.
    axiom : Axiom or OutcomeAxiom
        An axiom whose cases are known; an outcome axiom is read ex post.
    setting : Setting
        One whose types are numbers between bounds: ``Line(0, 1)``, positions, goods.
    agents : int
        How many agents report.
    budget : Budget
        At most so many paths, as ``calls``; about so many milliseconds of z3.
    assuming : sequence of axioms
        ``(Anonymous(),)`` grants anonymity on a line, for paths.  These come first then.
    workers : int
        Processes that share the paths.

    Returns
    -------
    Verdict
        `Proved` for all reports, with what was granted; `Refuted` with a witness; `Misbehaved` if
        code does otherwise than is declared; or `Unknown`, which says what is beyond this.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.facility import Mean, Median
    >>> from mechsim.preferences import Line
    >>> print(prove(Median(), Strategyproof(), Line(0, 1), agents=2))
    Median satisfies Strategyproof for 2 agents with any numbers from 0 to 1 on Line(0, 1), in \
exact arithmetic: no violation on any of 11 paths
    >>> print(prove(Mean(), Strategyproof(), Line(0, 1), agents=10).word)
    refuted
    """
    require_budget(budget)
    whole(workers, "workers", least=1)

    def by_paths(calls: int) -> Verdict:
        return prove_by_paths(
            mechanism,
            axiom,
            setting,
            agents=agents,
            budget=Budget(calls),
            assuming=assuming,
            workers=workers,
        )

    if not declares(mechanism):
        return by_paths(budget.calls)
    mechanism = cast(Playable, mechanism)
    if assuming:
        found = by_paths(budget.calls)
        if not isinstance(found, Unknown):
            return found
    declared = prove_declared(mechanism, axiom, setting, agents=agents, budget=budget)
    if isinstance(declared, Unknown):
        found = by_paths(budget.calls)
        return _both_unknown(found, declared) if isinstance(found, Unknown) else found
    if isinstance(declared, Proved) and declared.assuming and agents <= FEW:
        found = by_paths(min(budget.calls, SOME))
        return declared if isinstance(found, Unknown) else found
    return declared


def _both_unknown(found: Unknown, declared: Unknown) -> Unknown:
    reasons = f"{found.reason}; {declared.reason}"
    return Unknown(found.mechanism, found.axiom, reasons, found.spent)

r"""Proofs for all reports of a continuum: the mechanism is run once for each way it can go.

`mechsim.proving.paths` runs mechanism and axiom on reports that stand for all numbers.  On each
path the violation is an affine form on a region given by linear inequalities; if it is positive
nowhere on any of them the axiom holds for all reports of so many agents.  If it is positive
somewhere, that place is played in fractions, and refutes.

What is proved is about exact numbers: reports are fractions, and floats in an outcome are read as
the fractions that they are.  Code that computes in floats, asks for more of a report than its
order and its sums, keeps state, or cannot be looked into, is not judged here.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any, cast

from .._numbers import whole
from .._text import brief
from ..axioms import Axiom, Explored, OutcomeAxiom, Proved, Unknown, Verdict, lift
from ..axioms._patience import ticking
from ..budget import Budget, require_budget
from ..mechanism import Playable, require_mechanism
from ..sampler import Draw, as_sampler
from ..setting import Undecided
from .affine import Unsupported
from .attempt import Attempt, Question
from .bytecode import Opaque
from .crews import Look, crew

REPLAYED = 256
"""Paths of which a point is played in fractions, before only each sixteenth is."""


def prove_by_paths(
    mechanism: Playable | Draw,
    axiom: Axiom | OutcomeAxiom,
    setting: Any,
    *,
    agents: int,
    budget: Budget = Budget(),
    assuming: Sequence[Any] = (),
    workers: int = 1,
) -> Verdict:
    """Prove or refute an axiom for all reports of a continuum, by exploring all paths.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery, in code that compares reports, and adds them and
        multiplies them by numbers: sorting, medians, minima, absolute values, roundings.
    axiom : Axiom or OutcomeAxiom
        An axiom whose cases are known here; an outcome axiom is read ex post.
    setting : Setting
        One whose types are numbers between bounds: ``Line(0, 1)``, positions, goods.
    agents : int
        How many agents report.
    budget : Budget
        At most so many paths, as ``calls``.
    assuming : sequence of axioms
        ``(Anonymous(),)`` grants anonymity on a line; then one agent departs, and the reports of
        the others increase.
    workers : int
        Processes that share the paths.  The verdict is the same; it takes some seconds of paths
        until more than one are worth it.

    Returns
    -------
    Verdict
        `Proved` for all reports, `Refuted` with a witness, or `Unknown`, which says what is beyond
        this; it does not search.

    Raises
    ------
    ValueError
        If there is to be more than one worker, and the question cannot be sent to other processes.

    Notes
    -----
    The number of paths grows like the number of orders of the reports, :math:`(n + 1)!`; each
    takes as long as a few plays of the mechanism in fractions.  See King, Symbolic execution and
    program testing, CACM 1976.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.facility import Median
    >>> from mechsim.preferences import Line
    >>> print(prove_by_paths(Median(), Strategyproof(), Line(0, 1), agents=2))
    Median satisfies Strategyproof for 2 agents with any numbers from 0 to 1 on Line(0, 1), in \
exact arithmetic: no violation on any of 11 paths
    """
    whole(agents, "agents", least=1)
    require_mechanism(mechanism)
    whole(workers, "workers", least=1)
    require_budget(budget)
    read = lift(axiom)
    if as_sampler(mechanism) is not None:
        why = "what is known by its draws only is tested by verify, and never proved"
        return Unknown(mechanism, read, why, 0)
    mechanism = cast(Playable, mechanism)
    question = Question(mechanism, read, setting, agents, tuple(assuming))
    try:
        with ticking():
            attempt = Attempt.at(question)
            with crew(attempt, workers) as look:
                return _verdict(attempt, budget, look)
    except (Unsupported, Opaque, Undecided) as why:
        return Unknown(mechanism, read, f"no proof by paths: {why}", 0)


def _verdict(attempt: Attempt, budget: Budget, look: Look) -> Verdict:
    """That of all explorations, one a departing agent or case of the axiom."""
    question = attempt.question
    paths = asked = cases = 0
    for first in count() if attempt.departing is None else attempt.departing:
        here, before = 0, paths
        for seen in look(first, budget.calls - before, max(0, REPLAYED - before)):
            paths, asked, here = paths + seen.paths, asked + seen.asked, here + seen.cases
            if paths > budget.calls:
                raise Unsupported(f"there are more than {budget.calls - before:,} paths")
            if seen.refused:
                raise Unsupported(seen.refused)
            if seen.point is not None:
                return attempt.refuted(first, seen.point)
        cases += here
        if attempt.departing is None and not here:
            break
    if not cases:
        raise Undecided("no case arises")
    attempt.box.require_unchanged()
    where = (
        f"{attempt.space.told(question.agents)} on {brief(question.setting)}, in exact arithmetic"
    )
    explored = Explored(paths, asked, question.setting, question.agents)
    return Proved(question.mechanism, question.axiom, explored, where, question.assuming)

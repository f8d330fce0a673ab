"""One question, one honest verdict: does this mechanism satisfy this axiom in this setting?

A finite setting is exhausted if the budget allows it, and then the verdict is a proof for that
number of agents and those types.  Otherwise the mechanism is searched in several ways: the
verdict is a refutation, replayed and shrunk, or the statement that the search found nothing.
"""

from itertools import islice

from .._numbers import whole
from .._text import brief
from ..axioms import (
    Axiom,
    Exhaustion,
    OutcomeAxiom,
    Proved,
    Refuted,
    Survived,
    Tally,
    Verdict,
    check,
    lift,
    places,
    shrink,
)
from ..budget import Budget
from ..mechanism import Playable
from ..setting import Domain, Instance, Setting
from .search import Searched, search

EXHAUSTED = 20
"""Cases that may be evaluated for each call of the budget to exhaust a finite setting."""


def verify(
    mechanism: Playable,
    axiom: Axiom | OutcomeAxiom,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
    progress: bool = False,
) -> Verdict:
    """The strongest verdict on ``mechanism`` and ``axiom`` that the budget allows.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery: one of the library's, or any function of a tuple.
    axiom : Axiom or OutcomeAxiom
        What to test.  An outcome axiom is read ex post: every outcome that may be drawn
        satisfies it.
    setting : Setting
        The types agents may have and what they like, for example ``Line(0, 1)``, where profiles
        are searched, or ``Line(0, 1).grid(4)``, where all of them can be tried.
    agents : int
        How many agents report.
    budget : Budget
        How often the mechanism may be played.
    progress : bool
        Whether to show a bar where there is a terminal.

    Returns
    -------
    Verdict
        `Refuted` with a witness, `Proved` for the finite domain, `Survived`, `Unknown` or
        `Misbehaved`.  An interrupt from the keyboard (Ctrl-C, or the stop button of a notebook)
        ends a search with the verdict so far.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.facility import Mean
    >>> from mechsim.preferences import Line
    >>> print(verify(Mean(), Strategyproof(), Line(0, 1), agents=2))
    Mean fails Strategyproof on Line(0, 1): at (0, 1/2), agent 1 reports 1 instead of 1/2, \
which moves the outcome from 1/4 to 1/2 and gains it 1/4
    """
    _require(mechanism, setting, agents)
    read = lift(axiom)
    where = f"{agents} {'agent' if agents == 1 else 'agents'} on {brief(setting)}"
    if _exhaustible(read, setting, agents, budget):
        domain = Domain(setting, agents)
        tried = check(read, mechanism, places(read, domain), calls=budget.calls)
        if not isinstance(tried, Tally):
            return shrink(tried) if isinstance(tried, Refuted) else tried
        if tried.complete and tried.rounded:
            return Survived(mechanism, read, where, tried.instances, tried.cases, rounded=True)
        if tried.complete:
            certificate = Exhaustion(tried.instances, tried.cases)
            return Proved(mechanism, read, certificate, where)
    found = search(read, mechanism, setting, agents=agents, budget=budget, progress=progress)
    if isinstance(found, Searched):
        return Survived(
            mechanism,
            read,
            where,
            found.calls,
            found.cases,
            found.rounded,
            found.independent,
            found.interrupted,
        )
    return shrink(found) if isinstance(found, Refuted) else found


def _require(mechanism: Playable, setting: Setting, agents: int) -> None:
    """Raise `ValueError` unless these make a question."""
    whole(agents, "agents", least=1)
    if isinstance(setting, type) or not (hasattr(setting, "types") and hasattr(setting, "value")):
        raise ValueError(f"setting is {setting!r}: it must have types and value, as Line(0, 1)")
    if not callable(mechanism):
        raise ValueError(f"mechanism is {mechanism!r}: it must be a function of reports")
    if isinstance(mechanism, type):
        name = brief(mechanism)
        raise ValueError(f"mechanism is the class {name}: make one first, as in {name}()")
    named: tuple[str, ...] = getattr(setting, "agents", ())
    if named and len(named) != agents:
        raise ValueError(
            f"agents is {agents}: {brief(setting)} has {len(named)}, {', '.join(named)}"
        )
    if any(setting.types(agent) == () for agent in range(agents)):
        raise ValueError(f"setting is {brief(setting)}: an agent must have some type")


def _exhaustible(axiom: Axiom, setting: Setting, agents: int, budget: Budget) -> bool:
    """Whether a finite setting fits into the budget: its profiles, and their cases by one of them.

    Where an axiom says itself where it is judged, trying tells.
    """
    types = [setting.types(agent) for agent in range(agents)]
    if not all(types):
        return False
    if hasattr(axiom, "instances"):
        return True
    profiles = Domain(setting, agents).size
    if profiles > budget.calls:
        return False
    mixed = tuple(listed[agent % len(listed)] for agent, listed in enumerate(types) if listed)
    most = EXHAUSTED * budget.calls // profiles
    return sum(1 for _ in islice(axiom.cases(Instance(setting, mixed)), most + 1)) <= most

"""One question, one honest verdict: does this mechanism satisfy this axiom in this setting?

A finite setting is exhausted if the budget allows it, and then the verdict is a proof for that
number of agents and those types.  Otherwise the mechanism is searched in several ways: the
verdict is a refutation, replayed and shrunk, or the statement that the search found nothing.  Where
types are numbers of a continuum, a few paths, or what the mechanism declares to be, may then show
that there is nothing to be found.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, cast

from .._numbers import whole
from .._text import brief, many
from ..axioms import (
    Axiom,
    Exhaustion,
    Misbehaved,
    MixtureOf,
    OutcomeAxiom,
    Proved,
    Refuted,
    Survived,
    Tally,
    Universally,
    Unknown,
    Verdict,
    check,
    lift,
    places,
    shrink,
    simplify,
)
from ..axioms.checking import chooses
from ..budget import Budget, require_budget
from ..mechanism import Playable, require_mechanism
from ..sampler import Draw, as_sampler
from ..setting import Domain, Instance, Setting, Undecided
from .by_table import by_table, is_tabular
from .declarative import declares
from .known_axioms import may_grant
from .mixtures import by_mixture
from .orbits import Orbits
from .proofs import prove
from .sampled import bet_against
from .search import Searched, search

EXHAUSTED = 20
"""Cases that may be evaluated for each call of the budget to exhaust a finite setting."""

A_PATH = 20
"""Calls of the budget that a path of a continuum costs: about as much time, with the axiom's."""

MOST_PATHS = 1_000
"""Paths after which a search is better; `prove` goes on for longer."""


def verify(
    mechanism: Playable | Draw,
    axiom: Axiom | OutcomeAxiom,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
    assuming: Sequence[Any] = (),
    progress: bool = False,
) -> Verdict:
    """The strongest verdict on ``mechanism`` and ``axiom`` that the budget allows.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery: one of the library's, or any function of a tuple.  A
        function of ``(reports, rng)``, or another `Sampler`, is drawn from and bet against.
    axiom : Axiom or OutcomeAxiom
        What to test.  An outcome axiom is read ex post: every outcome that may be drawn
        satisfies it.  Of a mechanism that does not say its rules, ``Universally(Strategyproof())``
        is read as `MixtureOf` on a finite setting.
    setting : Setting
        The types agents may have and what they like, for example ``Line(0, 1)``, where profiles
        are searched, or ``Line(0, 1).grid(4)``, where all of them can be tried.
    agents : int
        How many agents report.
    budget : Budget
        How often the mechanism may be played.
    assuming : sequence of Anonymous or Neutral
        What is granted of the mechanism, so that one profile of each kind is enough to exhaust a
        finite setting.  The verdict says so.
    progress : bool
        Whether to show a bar where there is a terminal.

    Returns
    -------
    Verdict
        `Refuted` with a witness, `Proved` for the finite domain, or, where `prove` can do that
        soon, for all reports of a continuum; `Survived`, `Unknown` or `Misbehaved`; of what is
        known by its draws only `RefutedAt` a level, and never a proof.  An interrupt
        from the keyboard (Ctrl-C, or the stop button of a notebook) ends a search with the verdict
        so far.

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
    require_budget(budget)
    if not isinstance(cast(object, assuming), Iterable):
        one = brief(assuming)
        raise ValueError(f"assuming is {one}: it must be a sequence of axioms, as in ({one}(),)")
    read = lift(axiom)
    sampler = as_sampler(mechanism)
    if sampler is not None:
        if assuming:
            raise ValueError(
                f"assuming is given for {brief(sampler)}: it is known by its draws only, and "
                "nothing is exhausted for which it could be granted"
            )
        return bet_against(sampler, read, setting, agents=agents, budget=budget)
    mechanism = cast(Playable, mechanism)
    where = f"{agents} {'agent' if agents == 1 else 'agents'} on {brief(setting)}"
    if assuming and isinstance(read, (Universally, MixtureOf)):
        raise ValueError(
            f"assuming is given for {brief(read)}: lotteries may be symmetric where the rules that "
            "are drawn are not, so nothing can be granted of these"
        )
    verdict = by_mixture(mechanism, read, setting, agents, budget.calls, where)
    if verdict is None:
        verdict = _by_exhaustion(mechanism, read, setting, agents, budget, tuple(assuming), where)
    if verdict is not None:
        return verdict
    if declares(mechanism):  # a proof that grants nothing needs no search
        verdict = _for_all_reports(mechanism, read, setting, agents, budget, assuming)
        if isinstance(verdict, Proved) and not verdict.assuming:
            return verdict
    found = search(read, mechanism, setting, agents=agents, budget=budget, progress=progress)
    if isinstance(found, Searched) and not (found.cases or found.swept):
        why = "the search was interrupted" if found.interrupted else "no case arose"
        played = many(found.calls, "profile")
        return Unknown(mechanism, read, f"nothing was tried: {why}, {played} played", 0)
    if isinstance(found, Searched):
        if not found.interrupted:
            verdict = _for_all_reports(mechanism, read, setting, agents, budget, assuming)
            if verdict is not None:
                return verdict
        return Survived(
            mechanism,
            read,
            where,
            found.calls,
            found.cases,
            found.rounded,
            found.independent,
            found.interrupted,
            found.swept,
        )
    if isinstance(found, Misbehaved):
        return simplify(found)
    return shrink(found) if isinstance(found, Refuted) else found


def _for_all_reports(
    mechanism: Playable,
    axiom: Axiom,
    setting: Setting,
    agents: int,
    budget: Budget,
    assuming: Sequence[Any],
) -> Verdict | None:
    """What paths or a declaration say of a continuum, or None if these do not decide it.

    It comes after the search, whose witnesses are simpler and which knows what misbehaves.
    """
    most = min(MOST_PATHS, budget.calls // A_PATH)
    if not most:
        return None
    granted = tuple(one for one in assuming if may_grant(one, setting))
    paths = Budget(most)
    try:
        found = prove(mechanism, axiom, setting, agents=agents, budget=paths, assuming=granted)
    except KeyboardInterrupt:
        return None
    return None if isinstance(found, Unknown) else found


def _by_exhaustion(
    mechanism: Playable,
    axiom: Axiom,
    setting: Setting,
    agents: int,
    budget: Budget,
    assuming: tuple[Any, ...],
    where: str,
) -> Verdict | None:
    """The verdict of trying everything in a finite setting, or None if that is too much."""
    if not all(setting.types(agent) for agent in range(agents)):
        return None
    domain = Domain(setting, agents)
    instances: Iterable[Instance] = places(axiom, domain)
    profiles = domain.size
    if assuming:
        orbits = Orbits(domain, assuming)
        instances, profiles = orbits, orbits.most
    elif profiles <= budget.calls and is_tabular(axiom, setting, agents):
        return by_table(mechanism, axiom, setting, agents, where)
    if not hasattr(axiom, "instances"):  # which says itself where it is judged; trying tells
        mixed = tuple(
            (setting.types(a) or ())[a % len(setting.types(a) or ())] for a in range(agents)
        )
        most = EXHAUSTED * budget.calls // profiles
        cases = _count(axiom, Instance(setting, mixed), most + 1)
        if profiles > budget.calls or cases > most:
            return None
    tried = check(axiom, mechanism, instances, calls=budget.calls if not assuming else None)
    if not isinstance(tried, Tally):
        return shrink(tried) if isinstance(tried, Refuted) else tried
    if not tried.complete:
        return None
    if isinstance(instances, Orbits):
        instances.require_alike(mechanism)
    if tried.rounded:
        return Survived(mechanism, axiom, where, tried.instances, tried.cases, rounded=True)
    certificate = Exhaustion(tried.instances, tried.cases, chooses(axiom))
    granted = assuming + tried.granted
    return Proved(mechanism, axiom, certificate, tried.scope(where), granted, domain)


def _count(axiom: Axiom, instance: Instance, most: int) -> int:
    """How many cases there are at ``instance``, up to ``most``."""
    try:
        return sum(1 for _ in islice(axiom.cases(instance), most))
    except Undecided:  # which is said when they are tried
        return 0


def _require(mechanism: object, setting: Setting, agents: int) -> None:
    """Raise `ValueError` unless these make a question."""
    whole(agents, "agents", least=1)
    if isinstance(setting, type) or not (hasattr(setting, "types") and hasattr(setting, "value")):
        raise ValueError(f"setting is {setting!r}: it must have types and value, as Line(0, 1)")
    require_mechanism(mechanism)
    named: tuple[str, ...] = getattr(setting, "agents", ())
    if named and len(named) != agents:
        raise ValueError(
            f"agents is {agents}: {brief(setting)} has {len(named)}, {', '.join(named)}"
        )
    if any(setting.types(agent) == () for agent in range(agents)):
        raise ValueError(f"setting is {brief(setting)}: an agent must have some type")

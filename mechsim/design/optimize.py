"""The best mechanism that satisfies axioms, or the proof that there is none.

A randomized mechanism on finitely many types is a point of a linear program: a probability for each
alternative at each profile.  Axioms write rows, the objective is linear, and the optimum comes with
multipliers that prove it best.

References
----------
Conitzer, Sandholm. Complexity of mechanism design. UAI 2002.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .._numbers import whole
from .._text import brief
from ..axioms import Anonymous, Axiom, OutcomeAxiom, lift
from ..objectives import Objective
from ..program import Infeasible, Optimum, Program, Unbounded, irreducible
from ..setting import Setting, Undecided
from .designed import Designed, NoMechanism, NotBest
from .goals import Goal, WorstCaseRatio
from .sought import Blueprint

MOST = 20_000_000
"""Probabilities, and rows of incentives, that a program may have."""


@dataclass(frozen=True)
class Question:
    """What is asked for: all that an answer is about.

    Parameters
    ----------
    goal : Goal
    axioms : tuple of Axiom
        As they are read of mechanisms.
    setting : Setting
    agents : int
    alternatives : tuple
    payments : bool
    """

    goal: Goal
    axioms: tuple[Any, ...]
    setting: Any
    agents: int
    alternatives: tuple[Any, ...]
    payments: bool

    @property
    def size(self) -> tuple[int, int, int]:
        """At most so many profiles, probabilities, and rows by which a lie does not pay."""
        counts = [len(self.setting.types(agent) or ()) for agent in range(self.agents)]
        alike = Anonymous() in self.axioms
        ordered = math.comb(counts[0] + self.agents - 1, self.agents)
        profiles = ordered if alike else math.prod(counts)
        lies = profiles * sum(count - 1 for count in counts)
        return profiles, profiles * len(self.alternatives), lies

    def write(self) -> tuple[Blueprint, Program]:
        """The unknown mechanism, and the program whose optimum is the best one."""
        try:
            return self._written()
        except Undecided as why:
            raise ValueError(f"the question cannot be written as rows: {why}") from None

    def _written(self) -> tuple[Blueprint, Program]:
        sought = Blueprint(self.setting, self.agents, self.alternatives, self.payments)
        alike = [a.symmetries(sought) for a in self.axioms if hasattr(a, "symmetries")]
        sought.lay_out(alike)
        for axiom in self.axioms:
            if not hasattr(axiom, "symmetries"):
                axiom.rows(sought)
        return sought, self.goal.finish(sought)


def optimize(
    objective: Goal | Objective,
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    payments: bool | None = None,
    seconds: float | None = None,
    progress: bool = False,
) -> Designed | NoMechanism | NotBest:
    """The best randomized mechanism that satisfies ``axioms`` on a finite setting.

    Parameters
    ----------
    objective : Goal or Objective
        `WorstCaseRatio`, `WorstCaseValue`, `Average`, `Welfare`, `Revenue`; an objective such as
        ``MaxCost()`` by itself is its worst-case ratio.
    axioms : iterable of Axiom or OutcomeAxiom
        Those that are linear: they have ``rows`` or ``symmetries``.  Outcome axioms are read ex
        post; ``ExAnte(axiom)`` reads them in expectation.
    setting : Setting
        With finitely many types, as ``Line(0, 1).grid(4)``.
    agents : int
        How many agents report.
    alternatives : iterable, optional
        What may be chosen; by default what the setting lists, by ``alternatives(agents)``.
    payments : bool, optional
        Whether agents pay; by default as the setting says, by ``money``.
    seconds : float, optional
        When to stop; the answer is then a bound.
    progress : bool
        Whether to show a bar where there is a terminal.

    Returns
    -------
    Designed
        A mechanism, its exact value, and the multipliers that prove it best.
    NoMechanism
        Rows that contradict each other, none of which can be spared.
    NotBest
        A proved bound, where the time was over.

    Raises
    ------
    ValueError
        If something is not finite, not exact, or no linear condition; or if the objective has no
        bound, as revenue without individual rationality.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof
    >>> from mechsim.objectives import MaxCost
    >>> best = optimize(MaxCost(), [Strategyproof()], Line(0, 1).grid(2), agents=2)
    >>> best.value
    Fraction(4, 3)
    """
    question = ask(objective, axioms, setting, agents, alternatives, payments)
    return best(question, seconds, progress=progress)


def best(
    question: Question, seconds: float | None = None, *, progress: bool = False
) -> Designed | NoMechanism | NotBest:
    """The answer to a question; see `optimize`."""
    profiles, probabilities, lies = question.size
    if probabilities > MOST or lies > MOST:
        raise ValueError(
            f"{brief(question.setting)} has {profiles:,} profiles of {question.agents} agents, so "
            f"that {probabilities:,} probabilities and {lies:,} lies are to be written: more than "
            f"{MOST:,}"
        )
    sought, program = question.write()
    answer = program.solve(first=sought.first, seconds=seconds, progress=progress)
    again = getattr(question.goal, "again", None)
    while isinstance(answer, Optimum) and again is not None:
        following: Program | None = again(sought, answer)
        if following is None:
            break
        answer = following.solve(first=sought.first, seconds=seconds, progress=progress)
    if isinstance(answer, Optimum):
        return Designed(question, answer, sought)
    if isinstance(answer, Infeasible):
        return NoMechanism(question, irreducible(answer))
    if isinstance(answer, Unbounded):
        raise ValueError(
            f"objective is {brief(question.goal)}: it has no bound, as nothing keeps "
            f"{answer.steepest} from growing"
        )
    return NotBest(question, answer.bound)


def ask(
    objective: Any,
    axioms: Iterable[Any],
    setting: Any,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    payments: bool | None = None,
) -> Question:
    """The question, complete.

    Raises
    ------
    ValueError
        If it is none.
    """
    whole(agents, "agents", least=1)
    goal = objective if hasattr(objective, "finish") else WorstCaseRatio(objective)
    known = hasattr(objective, "finish") or hasattr(objective, "of")
    if isinstance(objective, type) or not known:
        raise ValueError(f"objective is {brief(objective)}: it must be a goal or an objective")
    read = tuple(dict.fromkeys(map(lift, axioms)))
    for axiom in read:
        if not (hasattr(axiom, "rows") or hasattr(axiom, "symmetries")):
            raise ValueError(f"axioms has {brief(axiom)}: it does not say its rows")
    for agent in range(agents):
        if not setting.types(agent):
            raise ValueError(
                f"setting is {brief(setting)}: its types must be finitely many, as on a grid"
            )
    if alternatives is None and not hasattr(setting, "alternatives"):
        raise ValueError(f"setting is {brief(setting)}: say what the alternatives are")
    given: Iterable[Any] = setting.alternatives(agents) if alternatives is None else alternatives
    listed = tuple(dict.fromkeys(given))
    if not listed:
        raise ValueError("alternatives is empty: something must be chosen")
    asked = bool(getattr(setting, "money", False)) if payments is None else payments
    if getattr(goal, "needs_payments", False) and not asked:
        raise ValueError(f"objective is {brief(goal)}: on {brief(setting)} nobody pays")
    return Question(goal, read, setting, agents, listed, asked)

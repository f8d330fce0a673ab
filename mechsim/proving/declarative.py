"""Proofs for mechanisms that declare what they are: by the form, or by the word of z3.

A form is first looked at: that a clamp cannot be manipulated, or that a symmetric form is
anonymous, is a theorem for any number of agents.  Otherwise the axiom becomes formulas of linear
arithmetic about the reports.  If none can be satisfied, the axiom holds for all reports, and the
verdict says that this is the word of z3.  Reports that satisfy one are played in fractions, and
refute.

A proof is about the form.  Of a `Declared` mechanism the form is all there is; of others it is
granted that their code computes it, which is tested at some profiles, exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any, cast

import numpy as np

from .._numbers import show_all, whole
from .._text import brief
from ..axioms import (
    Anonymous,
    Axiom,
    ByForm,
    ExAnte,
    ExPost,
    Misbehaved,
    OutcomeAxiom,
    ParetoOptimal,
    Played,
    Proved,
    Refuted,
    Strategyproof,
    Unanimous,
    Universally,
    Unknown,
    Unsatisfiable,
    Verdict,
    check,
    lift,
    shrink,
)
from ..axioms._memory import Misbehaviour, watched
from ..axioms._patience import ticking
from ..axioms.checking import try_case
from ..budget import Budget, require_budget
from ..declared import Declared, Form, Mixed, drawn
from ..mechanism import Playable, draws_rule, play, require_mechanism
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance, SinglePeaked
from ..setting import Instance, Undecided
from .demands import Question, outside, questions
from .domains import Space, space_of
from .forms import between_reports, blocks, clamps, on_the_line, spread
from .formulas import RESOURCES, Found, World
from .known_axioms import innermost

COMPARED = 256
"""Profiles at which code is compared with what it declares."""

AS_DECLARED = f"that its code computes what it declares, as at {COMPARED} profiles"

CLAMPS = ByForm(
    "as a function of any one report each outcome is that report, clamped between two places that "
    "it does not move",
    "Moulin 1980",
)
SYMMETRIC = ByForm("the form stays the same if two neighbouring agents trade reports")
BETWEEN = ByForm("by their ranks, all outcomes lie between the lowest and the highest report")
DEAF = ByForm("no report is part of the form")


def declares(mechanism: object) -> bool:
    """Whether a mechanism says what it computes."""
    return hasattr(mechanism, "declared")


def prove_declared(
    mechanism: Playable,
    axiom: Axiom | OutcomeAxiom,
    setting: Any,
    *,
    agents: int,
    budget: Budget = Budget(),
) -> Verdict:
    """Prove or refute an axiom of a mechanism that declares what it is, for all reports.

    Parameters
    ----------
    mechanism : Declared, or callable with a method ``declared(agents)``
        Many mechanisms on a line have it.
    axiom : Axiom or OutcomeAxiom
        Strategyproofness or anonymity, of the lottery or ``Universally``; unanimity, Pareto
        optimality, fair shares, proportional fairness or proportionality, ex post or ex ante.
    setting : Line
        All numbers between two ends, which may be infinite.
    agents : int
        How many agents report.
    budget : Budget
        z3 may use so many of its resources; a call is near a millisecond.

    Returns
    -------
    Verdict
        `Proved`, with all that was granted; `Refuted` with a witness that was played; `Misbehaved`
        if the code does otherwise than it declares; or `Unknown`, which says why.

    Raises
    ------
    ValueError
        If the mechanism does not declare what it is.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.declared import Declared, median, reports
    >>> from mechsim.preferences import Line
    >>> phantoms = [Fraction(k, 50) for k in range(1, 50)]
    >>> rule = Declared(median(*reports(50), *phantoms), 50)
    >>> print(prove_declared(rule, Strategyproof(), Line(0, 1), agents=50).certificate)
    as a function of any one report each outcome is that report, clamped between two places that \
it does not move (Moulin 1980)
    """
    whole(agents, "agents", least=1)
    require_mechanism(mechanism)
    require_budget(budget)
    read = lift(axiom)
    if not declares(mechanism):
        raise ValueError(
            f"mechanism is {brief(mechanism)}: it must say what it computes, by declared(agents)"
        )
    try:
        with ticking():
            return _Claim.of(mechanism, read, setting, agents).verdict(budget)
    except Undecided as why:
        return Unknown(mechanism, read, f"no proof by what it declares: {why}", 0)


@dataclass(frozen=True)
class _Claim:
    """A question about all reports on a line, with what was granted to ask it of a form."""

    mechanism: Playable
    axiom: Axiom
    line: Line
    agents: int
    form: Form
    space: Space

    @staticmethod
    def of(mechanism: Any, axiom: Axiom, setting: Any, agents: int) -> "_Claim":
        """The question, if it is one about a line, and the form is one."""
        space = space_of(setting, agents) if type(setting) is Line else None
        if space is None:
            raise Undecided(f"{brief(setting)} is no line with all its numbers, and exact ends")
        try:
            form = Declared(mechanism.declared(agents), agents).form
        except Exception as error:  # what a user declares may raise anything
            raise Undecided(f"it raises {type(error).__name__}: {error}") from None
        return _Claim(mechanism, axiom, setting, agents, form, space)

    @property
    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        """Of the line; None is no end."""
        return self.space.low, self.space.high

    def verdict(self, budget: Budget) -> Verdict:
        """Code that does otherwise, then theorems about the form, then formulas."""
        if self.agents == 1 and type(innermost(self.axiom)) is Anonymous:
            raise Undecided("no case arises")
        own = type(self.mechanism) is Declared
        misbehaved = None if own else self._compared()
        if misbehaved is not None:
            return misbehaved
        granted = () if own else (AS_DECLARED,)
        theorem: ByForm | None = None
        asked = spent = 0
        for axiom, form in self._forms():
            shown = _shown(axiom, form, self.line, self.agents)
            theorem = theorem or shown
            for question in self._questions(axiom, form, shown):
                found = _ask(question, self.agents, self.ends, budget.calls * RESOURCES - spent)
                if found.undecided:
                    raise Undecided(
                        f"z3 does not decide a formula within the budget, {found.undecided}"
                    )
                if found.numbers is not None:
                    return self._played(question, found.numbers)
                asked, spent = asked + 1, spent + found.spent
        certificate: ByForm | Unsatisfiable = theorem or DEAF
        if asked:
            solver = f"z3 {_z3().get_version_string()}"
            certificate = Unsatisfiable(asked, solver)
            granted = (*granted, f"the word of {solver}")
        where = f"{self.space.told(self.agents)} on {brief(self.line)}, in exact arithmetic"
        return Proved(self.mechanism, self.axiom, certificate, where, granted)

    def _forms(self) -> Iterator[tuple[Axiom, Form]]:
        """The axiom and the form; where rules are drawn first, each rule and what it must do."""
        if type(self.axiom) is not Universally:
            yield self.axiom, spread(self.form)
            return
        for term in dict.fromkeys(term for _, term in drawn(self.form)):
            yield self.axiom.reading, term

    def _questions(self, axiom: Axiom, form: Form, shown: ByForm | None) -> Iterator[Question]:
        """What is left to ask: whether it stays on the line, and what no theorem shows."""
        stays = on_the_line(form, *self.ends)
        if stays and shown is not None:
            return
        exchangeable = blocks(form, self.agents)
        if not stays:
            yield outside(form, exchangeable)
        if shown is None:
            yield from questions(axiom, form, self.line, self.agents, exchangeable)

    def _played(self, question: Question, numbers: Sequence[Fraction]) -> Verdict:
        """The verdict of what z3 found, played in fractions."""
        instance = Instance(self.line, tuple(numbers[: self.agents]))
        recalled = watched(self.mechanism, self.line)
        try:
            recalled(instance.reports)
        except Misbehaviour as why:
            return Misbehaved(self.mechanism, self.axiom, Played(instance), str(why))
        if question.agent is None:
            found: Any = check(self.axiom, self.mechanism, [instance])
        else:
            axiom: Any = self.axiom
            case = axiom.deviation(instance, question.agent, numbers[-1])
            found = try_case(self.axiom, self.mechanism, case, recalled)
        if isinstance(found, Refuted):
            return shrink(found)
        if isinstance(found, (Misbehaved, Unknown)):
            return found
        raise Undecided(f"what z3 finds does not refute it, at {instance}")

    def _compared(self) -> Misbehaved | None:
        """What is wrong if the code does otherwise than it declares, at some profile tried."""
        universal = type(self.axiom) is Universally
        if universal and isinstance(self.form, Mixed) and not draws_rule(self.mechanism):
            raise Undecided(f"{brief(self.mechanism)} does not say which rules it draws")
        recalled, form = watched(self.mechanism, self.line), Declared(self.form, self.agents)
        for reports in _profiles(self.agents, *self.ends):
            try:
                same = play(recalled, reports) == play(form, reports)
                if universal and same:
                    same = _draws(self.mechanism, reports) == _draws(form, reports)
                what = None if same else f"answers {show_all(reports)} otherwise than it declares"
            except Misbehaviour as why:
                what = str(why)
            if what is not None:
                place = Played(Instance(self.line, reports))
                return Misbehaved(self.mechanism, self.axiom, place, what)
        return None


def _shown(axiom: Axiom, form: Form, line: Line, agents: int) -> ByForm | None:
    """A theorem that shows the axiom, given that all outcomes are on the line."""
    peaked = type(line.tastes) in (Distance, SinglePeaked)
    if type(axiom) is Strategyproof and peaked and clamps(form):
        return CLAMPS
    if type(axiom) is Anonymous and len(blocks(form, agents)) == 1:
        return SYMMETRIC
    if type(axiom) in (ExPost, ExAnte) and peaked:
        inner = type(cast(object, axiom.axiom))  # type: ignore[attr-defined]
        if inner in (Unanimous, ParetoOptimal) and between_reports(form):
            return BETWEEN
    return None


def _ask(
    question: Question, agents: int, ends: tuple[Fraction | None, Fraction | None], resources: int
) -> Found:
    """What z3 says, within what is left of its resources."""
    if resources <= 0:
        return Found(None, 0, "which is spent")
    world = World.of(_z3(), agents, ends, question.alike)
    return world.found(question.demand(world), resources)


def _z3() -> Any:
    """The module."""
    try:
        return import_module("z3")
    except ImportError:
        raise Undecided("z3 is not installed: pip install 'mechsim[smt]'") from None


def _profiles(
    agents: int, low: Fraction | None, high: Fraction | None
) -> Iterator[tuple[Fraction, ...]]:
    """Profiles between two ends, rich in ties and in equal parts, the same each time."""
    if low is None:
        low = Fraction(0) if high is None else high - 1
    length = 1 if high is None else high - low
    rng = np.random.default_rng(0)
    for k in range(COMPARED):
        steps = (2, agents, 12, 9_973)[4 * k // COMPARED]
        places = rng.integers(0, steps + 1, size=int(rng.integers(1, agents + 1)))
        chosen = rng.choice(places, size=agents).tolist()
        yield tuple(low + length * Fraction(place, steps) for place in chosen)


def _draws(mechanism: Any, reports: tuple[Fraction, ...]) -> list[tuple[Fraction, Any]]:
    """The probability of each rule that is drawn, and its outcome."""
    if not draws_rule(mechanism):
        return [(Fraction(1), play(mechanism, reports))]
    return [(p, play(rule, reports)) for p, rule in mechanism.rules(len(reports))]

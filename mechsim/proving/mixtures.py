"""Whether lotteries are a mixture of strategyproof rules, decided on a finite setting.

A mechanism may be strategyproof in expectation and yet be drawn from no rules that are: then it
is not universally truthful, however it is implemented.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Any

from .._json import JSON, encode
from .._numbers import show
from .._tables import Table
from .._text import brief, many
from ..algorithms.mixing import NODES, Part
from ..algorithms.selections import Patience
from ..axioms import MixtureOf, Strategyproof, Tally, Universally, Weighing, check
from ..axioms._memory import Misbehaviour, watched
from ..axioms._patience import ticking
from ..axioms.checking import replayed, stopped, try_case
from ..axioms.mixture_of import Drawn
from ..axioms.verdict import Played, Proved, Unknown, Verdict
from ..lottery import Finite, is_lottery
from ..mechanism import Draw, Playable, answer, compound, draws_rule
from ..setting import Domain, Instance, Undecided

SCHEMA = "mechsim/mixture/1"

SHOWN = 60
"""Profiles that a table shows."""


@dataclass(frozen=True, repr=False)
class Listed:
    """A rule that is a list: ``outcomes[k]`` is chosen at profile k of ``domain``.

    Other reports raise `ValueError`.
    """

    domain: Domain
    outcomes: tuple[Any, ...]

    def __post_init__(self) -> None:
        if len(self.outcomes) != self.domain.size:
            raise ValueError(
                f"outcomes has {len(self.outcomes)} entries: there are {self.domain.size} profiles"
            )

    @cached_property
    def _chosen(self) -> dict[Any, Any]:
        pairs = zip(self.domain, self.outcomes, strict=True)
        return {instance.profile: outcome for instance, outcome in pairs}

    def __call__(self, reports: Any, /) -> Any:
        """The outcome that is listed."""
        read = getattr(self.domain.setting, "read", None)
        given = tuple(reports) if read is None else tuple(read(reports))
        if given not in self._chosen:
            told = Instance(self.domain.setting, given).tell_reports()
            raise ValueError(f"reports is {told}: this rule is listed for {self.domain} only")
        return self._chosen[given]

    def __str__(self) -> str:
        return f"a rule listed at {many(len(self.outcomes), 'profile')}"

    __repr__ = __str__


@dataclass(frozen=True, repr=False)
class Mixture:
    """Rules and their weights; what is drawn from them are the lotteries that were asked about.

    It is a mechanism itself, which says its rules.  Whoever is asked about may draw otherwise.

    Parameters
    ----------
    axiom : Strategyproof
        What each of the rules satisfies.
    domain : Domain
        Where it does.
    drawn : tuple of (Fraction, Listed)
    """

    axiom: Strategyproof
    domain: Domain
    drawn: tuple[tuple[Fraction, Listed], ...]

    def rules(self, agents: int, /) -> Draw[Any, Any]:
        """The rules."""
        if agents != self.domain.agents:
            raise ValueError(f"agents is {agents}: the mixture is of rules for {self.domain}")
        yield from self.drawn

    def __call__(self, reports: Any, /) -> Finite[Any]:
        """The lottery."""
        return compound(self.drawn, reports)

    def table(self) -> Table:
        """One row a profile, one column a rule, headed by its weight."""
        rows: list[tuple[str, ...]] = []
        for place, instance in zip(range(SHOWN), self.domain, strict=False):
            chosen = (instance.tell(rule.outcomes[place]) for _, rule in self.drawn)
            rows.append((instance.tell_reports(), *chosen))
        return Table(("profile", *(show(weight) for weight, _ in self.drawn)), tuple(rows))

    def __str__(self) -> str:
        rules = many(len(self.drawn), "rule")
        satisfy = "satisfies" if len(self.drawn) == 1 else "satisfy"
        return f"a mixture of {rules} that {satisfy} {brief(self.axiom)}, for {self.domain}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}.</p>{self.table()._repr_html_()}"

    def to_json(self) -> JSON:
        """The mixture as an object for `json.dumps`."""
        return _json(self, "mixture")


@dataclass(frozen=True, repr=False)
class NoMixture:
    """No mixture of rules that satisfy an axiom has the lotteries of ``mechanism``.

    Parameters
    ----------
    mechanism : callable
    axiom : MixtureOf
    case : Weighing
        Weights of outcomes: each such rule weighs at least 1, the lotteries less.
    share : Fraction
        The largest part of the lotteries that a mixture makes; by these weights none is larger.
    unreached : tuple of (reports, outcome)
        What may be drawn and is chosen by no such rule.
    """

    mechanism: Any
    axiom: MixtureOf
    case: Weighing
    share: Fraction
    unreached: tuple[tuple[tuple[Any, ...], Any], ...]

    @property
    def weights(self) -> Table:
        """What weighs how much."""
        rows: list[tuple[str, ...]] = []
        for reports, outcome, weight in self.case.weights:
            here = Instance(self.case.instance.setting, reports)
            rows.append((here.tell_reports(), here.tell(outcome), show(weight)))
        return Table(("profile", "outcome", "weight"), tuple(rows))

    def __str__(self) -> str:
        instance = self.case.instance
        where = f"for {many(instance.agents, 'agent')} on {brief(instance.setting)}"
        lines = [
            f"the lotteries of {brief(self.mechanism)} {where} are no mixture of rules that "
            f"satisfy {brief(self.axiom.axiom)}",
            self.axiom.explain(self.mechanism, self.case),
        ]
        if self.unreached:
            reports, outcome = self.unreached[0]
            here = Instance(instance.setting, reports)
            more = f", and {len(self.unreached) - 1} more" if len(self.unreached) > 1 else ""
            lines.append(
                f"no such rule chooses {here.tell(outcome)} at {here.tell_reports()}{more}"
            )
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{escape(line)}.</p>" for line in str(self).splitlines())
        return said + self.weights._repr_html_()

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return _json(self, "no mixture")


def mixture(mechanism: Playable, setting: Any, *, agents: int) -> Mixture | NoMixture:
    """Strategyproof rules from which the lotteries of ``mechanism`` can be drawn, if there are any.

    Rules that satisfy an axiom and choose among what may be drawn are added to a linear program,
    as long as they help; the exact search for the best one ends it.  It may take exponential time.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery.
    setting : Setting
        With finitely many types, as ``Line(0, 1).grid(4)``.
    agents : int
        How many agents report.

    Returns
    -------
    Mixture
        Rules and weights, checked exactly.
    NoMixture
        Weights that show that there are none: on this grid, and so on every setting that has it.

    Raises
    ------
    ValueError
        If this cannot be decided: the setting is not finite, something is a float, or the search
        is given up.

    Examples
    --------
    >>> from mechsim import Line
    >>> from mechsim.facility import LeftRightMiddle, RandomRank
    >>> line = Line(0, 4)
    >>> print(mixture(RandomRank(line), line.grid(2), agents=3))
    a mixture of 3 rules that satisfy Strategyproof, for 3 agents on Line(0, 4).grid(2)
    >>> mixture(LeftRightMiddle(line), line.grid(2), agents=2).share
    Fraction(3, 4)
    """
    axiom, patience = MixtureOf(Strategyproof()), Patience(NODES)
    try:
        drawn = axiom.drawn(mechanism, setting, agents, patience)
        part = axiom.part(drawn, patience)
    except Undecided as why:
        raise ValueError(f"whether there is a mixture cannot be decided: {why}") from None
    if part.share == 1:
        return _mixture(axiom, drawn, part)
    unreached = tuple((drawn.profiles[p], drawn.outcomes[p][o]) for p, o in part.unreached)
    return NoMixture(mechanism, axiom, drawn.weighing(part), part.share, unreached)


def by_mixture(
    mechanism: Playable, axiom: Any, setting: Any, agents: int, calls: int, where: str
) -> Verdict | None:
    """The verdict on a mixture on a finite setting, or None if that is not the question.

    A mechanism that does not say its rules is universally strategyproof in some implementation, or
    in none; unless it leaves nothing to chance and is its own only rule.
    """
    silent = isinstance(axiom, Universally) and not draws_rule(mechanism)
    implicit = silent and axiom.axiom == Strategyproof()
    if not (implicit or isinstance(axiom, MixtureOf)):
        return None
    if not all(setting.types(agent) for agent in range(agents)):
        return None
    mixed = axiom if isinstance(axiom, MixtureOf) else MixtureOf(Strategyproof())
    profiles = Domain(setting, agents).size
    if profiles > calls:
        return Unknown(mechanism, mixed, f"{profiles:,} profiles are more than {calls:,} calls", 0)
    recalled, patience = watched(mechanism, setting), Patience(NODES)
    instance = next(mixed.instances(setting, agents))
    with ticking():
        try:
            drawn = mixed.drawn(recalled, setting, agents, patience)
            if implicit and drawn.certain and not is_lottery(answer(recalled, instance.reports)):
                return None
            part = mixed.part(drawn, patience)
        except (Misbehaviour, Undecided) as why:
            return stopped(mixed, mechanism, Played(instance), why, 0)
        fickle = replayed(mixed, mechanism, recalled, setting)
        if fickle is not None:
            return fickle
        if part.share < 1:
            verdict: Verdict = try_case(mixed, mechanism, drawn.weighing(part), recalled)
            return verdict
    found, scope = (
        _mixture(mixed, drawn, part),
        f"{where}, in exact arithmetic, however it is drawn",
    )
    return Proved(mechanism, mixed, found, scope, (), drawn.domain)


def _mixture(axiom: MixtureOf, drawn: Drawn, part: Part) -> Mixture:
    """The rules of a part that is all; that they make the lotteries is checked once more.

    Raises
    ------
    ArithmeticError
        If they do not, or one of them does not satisfy the axiom.
    """
    rules: list[tuple[Fraction, Listed]] = []
    for weight, selection in part.drawn:
        pairs = zip(drawn.outcomes, selection, strict=True)
        rules.append((weight, Listed(drawn.domain, tuple(there[k] for there, k in pairs))))
    for place, there in enumerate(drawn.outcomes):
        made: dict[Any, Fraction] = {}
        for weight, rule in rules:
            chosen = rule.outcomes[place]
            made[chosen] = made.get(chosen, Fraction(0)) + weight
        if made != dict(zip(there, drawn.chances[place], strict=True)):
            raise ArithmeticError(f"the mixture has another lottery at {drawn.profiles[place]}")
    for _, rule in rules:
        tried = check(axiom.axiom, rule, drawn.domain)
        if not isinstance(tried, Tally) or tried.rounded:
            raise ArithmeticError(f"a rule of the mixture is none: {tried}")
    return Mixture(axiom.axiom, drawn.domain, tuple(rules))


def _json(found: Mixture | NoMixture, what: str) -> JSON:
    """What was found, by its word and its sentence; `decode` reads the fields and skips these."""
    said: dict[str, JSON] = {"schema": SCHEMA, "found": what, "sentence": str(found)}
    written = encode(found, brief)
    return said | written if isinstance(written, dict) else said

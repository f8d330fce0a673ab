"""Values in, an allocation out: who gets what, its maximin share, and what is fair about it."""

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from html import escape
from inspect import signature
from types import FunctionType
from typing import Any, cast

from .._json import JSON
from .._numbers import Number, real, show, show_all
from .._tables import Table
from ..algorithms.dividing import NoBetterDivision
from ..algorithms.partition import Bundles, Division
from ..axioms import (
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    Everybody,
    MaximinShare,
    ParetoOptimal,
    ProportionalShare,
    ProportionalUpToOne,
    Refuted,
    Survived,
    Unknown,
    Verdict,
    judge,
)
from ..preferences._rows import labels
from ..preferences._rows import rows as rows_of
from ..preferences.chores import Chores
from ..preferences.value_files import goods_or_chores
from ..setting import Instance
from .maximin_allocation import MaximinAllocation, maximin_allocation

AXIOMS: dict[str, Any] = {
    "EF": EnvyFree(),
    "EFX0": EnvyFreeUpToAny(),
    "EFX+": EnvyFreeUpToAny(valued=True),
    "EF1": EnvyFreeUpToOne(),
    "PROP": ProportionalShare(),
    "PROP1": ProportionalUpToOne(),
    "MMS": MaximinShare(),
    "PO": ParetoOptimal(),
}
"""What is asked of every allocation, by the names of the literature."""

LEGEND = (
    "EF: envy-free; EFX0: if any good less ends envy, EFX+: any good that is worth something, EF1: "
    "some good; PROP: all get an equal part of the value that all goods have for them, PROP1: with "
    "one good more; MMS: all get their maximin share; PO: nothing is better for somebody and worse "
    "for nobody; W: by entitlements"
)
"""What these names say."""


def axioms_of(entitlements: tuple[Number, ...] = ()) -> dict[str, Any]:
    """What is asked where agents are entitled to this: `AXIOMS`, or their weighted versions."""
    if not entitlements:
        return AXIOMS
    return {
        "WEF1": EnvyFreeUpToOne(entitlements=entitlements),
        "WPROP": ProportionalShare(entitlements=entitlements),
        "WPROP1": ProportionalUpToOne(entitlements=entitlements),
        "PO": ParetoOptimal(),
    }


@dataclass(frozen=True)
class Allocated:
    """An allocation, with what can be said of it.

    Parameters
    ----------
    instance : Instance
        The goods and the agents.
    rule : callable
        What made the allocation.
    bundles : Bundles
        Who gets which goods.
    entitlements : tuple of Number, optional
        What agents are entitled to; by default all to the same.
    """

    instance: Instance
    rule: Any
    bundles: Bundles
    entitlements: tuple[Number, ...] = ()

    @cached_property
    def shares(self) -> tuple[Division, ...]:
        """Each agent's maximin share, and how it would cut."""
        profile = self.instance.profile
        return tuple(self.instance.setting.maximin_share(t, len(profile)) for t in profile)

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """What each agent's bundle is worth to it."""
        pairs = enumerate(zip(self.instance.profile, self.bundles, strict=True))
        value = self.instance.setting.share_value
        return tuple(value(agent, type_, bundle) for agent, (type_, bundle) in pairs)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """What becomes of each axiom that is asked, by its short name."""
        asked = axioms_of(self.entitlements)
        return {name: judge(self.bundles, axiom, self.instance) for name, axiom in asked.items()}

    @cached_property
    def better(self) -> NoBetterDivision | None:
        """Why no allocation gives everybody its maximin share, if that is so; see `certificate`.

        None of chores, where it is not known, and where entitlements are unequal.
        """
        if isinstance(self.instance.setting, Chores):
            return None
        if not isinstance(self.verdicts.get("MMS"), Refuted):
            return None
        return maximin_allocation(self.instance).better

    def names(self) -> dict[str, list[str]]:
        """Each agent's goods, by name."""
        goods = self.instance.setting.names
        return {
            self.instance.name(agent): [goods[good] for good in sorted(bundle)]
            for agent, bundle in enumerate(self.bundles)
        }

    @cached_property
    def due(self) -> tuple[Any, ...]:
        """Each agent's maximin share; with entitlements, what it is entitled to of all goods."""
        if not self.entitlements:
            return tuple(share.worst for share in self.shares)
        everything = frozenset(range(len(self.instance.setting.names)))
        value, whole = self.instance.setting.share_value, sum(self.entitlements)
        return tuple(
            value(agent, type_, everything) * self.entitlements[agent] / Fraction(whole)
            for agent, type_ in enumerate(self.instance.profile)
        )

    def table(self) -> Table:
        """A row an agent: its bundle, what it is worth, and its share.

        The ratio is the part of its share that an agent gets; of chores, which nobody likes, the
        part that it does, and the less the better.
        """
        rows: list[tuple[str, ...]] = []
        for agent, (worth, due) in enumerate(zip(self.values, self.due, strict=True)):
            told = self.instance.setting.tell_bundle(self.bundles[agent])
            ratio = show(worth / due) if due else "-"
            rows.append((self.instance.name(agent), told, show(worth), show(due), ratio))
        share = "proportional share" if self.entitlements else "maximin share"
        return Table(("agent", "bundle", "value", share, "ratio"), tuple(rows))

    def judged(self) -> Table:
        """A row an axiom: whether it holds, and the witness where it does not."""
        rows = [(name, word_of(found), self.why(found)) for name, found in self.verdicts.items()]
        return Table(("axiom", "verdict", "witness"), tuple(rows))

    def why(self, verdict: Verdict) -> str:
        """The witness of a violation in short, or what it was that was not decided."""
        if isinstance(verdict, Refuted) and isinstance(verdict.case, Everybody):
            better = self.instance.setting.dominating(self.instance.reports, self.bundles)
            return f"better: {self.instance.tell(better)}"
        return why(verdict)

    def to_json(self) -> dict[str, JSON]:
        """Numbers are exact, as text."""
        setting = self.instance.setting
        agents: list[JSON] = [
            {
                "agent": self.instance.name(agent),
                "bundle": [setting.names[good] for good in sorted(bundle)],
                "value": show(worth),
                "maximin_share": show(share.worst),
                "cut": [[setting.names[good] for good in sorted(part)] for part in share.bundles],
                "ratio": show(worth / share.worst) if share.worst else None,
            }
            for agent, (bundle, worth, share) in enumerate(
                zip(self.bundles, self.values, self.shares, strict=True)
            )
        ]
        axioms: list[JSON] = [
            {"axiom": name, "verdict": word_of(found), "witness": self.why(found) or None}
            for name, found in self.verdicts.items()
        ]
        best = None if self.better is None else show(self.better.ratio)
        return {"agents": agents, "axioms": axioms, "best_ratio_below_1": best}

    def __str__(self) -> str:
        more = "" if self.better is None else f"\n\n{self.better}"
        return f"{self.table()}\n\n{self.judged()}{more}"

    def _repr_html_(self) -> str:
        more = "" if self.better is None else f"<p>{escape(str(self.better))}.</p>"
        return f"{self.table().html()}{self.judged().html()}{more}"


def allocate(
    values: Any,
    rule: Callable[..., Any] = MaximinAllocation,
    *,
    goods: Sequence[str] | None = None,
    agents: Sequence[str] = (),
    entitlements: Sequence[Number] | Mapping[str, Number] = (),
) -> Allocated:
    """Divide goods, and say what each agent gets and which axioms hold.

    Parameters
    ----------
    values : matrix, data frame, mapping or Instance
        A row an agent and a column a good, or a chore, if a value is below 0.  Data frames and
        mappings such as ``{"ann": {"car": 4, "dog": 0}, ...}`` name them.  For other kinds of
        goods, such as `CostUtilities`, an instance.
    rule : callable, Setting to rule, optional
        `MaximinAllocation` by default; `RoundRobin`, `MaximumNashWelfare`, ...  A rule that is made
        already, or one's own function of reports, is taken as it is.
    goods, agents : sequence of str, optional
        Their names, where the values do not name them.
    entitlements : sequence of Number, or mapping of agents to such, optional
        What agents are entitled to.  They are handed to the rule, which must take them, such as
        `WeightedPicking` and `MaximumNashWelfare`, and axioms are asked in their weighted versions.

    Returns
    -------
    Allocated

    Examples
    --------
    >>> found = allocate({"ann": {"car": 4, "dog": 0}, "bob": {"car": 3, "dog": 2}})
    >>> found.names()
    {'ann': ['car'], 'bob': ['dog']}
    >>> found.verdicts["EFX0"].word
    'proved'
    """
    if not callable(rule):
        raise ValueError(
            f"rule is {rule!r}: it must make a rule from a setting, as RoundRobin does"
        )
    if isinstance(agents, str) or isinstance(goods, str):
        raise ValueError("agents and goods are lists of names")
    if isinstance(values, (Instance, Mapping)) and (goods is not None or agents):
        raise ValueError("goods or agents are given, and values name them already")
    instance = values if isinstance(values, Instance) else _instance(values, goods, tuple(agents))
    given = _entitled(entitlements, instance)
    made = _made(rule, instance.setting, given)
    outcome = made(instance.reports)
    fits = instance.setting.admits(outcome) and len(outcome) == instance.agents
    if not fits:
        raise ValueError(
            f"rule is {made!r}: it returns {outcome!r}, which is no allocation: it must be a tuple "
            "with a frozenset of the numbers of goods for each agent"
        )
    return Allocated(instance, made, outcome, given)


def _made(rule: Callable[..., Any], setting: Any, entitlements: tuple[Number, ...]) -> Any:
    """The rule for this setting; where its arguments are others, an error that says so.

    A rule that is made already, and a plain function of reports, are taken as they are.
    """
    if hasattr(rule, "setting") and not isinstance(rule, type):
        return rule
    if isinstance(rule, FunctionType) and not entitlements:
        with suppress(TypeError, AttributeError):  # so end functions of reports, given a setting
            made = rule(setting)
            if callable(made):
                return made
        return rule
    named = {"entitlements": entitlements} if entitlements else {}
    try:
        signature(rule).bind(setting, **named)
    except TypeError as error:
        told = " with entitlements" if entitlements else " alone"
        name = getattr(rule, "__name__", rule)
        raise ValueError(f"rule is {name}: it takes no setting{told}: {error}") from None
    return rule(setting, **named)


def _entitled(given: Any, instance: Instance) -> tuple[Number, ...]:
    """Entitlements in the order of the agents, as whole numbers: only their ratios matter."""
    if isinstance(given, Mapping):
        by_name = cast("Mapping[str, Any]", given)
        names = [instance.name(agent) for agent in range(instance.agents)]
        if set(by_name) != set(names):
            raise ValueError(
                f"entitlements is of {', '.join(map(str, by_name))}: it must be of "
                f"{', '.join(names)}"
            )
        given = [by_name[name] for name in names]
    exact = [Fraction(real(entry, f"entitlements[{k}]")) for k, entry in enumerate(given)]
    if any(entry <= 0 for entry in exact):
        raise ValueError(f"entitlements is {show_all(exact)}: they must be above 0")
    scale = math.lcm(*(entry.denominator for entry in exact))
    return tuple(int(entry * scale) for entry in exact)


def word_of(verdict: Any) -> str:
    """Whether an axiom holds, in a word or two; never a tick where it was not decided."""
    if isinstance(verdict, Unknown):
        return "not decided"
    if isinstance(verdict, Survived):
        return "holds but for rounding"
    return "fails" if isinstance(verdict, Refuted) else "holds"


def why(verdict: Any) -> str:
    """The witness of a violation in short, or what it was that was not decided."""
    if isinstance(verdict, Unknown):
        return str(verdict).rpartition(": ")[2]
    if not isinstance(verdict, Refuted):
        granted: tuple[str, ...] = getattr(verdict, "assuming", ())
        return f"granted {', '.join(granted)}" if granted else ""
    case, instance = verdict.case, verdict.case.instance
    lack = show(verdict.violation)
    if hasattr(case, "other"):
        return f"{instance.name(case.agent)} envies {instance.name(case.other)} by {lack}"
    if hasattr(case, "agent"):
        return f"{instance.name(case.agent)} lacks {lack}"
    return f"by {lack}"


def _instance(values: Any, goods: Sequence[str] | None, agents: tuple[str, ...]) -> Instance:
    if isinstance(values, Mapping):
        rows = cast("Mapping[str, Mapping[str, Any]]", values)
        for agent, row in rows.items():
            if not isinstance(cast(object, row), Mapping):
                raise ValueError(
                    f"values[{agent!r}] is {row!r}: it must be a mapping of goods to values"
                )
        if not rows:
            raise ValueError("values is empty: it must have a row an agent")
        named = tuple(next(iter(rows.values()))) if goods is None else tuple(goods)
        for agent, row in rows.items():
            if set(row) != set(named):
                raise ValueError(
                    f"values[{agent!r}] is of {', '.join(row)}: it must be of {', '.join(named)}"
                )
        listed = [[row[g] for g in named] for row in rows.values()]
        return _read(listed, named, tuple(rows))
    of_rows, of_columns = labels(values)
    index = list(getattr(values, "index", ())) if hasattr(values, "columns") else []
    if of_rows is None and index != list(range(len(index))):  # a numbering of the user's own
        of_rows = tuple(map(str, index))
        values = values.set_axis(of_rows)
    if goods is None:
        goods = tuple(map(str, of_columns)) if of_columns else _numbered(values)
    agents = agents or tuple(map(str, of_rows or ()))
    return _read(values, tuple(goods), agents)


def _read(values: Any, goods: tuple[str, ...], agents: tuple[str, ...]) -> Instance:
    """Values of goods; or of chores, where one is below 0."""
    setting = goods_or_chores(rows_of(values, "values", "good"), goods, agents, "values")
    return Instance(setting, setting.read(values))


def _numbered(values: Any) -> tuple[str, ...]:
    try:
        shape = getattr(values, "shape", None)
        count = shape[1] if shape is not None else len(next(iter(values)))
    except (TypeError, IndexError, StopIteration):
        raise ValueError(f"values is {values!r}: it must have a row an agent") from None
    return tuple(f"good {k}" for k in range(1, count + 1))

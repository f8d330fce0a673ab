"""Claims about equilibria of reporting: that all have some outcome, and how bad one may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from .._json import JSON
from .._numbers import Number, real, show
from .._text import brief, many
from ..facility.reporting_game import equilibrium_outcome, is_equilibrium
from ..lottery import is_finite
from ..mechanism import play
from ..objectives import Objective, evaluate, optimum
from ..objectives.ratio import over_optimum
from ..preferences.single_peaked import Line
from ..setting import Domain, Instance, Undecided
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json
from .ratios import derived


@dataclass(frozen=True)
class Equilibria:
    """So many equilibria of reports on a grid, at so many profiles, all have the outcome."""

    mechanism: Any
    outcome: Any
    domain: Domain
    found: int
    profiles: int

    word = "in equilibrium"

    def __str__(self) -> str:
        return (
            f"{brief(self.mechanism)} has the outcome of {brief(self.outcome)} in each equilibrium "
            f"with reports on the grid: there are {self.found:,}, where "
            f"{many(self.profiles, 'profile')} of {self.domain} may be true"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class EveryEquilibrium:
    """Every equilibrium of reports has the outcome of ``outcome`` at what is true.

    On a grid all reports are tried, and whoever departs from them may report any place of the line;
    and what `mechsim.facility.equilibrium_outcome` says of all equilibria is compared.  The rule of
    the card must be continuous and monotone: then an agent brings about what is between the
    outcomes with its report at either end, and nothing else.

    Parameters
    ----------
    outcome : callable, Setting to rule
    domain : Domain
        Peaks on a grid of a line.
    because : str
    """

    outcome: Callable[[Any], Any]
    domain: Domain
    because: str

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        what = f"equilibria have the outcome of {brief(self.outcome(self.domain.setting))}"
        return what, "in equilibrium", str(self.domain), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Find all equilibria again."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        grid: Line = self.domain.setting
        line = replace(grid, points=None)
        mechanism, outcome, found = entry.card.rule(line), self.outcome(line), 0
        for profiles, instance in enumerate(self.domain, 1):
            peaks = instance.profile
            due = outcome(peaks)
            finding = Equilibria(mechanism, outcome, self.domain, found, profiles)
            if equilibrium_outcome(mechanism, peaks, line) != due:
                note = f"at {instance.tell_reports()} the outcome of equilibria is another"
                return Rederived(entry, self, finding, False, note)
            for reports in product(grid.points or (), repeat=len(peaks)):
                if is_equilibrium(mechanism, peaks, reports, line):
                    found += 1
                    if mechanism(reports) != due:
                        told = ", ".join(map(show, reports))
                        note = f"at {instance.tell_reports()} reports ({told}) have another outcome"
                        return Rederived(entry, self, finding, False, note)
        finding = Equilibria(mechanism, outcome, self.domain, found, self.domain.size)
        return Rederived(
            entry, self, finding, found > 0, self.because if found else "there is none"
        )


@dataclass(frozen=True)
class Anarchy:
    """In an equilibrium, up to ``slack``, the objective is so much worse than it could be."""

    mechanism: Any
    objective: Objective
    instance: Instance
    reports: tuple[Any, ...]
    slack: Number
    gain: Number
    ratio: Any

    word = "in equilibrium"

    def __str__(self) -> str:
        told = ", ".join(map(show, self.reports))
        return (
            f"where {self.instance.tell_reports()} is true and ({told}) is reported to "
            f"{brief(self.mechanism)}, nobody gains more than {show(self.gain)}, and "
            f"{self.objective.heading} could be {show(self.ratio)} times better"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class AnarchyAtLeast:
    """In some equilibrium an objective is ``value`` times worse than it could be.

    The price of anarchy is the largest such ratio, and this a lower bound on it.

    Parameters
    ----------
    objective : Objective
    value : Number
        The optimum over what is achieved, or the reverse of what is to be small.
    instance : Instance
        What is true, on a grid of a line: all its points are tried as lies.
    reports : tuple
        What is reported.
    slack : Number
        What somebody may gain by another report.
    because : str
    """

    objective: Objective
    value: Number
    instance: Instance
    reports: tuple[Any, ...]
    slack: Number
    because: str

    def __post_init__(self) -> None:
        for name in ("value", "slack"):
            object.__setattr__(self, name, real(getattr(self, name), name))
        if self.slack < 0:
            raise ValueError(f"slack is {show(self.slack)}: it must not be negative")

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        what = f"price of anarchy of {self.objective.heading}, if {show(self.slack)} may be gained"
        return what, f"at least {show(self.value)}", str(self.instance), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Try all lies of all agents again, and compare with what could be."""
        return derived(self, entry, self._rederive, catalogue)

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        grid: Line = self.instance.setting
        true, line = self.instance.profile, replace(grid, points=None)
        mechanism = entry.card.rule(line)

        def outcome(reports: tuple[Any, ...]) -> Any:
            lottery = play(mechanism, reports)
            if not is_finite(lottery) or len(lottery.support) != 1:
                raise Undecided("it is about rules, and this mechanism draws lots")
            return lottery.support[0]

        here, gains = outcome(self.reports), list[Any]()
        for agent, type_ in enumerate(true):
            now = line.value(agent, type_, here)
            for lie in grid.types(agent) or ():
                lied = outcome((*self.reports[:agent], lie, *self.reports[agent + 1 :]))
                gains.append(line.value(agent, type_, lied) - now)
        anywhere = Instance(line, true)
        best = optimum(self.objective, anywhere).value
        ratio = over_optimum(self.objective, evaluate(self.objective, anywhere, here), best)
        told = self.instance, self.reports, self.slack, max(gains), ratio
        finding = Anarchy(mechanism, self.objective, *told)
        is_true = max(gains) <= self.slack and ratio == self.value
        return Rederived(entry, self, finding, is_true, self.because if is_true else str(finding))

"""Judge an outcome that somebody holds, without the mechanism that made it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from .._text import brief
from ..setting import Instance
from ._base import Axiom, OutcomeAxiom, require_axiom
from .checking import check, chooses
from .combinators import ExPost
from .grounds import Exhaustion
from .verdict import Misbehaved, Proved, Refuted, Survived, Unknown, Verdict


@dataclass(frozen=True)
class Given:
    """The rule that returns the outcome it was given, whatever is reported."""

    outcome: Any

    def __call__(self, reports: Any, /) -> Any:
        """The outcome."""
        return self.outcome

    def of_population(self, population: Any, /) -> Any:
        """The same for counted reports, which need not be written out."""
        return self.outcome

    def __str__(self) -> str:
        return "the given outcome"


def judge(outcome: Any, axiom: Axiom | OutcomeAxiom, instance: Instance) -> Verdict:
    """Whether ``outcome`` satisfies ``axiom`` at these reports.

    Parameters
    ----------
    outcome : outcome or lottery
        A place, an allocation, a set of funded projects, by name or number, or a lottery over such.
    axiom : OutcomeAxiom
        Of a lottery every outcome is judged; or an axiom of lotteries, as `ExAnte` ones are.
    instance : Instance
        The setting and the reports.

    Returns
    -------
    Verdict
        `Refuted` with the case that goes wrong, or `Proved` for these reports.

    Raises
    ------
    ValueError
        If the axiom is about what a mechanism does at several reports, as `Strategyproof` is.

    Examples
    --------
    >>> from mechsim import Line, UnanimousFairShare
    >>> line = Line(0, 1)
    >>> print(judge(0, UnanimousFairShare(), Instance(line, line.read([0, 0, 1]))))
    the given outcome fails ExPost(UnanimousFairShare) on Line(0, 1): at (0, 0, 1), the agent \
who reports 1 gets 1/3 less than its share with outcome 0
    """
    if not hasattr(instance, "reports"):
        raise ValueError(f"instance is {instance!r}: it must be Instance(setting, reports)")
    read = getattr(instance.setting, "read", None)
    here = instance if read is None else Instance(instance.setting, read(instance.reports))
    of_lotteries = getattr(axiom, "of_lotteries", False)
    require_axiom(axiom)
    if not of_lotteries and not isinstance(axiom, OutcomeAxiom):
        raise ValueError(
            f"axiom is {brief(axiom)}: it is about what a mechanism does, which an outcome alone "
            "does not tell; use verify(mechanism, axiom, setting, agents=...)"
        )
    asked: Any = axiom if of_lotteries else ExPost(cast(OutcomeAxiom, axiom))
    given = Given(_typed(outcome, instance.setting))
    found = check(asked, given, [here])
    if isinstance(found, (Refuted, Misbehaved, Unknown)):
        return found
    if found.rounded:
        return Survived(given, asked, str(here), 1, found.cases, rounded=True)
    certificate = Exhaustion(1, found.cases, chooses(asked))
    return Proved(given, asked, certificate, found.scope(str(here)), found.granted)


def _typed(outcome: Any, setting: Any) -> Any:
    """An outcome as somebody types it: where projects are funded, by their names or in a list."""
    funded = getattr(setting, "funded", None)
    if funded is None or not isinstance(outcome, (list, set, frozenset)):
        return outcome
    entries = cast("Collection[object]", outcome)
    numbered = isinstance(outcome, frozenset) and not any(isinstance(c, str) for c in entries)
    return cast("object", outcome) if numbered else funded(entries)

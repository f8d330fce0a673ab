"""Judge an outcome that somebody holds, without the mechanism that made it."""

from dataclasses import dataclass
from typing import Any, cast

from ..axioms import (
    Axiom,
    Exhaustion,
    ExPost,
    Misbehaved,
    OutcomeAxiom,
    Proved,
    Refuted,
    Survived,
    Unknown,
    Verdict,
    check,
)
from ..axioms.checking import chooses
from ..setting import Instance


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
        A place, an allocation, a set of funded projects, or a lottery over such.
    axiom : OutcomeAxiom
        Of a lottery every outcome is judged; or an axiom of lotteries, as `ExAnte` ones are.
    instance : Instance
        The setting and the reports.

    Returns
    -------
    Verdict
        `Refuted` with the case that goes wrong, or `Proved` for these reports.

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
    asked: Any = axiom if of_lotteries else ExPost(cast(OutcomeAxiom, axiom))
    found = check(asked, Given(outcome), [here])
    if isinstance(found, (Refuted, Misbehaved, Unknown)):
        return found
    if found.rounded:
        return Survived(Given(outcome), asked, str(here), 1, found.cases, rounded=True)
    certificate = Exhaustion(1, found.cases, chooses(asked))
    return Proved(Given(outcome), asked, certificate, str(here), found.granted)

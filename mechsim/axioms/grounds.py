"""What shows that an axiom holds: the grounds of a verdict that is proved."""

from dataclasses import dataclass
from typing import Any

from .._text import many


@dataclass(frozen=True)
class Exhaustion:
    """Every case of a finite domain was evaluated and none refutes.

    If they are ``chosen`` these are the cases that suffice, as the axiom finds them: if none of
    them refutes, no case does.  Where nothing is wrong it may find none at all.
    """

    instances: int
    cases: int
    chosen: bool = False

    def __str__(self) -> str:
        where = many(self.instances, "profile")
        if self.chosen and not self.cases:
            return f"a search of {where} finds no case that could refute it"
        if self.chosen:
            verb = "decides it and was" if self.cases == 1 else "decide it and were"
            return f"{many(self.cases, 'case')} at {where} {verb} evaluated"
        if not self.cases:
            return f"no case arises at any of {where}"
        if self.cases == 1:
            return f"the 1 case at {where} was evaluated"
        return f"all {self.cases:,} cases at {where} were evaluated"


@dataclass(frozen=True)
class Explored:
    """Mechanism and axiom were run on every path that they take, and none refutes.

    On a path all that they compute is affine in the reports; ``questions`` were answered by exact
    linear programming, and on none of the paths can the violation be positive.
    """

    paths: int
    questions: int
    setting: Any = None
    agents: int = 0

    def __str__(self) -> str:
        if self.paths == 1:
            return "no violation on the 1 path"
        return f"no violation on any of {self.paths:,} paths"


@dataclass(frozen=True)
class ByForm:
    """A theorem about what a mechanism declares to be: its form shows it, and nothing was run.

    ``theorem`` says what the form is and what follows, and ``source`` who showed that.
    """

    theorem: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.theorem} ({self.source})" if self.source else self.theorem


@dataclass(frozen=True)
class Unsatisfiable:
    """No reports break the axiom, as a solver says of ``questions`` formulas about the form.

    The formulas are those of linear arithmetic; the solver's word is granted in the verdict.
    """

    questions: int
    solver: str

    def __str__(self) -> str:
        if self.questions == 1:
            return "no reports satisfy the formula that says otherwise"
        return f"no reports satisfy any of the {self.questions:,} formulas that say otherwise"

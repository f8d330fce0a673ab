"""The least makespan: tasks to machines so that all are done as soon as possible, unpaid.

Optimal by what is reported, so it pays to report that one is slow.
"""

from fractions import Fraction

from mechsim import Chores, Domain, Instance, Strategyproof
from mechsim.allocation import LeastMakespan
from mechsim.axioms import MakespanWithin, Misreport
from mechsim.catalogue import Card, Fails, Holds

TASKS = Chores(("build", "test"), grid=(-1, Fraction(-15, 16), Fraction(-3, 4)))
SLOW = Chores(("build", "test"), grid=(-4, -1))
TWO = Domain(TASKS, agents=2)
ALIKE = Instance(SLOW, SLOW.read([[-1, -1], [-1, -1]]))

CARD = Card(
    title="Least Makespan",
    rule=LeastMakespan,
    source="Nisan, Ronen, Games and Economic Behavior 35 (2001)",
    claims=(
        Holds(MakespanWithin(Fraction(1)), TWO, because="all assignments are tried"),
        Fails(
            Strategyproof(),
            Misreport(ALIKE, agent=0, report=(Fraction(-4), Fraction(-4))),
            violation=Fraction(1),
        ),
    ),
)

"""Biased Min Work: each task to the favoured one of two machines, unless it is much slower.

Coins say which machine is favoured for which task; whoever does a task is paid the longest time at
which it still would.
"""

from fractions import Fraction

from mechsim import Chores, Domain, ExAnte, Instance, Strategyproof
from mechsim.allocation import BiasedMinWork
from mechsim.axioms import Everybody, MakespanWithin
from mechsim.catalogue import Card, Fails, Holds

TASKS = Chores(("build", "test"), grid=(-1, Fraction(-15, 16), Fraction(-3, 4)))
TWO = Domain(TASKS, agents=2)
CROSSED = Instance(TASKS, TASKS.read([[Fraction(-3, 4), -1], [-1, Fraction(-3, 4)]]))

CARD = Card(
    title="Biased Min Work",
    rule=BiasedMinWork,
    source="Nisan, Ronen, Games and Economic Behavior 35 (2001)",
    claims=(
        Holds(Strategyproof(), TWO, because="a machine is paid the time that is critical"),
        Holds(ExAnte(MakespanWithin(Fraction(7, 4))), TWO, because="the bias of 4/3"),
        Fails(
            ExAnte(MakespanWithin(Fraction(5, 3))), Everybody(CROSSED), violation=Fraction(1, 16)
        ),
        Fails(MakespanWithin(Fraction(1)), Everybody(CROSSED), violation=Fraction(1)),
        Fails(MakespanWithin(Fraction(7, 4)), Everybody(CROSSED), violation=Fraction(7, 16)),
    ),
)

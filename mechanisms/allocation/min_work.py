"""Min Work: each task to the faster machine, which is paid the time of the other one.

A Vickrey auction of each task.  Truthful; but all tasks may go to one machine.
"""

from fractions import Fraction
from functools import partial

from mechsim import Chores, Domain, ExAnte, Instance, Strategyproof
from mechsim.allocation import BiasedMinWork
from mechsim.axioms import Everybody, MakespanWithin
from mechsim.catalogue import Card, Fails, Holds

TASKS = Chores(("build", "test"), grid=(-1, Fraction(-15, 16), Fraction(-3, 4)))
TWO = Domain(TASKS, agents=2)
FASTER = Instance(TASKS, TASKS.read([[Fraction(-15, 16)] * 2, [-1, -1]]))

CARD = Card(
    title="Min Work",
    rule=partial(BiasedMinWork, bias=Fraction(1)),
    source="Nisan, Ronen, Games and Economic Behavior 35 (2001)",
    claims=(
        Holds(Strategyproof(), TWO, because="each task is a second-price auction"),
        Fails(ExAnte(MakespanWithin(Fraction(7, 4))), Everybody(FASTER), violation=Fraction(1, 8)),
    ),
)

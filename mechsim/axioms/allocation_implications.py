r"""Which axioms of divisions of goods follow from which and which do not, as data that is tested.

Of one division at one profile, for goods whose values add up,

.. math::

   \mathrm{EF} \Rightarrow \mathrm{EFX} \Rightarrow \mathrm{EFX}_+ \Rightarrow \mathrm{EF1}
   \Rightarrow \mathrm{PROP1}, \qquad
   \mathrm{EF} \Rightarrow \mathrm{PROP} \Rightarrow \mathrm{MMS} \Rightarrow \mathrm{PROP1}, \qquad
   \mathrm{fPO} \Rightarrow \mathrm{PO} \Rightarrow \mathrm{NW},

and nothing else: for each other pair there is a division here that satisfies one and not the other.

*A maximin share is a proportional one up to one good.*  Let an agent have :math:`a`, let :math:`h`
be the most that it values a good of others, and suppose that :math:`a + h < v(M)/n`.  It could cut
so: its own bundle, and a good of others that it values; then :math:`n - 2` parts of the others'
goods, each filled until it is worth more than :math:`a`, so at most :math:`a + h`; and the rest.
The rest is worth at least :math:`v(M) - (n-1)(a+h) > a`.  All parts are worth more than :math:`a`,
and so is the maximin share.

References
----------
Aziz, Caragiannis, Igarashi, Walsh. Fair allocation of indivisible goods and chores.
Autonomous Agents and Multi-Agent Systems 36, 2022.
Amanatidis, Aziz, Birmpas, Filos-Ratsikas, Li, Moulin, Voudouris, Wu. Fair division of indivisible
goods: recent progress and open questions. Artificial Intelligence 322, 2023.
"""

from fractions import Fraction

from ..preferences.additive import Goods
from ..setting import Instance
from ._base import OutcomeAxiom
from .combinators import ExPost
from .envy import EnvyFree
from .envy_up_to_any import EnvyFreeUpToAny
from .envy_up_to_one import EnvyFreeUpToOne
from .fractionally_pareto import FractionallyParetoOptimal
from .implications import Asked, Implication
from .non_wasteful import NonWasteful
from .pareto import ParetoOptimal
from .proportional_share import ProportionalShare, ProportionalUpToOne
from .separations import Separation, Written
from .shares import MaximinShare

EF, EFX, EFX_VALUED = EnvyFree(), EnvyFreeUpToAny(), EnvyFreeUpToAny(valued=True)
EF1, PROP, PROP1 = EnvyFreeUpToOne(), ProportionalShare(), ProportionalUpToOne()
MMS, PO, FPO, NW = MaximinShare(), ParetoOptimal(), FractionallyParetoOptimal(), NonWasteful()

ALLOCATION_AXIOMS: tuple[OutcomeAxiom, ...] = (
    *(EF, EFX, EFX_VALUED, EF1),
    *(PROP, PROP1, MMS),
    *(PO, FPO, NW),
)

_FOLLOWS: tuple[tuple[OutcomeAxiom, OutcomeAxiom, str], ...] = (
    (EF, EFX, "a bundle is worth no more without a good"),
    (EFX, EFX_VALUED, "fewer goods may be taken"),
    (EFX_VALUED, EF1, "where there is envy there is a good of value"),
    (EF1, PROP1, "the best good of others makes up for what is envied of each"),
    (EF, PROP, "the average bundle is worth the share"),
    (PROP, MMS, "of n parts the worst is at most the average"),
    (MMS, PROP1, "who has less could cut better"),
    (FPO, PO, "whole goods are parts too"),
    (PO, NW, "a good of no use can be given away"),
)

ALLOCATION_IMPLICATIONS: tuple[Implication, ...] = tuple(
    Implication((Asked(ExPost(a)),), Asked(ExPost(b)), why) for a, b, why in _FOLLOWS
)


def _division(
    premises: tuple[OutcomeAxiom, ...], conclusion: OutcomeAxiom, rows: str, holders: str
) -> Separation:
    """A division of goods with these values, a row an agent, and the holder of each good."""
    reports = tuple(tuple(Fraction(value) for value in row.split()) for row in rows.split("/"))
    held = [int(holder) for holder in holders.split()]
    outcome = tuple(
        frozenset(good for good, holder in enumerate(held) if holder == agent)
        for agent in range(len(reports))
    )
    there = Instance(Goods(tuple(f"good {good + 1}" for good in range(len(held)))), reports)
    asked = tuple(Asked(ExPost(axiom)) for axiom in premises)
    return Separation(asked, Asked(ExPost(conclusion)), Written(((reports, outcome),)), (there,))


ALLOCATION_SEPARATIONS: tuple[Separation, ...] = (
    _division((EF,), NW, "0 0 / 1 1", "0 1"),
    _division((EFX, MMS), PROP, "0 / 1", "0"),
    _division((EFX_VALUED, MMS), EFX, "0 0 / 0 1", "0 0"),
    _division((EFX, PO), MMS, "3 3 0 2 / 4 3 3 2", "0 0 1 1"),
    _division((EF1,), EFX_VALUED, "0 0 0 / 1 1 2", "0 1 0"),
    _division((PROP,), EF1, "3 2 2 2 0 / 0 1 1 1 0 / 0 0 0 0 1", "0 1 1 1 2"),
    _division((PROP1,), MMS, "0 0 / 1 1", "0 0"),
    _division((FPO,), PROP1, "1 1 1 / 1 1 1", "0 0 0"),
    _division((PO,), FPO, "2 1 / 3 1", "0 1"),
    _division((NW,), PO, "1 1 / 1 2", "1 0"),
)

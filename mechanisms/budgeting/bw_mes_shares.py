"""BW-MES-PB and fair shares: what holds in expectation, and of every outcome.

Each group of one mind gets what its part of the budget could buy; groups of several minds need not
get what their shares add up to.  Every outcome satisfies EJR, as Equal Shares does, and misses the
budget by less than a project.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Election, ExAnte, Instance
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    EJR,
    JR,
    PJR,
    BudgetBalancedUpToOne,
    Everyone,
    GroupFairShare,
    IndividualFairShare,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
)
from mechsim.budgeting import BWMES
from mechsim.catalogue import Card, Fails, Holds

TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)
SPREAD = Election(tuple("abcd"), (Fraction(29, 10), 1, 3, 1), 3)
NO_SHARE = Instance(SPREAD, SPREAD.read([list(b) for b in ("ac", "abd", "ac")]))
UNIT = Domain(Election(("a", "b", "c"), (1, 1, 1), 2), agents=2)
KEEPS = "a group pays at most the j-th lowest cost for its j-th project"

CARD = Card(
    title="BW-MES-PB, Fair Shares",
    rule=partial(BWMES, Lexicographic()),
    source="Aziz, Lu, Suzuki, Vollen, Walsh, AAAI 2024, arXiv:2404.05198",
    claims=(
        Holds(ExAnte(IndividualFairShare()), TOWN, because="strong UFS implies it"),
        Holds(ExAnte(StrongIndividualFairShare()), TOWN, because="strong UFS implies it"),
        Holds(ExAnte(StrongUnanimousFairShare()), TOWN, because=KEEPS),
        Fails(GroupFairShare(), Everyone(NO_SHARE), violation=Fraction(5, 18)),
        Holds(JR(), TOWN, because="every outcome contains that of Equal Shares"),
        Holds(PJR(), TOWN, because="every outcome contains that of Equal Shares"),
        Holds(EJR(), TOWN, because="every outcome contains that of Equal Shares"),
        Holds(BudgetBalancedUpToOne(), UNIT, because="only the last flip changes the cost"),
    ),
)

"""BW-GCR-PB: the Greedy Cohesive Rule, and what groups have left spent on parts of projects.

Best of both worlds: every outcome satisfies FJR, and in expectation each group of one mind gets
what its part of the budget could buy.  Groups of several minds need not get what their shares add
up to.
"""

from fractions import Fraction

from mechsim import Domain, Election, ExAnte, Instance, UnanimousFairShare
from mechsim.axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    BudgetBalancedUpToOne,
    Everyone,
    GroupFairShare,
    IndividualFairShare,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
)
from mechsim.budgeting import BWGCR
from mechsim.catalogue import Card, Fails, Holds

TOWN = Domain(Election(("hall", "park", "pool"), (2, 1, 1), 2), agents=2)
UNIT = Domain(Election(("a", "b", "c"), (1, 1, 1), 2), agents=2)
SPENT = Election(tuple("abcde"), (1, 4, 3, 6, 1), 10)
NO_SHARE = Instance(SPENT, SPENT.read([list(b) for b in ("cde", "abcde", "cde")]))

CARD = Card(
    title="BW-GCR-PB",
    rule=BWGCR,
    source="Aziz, Lu, Suzuki, Vollen, Walsh, AAAI 2024, arXiv:2404.05198",
    claims=(
        Holds(ExAnte(IndividualFairShare()), TOWN, because="strong UFS implies it"),
        Holds(ExAnte(UnanimousFairShare()), TOWN, because="strong UFS implies it"),
        Holds(ExAnte(StrongIndividualFairShare()), TOWN, because="strong UFS implies it"),
        Holds(
            ExAnte(StrongUnanimousFairShare()),
            TOWN,
            because="by FJR it has as many projects as it could buy, or one more",
        ),
        Fails(GroupFairShare(), Everyone(NO_SHARE), violation=Fraction(1, 3)),
        Holds(JR(), TOWN, because="every outcome contains that of the cohesive rule"),
        Holds(PJR(), TOWN, because="every outcome contains that of the cohesive rule"),
        Holds(EJR(), TOWN, because="every outcome contains that of the cohesive rule"),
        Holds(FJR(), TOWN, because="every outcome contains that of the cohesive rule"),
        Holds(BudgetBalancedUpToOne(), UNIT, because="only the last flip changes the cost"),
    ),
)

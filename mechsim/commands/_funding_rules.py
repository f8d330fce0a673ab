"""The rules that ``mechsim budget`` knows, and what it asks of them."""

from functools import partial
from typing import Any

from ..algorithms.ties import Lexicographic
from ..axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    BudgetBalancedUpToOne,
    Core,
    EJRPlusX,
    ExAnte,
    Exhaustive,
    GroupFairShare,
    IndividualFairShare,
    ScoredCore,
    ScoredEJR,
    ScoredFJR,
    ScoredJR,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    UnanimousFairShare,
    WithinBudget,
)
from ..budgeting import (
    BWGCR,
    BWMES,
    EqualShares,
    EqualSharesOfScores,
    FractionalRandomDictator,
    GreedyAV,
    GreedyByScore,
    GreedyCohesive,
    GreedyRatio,
    MaxUtility,
    Phragmen,
)

FIRST = Lexicographic()
COMPLETED = ("add1", "add1u")
"""How the names of completed rules end."""

RULES: dict[str, Any] = {
    "bw-mes": partial(BWMES, FIRST),
    "bw-gcr": BWGCR,
    "random-dictator": FractionalRandomDictator,
    "mes": partial(EqualShares, FIRST),
    "mes-add1": partial(EqualShares, FIRST, completion="add1"),
    "mes-add1u": partial(EqualShares, FIRST, completion="add1u"),
    "mes-cost": partial(EqualShares, FIRST, satisfaction="cost"),
    "mes-cost-add1": partial(EqualShares, FIRST, satisfaction="cost", completion="add1"),
    "mes-cost-add1u": partial(EqualShares, FIRST, satisfaction="cost", completion="add1u"),
    "gcr": GreedyCohesive,
    "phragmen": partial(Phragmen, FIRST),
    "greedy": partial(GreedyAV, FIRST),
    "greedy-ratio": partial(GreedyRatio, FIRST),
    "max-utility": MaxUtility,
}

OF_POINTS: dict[str, Any] = {
    "mes": partial(EqualSharesOfScores, FIRST),
    "mes-add1": partial(EqualSharesOfScores, FIRST, completion="add1"),
    "mes-add1u": partial(EqualSharesOfScores, FIRST, completion="add1u"),
    "random-dictator": FractionalRandomDictator,
    "greedy": partial(GreedyByScore, FIRST),
    "greedy-ratio": partial(GreedyByScore, FIRST, per_cost=True),
    "max-utility": MaxUtility,
}
"""Those that take the points that voters give."""
EX_ANTE: dict[str, Any] = {
    "IFS": ExAnte(IndividualFairShare()),
    "UFS": ExAnte(UnanimousFairShare()),
    "strong IFS": ExAnte(StrongIndividualFairShare()),
    "strong UFS": ExAnte(StrongUnanimousFairShare()),
    "GFS": GroupFairShare(),
}
EX_POST: dict[str, Any] = {
    "JR": JR(),
    "PJR": PJR(),
    "EJR": EJR(),
    "FJR": FJR(),
    "core": Core(),
    "EJR+x of money": EJRPlusX(),
    "exhaustive": Exhaustive(),
    "BB1": BudgetBalancedUpToOne(),
    "within budget": WithinBudget(),
}
POINTS_EX_POST: dict[str, Any] = {
    "JR of points": ScoredJR(),
    "EJR of points": ScoredEJR(),
    "EJR of points up to one": ScoredEJR("one"),
    "FJR of points": ScoredFJR(),
    "core of points": ScoredCore(),
    "exhaustive": Exhaustive(),
    "BB1": BudgetBalancedUpToOne(),
    "within budget": WithinBudget(),
}

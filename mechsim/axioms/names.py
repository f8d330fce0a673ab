"""The short names under which the literature tabulates axioms."""

from typing import Any, Protocol, runtime_checkable

from .._text import brief
from .anonymous import Anonymous
from .bayesian import BayesianIncentiveCompatible
from .clamp import ClampIdentity
from .committees import SingletonProportional, SubsetStrategyproof
from .condorcet import CondorcetConsistent
from .efficient import Efficient
from .envy import EnvyFree
from .envy_up_to_any import EnvyFreeUpToAny
from .envy_up_to_one import EnvyFreeUpToOne
from .fair_share import IndividualFairShare, UnanimousFairShare
from .fractionally_pareto import FractionallyParetoOptimal
from .group_strategyproof import GroupStrategyproof
from .hybrid_share import HybridFairShare
from .maskin_monotonic import MaskinMonotonic
from .money import (
    BudgetBalanced,
    BudgetBalancedOnAverage,
    IndividuallyRational,
    InterimIndividuallyRational,
)
from .monotone import Monotone, StrictlyMonotone
from .neutral import Neutral
from .non_dictatorial import NonDictatorial
from .non_wasteful import NonWasteful
from .nuisance_fairness import ProportionalNuisanceShare
from .nuisance_share import IndividualNuisanceShare, UnanimousNuisanceShare
from .onto import Onto
from .pareto import ParetoOptimal
from .participation import ParticipationCriterion
from .proportional import Proportional, StronglyProportional
from .proportional_fairness import ProportionallyFair, StronglyProportionallyFair
from .proportional_share import ProportionalShare, ProportionalUpToOne
from .random_assignment import OrdinallyEfficient, SDEnvyFree, WeaklySDEnvyFree
from .representation import EJRPlus, WithinBudget
from .shares import MaximinShare
from .single_parameter import MonotoneAllocation, PaymentIdentity
from .social_orders import IndependentOfIrrelevantAlternatives, WeakPareto
from .stochastic_dominance import SDStrategyproof, WeaklySDStrategyproof
from .strategyproof import Strategyproof
from .transfers import NoPositiveTransfers
from .unanimous import Unanimous

SHORT: dict[type, str] = {
    NoPositiveTransfers: "NPT",
    MonotoneAllocation: "MON-A",
    PaymentIdentity: "PAY",
    Anonymous: "ANON",
    BayesianIncentiveCompatible: "BIC",
    BudgetBalanced: "BB",
    BudgetBalancedOnAverage: "BB-avg",
    ClampIdentity: "CLAMP",
    CondorcetConsistent: "CONDORCET",
    SingletonProportional: "PROP-1",
    SubsetStrategyproof: "SUBSET-SP",
    EJRPlus: "EJR+",
    Efficient: "EFF",
    EnvyFree: "EF",
    EnvyFreeUpToAny: "EFX",
    EnvyFreeUpToOne: "EF1",
    FractionallyParetoOptimal: "fPO",
    GroupStrategyproof: "GSP",
    HybridFairShare: "H-UFS",
    IndividualFairShare: "IFS",
    IndividualNuisanceShare: "N-IFS",
    ProportionalNuisanceShare: "N-PF",
    UnanimousNuisanceShare: "N-UFS",
    IndividuallyRational: "IR",
    IndependentOfIrrelevantAlternatives: "IIA",
    InterimIndividuallyRational: "IIR",
    MaskinMonotonic: "MM",
    MaximinShare: "MMS",
    Monotone: "MON",
    Neutral: "NEUT",
    NonDictatorial: "NON-DICT",
    NonWasteful: "NW",
    Onto: "ONTO",
    OrdinallyEfficient: "OE",
    ParetoOptimal: "PO",
    ParticipationCriterion: "PART",
    Proportional: "PROP",
    ProportionalShare: "PROP-share",
    ProportionalUpToOne: "PROP1",
    ProportionallyFair: "PF",
    SDEnvyFree: "SD-EF",
    SDStrategyproof: "SD-SP",
    Strategyproof: "SP",
    StrictlyMonotone: "SMON",
    StronglyProportional: "SPROP",
    StronglyProportionallyFair: "SPF",
    Unanimous: "UNAN",
    UnanimousFairShare: "UFS",
    WeakPareto: "WP",
    WeaklySDEnvyFree: "wSD-EF",
    WeaklySDStrategyproof: "wSD-SP",
    WithinBudget: "BUDGET",
}
"""By axiom; an axiom without a short name is called by its own."""


@runtime_checkable
class Reading(Protocol):
    """A way to read another axiom; its ``heading`` is a format for that one's."""

    @property
    def axiom(self) -> Any:
        """The axiom that is read."""
        ...

    @property
    def heading(self) -> str:
        """For example ``{} ex post``."""
        ...


def label(axiom: object) -> str:
    """The heading of an axiom's column: ``SP``, ``univ. ANON``, ``UFS ex post``.

    What about an axiom is not the default follows its short name too: ``GSP(size=2)``.
    """
    if isinstance(axiom, Reading):
        return axiom.heading.format(label(axiom.axiom))
    short = SHORT.get(type(axiom))
    return short + brief(axiom).removeprefix(type(axiom).__name__) if short else brief(axiom)

"""Mechanism design and social choice: simulate mechanisms, verify axioms, compute the best.

>>> from mechsim import Line, Strategyproof, verify
>>> from mechsim.facility import Mean
>>> verify(Mean(), Strategyproof(), Line(0, 1), agents=2).word
'refuted'

The nouns, the verbs, the settings and the axioms are here; mechanisms live in their families
(`mechsim.facility`).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import allocation as allocation
    from . import auctions as auctions
    from . import budgeting as budgeting
    from . import catalogue as catalogue
    from . import design as design
    from . import facility as facility
    from . import games as games
    from . import information as information
    from . import objectives as objectives
    from . import plot as plot
    from . import program as program
    from . import studies as studies
    from . import voting as voting
    from ._numbers import Number as Number
    from .axioms import Anonymous as Anonymous
    from .axioms import BayesianIncentiveCompatible as BayesianIncentiveCompatible
    from .axioms import ClampIdentity as ClampIdentity
    from .axioms import EJRPlus as EJRPlus
    from .axioms import EnvyFree as EnvyFree
    from .axioms import EnvyFreeUpToAny as EnvyFreeUpToAny
    from .axioms import EnvyFreeUpToOne as EnvyFreeUpToOne
    from .axioms import ExAnte as ExAnte
    from .axioms import ExPost as ExPost
    from .axioms import FractionallyParetoOptimal as FractionallyParetoOptimal
    from .axioms import GroupStrategyproof as GroupStrategyproof
    from .axioms import IndividualFairShare as IndividualFairShare
    from .axioms import IndividuallyRational as IndividuallyRational
    from .axioms import MaximinShare as MaximinShare
    from .axioms import Misbehaved as Misbehaved
    from .axioms import MixtureOf as MixtureOf
    from .axioms import Monotone as Monotone
    from .axioms import Neutral as Neutral
    from .axioms import NonWasteful as NonWasteful
    from .axioms import Obedient as Obedient
    from .axioms import OrdinallyEfficient as OrdinallyEfficient
    from .axioms import ParetoOptimal as ParetoOptimal
    from .axioms import Proportional as Proportional
    from .axioms import ProportionallyFair as ProportionallyFair
    from .axioms import ProportionalShare as ProportionalShare
    from .axioms import ProportionalUpToOne as ProportionalUpToOne
    from .axioms import Proved as Proved
    from .axioms import Refuted as Refuted
    from .axioms import RefutedAt as RefutedAt
    from .axioms import SDEnvyFree as SDEnvyFree
    from .axioms import SDStrategyproof as SDStrategyproof
    from .axioms import Strategyproof as Strategyproof
    from .axioms import StrictlyMonotone as StrictlyMonotone
    from .axioms import StrictlyProper as StrictlyProper
    from .axioms import StronglyProportional as StronglyProportional
    from .axioms import StronglyProportionallyFair as StronglyProportionallyFair
    from .axioms import Survived as Survived
    from .axioms import Unanimous as Unanimous
    from .axioms import UnanimousFairShare as UnanimousFairShare
    from .axioms import Universally as Universally
    from .axioms import Unknown as Unknown
    from .axioms import Verdict as Verdict
    from .axioms import WithinBudget as WithinBudget
    from .axioms import WithProbability as WithProbability
    from .axioms import confirm as confirm
    from .axioms import shrink as shrink
    from .design import impossible as impossible
    from .design import optimize as optimize
    from .lottery import Finite as Finite
    from .lottery import Lottery as Lottery
    from .lottery import mix as mix
    from .lottery import sure as sure
    from .lottery import uniform as uniform
    from .mechanism import Mechanism as Mechanism
    from .mechanism import Rule as Rule
    from .mechanism import Sure as Sure
    from .mechanism import play as play
    from .population import Population as Population
    from .preferences import Acquisition as Acquisition
    from .preferences import Beliefs as Beliefs
    from .preferences import Chores as Chores
    from .preferences import CostUtilities as CostUtilities
    from .preferences import DivisibleGoods as DivisibleGoods
    from .preferences import Election as Election
    from .preferences import Goods as Goods
    from .preferences import Houses as Houses
    from .preferences import Hybrid as Hybrid
    from .preferences import Line as Line
    from .preferences import Obnoxious as Obnoxious
    from .preferences import Positions as Positions
    from .preferences import Rankings as Rankings
    from .preferences import ScoredElection as ScoredElection
    from .preferences import SinglePeaked as SinglePeaked
    from .preferences import anes96 as anes96
    from .preferences import read_column as read_column
    from .preferences import read_pabulib as read_pabulib
    from .preferences import read_reports as read_reports
    from .preferences import riverside as riverside
    from .preferences import village as village
    from .proving import Budget as Budget
    from .proving import certificate as certificate
    from .proving import judge as judge
    from .proving import mixture as mixture
    from .proving import save as save
    from .proving import tabulate as tabulate
    from .proving import verify as verify
    from .sampler import FromUniforms as FromUniforms
    from .sampler import Sampled as Sampled
    from .setting import Domain as Domain
    from .setting import Instance as Instance
    from .setting import Priced as Priced

_HOME = {
    "_numbers": ("Number",),
    "lottery": ("Finite", "Lottery", "mix", "sure", "uniform"),
    "mechanism": ("Mechanism", "Rule", "Sure", "play"),
    "sampler": ("FromUniforms", "Sampled"),
    "setting": ("Domain", "Instance", "Priced"),
    "population": ("Population",),
    "preferences": (
        "Acquisition",
        "Beliefs",
        "CostUtilities",
        "Chores",
        "DivisibleGoods",
        "Election",
        "Goods",
        "Houses",
        "Hybrid",
        "Line",
        "Obnoxious",
        "Positions",
        "Rankings",
        "ScoredElection",
        "SinglePeaked",
        "anes96",
        "read_column",
        "read_pabulib",
        "read_reports",
        "riverside",
        "village",
    ),
    "axioms": (
        "Anonymous",
        "BayesianIncentiveCompatible",
        "ClampIdentity",
        "EJRPlus",
        "EnvyFree",
        "EnvyFreeUpToAny",
        "EnvyFreeUpToOne",
        "ExAnte",
        "ExPost",
        "FractionallyParetoOptimal",
        "GroupStrategyproof",
        "IndividualFairShare",
        "IndividuallyRational",
        "MaximinShare",
        "Misbehaved",
        "MixtureOf",
        "Monotone",
        "Neutral",
        "NonWasteful",
        "Obedient",
        "OrdinallyEfficient",
        "ParetoOptimal",
        "Proportional",
        "ProportionalShare",
        "ProportionalUpToOne",
        "ProportionallyFair",
        "Proved",
        "Refuted",
        "RefutedAt",
        "SDEnvyFree",
        "SDStrategyproof",
        "Strategyproof",
        "StrictlyMonotone",
        "StrictlyProper",
        "StronglyProportional",
        "StronglyProportionallyFair",
        "Survived",
        "Unanimous",
        "UnanimousFairShare",
        "Universally",
        "Unknown",
        "Verdict",
        "WithProbability",
        "WithinBudget",
        "confirm",
        "shrink",
    ),
    "design": ("impossible", "optimize"),
    "proving": (
        "Budget",
        "certificate",
        "judge",
        "mixture",
        "save",
        "tabulate",
        "verify",
    ),
}
_FAMILIES = (
    "allocation",
    "auctions",
    "budgeting",
    "catalogue",
    "design",
    "facility",
    "games",
    "information",
    "objectives",
    "plot",
    "program",
    "studies",
    "voting",
)
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [*_MODULE, *_FAMILIES]  # pyright: ignore[reportUnsupportedDunderAll] - two lists agree


def __getattr__(name: str) -> object:
    if name in _MODULE:
        return getattr(import_module(f".{_MODULE[name]}", __name__), name)
    if name in _FAMILIES:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module 'mechsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULE, *_FAMILIES])

"""The tour's look at the other families: one question each, in the same words."""

from ..algorithms.ties import Lexicographic, UniformlyAtRandom
from ..auctions import GSP, VCG
from ..axioms import (
    EJRPlus,
    EnvyFreeUpToOne,
    MaximinShare,
    SDStrategyproof,
    Strategyproof,
    StrictlyProper,
    Verdict,
)
from ..budgeting import EqualShares, GreedyAV
from ..information import Linear, Logarithmic, ScoringRule
from ..preferences import Beliefs, Goods, Positions, Rankings, village
from ..program import Draft, Terms
from ..proving import judge, verify
from ..setting import Instance
from ..voting import Borda, RandomDictatorship


def auctions() -> list[Verdict]:
    """Two positions worth 200 and 199 clicks: does it pay to bid one's value?"""
    search = Positions((200, 199), values=(2, 3, 4, 10), agents=("Ann", "Bob", "Cem"))
    asked = (VCG(search), GSP(search))
    return [verify(auction, Strategyproof(), search, agents=3) for auction in asked]


def information() -> list[Verdict]:
    """Three kinds of weather: does a forecaster earn most by saying what it believes?"""
    weather = Beliefs(("rain", "snow", "sun"), steps=7)
    logarithmic, linear = ScoringRule(Logarithmic(), weather), ScoringRule(Linear(), weather)
    return [verify(rule, StrictlyProper(), weather, agents=1) for rule in (logarithmic, linear)]


def budgeting() -> list[Verdict]:
    """A village funds projects: does every group get what it could pay for?"""
    election, ballots = village()
    here = Instance(election, ballots)
    rules = (EqualShares(Lexicographic(), election), GreedyAV(Lexicographic(), election))
    return [judge(rule(ballots), EJRPlus(), here) for rule in rules]


def allocation() -> list[Verdict]:
    """Somebody typed in who gets what: is it fair?"""
    goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    reports = goods.read([[4, 0, 0], [3, 2, 1]])
    typed = goods.bundles({"ann": ["car", "dog"], "bob": ["egg"]})
    here = Instance(goods, reports)
    return [judge(typed, axiom, here) for axiom in (EnvyFreeUpToOne(), MaximinShare())]


def voting() -> list[Verdict]:
    """Two voters and three candidates: two tie policies are two questions."""
    vote = Rankings(("ann", "bob", "cat"))
    rules = (
        Borda(Lexicographic(), vote),
        Borda(UniformlyAtRandom(), vote),
        RandomDictatorship(vote),
    )
    return [verify(rule, SDStrategyproof(), vote, agents=2) for rule in rules]


def program() -> str:
    """A linear program with named rows: how well can a lottery do against every rival?"""
    names = ("rock", "paper", "scissors")
    draft = Draft()
    p = draft.variables("p[{candidate}]", (names,))
    margin = draft.variables("margin", low=None)
    draft.equal("p is a lottery", (), 1, Terms(p))
    for k, rival in enumerate(names):
        won = Terms([p[(k + 1) % 3], p[(k + 2) % 3]], [1, -1])
        draft.at_least(f"p against {rival}", (), 0, won, Terms(margin, -1))
    return str(draft.maximize(Terms(margin)).solve())

"""Certificates that tests are about, and what the checker says to one."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from divisions import FEIGE_SAPIR_TAUBER
from own_rule import midrange
from programs import condorcet_cycle, transport

from mechsim import Domain, Goods, Instance, Line, Rankings
from mechsim.algorithms.dividing import NoBetterDivision
from mechsim.allocation import maximin_allocation
from mechsim.auctions import GSP
from mechsim.axioms import (
    Anonymous,
    ExAnte,
    Exhaustion,
    MixtureOf,
    ParetoOptimal,
    Proved,
    Refuted,
    Strategyproof,
    StronglyProportional,
    Tally,
    Unanimous,
    UnanimousFairShare,
    check,
    lift,
)
from mechsim.facility import LeftRightMiddle, Mean, Median, RandomRank
from mechsim.preferences import Positions
from mechsim.program import Draft, Infeasible, Optimum, Terms
from mechsim.proving import certcheck, certificate, tabulate, verify
from mechsim.voting import Dictatorship

CHECKER = Path(certcheck.__file__)
GRID = Line(0, 1).grid(2)
HALF = Fraction(1, 2)


def nothing(path: str) -> None:
    """Whoever checks is told nothing."""


def refuted(mechanism: Any, axiom: Any, setting: Any, agents: int) -> Refuted:
    """The first witness, at profiles with three places on a line or at all profiles."""
    places = GRID.points if isinstance(setting, Line) else setting.types(0)
    profiles = product(places or (), repeat=agents)
    found = check(lift(axiom), mechanism, (Instance(setting, reports) for reports in profiles))
    assert isinstance(found, Refuted), found
    return found


def proved(mechanism: Any, axiom: Any, domain: Domain) -> Proved:
    """What `verify` says of a finite domain that it exhausts."""
    found = check(lift(axiom), mechanism, domain)
    assert isinstance(found, Tally), found
    exhausted = Exhaustion(domain.size, found.cases)
    return Proved(mechanism, lift(axiom), exhausted, str(domain), within=domain)


def mixed(mechanism: Any) -> Any:
    """What `verify` says of its lotteries at nine profiles."""
    return verify(mechanism, MixtureOf(Strategyproof()), GRID, agents=2)


def contradiction() -> Infeasible:
    """Three kinds of rows that cannot hold together."""
    draft = Draft()
    x = draft.variables("x[{0}]", (["a", "b"],), high=3)
    draft.at_least("sum", (), 5, Terms(x))
    draft.at_most("difference", (), 0, Terms(x, [1, -1]))
    draft.equal("first", (), Fraction(9, 4), Terms(x, [1, 0]))
    draft.at_most("second", (), 2, Terms(x, [0, 1]))
    found = draft.minimize().solve()
    assert isinstance(found, Infeasible)
    return found


def optimum(program: Any) -> Optimum:
    found = program.solve()
    assert isinstance(found, Optimum)
    return found


def undividable() -> NoBetterDivision:
    """Goods of which not everybody can have its maximin share."""
    goods = Goods(tuple("abcdefghi"))
    found = maximin_allocation(Instance(goods, goods.read(FEIGE_SAPIR_TAUBER))).better
    assert found is not None
    return found


@cache
def made(name: str) -> Any:
    """The certificates that the tests are about."""
    positions = Positions((200, 199), values=(2, 3, 4))
    vote = Rankings(("ann", "bob"))
    makers: dict[str, Callable[[], Any]] = {
        "witness": lambda: certificate(refuted(Mean(), Strategyproof(), Line(0, 1), 2)),
        "witness of a function": lambda: certificate(
            refuted(midrange, Strategyproof(), Line(0, 1), 2)
        ),
        "witness with money": lambda: certificate(
            refuted(GSP(positions), Strategyproof(), positions, 3)
        ),
        "witness of a lottery": lambda: certificate(
            refuted(RandomRank(), UnanimousFairShare(), Line(0, 1), 3)
        ),
        "exhaustion": lambda: exhausted(Median(), Domain(GRID, 2)),
        "exhaustion of votes": lambda: exhausted(Dictatorship(1, vote), Domain(vote, 2)),
        "mixture": lambda: certificate(mixed(RandomRank())),
        "no mixture": lambda: certificate(mixed(LeftRightMiddle())),
        "table": lambda: tabulate(
            Median(), (Strategyproof(), Anonymous(), Unanimous(), ParetoOptimal()), Domain(GRID, 2)
        ),
        "table of lotteries": lambda: tabulate(
            RandomRank(),
            (Strategyproof(), Anonymous(), ExAnte(StronglyProportional())),
            Domain(Line(0, 1).grid(1), 2),
        ),
        "optimum": lambda: certificate(optimum(transport())),
        "largest optimum": lambda: certificate(optimum(condorcet_cycle())),
        "infeasible": lambda: certificate(contradiction()),
        "division": lambda: certificate(undividable()),
    }
    return makers[name]()


NAMES = (
    "witness",
    "witness of a function",
    "witness with money",
    "witness of a lottery",
    "exhaustion",
    "exhaustion of votes",
    "mixture",
    "no mixture",
    "table",
    "table of lotteries",
    "optimum",
    "largest optimum",
    "infeasible",
    "division",
)
SELF_CONTAINED = NAMES[8:]


def exhausted(mechanism: Any, domain: Domain) -> Any:
    return certificate(proved(mechanism, Strategyproof(), domain))


def trusted(name: str) -> tuple[str, ...]:
    return ("own_rule",) if name.endswith("function") else ()


FOLLOWS = "the claim does not follow; what follows is: "


def answer(data: Any, trust: tuple[str, ...]) -> str:
    """The checker's answer to a certificate; it must not fail in any other way."""
    try:
        return f"accepted: {certcheck.check(data, certcheck.Door(trust, nothing)).claim}"
    except (certcheck.Rejected, certcheck.NoCertificate) as reason:
        return str(reason)

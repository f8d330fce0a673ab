"""Questions that make no sense are answered as such, whatever axiom meets whatever setting."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from worlds import Items, PublicGood, Tables, Trade

from mechsim import Instance, Line, Priced, Unknown, uniform, verify
from mechsim.axioms import (
    BayesianIncentiveCompatible,
    EJRPlus,
    ExAnte,
    IndividuallyRational,
    InterimIndividuallyRational,
    Neutral,
    Obedient,
    StrictlyProper,
    UnanimousFairShare,
    Verdict,
    WithinBudget,
    check,
)
from mechsim.budget import Budget
from mechsim.commands._names import named_axioms
from mechsim.preferences import (
    Acquisition,
    Beliefs,
    DivisibleGoods,
    Election,
    Goods,
    Houses,
    Obnoxious,
    Positions,
    Rankings,
    SinglePeaked,
)
from mechsim.preferences.acquisition import ContractTerms, Effort, Expert, World
from mechsim.proving import judge

F = Fraction
HALF = F(1, 2)
UNIT = Line(0, 1)


class Least:
    """A setting with the two methods that all have."""

    def types(self, agent: int, /) -> tuple[int, ...]:
        return (0, 1)

    def value(self, agent: int, type_: int, alternative: Any, /) -> Any:
        return F(type_ * alternative)


def hire() -> Acquisition:
    look = Effort("look", F(1), ((F(1), F(0)), (F(0), F(1))))
    rest = Effort("rest", F(0), ((HALF, HALF),) * 2)
    experts = tuple(Expert(name, ("r", "s"), (rest, look)) for name in ("ann", "bob"))
    return Acquisition((World("rain", HALF), World("sun", HALF)), experts)


TERMS = ContractTerms(("rest", "rest"), ((F(1), F(0)), (F(0), F(1))))
TWO = (frozenset({0}), frozenset({1}))
CHANCES = (HALF, HALF)
WORLDS: dict[str, tuple[Any, Any, int]] = {
    "line": (UNIT, HALF, 2),
    "grid": (UNIT.grid(2), HALF, 2),
    "single-peaked": (Line(0, 1, tastes=SinglePeaked()).grid(2), HALF, 2),
    "single-peaked line": (Line(0, 1, tastes=SinglePeaked()), HALF, 2),
    "obnoxious": (Line(0, 1, tastes=Obnoxious()).grid(2), HALF, 2),
    "rankings": (Rankings(("ann", "bob", "cat")), 0, 2),
    "tied": (Rankings(("ann", "bob", "cat")), frozenset({0, 1}), 2),
    "goods": (Goods(("car", "dog")), TWO, 2),
    "goods on a grid": (Goods(("car", "dog"), grid=(0, 1)), TWO, 2),
    "houses": (Houses(("attic", "barn")), (0, 1), 2),
    "divisible": (DivisibleGoods(("car", "dog")), ((1, 0), (0, 1)), 2),
    "positions": (Positions((2, 1)), (0, 1), 2),
    "positions of values": (Positions((2, 1), values=(0, 1)), (0, 1), 2),
    "positions with a prior": (Positions((2, 1), values=(0, 1), prior=CHANCES), (0, 1), 2),
    "beliefs": (Beliefs(("rain", "sun"), steps=4), (F(0), F(1)), 1),
    "election": (Election(("a", "b"), (1, 2), 2), frozenset[int](), 2),
    "acquisition": (hire(), TERMS, 2),
    "least": (Least(), F(1), 2),
    "trade": (Trade(2), "trade", 2),
    "items": (Items((F(0), F(1)), CHANCES), (0, 1), 2),
    "public good": (PublicGood(), "good", 2),
    "tables": (Tables(), "x", 2),
}
AXIOMS = tuple(dict.fromkeys(named_axioms().values()))


def mechanisms(outcome: Any) -> tuple[Callable[[Any], Any], ...]:
    """Constant mechanisms, of which some have agents pay."""
    return (
        lambda reports: outcome,
        lambda reports: Priced(outcome, (F(1),) * len(reports)),
        lambda reports: uniform([outcome, outcome]),
        lambda reports: uniform([Priced(outcome, (F(k),) * len(reports)) for k in (0, 1)]),
    )


class TestEveryPair:
    """Every axiom in every setting is answered by a verdict, or refused in a sentence."""

    @pytest.mark.parametrize("world", WORLDS)
    def test_no_axiom_breaks(self, world: str) -> None:
        setting, outcome, agents = WORLDS[world]
        for axiom in AXIOMS:
            readings = [axiom, *([ExAnte(axiom)] if hasattr(axiom, "outcome_violation") else [])]
            for asked in readings:
                for mechanism in mechanisms(outcome):
                    with suppress(ValueError):
                        verify(mechanism, asked, setting, agents=agents, budget=Budget(40))


class TestNonsense:
    """What would make no sense even where it can be computed is not judged either."""

    @pytest.mark.parametrize("axiom", [IndividuallyRational(), ExAnte(IndividuallyRational())])
    def test_nobody_can_stay_out(self, axiom: Any) -> None:
        vote = Rankings(("ann", "bob"))
        for setting, outcome in ((UNIT, HALF), (UNIT.grid(2), HALF), (vote, 0)):
            found = verify(mechanisms(outcome)[0], axiom, setting, agents=2)
            assert unknown(found, "does not say that agents may stay out")

    def test_payments_say_that_one_may(self) -> None:
        axiom = IndividuallyRational()
        assert verify(lambda x: Priced(1, (1, 0)), axiom, Least(), agents=2).word == "refuted"
        assert verify(lambda x: Priced(1, (0, 0)), axiom, Least(), agents=2).word == "proved"
        assert verify(lambda x: "keep", axiom, Trade(2), agents=2).word == "proved"
        assert verify(lambda x: "trade", axiom, Trade(2), agents=2).word == "refuted"
        assert verify(lambda x: TERMS, axiom, hire(), agents=2).word == "proved"

    def test_on_interim(self) -> None:
        class Poor(Trade):
            money = False

        found = verify(lambda x: "trade", InterimIndividuallyRational(), Poor(2), agents=2)
        assert unknown(found, "does not say that agents may stay out")

    def test_nothing_to_score(self) -> None:
        for setting in (UNIT, UNIT.grid(2), Rankings(("ann", "bob"))):
            found = verify(lambda reports: 0, StrictlyProper(), setting, agents=2)
            assert unknown(found, "does not say states")


def unknown(found: Verdict, reason: str) -> bool:
    """Whether nothing is known, for this reason."""
    return isinstance(found, Unknown) and reason in found.reason


class TestAxiomsSayWhatTheyAskFor:
    """What a setting does not say cannot be judged; it is no refutation and no proof."""

    @pytest.mark.parametrize(
        ("axiom", "missing"),
        [
            (EJRPlus(), "does not say costs"),
            (ExAnte(EJRPlus()), "does not say costs"),
            (WithinBudget(), "does not say cost"),
            (BayesianIncentiveCompatible(), "does not say beliefs"),
            (InterimIndividuallyRational(), "does not say beliefs"),
            (Obedient(), "does not say experts"),
        ],
    )
    @pytest.mark.parametrize("setting", [UNIT, UNIT.grid(2)])
    def test_on_a_line(self, axiom: Any, missing: str, setting: Line) -> None:
        found = verify(lambda reports: sorted(reports)[1], axiom, setting, agents=3)
        assert unknown(found, f"{missing}, which the axiom asks for")

    def test_neutral_on_goods(self) -> None:
        for goods in (Goods(("car", "dog")), Goods(("car", "dog"), grid=(0, 1))):
            found = verify(lambda reports: TWO, Neutral(), goods, agents=2)
            assert unknown(found, "does not say renamings")

    def test_what_is_paid_is_not_renamed(self) -> None:
        def first(reports: Any) -> Priced:
            return Priced(reports[0][0], (F(1),) * len(reports))

        vote = Rankings(("ann", "bob", "cat"))
        assert verify(first, Neutral(), vote, agents=2).word == "proved"

    @pytest.mark.parametrize("setting", [Positions((2, 1)), Positions((2, 1), values=(0, 1))])
    def test_fair_shares_of_positions(self, setting: Positions) -> None:
        found = verify(
            lambda reports: Priced((0, 1), (F(1), F(1))), UnanimousFairShare(), setting, agents=2
        )
        assert unknown(found, "does not say fair_share")

    def test_fair_shares_where_agents_pay(self) -> None:
        found = verify(
            lambda reports: Priced(HALF, (F(1), F(1))), UnanimousFairShare(), UNIT, agents=2
        )
        assert unknown(found, "agents pay")

    def test_a_given_outcome(self) -> None:
        assert unknown(judge(HALF, EJRPlus(), Instance(UNIT, (F(0),))), "does not say costs")

    def test_check(self) -> None:
        """Also where the places of an axiom, and not its cases, ask for something."""
        axiom = BayesianIncentiveCompatible()
        found = check(axiom, lambda reports: HALF, axiom.instances(UNIT.grid(1), 2))
        assert isinstance(found, Unknown)

"""The axioms of money, envy and beliefs: foils, second definitions, and what a witness says."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import (
    BayesianIncentiveCompatible,
    EnvyFree,
    ExAnte,
    ExPost,
    IndividuallyRational,
    Instance,
    Line,
    Positions,
    Priced,
    Proved,
    Refuted,
    Strategyproof,
    Unknown,
    confirm,
    judge,
    uniform,
    verify,
)
from mechsim._json import decode, encode
from mechsim.auctions import GSP, VCG, AllPay, FirstPrice
from mechsim.axioms import Envy, Misreport, Participation
from mechsim.axioms.names import label
from mechsim.facility import Median

HALF, ONE, TWO, ZERO = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(0)
FREE = Positions((2, 1))
COIN = Positions((10, 9), values=(1, 2), prior=(HALF, HALF))
BIC = BayesianIncentiveCompatible()
AUCTIONS = [VCG, GSP, FirstPrice, AllPay]
EOS = Positions((200, 199), values=(2, 3, 4, 10), agents=("Ann", "Bob", "Cem"))


def at(setting: Positions, *bids: Fraction) -> Instance:
    return Instance(setting, bids)


class TestFoils:
    """Every axiom has an auction that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (
                IndividuallyRational(),
                AllPay(FREE),
                Participation(at(FREE, ONE, ONE, ONE), 1),
                ONE,
            ),
            (EnvyFree(), GSP(FREE), Envy(at(FREE, ZERO, ONE, ONE), 1, 2), ONE),
            (EnvyFree(), FirstPrice(FREE), Envy(at(FREE, ZERO, ZERO, ONE), 2, 0), ONE),
            (Strategyproof(), GSP(FREE), Misreport(at(FREE, ZERO, ONE, ONE), 1, HALF), ONE),
            (BIC, GSP(COIN), Misreport(at(COIN, TWO, TWO, TWO), 0, ONE), Fraction(9, 2)),
            (BIC, FirstPrice(COIN), Misreport(at(COIN, TWO, TWO, TWO), 0, ONE), Fraction(7)),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, case.instance.setting, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "exact"
        named = Refuted(foil, verdict.axiom, case, violation)
        assert confirm(named), "the smallest witness that we can name replays"
        assert confirm(verdict)


class TestIndividuallyRational:
    """The violation is what a bidder is worse off than without taking part."""

    @given(st.tuples(*[st.integers(0, 5).map(Fraction)] * 3), st.integers(0, 2))
    def test_is_the_loss(self, bids: tuple[Fraction, ...], agent: int) -> None:
        outcome = AllPay(FREE)(bids)
        clicks = {0: 2, 1: 1, None: 0}[outcome.alternative[agent]]
        loss = 2 * bids[agent] - bids[agent] * clicks
        case = Participation(at(FREE, *bids), agent)
        assert IndividuallyRational().outcome_violation(outcome, case) == loss

    def test_an_outcome_that_somebody_typed_in(self) -> None:
        """A bidder who pays 3 for what is worth 2 to it loses 1."""
        named = Positions((2, 1), agents=("Ann", "Bob"))
        verdict = judge(Priced((0, 1), (3, 0)), IndividuallyRational(), at(named, ONE, ONE))
        assert isinstance(verdict, Refuted)
        assert verdict.violation == 1
        assert "at (1, 1), Ann loses 1 by taking part" in str(verdict)

    def test_in_expectation(self) -> None:
        """A fair coin between paying 3 and paying 1 for what is worth 2."""
        lottery = uniform([Priced((0,), (Fraction(3),)), Priced((0,), (ONE,))])
        case = Participation(at(FREE, ONE), 0)
        ir = IndividuallyRational()
        assert ExPost(ir).violation(lambda _: lottery, case) == 1
        assert ExAnte(ir).violation(lambda _: lottery, case) == 0


@dataclass(frozen=True)
class Cakes:
    """Each agent likes some of the pieces 0, 1, 2, and a share is a set of them."""

    def types(self, agent: int, /) -> tuple[frozenset[int], ...]:
        return (frozenset({0}), frozenset({0, 1, 2}))

    def share_value(self, agent: int, type_: frozenset[int], share: frozenset[int], /) -> Fraction:
        return Fraction(len(type_ & share))

    def value(self, agent: int, type_: frozenset[int], alternative: Any, /) -> Fraction:
        return self.share_value(agent, type_, alternative[agent])


class TestEnvyFree:
    """Nobody prefers another's share, for what the other pays, by the definition written out."""

    @pytest.mark.parametrize("auction", AUCTIONS)
    @given(bids=st.tuples(*[st.integers(0, 5).map(Fraction)] * 3))
    def test_pairs(self, auction: Any, bids: tuple[Fraction, ...]) -> None:
        effect = {0: 2, 1: 1, None: 0}
        outcome = auction(FREE)(bids)
        slot, paid = outcome.alternative, outcome.payments
        axiom, instance = EnvyFree(), at(FREE, *bids)
        found = {
            (c.agent, c.other): axiom.outcome_violation(outcome, c) for c in axiom.cases(instance)
        }
        assert found == {
            (i, j): bids[i] * (effect[slot[j]] - effect[slot[i]]) - (paid[j] - paid[i])
            for i, j in permutations(range(3), 2)
        }

    def test_without_money(self) -> None:
        """An allocation is a tuple of shares; no payments are compared."""
        few, all_ = Cakes().types(0)
        instance = Instance(Cakes(), (few, all_))
        assert isinstance(judge((few, all_ - few), EnvyFree(), instance), Proved)
        verdict = judge((all_, frozenset[int]()), EnvyFree(), instance)
        assert isinstance(verdict, Refuted)
        assert verdict.case == Envy(instance, agent=1, other=0)
        assert verdict.violation == 3

    def test_needs_shares(self) -> None:
        verdict = verify(Median(), EnvyFree(), Line(0, 1).grid(2), agents=2)
        assert isinstance(verdict, Unknown)
        assert "envy compares shares, and Line(0, 1).grid(2) does not say" in verdict.reason


THREE = Positions(
    (5, 4),
    (1, 2),
    values=((0, 1, 3), (1, 2)),
    prior=((HALF, Fraction(1, 3), Fraction(1, 6)), (HALF, HALF)),
)


@dataclass(frozen=True)
class Copycat:
    """One object, two bidders worth 1 or 2, who always have the same value and know it."""

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (ONE, TWO)

    def value(
        self, agent: int, type_: Fraction, alternative: tuple[int | None, ...], /
    ) -> Fraction:
        return type_ if alternative[agent] == 0 else ZERO

    def beliefs(
        self, agent: int, type_: Fraction, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        yield ONE, (type_,) * agents


class TestBayesianIncentiveCompatible:
    """The expected gain over the others' types, by the sum written out."""

    @pytest.mark.parametrize("auction", AUCTIONS)
    def test_is_the_expected_gain(self, auction: Any) -> None:
        mechanism = auction(THREE)
        chances = dict(zip((0, 1, 3), (HALF, Fraction(1, 3), Fraction(1, 6)), strict=True))

        def expected(truth: int, bid: int) -> Fraction:
            """What bidder 1, of quality 2, expects from a bid."""
            total = ZERO
            for other, chance in chances.items():
                outcome = mechanism((other, bid))
                clicks = 2 * {0: 5, 1: 4}[outcome.alternative[1]]
                total += chance * (truth * clicks - outcome.payments[1])
            return total

        for truth, lie in ((1, 2), (2, 1)):
            case = Misreport(at(THREE, ZERO, Fraction(truth)), 1, Fraction(lie))
            assert BIC.violation(mechanism, case) == expected(truth, lie) - expected(truth, truth)

    @pytest.mark.parametrize("auction", AUCTIONS)
    @given(st.tuples(*[st.sampled_from((ONE, TWO))] * 2))
    def test_the_others_reports_are_immaterial(self, auction: Any, others: Any) -> None:
        cases = [Misreport(at(COIN, TWO, *rest), 0, ONE) for rest in (others, (ONE, ONE))]
        assert len({BIC.violation(auction(COIN), case) for case in cases}) == 1

    def test_every_type_is_judged_once(self) -> None:
        cases = {
            (case.agent, case.instance.profile[case.agent], case.report)
            for instance in BIC.instances(THREE, 2)
            for case in BIC.cases(instance)
        }
        ordered = [(0, a, b) for a, b in permutations((0, 1, 3), 2)]
        assert cases == {*ordered, *((1, a, b) for a, b in permutations((1, 2), 2))}
        assert len(list(BIC.instances(THREE, 2))) == 3

    @pytest.mark.parametrize("auction", AUCTIONS)
    @pytest.mark.parametrize("values", [(0, 1), (0, 1, 3), (1, 2, 5)])
    def test_strategyproof_implies_it(self, auction: Any, values: tuple[int, ...]) -> None:
        even = (Fraction(1, len(values)),) * len(values)
        setting = Positions((3, 1), values=values, prior=even)
        if isinstance(verify(auction(setting), Strategyproof(), setting, agents=3), Proved):
            assert isinstance(verify(auction(setting), BIC, setting, agents=3), Proved)

    def test_is_weaker(self) -> None:
        """Bids 1 or 3: a first price of half the bid is worth it against one prior only."""
        for chance, word in ((Fraction(9, 10), "refuted"), (Fraction(1, 10), "proved")):
            setting = Positions((1,), values=(1, 3), prior=(chance, 1 - chance))
            assert verify(_halved(setting), BIC, setting, agents=2).word == word
            assert verify(_halved(setting), Strategyproof(), setting, agents=2).word == "refuted"

    def test_beliefs_may_be_correlated(self) -> None:
        """Who knows the other's value to be its own gains by taking turns, so to speak."""
        object_ = Positions((1,))
        verdict = verify(FirstPrice(object_), BIC, Copycat(), agents=2)
        assert isinstance(verdict, Proved)
        assert isinstance(verify(AllPay(object_), BIC, Copycat(), agents=2), Refuted)

    def test_needs_finitely_many_types_and_a_prior(self) -> None:
        with pytest.raises(ValueError, match="a domain needs finitely many types"):
            list(BIC.instances(FREE, 2))
        grid = Positions((2, 1), values=(0, 1))
        with pytest.raises(ValueError, match="setting has no prior: beliefs need one"):
            verify(VCG(grid), BIC, grid, agents=2)
        assert verify(Median(), BIC, Line(0, 1).grid(2), agents=2).word == "unknown"


def _halved(setting: Positions) -> Any:
    def half_price(bids: tuple[Any, ...]) -> Priced:
        outcome = FirstPrice(setting)(bids)
        return Priced(outcome.alternative, tuple(paid / 2 for paid in outcome.payments))

    return half_price


class TestBeliefs:
    """The prior of independent bidders, given the own value."""

    def test_probabilities(self) -> None:
        beliefs = list(THREE.beliefs(1, TWO, 2))
        assert beliefs == [
            (HALF, (ZERO, TWO)),
            (Fraction(1, 3), (ONE, TWO)),
            (Fraction(1, 6), (Fraction(3), TWO)),
        ]

    @given(agents=st.integers(1, 4), agent=st.integers(0, 3))
    def test_sum_to_one(self, agents: int, agent: int) -> None:
        if agent < agents:
            beliefs = list(COIN.beliefs(agent, ONE, agents))
            assert sum(p for p, _ in beliefs) == 1
            others = product(*[(ONE, TWO) if a != agent else (ONE,) for a in range(agents)])
            assert [profile for _, profile in beliefs] == [*others]
            assert all(p == math.prod([HALF] * (agents - 1)) for p, _ in beliefs)


class TestWitnesses:
    """Bidders are called by their names, in the sentence and after a detour through JSON."""

    def test_a_lie(self) -> None:
        case = Misreport(Instance(EOS, EOS.read([10, 4, 2])), 0, Fraction(3))
        verdict = Refuted(GSP(EOS), Strategyproof(), case, Fraction(392))
        assert str(verdict) == (
            "GSP fails Strategyproof on Positions(200, 199) at (2, 3, 4, 10): at (10, 4, 2), "
            "Ann reports 3 instead of 10, which moves the outcome from Ann in slot 0, Bob in slot "
            "1 with payments (Ann 800, Bob 398, Cem 0) to Bob in slot 0, Ann in slot 1 with "
            "payments (Ann 398, Bob 600, Cem 0) and gains it 392"
        )

    @pytest.mark.parametrize("axiom", [EnvyFree(), Strategyproof()])
    def test_found_by_search(self, axiom: Any) -> None:
        verdict = verify(GSP(EOS), axiom, EOS, agents=3)
        assert isinstance(verdict, Refuted)
        assert any(name in verdict.because for name in EOS.agents)
        written: Any = json.loads(json.dumps(encode(verdict)))
        assert decode(written) == verdict

    def test_envy(self) -> None:
        truth = Instance(EOS, EOS.read([10, 4, 2]))
        verdict = judge(GSP(EOS)(truth.reports), EnvyFree(), truth)
        assert isinstance(verdict, Refuted)
        assert "Ann would gain 392 by changing places with Bob" in verdict.because

    def test_beliefs(self) -> None:
        named = Positions((10, 9), (), (1, 2), (HALF, HALF), ("Ann", "Bob", "Cem"))
        verdict = verify(GSP(named), BIC, named, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.because == (
            "Ann, whose type is 2 and who believes the others honest, reports 1 and expects to "
            "gain 9/2"
        )

    def test_vcg_is_proved(self) -> None:
        verdict = verify(VCG(EOS), Strategyproof(), EOS, agents=3)
        assert isinstance(verdict, Proved)
        assert (verdict.certificate.instances, verdict.certificate.cases) == (64, 576)


def test_short_names() -> None:
    axioms = (IndividuallyRational(), EnvyFree(), BIC)
    assert [label(axiom) for axiom in axioms] == ["IR", "EF", "BIC"]

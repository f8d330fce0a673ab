"""Two facilities on a line: Procaccia and Tennenholtz 2009, Lu, Sun, Wang and Zhu 2010."""

from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given
from strategies import Profile, profiles

from mechsim import Anonymous, Domain, Proved, Refuted, Strategyproof, verify
from mechsim.axioms import ParetoOptimal, check
from mechsim.facility import EndPoint, ProportionalPair, TwoDictators, TwoMedians
from mechsim.preferences import Space

F = Fraction
LINE = Space((0,), (1,), facilities=2)
FIFTHS = LINE.grid(5)


def placed(x: Profile) -> tuple[tuple[Fraction], ...]:
    return tuple((number,) for number in x)


def distances(places: Any, x: Profile) -> list[Fraction]:
    """From each agent to the nearest facility."""
    return [min(abs(place[0] - number) for place in places) for number in x]


def least_total(x: Profile) -> Fraction:
    """Of all pairs of agents' places."""
    pairs = combinations_with_replacement(placed(x), 2)
    return min(sum(distances(pair, x), F(0)) for pair in pairs)


class TestTwoMedians:
    """Each part of the best split at its median is best of all."""

    @given(x=profiles(max_agents=7))
    def test_nothing_is_nearer(self, x: Profile) -> None:
        assert sum(distances(TwoMedians()(placed(x)), x)) == least_total(x)

    def test_lies_pay(self) -> None:
        verdict = verify(TwoMedians(FIFTHS), Strategyproof(), FIFTHS, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.violation == F(1, 5)


class TestEndPoint:
    """Strategyproof, anonymous and Pareto optimal; n - 2 times the total, twice the largest."""

    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous(), ParetoOptimal()], ids=repr)
    def test_axioms(self, axiom: Any) -> None:
        assert isinstance(verify(EndPoint(FIFTHS), axiom, FIFTHS, agents=3), Proved)

    @pytest.mark.parametrize("agents", range(3, 7))
    def test_the_ratio_is_attained(self, agents: int) -> None:
        x = (F(0), *[F(1, 2)] * (agents - 2), F(1))
        assert sum(distances(EndPoint()(placed(x)), x)) == (agents - 2) * least_total(x)

    @given(x=profiles(min_agents=3, max_agents=7))
    def test_and_never_larger(self, x: Profile) -> None:
        away = distances(EndPoint()(placed(x)), x)
        assert sum(away) <= (len(x) - 2) * least_total(x)
        ordered = sorted(x)
        halves = [(ordered[k - 1] - ordered[0], ordered[-1] - ordered[k]) for k in range(1, len(x))]
        assert max(away) <= 2 * min(max(parts) / 2 for parts in halves)


class TestTheProportionalMechanism:
    """Strategyproof in expectation, and less than 4 times the least total distance."""

    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous(), ParetoOptimal()], ids=repr)
    def test_axioms(self, axiom: Any) -> None:
        assert isinstance(verify(ProportionalPair(FIFTHS), axiom, FIFTHS, agents=3), Proved)

    @given(x=profiles(min_agents=2, max_agents=6))
    def test_it_is_drawn_in_two_steps(self, x: Profile) -> None:
        """By the definition written out, agent by agent."""
        chances: dict[Any, Fraction] = {}
        for first in x:
            total = sum((abs(y - first) for y in x), F(0))
            for second in x:
                chance = F(1, len(x)) * (abs(second - first) / total if total else F(1, len(x)))
                pair = tuple(sorted(((first,), (second,))))
                chances[pair] = chances.get(pair, F(0)) + chance
        drawn = dict(ProportionalPair()(placed(x)).probability)
        assert drawn == {pair: chance for pair, chance in chances.items() if chance}

    @given(x=profiles(min_agents=3, max_agents=6))
    def test_less_than_four_times(self, x: Profile) -> None:
        expected = ProportionalPair()(placed(x)).expect(lambda places: sum(distances(places, x)))
        assert expected < 4 * least_total(x) or expected == 0

    def test_nearly_four_times(self) -> None:
        """58 agents together, one a millionth away, one at the other end."""
        x = (*[F(0)] * 58, F(1, 10**6), F(1))
        expected = ProportionalPair()(placed(x)).expect(lambda places: sum(distances(places, x)))
        assert 3.89 < expected / least_total(x) < 4

    @pytest.mark.parametrize("half", [1, 2, 3, 10])
    def test_the_largest_distance_is_not_bounded(self, half: int) -> None:
        """k agents at 0, k at e and one at 1: as e tends to 0 the ratio tends to n + 1/n."""
        agents, near = 2 * half + 1, F(1, 10**9)
        x = (*[F(0)] * half, *[near] * half, F(1))
        expected = ProportionalPair()(placed(x)).expect(lambda places: max(distances(places, x)))
        assert max(distances(((near / 2,), (F(1),)), x)) == near / 2
        limit = agents + F(1, agents)
        assert limit - F(1, 10**6) < expected / (near / 2) < limit


def first_two_places(reports: tuple[Any, ...]) -> Any:
    """Where agent 0 is, and where the first agent is who is elsewhere."""
    first = reports[0]
    return tuple(sorted((first, next((other for other in reports if other != first), first))))


class TestEachAxiomIsNeeded:
    """Without anonymity, strategyproofness or efficiency there are rules without that one only."""

    def test_two_dictators_waste_a_facility(self) -> None:
        rule = TwoDictators(setting=FIFTHS)
        assert isinstance(verify(rule, Strategyproof(), FIFTHS, agents=3), Proved)
        for axiom in (Anonymous(), ParetoOptimal()):
            assert isinstance(verify(rule, axiom, FIFTHS, agents=3), Refuted)

    def test_without_anonymity(self) -> None:
        domain = Domain(FIFTHS, agents=3)
        axioms: list[Any] = [Strategyproof(), ParetoOptimal()]
        assert all(
            isinstance(verify(first_two_places, a, FIFTHS, agents=3), Proved) for a in axioms
        )
        assert isinstance(check(Anonymous(), first_two_places, domain), Refuted)

    def test_without_strategyproofness(self) -> None:
        for axiom in (Anonymous(), ParetoOptimal()):
            assert isinstance(verify(TwoMedians(FIFTHS), axiom, FIFTHS, agents=3), Proved)

    def test_without_efficiency(self) -> None:
        def constant(reports: tuple[Any, ...]) -> Any:
            return (F(0),), (F(1),)

        for axiom in (Anonymous(), Strategyproof()):
            assert isinstance(verify(constant, axiom, FIFTHS, agents=3), Proved)


class TestTheDoor:
    """Settings of other dimensions or numbers of facilities are refused."""

    @pytest.mark.parametrize("rule", [EndPoint, ProportionalPair, TwoMedians])
    @pytest.mark.parametrize("setting", [Space((0,), (1,)), Space((0, 0), (1, 1), facilities=2), 1])
    def test_settings(self, rule: Any, setting: Any) -> None:
        with pytest.raises(ValueError, match="it must have one dimension and two facilities"):
            rule(setting)

    def test_dictators(self) -> None:
        with pytest.raises(ValueError, match="second is 1: it must be another agent than first"):
            TwoDictators(1, 1)
        with pytest.raises(ValueError, match="second is 2: there are only 2 reports"):
            TwoDictators(0, 2)([[0], [1]])
        with pytest.raises(ValueError, match="it must be a space for two facilities"):
            TwoDictators(0, 1, Space((0,), (1,)))

    @pytest.mark.parametrize("rule", [EndPoint(), TwoMedians()])
    def test_one_agent(self, rule: Any) -> None:
        assert rule([[F(1, 3)]]) == ((F(1, 3),), (F(1, 3),))

    def test_all_at_one_place(self) -> None:
        drawn = ProportionalPair()([[F(1, 3)], [F(1, 3)]])
        assert drawn.support == (((F(1, 3),), (F(1, 3),)),)

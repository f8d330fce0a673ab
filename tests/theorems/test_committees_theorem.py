"""Peters: no committee rule is proportional and proof against reports of a part of a ballot."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Domain, verify
from mechsim.axioms import Proved, Refuted, SingletonProportional, SubsetStrategyproof, confirm
from mechsim.design import NoRule, SomeRule, impossible
from mechsim.design.impossible import pose, write
from mechsim.design.refutation import solver
from mechsim.preferences import Election

SEATS = Election.of(dict.fromkeys("abcd", 1), 3)
SMALL = Election.of(dict.fromkeys("abc", 1), 2)
PETERS: tuple[Any, ...] = (SingletonProportional(), SubsetStrategyproof())


def committees(setting: Election) -> list[frozenset[int]]:
    return [one for one in setting.alternatives(2) if len(one) == setting.budget]


class TestPetersBaseCase:
    """Peters (2018): three voters, three seats and four candidates have no rule that is both."""

    def test_none(self) -> None:
        found = impossible(PETERS, SEATS, agents=3, alternatives=committees(SEATS))
        assert isinstance(found, NoRule)
        assert len(found.profiles) < 100

    @pytest.mark.parametrize("axiom", PETERS)
    def test_one_for_each_alone(self, axiom: Any) -> None:
        rule = impossible([axiom], SMALL, agents=2, alternatives=committees(SMALL))
        assert isinstance(rule, SomeRule)
        assert isinstance(verify(rule, axiom, SMALL, agents=2), Proved)


class TestClausesSayWhatAxiomsSay:
    """A rule satisfies the clauses of an axiom exactly if no case refutes it."""

    @pytest.mark.parametrize("axiom", PETERS)
    @settings(max_examples=40)
    @given(data=st.data())
    def test_of_rules_near_one_that_satisfies_it(self, axiom: Any, data: st.DataObject) -> None:
        some = committees(SMALL)
        chosen = write(pose([axiom], SMALL, 2, some))
        start: Any = impossible([axiom], SMALL, agents=2, alternatives=some)
        table = {one.reports: start(one.reports) for one in Domain(SMALL, 2)}
        for reports in data.draw(st.lists(st.sampled_from(list(table)), max_size=2)):
            table[reports] = data.draw(st.sampled_from(some))
        verdict = verify(table.__getitem__, axiom, SMALL, agents=2)
        true: list[int] = []
        for numbers, row in zip(chosen.profiles, chosen.singles.tolist(), strict=True):
            at = tuple(listed[k] for listed, k in zip(chosen.types, numbers, strict=True))
            place = some.index(table[at])
            true += [v if k == place else -v for k, v in enumerate(row)]
        with solver(chosen.listed()) as engine:
            assert engine.solve(assumptions=true) == isinstance(verdict, Proved)


class TestFoils:
    """A constant committee is not proportional; one that serves loners invites parts of ballots."""

    def test_constant(self) -> None:
        found = verify(lambda _: frozenset({0, 1}), PETERS[0], SMALL, agents=2)
        assert isinstance(found, Refuted)
        assert confirm(found)

    def test_who_wants_one_alone_is_served(self) -> None:
        tables = {b: frozenset({0, 1}) for b in product(SMALL.types(0) or (), repeat=2)}
        tables = {b: frozenset({0, 2}) if b[0] == frozenset({2}) else c for b, c in tables.items()}
        found = verify(tables.__getitem__, PETERS[1], SMALL, agents=2)
        assert isinstance(found, Refuted)
        assert confirm(found)

"""Which axioms of divisions follow from which: both sides of it, tested."""

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Domain, Goods, Instance, MaximinShare
from mechsim.algorithms.partition import Bundles
from mechsim.axioms import (
    ALLOCATION_IMPLICATIONS,
    ALLOCATION_SEPARATIONS,
    Asked,
    ExPost,
    Refuted,
    Separation,
    Tally,
    consequences,
)
from mechsim.axioms.allocation_implications import ALLOCATION_AXIOMS
from mechsim.axioms.implications import Implication


def holds(axiom: Any, outcome: Bundles, at: Instance) -> bool:
    return all(axiom.outcome_violation(outcome, case) <= 0 for case in axiom.cases(at))


def divisions(goods: int, agents: int) -> list[Bundles]:
    return [
        tuple(frozenset(g for g in range(goods) if held[g] == agent) for agent in range(agents))
        for held in product(range(agents), repeat=goods)
    ]


def obeys(implication: Implication, judged: dict[Any, bool]) -> bool:
    (premise,), conclusion = implication.premises, implication.conclusion
    return not judged[reading(premise)] or judged[reading(conclusion)]


def reading(asked: Asked) -> Any:
    assert isinstance(asked.axiom, ExPost)
    return asked.axiom.axiom


class TestImplications:
    """Every division at every profile obeys them."""

    def test_of_two_goods(self) -> None:
        for at in Domain(Goods(("a", "b"), grid=(0, 1, 2)), agents=2):
            for outcome in divisions(2, 2):
                judged = {axiom: holds(axiom, outcome, at) for axiom in ALLOCATION_AXIOMS}
                assert all(obeys(implication, judged) for implication in ALLOCATION_IMPLICATIONS)

    @given(data=st.data())
    @settings(max_examples=50)
    def test_of_more(self, data: st.DataObject) -> None:
        agents, goods = data.draw(st.integers(2, 3)), data.draw(st.integers(1, 6))
        row = st.tuples(*[st.sampled_from((0, 1, 1, 2, 4))] * goods)
        reports = data.draw(st.tuples(*[row] * agents))
        setting = Goods(tuple("abcdef"[:goods]))
        at = Instance(setting, setting.read(reports))
        held = data.draw(st.tuples(*[st.integers(0, agents - 1)] * goods))
        outcome = tuple(
            frozenset(g for g in range(goods) if held[g] == agent) for agent in range(agents)
        )
        judged = {axiom: holds(axiom, outcome, at) for axiom in ALLOCATION_AXIOMS}
        for implication in ALLOCATION_IMPLICATIONS:
            assert obeys(implication, judged), str(implication)
        parts = [holds(MaximinShare(alpha=k), outcome, at) for k in (1, 0.75, 0.5, 0.25)]
        assert parts == sorted(parts), "a part of the share is less than all of it"


@pytest.mark.parametrize("separation", ALLOCATION_SEPARATIONS, ids=str)
class TestSeparations:
    """Each is replayed: the premises hold, and the conclusion does not."""

    def test_replayed(self, separation: Separation) -> None:
        for premise in separation.premises:
            assert isinstance(premise.check(separation.mechanism, separation.instances), Tally)
        found = separation.conclusion.check(separation.mechanism, separation.instances)
        assert isinstance(found, Refuted)


class TestNothingElse:
    """Of any two axioms of divisions it is known whether one follows from the other."""

    def test_each_pair_is_settled(self) -> None:
        asked = [Asked(ExPost(axiom)) for axiom in ALLOCATION_AXIOMS]
        for one, other in permutations(asked, 2):
            implied = other in follow(one)
            assert implied != separated(one, other), f"{one} and {other}"


def follow(*asked: Asked) -> frozenset[Asked]:
    return consequences(asked, implications=ALLOCATION_IMPLICATIONS)


def separated(one: Asked, other: Asked) -> bool:
    """Whether a division satisfies what implies the one and breaks what the other implies."""
    return any(
        one in follow(*separation.premises) and separation.conclusion in follow(other)
        for separation in ALLOCATION_SEPARATIONS
    )

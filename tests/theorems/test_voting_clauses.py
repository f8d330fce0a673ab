"""What axioms exclude of rules is what their cases refute, with three candidates and two voters."""

from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mechsim import Domain, Rankings, Strategyproof, Unanimous, verify
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    CondorcetConsistent,
    IndependentOfIrrelevantAlternatives,
    MaskinMonotonic,
    NonDictatorial,
    Onto,
    ParetoOptimal,
    Proved,
    Refuted,
    WeakPareto,
)
from mechsim.design.choices import Choices
from mechsim.design.impossible import pose, write
from mechsim.design.refutation import solver
from mechsim.preferences import SocialOrders
from mechsim.voting import (
    Borda,
    BordaOrder,
    Dictatorship,
    FixedOrder,
    FixedWinner,
    OrderDictatorship,
)

VOTE = Rankings(("a", "b", "c"))
ORDERS = SocialOrders(("a", "b", "c"))


def first_bottom(reports: Any) -> int:
    """Whom the first voter ranks last."""
    bottom: int = reports[0][-1]
    return bottom


def first_reversed(reports: Any) -> tuple[int, ...]:
    """The contrary of the first voter's order: independent of irrelevant alternatives."""
    return ORDERS.top(0, reports[0][::-1])


class TestClausesSayWhatAxiomsSayOfThreeCandidates:
    """A rule satisfies the clauses of an axiom exactly if no case refutes it: rules that satisfy
    some axioms are tried, and the same rules with other outcomes at a few profiles."""

    WINNERS = (
        Dictatorship(0, VOTE),
        Dictatorship(1, VOTE),
        Borda(Lexicographic(), VOTE),
        FixedWinner(2, VOTE),
        first_bottom,
    )
    PUT_IN_ORDER = (
        OrderDictatorship(0, ORDERS),
        OrderDictatorship(1, ORDERS),
        BordaOrder(ORDERS),
        FixedOrder((0, 1, 1), ORDERS),
        first_reversed,
    )
    OF_WINNERS = (
        Strategyproof(),
        MaskinMonotonic(),
        Onto(),
        NonDictatorial(),
        CondorcetConsistent(),
        Unanimous(),
        ParetoOptimal(),
    )
    OF_ORDERS = (WeakPareto(), IndependentOfIrrelevantAlternatives(), NonDictatorial())

    @given(st.sampled_from(OF_WINNERS), st.sampled_from(WINNERS), st.data())
    def test_of_winners(self, axiom: Any, rule: Any, data: st.DataObject) -> None:
        self.compare(VOTE, axiom, rule, data)

    @given(st.sampled_from(OF_ORDERS), st.sampled_from(PUT_IN_ORDER), st.data())
    def test_of_orders(self, axiom: Any, rule: Any, data: st.DataObject) -> None:
        self.compare(ORDERS, axiom, rule, data)

    def test_both_answers_occur(self) -> None:
        for setting, axioms, rules in (
            (VOTE, self.OF_WINNERS, self.WINNERS),
            (ORDERS, self.OF_ORDERS, self.PUT_IN_ORDER),
        ):
            for axiom in axioms:
                found = {self.satisfies(setting, axiom, self.table(setting, r)) for r in rules}
                assert found == {True, False}

    def table(self, setting: Any, rule: Any) -> dict[Any, Any]:
        reports = [instance.reports for instance in Domain(setting, 2)]
        return {one: rule(one) for one in reports}

    def compare(self, setting: Any, axiom: Any, rule: Any, data: st.DataObject) -> None:
        table = self.table(setting, rule)
        few = st.lists(st.sampled_from(list(table)), max_size=2)
        for reports in data.draw(few):
            table[reports] = data.draw(st.sampled_from(setting.alternatives(2)))
        verdict = verify(table.__getitem__, axiom, setting, agents=2)
        assert isinstance(verdict, Proved | Refuted)
        assert self.satisfies(setting, axiom, table) == isinstance(verdict, Proved)

    def satisfies(self, setting: Any, axiom: Any, table: dict[Any, Any]) -> bool:
        """Whether the clauses have a model in which the outcomes are these."""
        clauses, chosen = written(setting, axiom)
        true: list[int] = []
        for numbers, row in zip(chosen.profiles, chosen.singles.tolist(), strict=True):
            reports = tuple(listed[k] for listed, k in zip(chosen.types, numbers, strict=True))
            place = chosen.alternatives.index(table[reports])
            true += [v if k == place else -v for k, v in enumerate(row)]
        with solver(clauses) as engine:
            return bool(engine.solve(assumptions=true))


@cache
def written(setting: Any, axiom: Any) -> tuple[list[tuple[int, ...]], Choices]:
    """What an axiom of two voters excludes."""
    chosen = write(pose([axiom], setting, 2))
    return chosen.listed(), chosen

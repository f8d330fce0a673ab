"""Certificates about orders of candidates, voters who stay away, and committees."""

import copy
import json
import random
from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import Any

import pytest
from contradictions import DOOR, PROOF_EDITS, Edits, certified, derived, edit_proof

from mechsim import Anonymous, Domain, Rankings, Strategyproof
from mechsim.axioms import (
    CondorcetConsistent,
    IndependentOfIrrelevantAlternatives,
    NonDictatorial,
    Onto,
    ParticipationCriterion,
    SingletonProportional,
    SubsetStrategyproof,
    WeakPareto,
)
from mechsim.design import SomeRule, impossible
from mechsim.design.refutation import solver
from mechsim.preferences import Election, MayAbstain, SocialOrders
from mechsim.proving import certcheck, certificate, tabulate

VOTE = Rankings(("a", "b", "c"))
ORDERS = SocialOrders(("a", "b", "c"))
AWAY = MayAbstain(VOTE)
SEATS = Election.of(dict.fromkeys("abcd", 1), 3)
FEW = Election.of(dict.fromkeys("abc", 1), 2)


def committees(setting: Election) -> list[frozenset[int]]:
    return [one for one in setting.alternatives(2) if len(one) == setting.budget]


ARROW = (WeakPareto(), IndependentOfIrrelevantAlternatives(), NonDictatorial())
ALONE = (Onto(), NonDictatorial(), ParticipationCriterion())
MOULIN = (CondorcetConsistent(), ParticipationCriterion(), Strategyproof())
PETERS = (SingletonProportional(), SubsetStrategyproof())
QUESTIONS: dict[str, tuple[tuple[Any, ...], Any, int, Any]] = {
    "Arrow": (ARROW, ORDERS, 2, None),
    "Arrow, three voters": (ARROW, ORDERS, 3, None),
    "Arrow, anonymous": ((*ARROW[:2], Anonymous()), ORDERS, 3, None),
    "no shows": (ALONE, MayAbstain(Rankings(("a", "b"))), 1, None),
    "no lies": (MOULIN, AWAY, 3, None),
    "no lies, anonymous": ((*MOULIN, Anonymous()), AWAY, 3, None),
    "Peters": (PETERS, SEATS, 3, tuple(committees(SEATS))),
    "Peters, anonymous": ((*PETERS, Anonymous()), SEATS, 3, tuple(committees(SEATS))),
}


def made(name: str) -> Any:
    return json.loads(certified(*QUESTIONS[name]))


class TestNoRuleIsCertified:
    """Arrow; one voter who may stay away; Moulin, with strategyproofness beside; Peters."""

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_accepted(self, name: str) -> None:
        whole = made(name)
        assert certcheck.check(whole, DOOR).kind == "contradiction"

    def test_in_words(self) -> None:
        assert (derived(made("Arrow, anonymous")) or "").endswith(
            "at each profile of 3 agents on the setting of orders of 3 candidates satisfies "
            "'weakly pareto ex post' (of two candidates whom all voters rank alike the order does "
            "too), 'independent of irrelevant alternatives' (two candidates stay ranked as they "
            "are where nobody ranks these two otherwise), 'anonymous' (the outcome is the same if "
            "two agents trade reports)"
        )
        assert "gain by the report 'absent', which is to stay away" in made("no shows")["claim"]
        assert (
            "of candidates that cost (1, 1, 1, 1) one is elected if as large a share of the voters "
            "as its cost is of 3 want it alone" in made("Peters")["claim"]
        )

    @pytest.mark.parametrize("name", ["Arrow", "no shows", "Peters"])
    def test_no_axiom_can_be_spared_or_called_otherwise(self, name: str) -> None:
        whole = made(name)
        asked = whole["statement"]["axioms"]
        names = [one if isinstance(one, str) else next(iter(one)) for one in asked]
        for spared in range(len(asked)):
            less = made(name)
            del less["statement"]["axioms"][spared]
            assert derived(less) is None
            for other in (*names[:spared], *names[spared + 1 :], certcheck.ONE_OUTCOME):
                for group in less["proof"]["clauses"]:
                    group[0] = other if group[0] == names[spared] else group[0]
                assert derived(less) is None


# ---- What an edited statement says, by an encoding of this file.


def is_impossible(statement: Any) -> bool:
    setting, agents = statement["setting"], range(statement["agents"])
    some: list[Any] = statement["alternatives"]
    types = [list(map(json.dumps, mine)) for mine in setting["types"]]
    profiles = list(product(*types))
    number = {pair: k for k, pair in enumerate(product(profiles, range(len(some))), 1)}
    places = range(len(some))

    def worth(agent: int, type_: str, place: int) -> int:
        listed = setting["alternatives"].index(some[place])
        return int(setting["values"][agent][types[agent].index(type_)][listed])

    def above(type_: str, one: int, other: int) -> bool:
        ranking = json.loads(type_)
        return bool(ranking.index(one) < ranking.index(other))

    def is_best(agent: int, type_: str, place: int) -> bool:
        if setting["kind"] == "orders":
            return bool(some[place] == [json.loads(type_).index(c) for c in range(len(some[0]))])
        row = setting["values"][agent][types[agent].index(type_)]
        return worth(agent, type_, place) == max(map(int, row))

    def neighbours(at: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        for agent in agents:
            for other in types[agent]:
                if other != at[agent]:
                    yield agent, (*at[:agent], other, *at[agent + 1 :])

    def side(place: int, one: int, other: int) -> int:
        gap: int = some[place][one] - some[place][other]
        return (gap > 0) - (gap < 0)

    found = [[number[at, y] for y in places] for at in profiles]
    found += [
        [-number[at, y], -number[at, z]] for at in profiles for y, z in combinations(places, 2)
    ]
    asked: list[Any] = statement["axioms"]
    for axiom in asked:
        name = axiom if isinstance(axiom, str) else str(next(iter(axiom)))
        if name == "weakly pareto ex post":
            found += [
                [-number[at, y]]
                for at, y in number
                for one, other in permutations(range(len(some[0])), 2)
                if all(above(mine, one, other) for mine in at) and side(y, one, other) != -1
            ]
        elif name == "independent of irrelevant alternatives":
            found += [
                [-number[at, y], -number[new, z]]
                for at in profiles
                for agent, new in neighbours(at)
                for one, other in combinations(range(len(some[0])), 2)
                if above(at[agent], one, other) == above(new[agent], one, other)
                for y, z in product(places, places)
                if side(y, one, other) != side(z, one, other)
            ]
        elif name == "nondictatorial":
            found += [
                [number[at, y] for at, y in number if not is_best(agent, at[agent], y)]
                for agent in agents
            ]
        elif name == "onto":
            found += [[number[at, y] for at in profiles] for y in places]
        elif name in ("strategyproof", "participation"):
            absent = None if isinstance(axiom, str) else json.dumps(axiom[name])
            found += [
                [-number[at, y], -number[new, z]]
                for at in profiles
                for agent, new in neighbours(at)
                if absent is None or new[agent] == absent
                for y, z in product(places, places)
                if worth(agent, at[agent], z) > worth(agent, at[agent], y)
            ]
        elif name == "condorcet consistent":
            for at in profiles:
                for y in places:
                    wins = [
                        sum(
                            (worth(k, at[k], y) > worth(k, at[k], z))
                            - (worth(k, at[k], z) > worth(k, at[k], y))
                            for k in agents
                        )
                        for z in places
                        if z != y
                    ]
                    if all(win > 0 for win in wins):
                        found.append([number[at, y]])
        elif name == "anonymous":
            found += [
                [-number[at, y], number[new, y]] for at, y in number for new in permutations(at)
            ]
        else:
            raise AssertionError(name)
    with solver(found) as engine:
        return not engine.solve()


def edited(whole: Any, rng: random.Random) -> str:
    statement, what = whole["statement"], rng.choice(EDITS)
    if what in PROOF_EDITS:
        edit_proof(whole["proof"], what, rng)
    elif what == "exchange types":
        mine = rng.choice(statement["setting"]["types"])
        j, k = rng.sample(range(len(mine)), 2)
        mine[j], mine[k] = mine[k], mine[j]
    elif what == "exchange alternatives":
        listed = statement["alternatives"]
        j, k = rng.sample(range(len(listed)), 2)
        listed[j], listed[k] = listed[k], listed[j]
    elif what == "drop an alternative":
        del statement["alternatives"][rng.randrange(len(statement["alternatives"]))]
    elif what == "drop a type":
        rng.choice(statement["setting"]["types"]).pop()
    elif what == "drop an axiom":
        del statement["axioms"][rng.randrange(len(statement["axioms"]))]
    else:
        k = rng.randrange(len(statement["axioms"]))
        statement["axioms"][k] = rng.choice([*OTHERS, *statement["axioms"]])
    return what


OTHERS: list[Any] = [
    "onto",
    "anonymous",
    "nondictatorial",
    "weakly pareto ex post",
    "strategyproof",
    {"participation": [0, 1, 2]},
    {"participation": {"text": "absent"}},
]
EDITS = (
    *PROOF_EDITS,
    "exchange types",
    "exchange alternatives",
    "drop an alternative",
    "drop a type",
    "drop an axiom",
    "change an axiom",
)


class TestAnEditIsRejectedOrStatesAnotherTruth:
    """What still passes says something that a solver finds true, by an encoding of its own."""

    @pytest.mark.parametrize("name", ["Arrow", "no shows", "no lies"])
    def test_of(self, name: str) -> None:
        times = 100
        edits = Edits(lambda: made(name), edited, is_impossible)
        passed = edits.that_pass(times, random.Random(1))
        assert 0 < sum(passed.values()) < 50, passed
        assert {"drop a clause", "deny a literal", "drop a lemma"}.isdisjoint(passed), passed

    def test_other_committees(self) -> None:
        """Whoever is due a seat is so by costs and the budget that are written there."""
        others: list[Any] = [
            {"costs": costs, "budget": budget}
            for costs, budget in ((["1"] * 4, "2"), (["2"] * 4, "3"), (["1"] * 3, "3"), ([], "3"))
        ]
        for data in (*others, {"costs": ["0", "1"], "budget": "1"}, {"costs": ["1"]}, None):
            new = made("Peters")
            new["statement"]["axioms"][0] = {"singleton proportional ex post": data}
            assert derived(new) is None
        new = made("Peters")
        new["statement"]["axioms"][0] = {"neutral": [], "participation": 1}
        assert derived(new) is None

    def test_some_orders_after_a_change_do_not_break_independence(self) -> None:
        """All that may be chosen before and all that may be chosen after must rank otherwise."""
        every = tuple(ORDERS.alternatives(2))
        types = certcheck.orders(made("Arrow")["statement"]["setting"])
        sought = certcheck.sought_rule(types, 2, every)
        up, down, tied = (every.index(order) for order in ((0, 1, 2), (2, 1, 0), (0, 0, 0)))
        changed: tuple[certcheck.Profile, ...] = ((0, 0), (1, 0))  # abc and acb: a is above b
        for before, after, breaks in (
            ({up}, {down}, True),
            ({up}, {tied}, True),
            ({up, tied}, {down}, True),
            ({up, tied}, {down, tied}, False),
            ({up}, {up, down}, False),
        ):
            left: dict[certcheck.Profile, certcheck.Members] = {
                at: frozenset(some) for at, some in zip(changed, (before, after), strict=True)
            }
            contrary = certcheck.Contrary(sought, changed, left)
            assert certcheck.depends_on_others(sought, contrary) is breaks

    def test_voters_who_may_not_report_the_same_are_not_exchanged(self) -> None:
        new = made("Arrow, anonymous")
        new["statement"]["setting"]["types"][0].pop()
        assert derived(new) is None

    def test_what_is_no_order(self) -> None:
        for ranking in ([0, 0, 1], [0, 1], [1, 2, 3], {"text": "a"}, [0, 1, "1"]):
            new = made("Arrow")
            new["statement"]["setting"]["types"][0][0] = ranking
            assert derived(new) is None
        for order in ([0, 1], {"text": "a"}, ["1/2", 0, 1]):
            new = made("Arrow")
            new["statement"]["setting"]["alternatives"][3] = order
            assert derived(new) is None
        for axiom in ("strategyproof", "maskin monotonic", "pareto optimal ex post"):
            new = made("Arrow")
            new["statement"]["axioms"][0] = axiom
            assert derived(new) is None


def dictated(reports: Any) -> Any:
    return tuple(reports[0].index(one) for one in range(3))


def by_borda(reports: Any) -> Any:
    scores = [sum(ranking.index(one) for ranking in reports) for one in range(3)]
    return tuple(sorted(set(scores)).index(score) for score in scores)


def always_tied(reports: Any) -> Any:
    return (0, 0, 0)


def first_who_comes(reports: Any) -> Any:
    return next((ranking[0] for ranking in reports if ranking != "absent"), 0)


def last_if_alone(reports: Any) -> Any:
    there = [ranking for ranking in reports if ranking != "absent"]
    return there[0][-1] if len(there) == 1 else 0


class TestATable:
    """A rule that was found is certified; a rule known to fail an axiom is not."""

    @pytest.mark.parametrize("spared", range(3))
    def test_arrow(self, spared: int) -> None:
        axioms = (*ARROW[:spared], *ARROW[spared + 1 :])
        rule = impossible(axioms, ORDERS, agents=2)
        assert isinstance(rule, SomeRule)
        assert certcheck.check(certificate(rule), DOOR).kind == "table"

    @pytest.mark.parametrize(
        ("axiom", "fine", "foil"),
        [
            (WeakPareto(), by_borda, always_tied),
            (IndependentOfIrrelevantAlternatives(), dictated, by_borda),
            (NonDictatorial(), by_borda, dictated),
        ],
        ids=["pareto", "independence", "nondictatorial"],
    )
    def test_foils(self, axiom: Any, fine: Any, foil: Any) -> None:
        every = ORDERS.alternatives(2)
        whole = tabulate(fine, (axiom,), Domain(ORDERS, 2), alternatives=every)
        assert certcheck.check(whole, DOOR).kind == "table"
        with pytest.raises(ArithmeticError, match="would be rejected: it is not"):
            tabulate(foil, (axiom,), Domain(ORDERS, 2), alternatives=every)

    def test_participation(self) -> None:
        axioms = (CondorcetConsistent(), ParticipationCriterion(), Onto())
        rule = impossible(axioms, AWAY, agents=2)
        assert isinstance(rule, SomeRule)
        assert certcheck.check(certificate(rule), DOOR).kind == "table"
        asked = (ParticipationCriterion(),)
        whole = tabulate(first_who_comes, asked, Domain(AWAY, 2), alternatives=range(3))
        assert certcheck.check(whole, DOOR).kind == "table"
        with pytest.raises(ArithmeticError, match="it does not satisfy participation"):
            tabulate(last_if_alone, asked, Domain(AWAY, 2), alternatives=range(3))

    @pytest.mark.parametrize("axiom", PETERS)
    def test_committees(self, axiom: Any) -> None:
        rule = impossible([axiom], FEW, agents=2, alternatives=committees(FEW))
        assert isinstance(rule, SomeRule)
        whole: Any = certificate(rule)
        assert certcheck.check(whole, DOOR).kind == "table"

        def worst(reports: Any) -> frozenset[int]:
            """The committee that has least of the first ballot, if that names one candidate."""
            least = min(committees(FEW), key=lambda one: (len(one & reports[0]), sorted(one)))
            most = max(committees(FEW), key=lambda one: (len(one & reports[0]), sorted(one)))
            return most if len(reports[0]) == 1 and reports[0] != reports[1] else least

        with pytest.raises(ArithmeticError, match=r"it (is not|does not satisfy)"):
            tabulate(worst, (axiom,), Domain(FEW, 2), alternatives=committees(FEW))

    def test_an_edited_table(self) -> None:
        found = impossible(ARROW[:2], ORDERS, agents=2)
        assert isinstance(found, SomeRule)
        whole: Any = certificate(found)
        changed = copy.deepcopy(whole)
        changed["statement"]["table"][4][1] = [[[0, 0, 0], "1"]]
        with pytest.raises(certcheck.Rejected):
            certcheck.check(changed, DOOR)

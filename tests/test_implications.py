"""Which axioms of facility location follow from which: both sides of it, tested."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from typing import Any

import pytest
from finite_rules import Rules, by_distance, grid
from hypothesis import given
from hypothesis import strategies as st
from strategies import TWO_FACILITIES, Profile, exact, points, profiles

from mechsim import Domain, Finite, Instance, Line, mix, sure, uniform
from mechsim.axioms import (
    IMPLICATIONS,
    SEPARATIONS,
    Asked,
    ExAnte,
    ExPost,
    Implication,
    Refuted,
    Separation,
    Tally,
    Universally,
    WithProbability,
    Written,
    consequences,
    fair_interval,
)
from mechsim.axioms.implications import (
    ALL_SP,
    ANON,
    CLAMP,
    GSP,
    MON,
    OUTCOME_AXIOMS,
    PF,
    PROP,
    SP,
    SPF,
    SPROP,
    UNAN,
)
from mechsim.catalogue import entries
from mechsim.facility import Mean
from mechsim.mechanism import draws_rule

UNIT = Line(0, 1)
HALVES = UNIT.grid(2)
THREE_AGENTS = tuple(Domain(HALVES, agents=3))
CARDS = [e.card.rule for e in entries() if e.family == "facility" and e.name not in TWO_FACILITIES]
BY_NAME = pytest.mark.parametrize("implication", IMPLICATIONS, ids=str)


def of_outcomes(asked: Asked) -> bool:
    return isinstance(asked.axiom, (ExPost, ExAnte, WithProbability))


ABOUT_HONESTY = [
    implication
    for implication in IMPLICATIONS
    if not any(of_outcomes(p) or isinstance(p.axiom, Universally) for p in implication.premises)
]
READINGS = [Asked(reading(axiom)) for reading in (ExPost, ExAnte) for axiom in OUTCOME_AXIOMS]


def obeys(implication: Implication, holds: Any) -> bool:
    """Whether premises that hold bring the conclusion; None is an axiom that cannot judge."""
    if all(holds(premise) for premise in implication.premises):
        return holds(implication.conclusion) is not False
    return True


@cache
def verdict(asked: Asked, rule: Any) -> bool | None:
    """What an axiom says of a mechanism of the catalogue; None if it cannot judge it."""
    found = asked.check(rule(HALVES), THREE_AGENTS)
    return isinstance(found, Tally) if isinstance(found, (Tally, Refuted)) else None


@BY_NAME
class TestImplications:
    """Mechanisms of the catalogue obey every implication, and to each some apply."""

    def test_catalogue(self, implication: Implication) -> None:
        applies = 0
        for rule in CARDS:
            if implication.of_rules and draws_rule(rule(UNIT)):
                continue

            def holds(asked: Asked, rule: Any = rule) -> bool | None:
                return verdict(asked, rule)

            assert obeys(implication, holds), f"{rule} contradicts {implication}"
            applies += all(holds(premise) for premise in implication.premises)
        assert applies


@st.composite
def outcomes_near_fairness(draw: st.DrawFn) -> tuple[Profile, Finite[Fraction]]:
    """A profile and a lottery over reports, the mean, ends of fair intervals and other places."""
    x = draw(profiles(max_agents=4))
    at = Instance(UNIT, x)
    ends = [exact(end) for axiom in (PF, SPF) for end in fair_interval(axiom, at)]
    places = st.one_of(st.sampled_from([*ends, *x, sum(x) / Fraction(len(x))]), points)
    fair = draw(st.sampled_from([uniform(x), sure(sum(x) / Fraction(len(x)))]))
    other = uniform(draw(st.lists(places, min_size=1, max_size=3)))
    weight = draw(st.sampled_from([Fraction(k, 4) for k in range(5)]))
    parts = ((weight, fair), (1 - weight, other))
    return x, mix((p, lottery) for p, lottery in parts if p)


class TestOutcomes:
    """Implications between axioms of outcomes hold at every profile, for every lottery there."""

    @given(case=outcomes_near_fairness())
    def test_everywhere(self, case: tuple[Profile, Finite[Fraction]]) -> None:
        x, lottery = case
        mechanism = Written(((x, lottery),))
        known: dict[Asked, bool] = {}

        def holds(asked: Asked) -> bool:
            if asked not in known:
                found = asked.check(mechanism, [Instance(UNIT, x)])
                known[asked] = isinstance(found, Tally)
            return known[asked]

        for implication in IMPLICATIONS:
            if all(map(of_outcomes, (*implication.premises, implication.conclusion))):
                assert obeys(implication, holds), str(implication)


class TestRules:
    """Implications about honesty hold for rules of all kinds that are honest by distance."""

    def test_all_rules_of_one_agent(self) -> None:
        self.obey(
            Written(tuple(((peak,), place) for peak, place in zip(grid(2), outcomes, strict=True)))
            for outcomes in product(grid(4), repeat=3)
        )

    def test_anonymous_rules_of_three_agents(self) -> None:
        rules = Rules(grid(2), grid(2), 3, by_distance, anonymous=True)
        found = [self.written(table, agents=3) for table in rules]
        assert len(found) > Rules(grid(2), grid(2), 3, anonymous=True).count()
        self.obey(found[:: len(found) // 8 + 1])

    def test_rules_of_two_agents(self) -> None:
        rules = Rules(grid(3), grid(3), 2, by_distance)
        found = [self.written(table, agents=2) for table in rules]
        self.obey(found[:: len(found) // 8 + 1])

    def test_no_coalition_manipulates_what_no_agent_can(self) -> None:
        """All 37 anonymous rules of three agents on halves, and all 306 of two agents on thirds."""
        tried: list[int] = []
        for steps, agents, anonymous in ((2, 3, True), (3, 2, False)):
            tables = list(Rules(grid(steps), grid(steps), agents, by_distance, (), anonymous))
            for table in tables:
                rule = dict(self.written(table, agents).table)
                for x, z in permutations(rule, 2):
                    liars = [i for i in range(agents) if x[i] != z[i]]
                    assert any(abs(rule[z] - x[i]) >= abs(rule[x] - x[i]) for i in liars)
            tried.append(len(tables))
        assert tried == [37, 306]

    @staticmethod
    def written(table: dict[Any, Fraction], agents: int) -> Written:
        peaks = sorted({peak for profile in table for peak in profile})
        everywhere = product(peaks, repeat=agents)
        return Written(
            tuple((x, table.get(x, table.get(tuple(sorted(x)), Fraction(-1)))) for x in everywhere)
        )

    def obey(self, rules: Iterable[Written]) -> None:
        applied: set[str] = set()
        for rule in rules:
            line = Line(0, 1, tuple(sorted({peak for x, _ in rule.table for peak in x})))
            instances = [Instance(line, x) for x, _ in rule.table]
            known: dict[Asked, bool] = {}

            def holds(
                asked: Asked, rule: Any = rule, there: Any = instances, known: Any = known
            ) -> bool:
                if asked not in known:
                    known[asked] = isinstance(asked.check(rule, there), Tally)
                return bool(known[asked])

            for implication in ABOUT_HONESTY:
                assert obeys(implication, holds), f"{rule.table} contradicts {implication}"
                if all(map(holds, implication.premises)):
                    applied.add(str(implication))
        assert str(Implication((SP,), GSP, "", of_rules=True))[:20] in {a[:20] for a in applied}


@pytest.mark.parametrize("separation", SEPARATIONS, ids=str)
class TestSeparations:
    """Each is replayed: its premises hold, its conclusion fails, and no implication says else."""

    def test_replay(self, separation: Separation) -> None:
        for premise in separation.premises:
            found = premise.check(separation.mechanism, separation.instances)
            assert isinstance(found, Tally), f"{premise}: {found}"
            assert not found.rounded
        refuted = separation.conclusion.check(separation.mechanism, separation.instances)
        assert isinstance(refuted, Refuted)
        assert refuted.arithmetic == "exact"

    def test_contradicts_no_implication(self, separation: Separation) -> None:
        table = getattr(separation.mechanism, "table", ())
        chance = not table or any(isinstance(outcome, Finite) for _, outcome in table)
        known = consequences(separation.premises, of_rules=not chance)
        assert separation.conclusion not in known


class TestComplete:
    """Of two axioms of outcomes, ex post or on average, one implies the other, or a lottery shows
    that it does not."""

    @pytest.mark.parametrize("premise", READINGS, ids=str)
    def test_each_pair(self, premise: Asked) -> None:
        for conclusion in READINGS:
            follows = conclusion in consequences([premise])
            separated = any(
                premise in consequences(separation.premises)
                and separation.conclusion in consequences([conclusion])
                for separation in SEPARATIONS
            )
            assert follows != separated, f"{premise} and {conclusion}"

    def test_one_profile(self) -> None:
        """The hierarchy of outcomes at a glance: what each axiom implies ex post."""
        told = {
            str(Asked(axiom)): " ".join(
                sorted(
                    str(asked).removesuffix(" ex post")
                    for asked in consequences([Asked(ExPost(axiom))])
                    if isinstance(asked.axiom, ExPost) and asked.axiom.axiom != axiom
                )
            )
            for axiom in OUTCOME_AXIOMS
        }
        assert told == {
            "SPF": "IFS PF PO PROP SPROP UFS UNAN",
            "PF": "IFS PO PROP UFS UNAN",
            "UFS": "IFS PROP UNAN",
            "SPROP": "PROP UNAN",
            "PO": "UNAN",
            "IFS": "",
            "PROP": "",
            "UNAN": "",
        }


class TestConsequences:
    """What follows from several premises, and from being a rule."""

    def test_strategyproof_and_proportional(self) -> None:
        """For all single-peaked preferences this is Uniform Phantom; for distance it is not."""
        found = consequences([ALL_SP, Asked(ExPost(PROP))], of_rules=True)
        assert found >= {CLAMP, GSP, MON, ANON, Asked(ExPost(PF)), Asked(ExPost(UNAN))}
        weaker = consequences([SP, Asked(ExPost(PROP))], of_rules=True)
        assert weaker.isdisjoint({CLAMP, ANON, Asked(ExPost(PF)), Asked(ExPost(UNAN))})

    def test_chance(self) -> None:
        assert GSP in consequences([SP], of_rules=True)
        assert GSP not in consequences([SP])
        assert MON not in consequences([SP])
        assert MON in consequences([ALL_SP])

    def test_expectations(self) -> None:
        """Of a coin that is proportional in expectation nothing is known when all agree."""
        assert Asked(ExAnte(UNAN)) in consequences([Asked(ExPost(SPROP))])
        assert Asked(ExAnte(UNAN)) not in consequences([Asked(ExAnte(SPROP))])


class TestTables:
    """A mechanism that is written out answers what its table says, and nothing else."""

    def test_answers(self) -> None:
        rule = Written((((Fraction(0),), Fraction(1)),))
        assert rule((Fraction(0),)) == 1
        with pytest.raises(ValueError, match=r"reports is \(1\): the table has no such profile"):
            rule((Fraction(1),))

    def test_sentences(self) -> None:
        told = [str(separation) for separation in SEPARATIONS]
        assert told[0] == "PF ex post and PO ex post =/=> SPROP ex ante: Written(1 profile)"
        assert "SP =/=> SP for SinglePeaked: Written(4 profiles)" in told
        assert len(set(told)) == len(told)

    def test_sorted_profiles_suffice(self) -> None:
        """The mean is strongly fair, as the tables of implications say of it."""
        instances = [Instance(UNIT, x) for x in combinations_with_replacement(grid(4), 3)]
        assert isinstance(Asked(SPF).check(Mean(), instances), Tally)

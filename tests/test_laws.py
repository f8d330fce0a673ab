"""Laws over all cards: what is true of every mechanism of the catalogue, whichever it is."""

import copy
import json
import pickle
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TWO_FACILITIES

from mechsim import Instance, Line, Population
from mechsim._json import decode, encode
from mechsim._numbers import is_ball, same
from mechsim.axioms import Refuted, confirm, places
from mechsim.axioms._memory import alike
from mechsim.batch import Lotteries
from mechsim.catalogue import Continuum, Entry, Fails, Holds, Ratio, entries
from mechsim.lottery import is_lottery, sure
from mechsim.mechanism import compound, draws_rule, play
from mechsim.population import tally

ENTRIES = entries()
CLAIMS = [
    pytest.param(entry, claim, id=f"{entry.family}-{entry.name}-{i}")
    for entry in ENTRIES
    for i, claim in enumerate(entry.card.claims)
]
BY_NAME = pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.family}/{e.name}")


def instances(entry: Entry) -> list[Instance]:
    """A few instances for each setting that the card makes claims about."""
    found: list[Instance] = []
    for claim in entry.card.claims:
        if isinstance(claim, Holds) and not isinstance(claim.domain, Continuum):
            everywhere = list(islice(places(claim.reading, claim.domain), 400))
            found += everywhere[:: max(1, len(everywhere) // 12)]
        elif isinstance(claim, Fails):
            found.append(claim.case.instance)
        elif isinstance(claim, Ratio):
            found.append(claim.instance)
    return [instance for instance in found if instance.agents]


REFUSED = "refused"


def answered(mechanism: Any, reports: Any) -> Any:
    """What a mechanism answers, or that it is one for another number of agents."""
    try:
        return mechanism(reports)
    except ValueError:
        return REFUSED


@BY_NAME
class TestEveryMechanism:
    """Deterministic, free of side effects, a value, and kind to its input."""

    def test_two_runs_arealike(self, entry: Entry) -> None:
        for instance in instances(entry):
            mechanism = entry.card.rule(instance.setting)
            first, second = (mechanism(instance.reports) for _ in range(2))
            assert alike(first, second)
            assert alike(entry.card.rule(instance.setting)(instance.reports), first)

    def test_inputs_are_unchanged(self, entry: Entry) -> None:
        for instance in instances(entry):
            mechanism = entry.card.rule(instance.setting)
            given_ = list(instance.profile)
            before = copy.deepcopy(given_)
            mechanism(given_)
            assert given_ == before

    def test_lists_and_tuples_are_read_alike(self, entry: Entry) -> None:
        for instance in instances(entry):
            mechanism = entry.card.rule(instance.setting)
            assert alike(mechanism(list(instance.profile)), mechanism(instance.profile))

    def test_travels_between_processes(self, entry: Entry) -> None:
        for instance in instances(entry)[:3]:
            mechanism = entry.card.rule(instance.setting)
            copied = pickle.loads(pickle.dumps(mechanism))
            assert copied == mechanism
            assert alike(copied(instance.reports), mechanism(instance.reports))

    def test_is_written_down_and_read_back(self, entry: Entry) -> None:
        for instance in instances(entry)[:3]:
            mechanism = entry.card.rule(instance.setting)
            written = json.loads(json.dumps(encode((mechanism, instance))))
            assert decode(written) == (mechanism, instance)

    def test_rules_make_the_lottery(self, entry: Entry) -> None:
        for instance in instances(entry):
            mechanism = entry.card.rule(instance.setting)
            if draws_rule(mechanism):
                rules = mechanism.rules(instance.agents)
                assert compound(rules, instance.profile) == play(mechanism, instance.reports)

    def test_a_population_is_what_it_stands_for(self, entry: Entry) -> None:
        for instance in instances(entry):
            mechanism = entry.card.rule(instance.setting)
            if hasattr(mechanism, "of_population"):
                values, counts = zip(*tally(instance.reports), strict=True)
                population = Population(values, tuple(3 * count for count in counts))
                expanded = population.expanded()
                assert alike(answered(mechanism, population), answered(mechanism, expanded))


class TestPopulationsOfFloats:
    """Arrays with counts give the outcome of the array written out, to the last bit."""

    @BY_NAME
    @given(data=st.data())
    def test_on_the_line(self, entry: Entry, data: st.DataObject) -> None:
        if entry.family != "facility" or entry.name in TWO_FACILITIES:
            return
        floats = st.floats(0, 1, allow_subnormal=False)
        values = data.draw(st.lists(floats, min_size=2, max_size=9))
        counts = data.draw(st.lists(st.integers(1, 5), min_size=len(values), max_size=len(values)))
        mechanism = entry.card.rule(Line(0, 1))
        population = Population(np.array(values), np.array(counts))
        expanded = population.expanded()
        assert alike(answered(mechanism, population), answered(mechanism, expanded))
        once = Population(np.array(values))
        assert alike(answered(mechanism, once), answered(mechanism, tuple(values)))


class TestBatches:
    """Each row of a batch is played as the mechanism plays it alone, up to rounding."""

    @BY_NAME
    @given(data=st.data())
    def test_on_the_line(self, entry: Entry, data: st.DataObject) -> None:
        on_a_line = entry.family == "facility" and entry.name not in TWO_FACILITIES
        mechanism: Any = entry.card.rule(Line(0, 1)) if on_a_line else None
        if not hasattr(mechanism, "of_batch"):
            return
        agents = data.draw(st.integers(2, 4))
        report = st.one_of(st.integers(0, 6).map(lambda k: k / 6), st.floats(0, 1))
        profile = st.lists(report, min_size=agents, max_size=agents)
        batch = data.draw(st.lists(profile, min_size=1, max_size=3))
        alone = [answered(mechanism, tuple(reports)) for reports in batch]
        if REFUSED in alone:
            with pytest.raises(ValueError, match="agents"):
                mechanism.of_batch(batch)
            return
        played = mechanism.of_batch(batch)
        for b, answer in enumerate(alone):
            lottery = played.row(b) if isinstance(played, Lotteries) else sure(float(played[b]))
            drawn = answer if is_lottery(answer) else sure(answer)
            for power in (1, 2, 3):
                moment = partial(pow, exp=power)
                found, expected = float(lottery.expect(moment)), float(drawn.expect(moment))
                assert found == pytest.approx(expected, abs=1e-12)


class TestEveryClaim:
    """Verdicts on cards survive being written down; what replays still replays when read."""

    @pytest.mark.parametrize(("entry", "claim"), CLAIMS)
    def test_verdicts_are_read_back(self, entry: Entry, claim: Any) -> None:
        if not isinstance(claim, Fails):
            return
        mechanism = entry.card.rule(claim.case.instance.setting)
        witness = Refuted(mechanism, claim.reading, claim.case, claim.violation)
        read: Refuted = decode(json.loads(json.dumps(encode(witness))))
        assert same(read.violation, witness.violation)
        assert (read.mechanism, read.axiom, read.case) == (mechanism, claim.reading, claim.case)
        assert confirm(read)
        assert str(read) == str(witness)

    @pytest.mark.parametrize(("entry", "claim"), CLAIMS)
    def test_violations_are_exact(self, entry: Entry, claim: Any) -> None:
        if isinstance(claim, Fails):
            exact = isinstance(claim.violation, (int, Fraction)) or is_ball(claim.violation)
            assert exact, entry.name

"""Rules that are saved and loaded, and searches that are stopped."""

import json
from itertools import combinations
from pathlib import Path
from time import monotonic

import pytest

from mechsim import Anonymous, Domain, Rankings, Strategyproof
from mechsim.axioms import Onto, Unanimous
from mechsim.design import SomeRule, impossible, load_rule
from mechsim.design.refutation import solved, solver

VOTE = Rankings(("a", "b", "c"))


def some() -> SomeRule:
    found = impossible([Anonymous(), Unanimous()], VOTE, agents=2)
    assert isinstance(found, SomeRule)
    return found


class TestSavedRules:
    """A rule that is loaded chooses as before, and one that breaks its axioms is refused."""

    def test_it_chooses_as_before(self, tmp_path: Path) -> None:
        path, rule = tmp_path / "rule.json", some()
        rule.save(path)
        again = load_rule(path)
        assert again.question == rule.question
        assert all(again(i.reports) == rule(i.reports) for i in Domain(VOTE, 2))

    def test_a_broken_rule_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "rule.json"
        some().save(path)
        written = json.loads(path.read_text())
        written["outcomes"][0] = 1  # all rank a first there
        path.write_text(json.dumps(written))
        with pytest.raises(ArithmeticError, match="the rule does not satisfy its axioms"):
            load_rule(path)

    @pytest.mark.parametrize("outcomes", [[], [0], [7] * 21, [0.5] * 21, "abc"])
    def test_what_is_no_table_is_refused(self, outcomes: object, tmp_path: Path) -> None:
        path = tmp_path / "rule.json"
        some().save(path)
        written = json.loads(path.read_text()) | {"outcomes": outcomes}
        path.write_text(json.dumps(written))
        with pytest.raises(ValueError, match="its outcomes are not one of each profile"):
            load_rule(path)

    def test_other_files_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "rule.json"
        path.write_text("[]")
        with pytest.raises(ValueError, match="is no rule: its schema is not mechsim/rule/1"):
            load_rule(path)


class TestSearchesThatAreStopped:
    """A search ends when its time is over, and says nothing then."""

    def test_at_once(self) -> None:
        found = impossible([Strategyproof(), Onto()], VOTE, agents=2, seconds=1e-9)
        assert found.status == "unknown"
        assert "no answer after 1e-09 seconds" in str(found)

    def test_in_the_middle(self) -> None:
        holes, pigeons = range(11), range(12)
        clauses = [[12 * h + p + 1 for h in holes] for p in pigeons]
        clauses += [
            [-(12 * h + p + 1), -(12 * h + q + 1)]
            for h in holes
            for p, q in combinations(pigeons, 2)
        ]
        start = monotonic()
        with solver(clauses, asked=True) as engine:
            assert solved(engine, [], start + 0.2) is None
        assert monotonic() - start < 5

    def test_with_time_enough(self) -> None:
        with solver([[1, 2], [-1]], asked=True) as engine:
            assert solved(engine, [], monotonic() + 60) is True
            assert solved(engine, [-2], monotonic() + 60) is False
            assert solved(engine, [2], None) is True

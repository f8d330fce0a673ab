"""Certificates that no rule satisfies axioms, and of a rule that does."""

import copy
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from certified import CHECKER
from contradictions import DOOR, QUICK, SIZES, VOTE, derived, made, written

from mechsim import Domain, Line, Rankings, SinglePeaked, Strategyproof, uniform
from mechsim.__main__ import main
from mechsim.axioms import (
    Anonymous,
    CondorcetConsistent,
    MaskinMonotonic,
    Neutral,
    NonDictatorial,
    Onto,
    ParetoOptimal,
    Unanimous,
)
from mechsim.design import NoRule, SomeRule, Undetermined, impossible
from mechsim.design.impossible import pose, write
from mechsim.preferences import Cells, Space
from mechsim.preferences.tastes import Obnoxious
from mechsim.proving import certcheck, certificate, save, tabulate
from mechsim.voting import Dictatorship


class TestNoRuleIsCertified:
    """What `impossible` contradicts, the checker follows from the names of the axioms alone."""

    @pytest.mark.parametrize("name", QUICK)
    def test_of(self, name: str) -> None:
        whole = made(name)
        accepted = certcheck.check(whole, DOOR)
        assert (accepted.kind, accepted.arithmetic) == ("contradiction", "exact")
        assert accepted.claim == whole["claim"]
        assert len(written(name)) < SIZES.get(name, 20_000)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["four candidates", "between"])
    def test_slowly(self, name: str) -> None:
        assert certcheck.check(made(name), DOOR).kind == "contradiction"
        assert len(written(name)) < SIZES[name]

    @pytest.mark.slow
    def test_any_places_in_words(self) -> None:
        """Places of a continuum: parts of the way between two agents stand for all of them."""
        assert (derived(made("between")) or "").startswith(
            "no rule that chooses a place at each profile of 2 agents at any of the points "
            "((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)) who mind the "
            "straight distance satisfies 'strategyproof' (no agent expects to gain by another "
            "report), 'anonymous' (the outcome is the same if two agents trade reports), 'pareto "
            "optimal ex post' (no alternative is better for somebody and worse for nobody"
        )

    def test_in_words(self) -> None:
        assert derived(made("Gibbard and Satterthwaite")) == (
            "no rule that chooses one of (0, 1, 2) at each profile of 2 agents on the setting of 3 "
            "alternatives whose values are listed satisfies 'strategyproof' (no agent expects to "
            "gain by another report), 'onto' (each of these is chosen at some profile), "
            "'nondictatorial' (no agent gets what it likes best at every profile)"
        )
        assert derived(made("single-peaked")) == (
            "no rule that chooses one of (0, 1/4, 1/2, 3/4, 1) at each profile of 2 agents on the "
            "line from 0 to 1, peaks (0, 1/2, 1), tastes single_peaked satisfies 'strategyproof' "
            "(no agent expects to gain by another report), 'strongly proportional ex post' (where "
            "agents are at two places only, or at one, their mean is the outcome, whatever is "
            "drawn)"
        )
        assert (
            "'neutral' (if types and alternatives are renamed, so is the outcome, in 5 ways)"
            in (derived(made("neutral")) or "")
        )

    def test_fewer_may_be_chosen(self) -> None:
        """What is better than an outcome need not be what may be chosen."""
        none = impossible((Unanimous(),), VOTE, agents=2, alternatives=(0, 1))
        assert isinstance(none, NoRule)
        assert certificate(none)["claim"].startswith(
            "no rule that chooses one of (0, 1) at each profile of 2 agents on the setting of 3 "
            "alternatives whose values are listed satisfies 'unanimous ex post'"
        )

    def test_the_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        whole, path = made("anonymous, Pareto optimal"), tmp_path / "none.json"
        save(whole, path)
        assert main(["check", str(path)]) == 0
        assert whole["claim"] in capsys.readouterr().out
        alone = [sys.executable, "-S", "-I", shutil.copy(CHECKER, tmp_path), str(path)]
        done = subprocess.run(alone, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        del whole["proof"]["clauses"][0]
        save(whole, path)
        assert main(["check", str(path)]) == 4

    def test_what_cannot_be_written(self) -> None:
        none = found((Anonymous(), Neutral()), Rankings(("ann", "bob")))
        cells = Cells(Space((0, 0), (1, 1)).grid(1, 1), (2, 2))
        coarse = replace(none, question=replace(none.question, setting=cells))
        with pytest.raises(ValueError, match="does not say what is renamed"):
            certificate(coarse)
        lie = found((Strategyproof(), Anonymous(), ParetoOptimal()), VOTE)
        coarse = replace(lie, question=replace(lie.question, setting=cells))
        with pytest.raises(ValueError, match="some parts of a continuum, and they must be all"):
            certificate(coarse)
        coarse = replace(lie, question=replace(lie.question, setting=OtherParts()))
        with pytest.raises(ValueError, match="whose alternatives are parts of a continuum"):
            certificate(coarse)
        with pytest.raises(ValueError, match="the places of a line are not"):
            certificate(found((Strategyproof(), Onto()), Line(0, 1).grid(2)))
        with pytest.raises(ValueError, match="certificates of it are about peaks"):
            certificate(found((Unanimous(),), Line(0, 1, tastes=Obnoxious()).grid(2)))


class OtherParts:
    """A continuum of which certificates know nothing."""

    is_abstraction = True


def found(axioms: Sequence[Any], setting: Any) -> NoRule | SomeRule:
    """What is answered for two agents."""
    answer = impossible(axioms, setting, agents=2)
    assert not isinstance(answer, Undetermined)
    return answer


def first_candidate(reports: Any) -> int:
    return 0


def lower_top(reports: Any) -> int:
    return min(int(report[0]) for report in reports)


class TestARuleIsATable:
    """What `impossible` finds is written as a table, with all that was asked of it."""

    @pytest.mark.parametrize(
        "axioms",
        [
            (Strategyproof(), Onto()),
            (Onto(), NonDictatorial(), Anonymous()),
            (Strategyproof(), Neutral(), ParetoOptimal()),
            (Strategyproof(), NonDictatorial(), Anonymous()),
        ],
        ids=lambda axioms: ", ".join(type(one).__name__ for one in axioms),
    )
    def test_of(self, axioms: tuple[Any, ...]) -> None:
        rule = impossible(axioms, VOTE, agents=2)
        assert isinstance(rule, SomeRule)
        whole = certificate(rule)
        assert certcheck.check(whole, DOOR).kind == "table"
        assert len(whole["statement"]["table"]) == 36
        for axiom in axioms:
            word = {"NonDictatorial": "nondictatorial", "ParetoOptimal": "pareto optimal"}
            name = type(axiom).__name__
            assert f"'{word.get(name, name.lower())}" in whole["claim"]

    def test_on_a_line(self) -> None:
        axioms = (Strategyproof(), Anonymous(), ParetoOptimal(), NonDictatorial())
        rule = found(axioms, Line(0, 1, tastes=SinglePeaked()).grid(2))
        assert "'nondictatorial' (no agent surely gets" in certificate(rule)["claim"]

    def test_the_order_of_alternatives(self) -> None:
        """They are named as the certificate lists them, whatever is chosen first."""

        def worst(reports: Any) -> int:
            return int(reports[1][-1])

        for alternatives in ((0, 1, 2), (1,), (2, 0)):
            whole = tabulate(worst, (Neutral(), Onto()), Domain(VOTE, 2), alternatives=alternatives)
            assert certcheck.check(whole, DOOR).kind == "table"
        with pytest.raises(ValueError, match="alternatives lacks 1, which another is called"):
            tabulate(first_candidate, (Neutral(),), Domain(VOTE, 2), alternatives=(0,))

    @pytest.mark.parametrize(
        ("axiom", "foil"),
        [
            (NonDictatorial(), Dictatorship(1, VOTE)),
            (Onto(), first_candidate),
            (Neutral(), lower_top),
        ],
        ids=["nondictatorial", "onto", "neutral"],
    )
    def test_foils(self, axiom: Any, foil: Callable[[Any], int]) -> None:
        """No table of a rule that breaks the axiom is certified to satisfy it."""
        with pytest.raises(ArithmeticError, match="would be rejected: it is not"):
            tabulate(foil, (axiom,), Domain(VOTE, 2), alternatives=(0, 1, 2))

    def test_lotteries(self) -> None:
        """Who may lose at one profile is no dictator; a positive probability is enough."""
        same, other = (0, 1, 2), (2, 1, 0)

        def slipping(reports: Any) -> Any:
            top = reports[0][0]
            return uniform([top, reports[1][0]]) if reports == (same, other) else top

        def rarely(reports: Any) -> Any:
            return uniform([0, reports[1][0]]) if reports[0] == other else 0

        for rule, axiom in ((slipping, NonDictatorial()), (rarely, Onto())):
            whole = tabulate(rule, (axiom,), Domain(VOTE, 2), alternatives=(0, 1, 2))
            assert certcheck.check(whole, DOOR).kind == "table"


class TestTheCoreSaysAllOfAClause:
    """A clause about two profiles that are alike says both of them."""

    def test_of_a_neutral_rule(self) -> None:
        chosen = write(pose((Strategyproof(), Neutral(), Anonymous()), VOTE, 2, None))
        lies = [
            reason
            for number in range(len(chosen.listed()))
            if isinstance((reason := chosen.reason(number)).axiom, Strategyproof)
        ]
        assert all(len(reason.said) == len(reason.literals) == 2 for reason in lies)
        assert any(len(set(reason.literals)) == 1 for reason in lies)


class TestFurtherAxiomsOfVoting:
    """Muller and Satterthwaite (1977), and Condorcet with strategyproofness, as certificates."""

    @pytest.mark.parametrize(
        ("axioms", "agents"),
        [
            ((MaskinMonotonic(), Unanimous(), NonDictatorial()), 2),
            ((CondorcetConsistent(), Strategyproof()), 3),
        ],
    )
    def test_contradictions_are_accepted(self, axioms: Any, agents: int) -> None:
        vote = Rankings(("a", "b", "c"))
        found = impossible(axioms, vote, agents=agents)
        assert isinstance(found, NoRule)
        whole: Any = certificate(found)
        assert certcheck.check(whole, DOOR).kind == "contradiction"
        for spared in range(len(whole["statement"]["axioms"])):
            edited = copy.deepcopy(whole)
            del edited["statement"]["axioms"][spared]
            with pytest.raises(certcheck.Rejected):
                certcheck.check(edited, DOOR)

    @pytest.mark.parametrize(
        ("axioms", "other"),
        [
            ((CondorcetConsistent(),), MaskinMonotonic()),
            ((MaskinMonotonic(), Onto()), CondorcetConsistent()),
        ],
    )
    def test_tables(self, axioms: Any, other: Any) -> None:
        """Of a rule that was found; no rule for three voters is both."""
        rule = impossible(axioms, Rankings(("a", "b", "c")), agents=3)
        assert isinstance(rule, SomeRule)
        whole: Any = certificate(rule)
        assert certcheck.check(whole, DOOR).kind == "table"
        edited = copy.deepcopy(whole)
        name = {MaskinMonotonic(): "maskin monotonic"}.get(other, "condorcet consistent")
        edited["statement"]["axioms"].append(name)
        with pytest.raises(certcheck.Rejected, match=f"it is not {name}"):
            certcheck.check(edited, DOOR)

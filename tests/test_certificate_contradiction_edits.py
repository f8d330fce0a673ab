"""No edit of a certificate of an impossibility passes, unless it states something true."""

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest
from contradictions import DOOR, derived, made

from mechsim.design.refutation import solver
from mechsim.proving import certcheck

# ---- Edits, and what they state, by an encoding of this file.


def pairs_of(statement: Any) -> Any:
    return statement["setting"]["types"], statement["setting"]["values"]


def is_impossible(statement: Any) -> bool:
    """Whether no rule is as stated: a solver, by the definitions."""
    types, values = pairs_of(statement)
    listed = statement["setting"]["alternatives"]
    some = [listed.index(one) for one in statement["alternatives"]]
    agents = range(statement["agents"])
    profiles = list(product(*(range(len(mine)) for mine in types)))
    number = {pair: k for k, pair in enumerate(product(profiles, some), 1)}

    def worth(agent: int, x: tuple[int, ...], y: int) -> Fraction:
        return Fraction(values[agent][x[agent]][y])

    def dominated(x: tuple[int, ...], y: int) -> bool:
        gains = [[worth(i, x, z) - worth(i, x, y) for i in agents] for z in range(len(listed))]
        return any(min(gain) >= 0 and max(gain) > 0 for gain in gains)

    found = [[number[x, y] for y in some] for x in profiles]
    found += [[-number[x, y], -number[x, z]] for x in profiles for y, z in combinations(some, 2)]
    for axiom in statement["axioms"]:
        if axiom == "strategyproof":
            found += [
                [-number[x, y], -number[z, w]]
                for x, z in product(profiles, profiles)
                for i in agents
                if x[i] != z[i] and x[:i] + x[i + 1 :] == z[:i] + z[i + 1 :]
                for y, w in product(some, some)
                if worth(i, x, w) > worth(i, x, y)
            ]
        elif axiom == "onto":
            found += [[number[x, y] for x in profiles] for y in some]
        elif axiom == "nondictatorial":
            best = [
                [max(worth(i, x, y) for y in range(len(listed))) for i in agents] for x in profiles
            ]
            found += [
                [
                    number[x, y]
                    for x, most in zip(profiles, best, strict=True)
                    for y in some
                    if worth(i, x, y) < most[i]
                ]
                for i in agents
            ]
        elif axiom == "pareto optimal ex post":
            found += [[-number[x, y]] for x, y in number if dominated(x, y)]
        elif axiom == "anonymous":
            found += [
                [-number[x, y], number[z, y]] for x, y in number for z in permutations(x) if z != x
            ]
        else:
            raise AssertionError(axiom)
    with solver(found) as engine:
        return not engine.solve()


def edited(whole: Any, rng: random.Random) -> str:
    """One thing is changed; what it was."""
    statement, proof = whole["statement"], whole["proof"]
    group = rng.choice(proof["clauses"])
    clause, lemma = rng.randrange(len(group[1])), rng.choice(proof["lemmas"])
    worths = rng.choice(rng.choice(statement["setting"]["values"]))
    some, cell = rng.choice(proof["clauses"]), rng.randrange(len(worths))

    def without_one(numbers: str) -> str:
        words = numbers.split(" ")
        del words[rng.randrange(len(words))]
        return " ".join(words)

    def with_one_denied(numbers: str) -> str:
        words = numbers.split(" ")
        k = rng.randrange(len(words))
        words[k] = str(-int(words[k])) if words[k] else ""
        return " ".join(words)

    def changed_digit(said: str) -> str:
        place = rng.choice([k for k, letter in enumerate(said) if letter.isdigit()])
        return said[:place] + str(rng.randrange(3)) + said[place + 1 :]

    what = rng.choice(EDITS)
    if what == "drop a clause":
        del group[1][clause]
    elif what == "drop a literal":
        group[1][clause] = without_one(group[1][clause])
    elif what == "deny a literal":
        group[1][clause] = with_one_denied(group[1][clause])
    elif what == "drop a hint":
        lemma[1] = without_one(lemma[1])
    elif what == "drop a literal of a lemma":
        lemma[0] = without_one(lemma[0])
    elif what == "drop a lemma":
        proof["lemmas"].remove(lemma)
    elif what == "swap labels":
        group[0], some[0] = some[0], group[0]
    elif what == "change a variable":
        k = rng.randrange(len(proof["variables"]))
        proof["variables"][k] = changed_digit(proof["variables"][k])
    elif what == "change a value":
        worths[cell] = str(Fraction(worths[cell]) + rng.choice((-2, -1, 1, 2)))
    elif what == "drop an axiom":
        del statement["axioms"][rng.randrange(len(statement["axioms"]))]
    elif what == "change an axiom":
        others = ["onto", "nondictatorial", "anonymous", "pareto optimal ex post", "onto ex post"]
        statement["axioms"][rng.randrange(len(statement["axioms"]))] = rng.choice(others)
    elif what == "drop an alternative":
        del statement["alternatives"][rng.randrange(len(statement["alternatives"]))]
    elif what == "drop a type":
        del rng.choice(statement["setting"]["types"])[rng.randrange(6)]
    else:
        statement["agents"] += rng.choice((-1, 1))
    return what


EDITS = (
    "drop a clause",
    "drop a literal",
    "deny a literal",
    "drop a hint",
    "drop a literal of a lemma",
    "drop a lemma",
    "swap labels",
    "change a variable",
    "change a value",
    "drop an axiom",
    "change an axiom",
    "drop an alternative",
    "drop a type",
    "change the agents",
)


class TestAnEditIsRejectedOrStatesAnotherTruth:
    """What still passes proves the same, or says something else, which a solver finds true."""

    @pytest.mark.parametrize("name", ["anonymous, Pareto optimal", "Gibbard and Satterthwaite"])
    def test_of(self, name: str) -> None:
        rng, whole = random.Random(0), made(name)
        passed: Counter[str] = Counter()
        for _ in range(200):
            new = made(name)
            what = edited(new, rng)
            claim = derived(new)
            if claim is None:
                with pytest.raises(certcheck.Rejected):
                    certcheck.check(new, DOOR)
                continue
            passed[what] += 1
            assert is_impossible(new["statement"]), (what, new["statement"])
            if new["statement"] != whole["statement"]:
                with pytest.raises(certcheck.Rejected, match="what follows is"):
                    certcheck.check(new, DOOR)
        assert sum(passed.values()) < 40, passed
        never = {"drop a clause", "deny a literal", "drop a lemma", "change the agents"}
        assert never.isdisjoint(passed), passed


class TestWhatIsPossibleHasNoContradiction:
    """Where some rule is as asked, no proof passes, whatever its clauses are called."""

    @pytest.mark.parametrize("name", ["Gibbard and Satterthwaite", "three voters"])
    @pytest.mark.parametrize("left_out", [0, 1, 2])
    def test_one_axiom_less(self, name: str, left_out: int) -> None:
        """The clauses of the missing axiom are called by the names of the others."""
        whole = made(name)
        missing = whole["statement"]["axioms"].pop(left_out)
        for other in (*whole["statement"]["axioms"], certcheck.ONE_OUTCOME):
            for group in whole["proof"]["clauses"]:
                group[0] = other if group[0] == missing else group[0]
            assert derived(whole) is None
        assert name == "three voters" or not is_impossible(whole["statement"])

    def test_each_clause_by_its_own_axiom(self) -> None:
        """What one axiom says does not pass as another's, even if both are asked for."""
        first = made("Gibbard and Satterthwaite")
        names = [*first["statement"]["axioms"], certcheck.ONE_OUTCOME]
        for group, name in product(range(len(first["proof"]["clauses"])), names):
            whole = made("Gibbard and Satterthwaite")
            if whole["proof"]["clauses"][group][0] != name:
                whole["proof"]["clauses"][group][0] = name
                assert derived(whole) is None, (group, name)

    def test_symmetries_that_are_none(self) -> None:
        """Agents who differ are not exchanged; renamings keep tastes; each axiom is there once."""
        whole = made("neutral, anonymous")
        whole["statement"]["setting"]["values"][0][0] = ["0", "-2", "-1"]
        assert derived(whole) is None
        for renaming in ("0 1 2 3 4 5: 0 2 1", "1 0 3 2 5 4: 0 2", "0 0 2 2 4 4: 0 1 2", "0: 0"):
            whole = made("neutral, anonymous")
            whole["statement"]["axioms"][1]["neutral"][0] = renaming
            assert derived(whole) is None
        whole = made("neutral, anonymous")
        whole["statement"]["axioms"].append("anonymous")
        assert derived(whole) is None
        whole = made("neutral, anonymous")
        whole["statement"]["axioms"].pop(0)
        assert derived(whole) is None

    def test_what_is_not_written_plainly(self) -> None:
        for said in ("0 0:0", "0 0: 0 0", "0 6: 0", "0 0: 3", "0 0: ", "0: 0", "0 -1: 0", 3, None):
            whole = made("anonymous, Pareto optimal")
            whole["proof"]["variables"][0] = said
            assert derived(whole) is None, said
        for clause in ("0", "+1", "1  2", " 1", "1 ", "99", "-99", "1.0", "x", "1_0", 1, None):
            whole = made("anonymous, Pareto optimal")
            whole["proof"]["clauses"][0][1][0] = clause
            assert derived(whole) is None, clause

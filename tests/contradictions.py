"""Questions that no rule answers, their certificates, and what the checker derives from one."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from certified import nothing

from mechsim import Line, Rankings, SinglePeaked, Strategyproof
from mechsim.axioms import (
    Anonymous,
    Neutral,
    NonDictatorial,
    Onto,
    ParetoOptimal,
    StronglyProportional,
    Unanimous,
)
from mechsim.design import NoRule, impossible
from mechsim.preferences import Between, Space
from mechsim.proving import certcheck, certificate

DOOR = certcheck.Door((), nothing)
VOTE = Rankings(("ann", "bob", "cat"))
GIBBARD = (Strategyproof(), Onto(), NonDictatorial())
QUESTIONS: dict[str, tuple[Sequence[Any], Any, int]] = {
    "anonymous, Pareto optimal": ((Strategyproof(), Anonymous(), ParetoOptimal()), VOTE, 2),
    "Gibbard and Satterthwaite": (GIBBARD, VOTE, 2),
    "three voters": (GIBBARD, VOTE, 3),
    "unanimous": ((Strategyproof(), Unanimous(), NonDictatorial()), VOTE, 2),
    "four candidates": (GIBBARD, Rankings(("ann", "bob", "cat", "dan")), 2),
    "neutral": ((Strategyproof(), Neutral(), Onto(), NonDictatorial()), VOTE, 2),
    "neutral, anonymous": ((Anonymous(), Neutral()), VOTE, 3),
    "plane": (
        (Strategyproof(), Anonymous(), ParetoOptimal()),
        Space((0, 0), (3, 3)).grid(3, 3),
        2,
    ),
    "between": (
        (Strategyproof(), Anonymous(), ParetoOptimal()),
        Between(Space((0, 0), (2, 2)).grid(2, 2), 16),
        2,
    ),
    "line": ((Strategyproof(), StronglyProportional()), Line(0, 1).grid(4), 2),
    "single-peaked": (
        (Strategyproof(), StronglyProportional()),
        Line(0, 1, tastes=SinglePeaked()).grid(2),
        2,
    ),
}
SIZES = {  # bytes at most, as they were measured of a prototype
    "anonymous, Pareto optimal": 4_700,
    "Gibbard and Satterthwaite": 27_000,
    "three voters": 335_000,
    "plane": 94_000,
    "four candidates": 600_000,
    "between": 120_000,
}
QUICK = [name for name in QUESTIONS if name not in ("four candidates", "between")]


@cache
def certified(
    axioms: tuple[Any, ...], setting: Any, agents: int, alternatives: tuple[Any, ...] | None = None
) -> str:
    """The certificate that no rule is as asked, as text."""
    found = impossible(axioms, setting, agents=agents, alternatives=alternatives)
    assert isinstance(found, NoRule)
    return json.dumps(certificate(found))


def written(name: str) -> str:
    axioms, setting, agents = QUESTIONS[name]
    return certified(tuple(axioms), setting, agents)


def made(name: str) -> Any:
    """A certificate, to be edited."""
    return json.loads(written(name))


PROOF_EDITS = (
    "drop a clause",
    "deny a literal",
    "drop a literal",
    "drop a lemma",
    "other variable",
)
"""What `edit_proof` does; what is dropped or denied is missed."""


def edit_proof(proof: Any, what: str, rng: random.Random) -> None:
    """One thing is changed in the clauses, the lemmas or the variables."""
    group, lemma = rng.choice(proof["clauses"]), rng.choice(proof["lemmas"])
    clause = rng.randrange(len(group[1]))
    words = group[1][clause].split(" ")
    place = rng.randrange(len(words))
    if what == "drop a clause":
        del group[1][clause]
    elif what == "deny a literal":
        words[place] = str(-int(words[place]))
        group[1][clause] = " ".join(words)
    elif what == "drop a literal":
        del words[place]
        group[1][clause] = " ".join(words)
    elif what == "drop a lemma":
        proof["lemmas"].remove(lemma)
    else:
        k = rng.randrange(len(proof["variables"]))
        said = proof["variables"][k]
        digit = rng.choice([j for j, letter in enumerate(said) if letter.isdigit()])
        proof["variables"][k] = said[:digit] + str(rng.randrange(5)) + said[digit + 1 :]


def derived(edited: Any) -> str | None:
    """The claim that the checker derives, if it derives one."""
    try:
        claim = certcheck.derive("contradiction", edited["statement"], edited["proof"], DOOR)
    except certcheck.Rejected:
        return None
    return claim.partition(" [statement")[0]


@dataclass(frozen=True)
class Edits:
    """Edited certificates, and whether what they state is true by an encoding of a test's own."""

    made: Callable[[], Any]
    edited: Callable[[Any, random.Random], str]
    is_impossible: Callable[[Any], bool]

    def that_pass(self, times: int, rng: random.Random) -> Counter[str]:
        """How many of which kind the checker follows; each states something true.

        A claim that was not derived again from an edited statement is rejected all the same.
        """
        original = self.made()["statement"]
        passed: Counter[str] = Counter()
        known: dict[str, bool] = {}
        for _ in range(times):
            new = self.made()
            what = self.edited(new, rng)
            if derived(new) is None:
                continue
            passed[what] += 1
            statement = new["statement"]
            told = json.dumps(statement)
            if told not in known:
                known[told] = self.is_impossible(statement)
            assert known[told], (what, statement)
            if statement != original:
                with pytest.raises(certcheck.Rejected, match="what follows is"):
                    certcheck.check(new, DOOR)
        return passed

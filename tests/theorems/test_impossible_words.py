"""The argument of an impossibility: true, in order, and short."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from mechsim import Anonymous, Line, Neutral, Rankings, Strategyproof
from mechsim.axioms import NonDictatorial, Onto, ParetoOptimal, StronglyProportional, Unanimous
from mechsim.design import NoRule, impossible
from mechsim.design.argument import Line as Told
from mechsim.design.argument import Step
from mechsim.design.choices import Reason
from mechsim.design.deduction import Conflict, Exclusion, Premise, bits
from mechsim.design.telling import _Telling

VOTE = Rankings(("a", "b", "c"))

QUESTIONS: dict[str, tuple[tuple[Any, ...], Any, int]] = {
    "anonymous": ((Strategyproof(), Anonymous(), ParetoOptimal()), VOTE, 2),
    "onto": ((Strategyproof(), Onto(), NonDictatorial()), VOTE, 2),
    "unanimous": ((Strategyproof(), Unanimous(), NonDictatorial()), VOTE, 2),
    "pareto": ((Strategyproof(), ParetoOptimal(), NonDictatorial()), VOTE, 2),
    "anonymous, onto": ((Strategyproof(), Anonymous(), Onto()), VOTE, 2),
    "neutral": ((Strategyproof(), Anonymous(), Neutral()), VOTE, 3),
    "three": ((Strategyproof(), Anonymous(), ParetoOptimal()), VOTE, 3),
    "proportional": ((Strategyproof(), StronglyProportional()), Line(0, 1).grid(2), 2),
    "many places": ((Strategyproof(), StronglyProportional()), Line(0, 1).grid(8), 2),
}


@cache
def none(name: str) -> NoRule:
    axioms, setting, agents = QUESTIONS[name]
    found = impossible(axioms, setting, agents=agents)
    assert isinstance(found, NoRule)
    return found


class Replay:
    """What is known after each line, and whether it follows, by trying all outcomes."""

    def __init__(self, found: NoRule) -> None:
        self.chosen, self.argument = found.chosen, found.argument()
        self.size = len(found.question.alternatives)
        self.lemmas: dict[int, Step] = {}

    def true(self, reason: Reason, chosen: dict[int, int]) -> bool:
        """Whether a clause may hold where these outcomes are chosen at these profiles."""
        variables = {int(self.chosen.singles[p, o]) for p, o in chosen.items()}
        for literal in reason.said:
            where = np.array([literal.profile])
            if int(self.chosen.places(where)[0]) not in chosen:
                return True
            members = self.chosen.chosen(where)[0][list(literal.members)].tolist()
            if bool(variables & set(members)) == literal.holds:
                return True
        return False

    def held(self, number: int, chosen: dict[int, int]) -> bool:
        if number < len(self.argument.clauses):
            return self.true(self.argument.clauses[number], chosen)
        lemma = self.lemmas[number]
        return any(p not in chosen or allowed >> chosen[p] & 1 for p, allowed in lemma.allowed)

    def refuted(
        self, why: Sequence[int], given: Sequence[Premise], known: list[int], own: dict[int, int]
    ) -> bool:
        """Whether no choice is left, of those known, with which all of these clauses hold."""
        left = {one.profile: one.outcomes for one in given}
        for profile, outcomes in left.items():
            assert not outcomes & ~known[profile], "a premise was not told before"
        if len(left) > 3:
            (number,) = why
            possible = {
                p: [o for o in range(self.size) if not out >> o & 1] for p, out in left.items()
            }
            fixed = {p: outcomes[0] for p, outcomes in possible.items() if outcomes} | own
            return not self.held(number, fixed) and all(
                not self.held(number, fixed | {p: o}) for p in possible for o in possible[p]
            )
        others = [[o for o in range(self.size) if not out >> o & 1] for out in left.values()]
        return all(
            any(not self.held(number, dict(zip(left, some, strict=True)) | own) for number in why)
            for some in product(*others)
        )

    def exclude(self, one: Exclusion, known: list[int]) -> None:
        assert self.refuted(one.why, one.given, known, {one.profile: one.outcome})

    def line(self, line: Told, known: list[int]) -> None:
        for one in line.excluded:
            assert one.why
            self.exclude(one, known)
        for one in line.excluded:
            known[one.profile] |= 1 << one.outcome
        assert line.left == tuple(o for o in range(self.size) if not known[line.profile] >> o & 1)

    def conflict(self, conflict: Conflict, known: list[int]) -> None:
        if conflict.why:
            assert self.refuted(conflict.why, conflict.given, known, {})
        else:
            (premise,) = conflict.given
            assert known[premise.profile] == premise.outcomes == (1 << self.size) - 1

    def run(self) -> None:
        argument, known = self.argument, [0] * len(self.chosen.profiles)
        for one in argument.opening:
            assert not one.given
            self.exclude(one, known)
        for one in argument.opening:
            known[one.profile] |= 1 << one.outcome
        for part in argument.parts:
            if isinstance(part, Told):
                self.line(part, known)
                continue
            inside = list(known)
            for profile, allowed in part.allowed:
                inside[profile] |= allowed
            for line in part.lines:
                self.line(line, inside)
            self.conflict(part.conflict, inside)
            if part.number is None:
                assert part is argument.parts[-1]
                return
            self.lemmas[part.number] = part
            if len(part.allowed) == 1:
                ((profile, allowed),) = part.allowed
                known[profile] |= (1 << self.size) - 1 & ~allowed
        raise AssertionError("it does not end in a contradiction")


class TestEachLineFollows:
    """What a line excludes contradicts the clauses that it names and lines before it."""

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_by_trying_all_outcomes(self, name: str) -> None:
        Replay(none(name)).run()

    def test_a_line_that_is_left_out_is_missed(self) -> None:
        found = none("anonymous")
        argument = found.argument()
        replay = Replay(found)
        known = [0] * len(found.chosen.profiles)
        (step,) = [part for part in argument.parts if isinstance(part, Step) and part.allowed]
        with pytest.raises(AssertionError):
            replay.line(step.lines[1], known)


class TestLengths:
    """The arguments are as long as those in text-books, or nearly."""

    @pytest.mark.parametrize(
        ("name", "most"),
        [
            ("anonymous", 15),
            ("onto", 39),
            ("unanimous", 20),
            ("pareto", 22),
            ("anonymous, onto", 34),
            ("proportional", 4),
            ("many places", 4),
        ],
    )
    def test_lines(self, name: str, most: int) -> None:
        lines = none(name).argument().lines
        assert len(lines) <= most
        assert lines[-1].endswith("So there is no such rule.")


class TestLinesThatAreAlike:
    """A line tells of profiles with reasons of one form, and after all on which these rest."""

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_they_are_in_order(self, name: str) -> None:
        found = none(name)
        argument = found.argument()
        telling = _Telling(found.chosen, argument.clauses, {}, likewise=True)
        listed = [part for part in argument.parts if isinstance(part, Told)]
        within = [part.lines for part in argument.parts if isinstance(part, Step)]
        for lines in (listed, *within):
            here = {(one.profile, one.outcome) for line in lines for one in line.excluded}
            told: set[tuple[int, int]] = set()
            for some, one_by_one in telling.alike(lines):
                assert len(set(map(telling._form, some))) == 1
                before = set(told)
                for line in some:
                    given = {
                        (premise.profile, outcome)
                        for one in line.excluded
                        for premise in one.given
                        for outcome in bits(premise.outcomes)
                    }
                    assert given & here <= told
                    assert one_by_one or given & here <= before
                    told |= {(one.profile, one.outcome) for one in line.excluded}
            assert told == here

    def test_what_is_alike_in_words_is_so_in_kind(self) -> None:
        for line in none("onto").argument().lines:
            said, _, rest = line.partition(" Likewise")
            chosen = ": not" in said or ": neither" in said
            assert ("not chosen" not in rest and "neither" not in rest) or not chosen
            assert chosen or " is chosen" not in rest.replace("neither", "")

    def test_in_full_each_profile_has_its_own(self) -> None:
        argument = none("onto").argument()
        assert not any("Likewise" in line or "more profiles" in line for line in argument.full)
        told = [part for part in argument.parts if isinstance(part, Told)]
        inside = [one for part in argument.parts if isinstance(part, Step) for one in part.lines]
        opening = [line for line in argument.full if line.strip().startswith("At (")]
        assert len(opening) == len(told) + len(inside) > len(argument.lines)


class TestStrongProportionality:
    """Strong proportionality fixes the outcome at two profiles, and somebody would lie."""

    def test_it_is_told_in_three_lines(self) -> None:
        opening, line, last = none("proportional").argument().lines
        assert opening.startswith("By StronglyProportional, ")
        assert "would report" in line
        assert last == "So there is no such rule."


class TestUnanimityFollows:
    """Onto and strategyproof: three steps of the argument say that all get their common best."""

    def test_first_steps(self) -> None:
        steps = [part for part in none("onto").argument().parts if isinstance(part, Step)]
        chosen = none("onto").chosen
        best: set[int] = set()
        for step in steps[:3]:
            ((profile, allowed),) = step.allowed
            (outcome,) = bits(allowed)
            types = {
                ranking[k]
                for ranking, k in zip(chosen.types, chosen.profiles[profile], strict=True)
            }
            assert {ranking[0] for ranking in types} == {outcome}
            best.add(outcome)
        assert best == {0, 1, 2}


class TestWordsOfLies:
    """Whoever is said to lie gains by it, whatever is left where the lie leads."""

    HERE = re.compile(r"as agent (\d) would report (\w+), where (.+?) is (not )?chosen")
    THERE = re.compile(
        r"or agent (\d) at \((.+?)\), where (.+?) is (not )?chosen, would report (\w+)"
    )
    SHORT = re.compile(
        r"At \((.+?)\), (?:(.+?) is not|neither (.+?) is) chosen, ((?:as|or) agent [^.]+)"
    )
    LONG = re.compile(r"(?:At|Nothing can be chosen at) \((.+?)\)(?:, .+? is chosen)?: ([^.]+)")
    PART = re.compile(r"(?:not|neither) (.+?), ((?:as|or) agent .+)")

    def parts(self, line: str) -> Iterator[tuple[list[str], str, str]]:
        """The profile, an outcome that is excluded, and why."""
        short, long = self.SHORT.match(line.strip()), self.LONG.match(line.strip())
        found = [(short[1], short[2] or short[3], short[4])] if short else []
        for told in long[2].split("; ") if long else []:
            part = self.PART.match(told)
            if long and part:
                found.append((long[1], part[1], part[2]))
        for profile, excluded, reason in found:
            for one in excluded.split(" nor "):
                yield profile.split(", "), one, reason

    @pytest.mark.parametrize("name", ["onto", "unanimous", "pareto"])
    def test_every_reason(self, name: str) -> None:
        read = 0
        argument = none(name).argument()
        for line in (*argument.lines, *argument.full):
            for profile, excluded, reason in self.parts(line):
                read += 1
                here, there = self.HERE.match(reason), self.THERE.match(reason)
                if here:
                    agent, _, known, negated = here.groups()
                    truth = profile[int(agent)]
                else:
                    assert there
                    agent, other, known, negated, lie = there.groups()
                    honest = other.split(", ")
                    truth = honest[int(agent)]
                    honest[int(agent)] = lie
                    assert honest == profile
                some = set(re.findall(r"\b[abc]\b", known))
                denied = negated or known.startswith("neither")
                for one in set("abc") - some if denied else some:
                    gain = truth.index(excluded) - truth.index(one)
                    assert gain > 0 if here else gain < 0
        assert read > 10

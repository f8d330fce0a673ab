"""Certificates: what was found, written down so that others can check it, with Python alone.

A certificate is an object for `json.dumps`: a claim in words, the statement that it is made of, and
what proves it.  `mechsim.proving.certcheck`, a file that shares no code with the library and can be
taken anywhere, derives the claim again from the statement.  So does this module before it hands a
certificate out: one that would be rejected cannot be made.

Numbers are exact, and text such as ``"1/3"``; a float is written as the fraction that it is.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from .._numbers import show
from .._text import brief
from ..algorithms.dividing import NoBetterDivision
from ..axioms import Exhaustion, Explored, Neutral, Proved, Refuted, RefutedAt, Weighing, lift
from ..mechanism import Playable
from ..program import Infeasible, Optimum, Program
from ..setting import Domain, Instance, Undecided
from . import certcheck
from ._mixture_certificates import of_mixture, of_no_mixture
from ._named import CASES, UNWRITTEN, name_of, name_on_paths, rule_name
from ._rules_written import NoRule, SomeRule, contradiction, renamings, require_listed, setting_of
from ._supplied import Supplied
from ._written import (
    Certificate,
    Exactly,
    alternatives_of,
    by_formula,
    exact,
    exactly,
    mechanism_of,
    profile,
    write_setting,
    write_space,
)
from .mixtures import Mixture, NoMixture


def certificate(
    found: Refuted
    | RefutedAt
    | Proved
    | NoMixture
    | Optimum
    | Infeasible
    | NoBetterDivision
    | SomeRule
    | NoRule,
) -> Certificate:
    """What was found, as a certificate.

    Parameters
    ----------
    found : Refuted, Proved, NoMixture, Optimum, Infeasible, NoBetterDivision, SomeRule or NoRule
        A verdict, or what became of a program, of goods, or of a question for a rule.

    Returns
    -------
    dict
        For `save`, or for `json.dumps`.

    Raises
    ------
    ValueError
        If certificates are not known of such an axiom or setting, or the mechanism cannot be
        imported by whoever checks; or of what is no certain answer, as `RefutedAt`.
    ArithmeticError
        If the checker would reject it.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof, verify
    >>> from mechsim.facility import Median
    >>> verdict = verify(Median(), Strategyproof(), Line(0, 1).grid(2), agents=3)
    >>> proof = certificate(verdict)
    >>> proof["kind"], proof["proof"]
    ('exhaustion', {'profiles': 27, 'cases': 162})
    """
    if isinstance(found, NoMixture):
        found = Refuted(found.mechanism, found.axiom, found.case, 1 - found.share)
    if isinstance(found, Refuted) and isinstance(found.case, Weighing):
        return _sealed(*of_no_mixture(found))
    if isinstance(found, Refuted):
        return _witness(found)
    if isinstance(found, Proved) and isinstance(found.certificate, Mixture):
        return _sealed(*of_mixture(found, found.certificate))
    if isinstance(found, Proved) and type(found.certificate) is Exhaustion:
        return _exhaustion(found)
    if isinstance(found, Proved) and type(found.certificate) is Explored:
        return _explored(found, found.certificate)
    if isinstance(found, (Optimum, Infeasible)):
        return _program(found)
    if isinstance(found, NoBetterDivision):
        return _division(found)
    if isinstance(found, (NoRule, SomeRule)):
        return _ruled(found)
    if isinstance(found, RefutedAt):
        raise ValueError(
            f"found refutes {brief(found.axiom)} at the level {show(found.alpha)}: that is "
            "evidence by draws, which may be wrong, and nothing that can be derived; "
            "replay(found) makes the same bets again"
        )
    raise ValueError(
        f"found is {brief(found)}: certificates are made of Refuted, of Proved by "
        "exhaustion, by paths or by a mixture, of NoMixture, of Optimum and Infeasible, of "
        "NoBetterDivision, and of what `impossible` answers"
    )


def tabulate(
    mechanism: Playable, axioms: Iterable[Any], domain: Domain, *, alternatives: Iterable[Any] = ()
) -> Certificate:
    """The mechanism as a table of outcomes or lotteries, with the axioms that it satisfies.

    Whoever checks the table needs neither the mechanism nor the library.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery.
    axioms : iterable
        Axioms of a mechanism, or of an outcome, which are read ex post.
    domain : Domain
        A finite setting, and the number of agents.
    alternatives : iterable, optional
        What can be chosen but never is, where axioms ask for it and the setting is no line.

    Raises
    ------
    ValueError, ArithmeticError
        As `certificate`; also if the table does not satisfy the axioms.
    """
    others, setting = tuple(alternatives), exactly(domain.setting)
    require_listed(axioms := tuple(axioms), setting)
    played = Exactly(mechanism)
    for instance in Domain(setting, domain.agents):
        played(profile(instance))
    asked = _names(axioms, setting, others and alternatives_of(played, others))
    world = write_setting(setting, played, asked, others)
    rows = [[world.reports(at), world.lottery(drawn)] for at, drawn in played.seen.items()]
    statement = {"setting": world.data, "agents": domain.agents, "table": rows, "axioms": asked}
    return _sealed("table", statement, {})


def save(made: Certificate, path: str | Path) -> None:
    """Write a certificate to a file, for ``mechsim check`` and for ``python certcheck.py``."""
    Path(path).write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _sealed(kind: str, statement: Any, proof: Any, trust: tuple[str, ...] = ()) -> Certificate:
    """The certificate, with its claim as the checker derives it."""
    try:
        claim = certcheck.derive(kind, statement, proof, certcheck.Door(trust, _silently))
    except certcheck.Rejected as reason:
        raise ArithmeticError(f"the certificate would be rejected: {reason}") from None
    made = {"schema": certcheck.SCHEMA, "kind": kind, "claim": claim}
    return made | {"statement": statement, "proof": proof}


def _silently(import_: str) -> None:
    """Say nothing: whoever makes a certificate has the mechanism already."""


def _witness(found: Refuted) -> Certificate:
    instance: Instance = found.case.instance
    setting = exactly(instance.setting)
    asked, played = name_of(found.axiom, setting), Exactly(found.mechanism)
    fields = {one.name: getattr(found.case, one.name) for one in dataclasses.fields(found.case)}
    case = {name: exact(entry) for name, entry in fields.items() if name != "instance"}
    reports = profile(instance)

    def violation(of: Any) -> Any:
        there = type(found.case)(**case, instance=Instance(of, reports))
        validate = getattr(there, "validate", None)
        if validate is not None:
            validate()
        return lift(found.axiom).violation(played, there)

    try:
        excess = violation(setting)
        world = write_setting(setting, played, [asked])
        if isinstance(excess, float):  # the outcomes are exact, so it is values that are not
            excess = violation(world.setting)
    except Undecided as why:
        raise ValueError(f"found is {brief(found)}: it cannot be judged, as {why}") from None
    if excess <= 0:
        raise ValueError(f"found is {brief(found)}: in fractions the violation is {excess}")
    named, trust = mechanism_of(found.mechanism)
    written = CASES[type(found.case)](type(found.case)(**case, instance=instance))
    statement = {
        "mechanism": named,
        "setting": world.data,
        "axiom": asked,
        "reports": world.reports(reports),
        "case": {key: e if key in UNWRITTEN else world.write(e) for key, e in written.items()},
        "violation": str(excess),
        "arithmetic": "float" if played.floats else "exact",
    }
    shown = [[world.reports(at), world.lottery(drawn)] for at, drawn in played.seen.items()]
    return _sealed("witness", statement, {"outcomes": shown}, trust)


def _exhaustion(found: Proved) -> Certificate:
    domain = found.within
    if domain is None:
        raise ValueError(f"found is {brief(found)}: it is not about all profiles of a domain")
    setting = exactly(domain.setting)
    asked, played, cases = name_of(found.axiom, setting), Exactly(found.mechanism), 0
    for instance in Domain(setting, domain.agents):
        played(profile(instance))
        cases += sum(1 for _ in lift(found.axiom).cases(instance))
    world = write_setting(setting, played, [asked])
    named, trust = mechanism_of(found.mechanism)
    statement = {"mechanism": named, "setting": world.data, "agents": domain.agents, "axiom": asked}
    proof = {"profiles": domain.size, "cases": cases}
    return _sealed("exhaustion", statement, proof, trust)


def _explored(found: Proved, explored: Explored) -> Certificate:
    """The tree of all paths, as the checker walks them, with what shows that others are none."""
    setting = explored.setting
    asked = name_on_paths(found.axiom, setting)
    named, trust = mechanism_of(found.mechanism)
    statement = {
        "mechanism": named,
        "setting": write_space(setting),
        "agents": explored.agents,
        "axiom": asked,
        "granted": ["anonymous"] if found.assuming else [],
    }
    supplied = Supplied()
    try:
        certcheck.walk_all(statement, certcheck.Door(trust, _silently), supplied)
    except (certcheck.Rejected, certcheck.Beyond) as reason:
        raise ArithmeticError(f"the certificate would be rejected: {reason}") from None
    return _sealed("paths", statement, {"tree": supplied.tree}, trust)


def _program(found: Optimum | Infeasible) -> Certificate:
    program = found.program
    if any(family.integer for family in program.variables):
        raise ValueError(
            "found is about a program with integer variables: multipliers show nothing"
        )
    rows, columns = program.shape
    statement: Certificate = {
        "goal": "maximize" if program.maximize else "minimize",
        "variables": [_variable(program, column) for column in range(columns)],
        "objective": _terms(program.cost()),
        "rows": [_row(program, row) for row in range(rows)],
    }
    if isinstance(found, Infeasible):
        proof = {"multipliers": [str(weight) for weight in found.multipliers]}
        return _sealed("lp", statement | {"answer": "infeasible"}, proof)
    proof = {"primal": [str(x) for x in found.primal], "dual": [str(y) for y in found.dual]}
    return _sealed("lp", statement | {"answer": {"optimum": str(found.value)}}, proof)


def _division(found: NoBetterDivision) -> Certificate:
    if found.search is None:
        raise ValueError("found rests on the word of HiGHS: there is no search to repeat")
    values = [[str(Fraction(value)) for value in row] for row in found.values]
    cuts = [[sorted(part) for part in cut] for cut in found.cuts]
    statement = {"values": values, "cuts": cuts, "more than": str(found.ratio)}
    return _sealed("division", statement, {"nodes": found.search.nodes})


def _ruled(found: NoRule | SomeRule) -> Certificate:
    asked, setting = found.question, setting_of(found.question)
    axioms, some = asked.axioms, asked.alternatives
    if isinstance(found, NoRule):
        return _sealed("contradiction", *contradiction(found, _names(axioms, setting, some, found)))
    return tabulate(found, axioms, Domain(setting, asked.agents), alternatives=some)


def _names(
    axioms: Iterable[Any], setting: Any, alternatives: tuple[Any, ...], found: NoRule | None = None
) -> list[Any]:
    tabled = bool(alternatives)

    def name(axiom: Any) -> Any:
        if tabled and isinstance(axiom, Neutral):
            return renamings(setting, alternatives)
        own = rule_name(axiom, setting, found) if tabled or by_formula(setting) else None
        if own is not None:
            return own
        return name_of(axiom, setting, tabled=tabled and not by_formula(setting))

    return [name(axiom) for axiom in axioms]


def _variable(program: Program, column: int) -> Certificate:
    low, high = (None if end is None else str(end) for end in program.bounds(column))
    return {"name": program.column_name(column), "low": low, "high": high}


def _row(program: Program, row: int) -> Certificate:
    name, terms, sense, bound = program.row(row)
    return {"name": name, "terms": _terms(terms), "sense": sense, "bound": str(bound)}


def _terms(terms: Mapping[int, Fraction]) -> list[Any]:
    return [[place, str(number)] for place, number in sorted(terms.items())]

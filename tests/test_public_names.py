"""One page of public names: what type checkers see is what Python finds."""

import ast
import importlib
from pathlib import Path

import pytest

import mechsim

PAGE = ast.parse(Path(str(mechsim.__file__)).read_text())
GUARDED = next(node for node in PAGE.body if isinstance(node, ast.If))
STATED = {
    alias.name: node.module
    for node in GUARDED.body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}


def test_the_two_lists_agree() -> None:
    lazy = dict(mechsim._MODULE)
    families = dict.fromkeys(mechsim._FAMILIES)
    assert lazy | families == STATED


@pytest.mark.parametrize("name", sorted(STATED))
def test_every_name_resolves(name: str) -> None:
    assert getattr(mechsim, name) is not None
    assert name in dir(mechsim)


def test_others_do_not() -> None:
    with pytest.raises(AttributeError, match="module 'mechsim' has no attribute 'Medain'"):
        getattr(mechsim, "Medain")  # noqa: B009 - a checker would refuse the plain name


@pytest.mark.parametrize("family", ["allocation", "auctions", "budgeting", "facility"])
def test_rules_and_agents_are_told_apart(family: str) -> None:
    """Who imports a family together with its agents needs no second name for anything."""
    agents, rules = (
        dict(vars(importlib.import_module(f"mechsim.{part}"))) for part in ("preferences", family)
    )
    shared = [name for name in agents.keys() & rules.keys() if not name.startswith("_")]
    assert [name for name in shared if agents[name] is not rules[name]] == []

"""Elections for other packages: what is refused, and what to install.

That elections come back as equal is asserted by ``python -m benchmarks.interchange``, in an
environment that has these packages.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from mechsim import Election, village
from mechsim.preferences import from_abcvoting, from_pabutools, to_abcvoting, to_pabutools


class TestPackages:
    """Whoever lacks a package is told which, and importing the library needs none of them."""

    @pytest.mark.parametrize(
        ("function", "package"),
        [
            (lambda: to_pabutools(*village()), "pabutools"),
            (lambda: from_pabutools(None, None), "pabutools"),
            (lambda: to_abcvoting(Election(("a",), (1,), 1), village()[1]), "abcvoting"),
            (lambda: from_abcvoting(None, 1), "abcvoting"),
        ],
    )
    def test_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, function: Callable[[], Any], package: str
    ) -> None:
        for name in [name for name in sys.modules if name.split(".")[0] == package]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(
            ImportError, match=f"{package} is not installed, .*: pip install {package}"
        ):
            function()


class TestCommittees:
    """Only elections of committees have a form there: all members cost the same."""

    def test_costs_differ(self) -> None:
        message = r"'well' \(9000\) and 'bridge' \(24001/2\): the members of a committee cost the"
        election, ballots = village()
        with pytest.raises(ValueError, match=message):
            to_abcvoting(election, ballots)

    def test_nobody_is_elected(self) -> None:
        election = Election(("a", "b"), (3, 3), 2)
        with pytest.raises(ValueError, match="election has the budget 2: a project costs 3"):
            to_abcvoting(election, village()[1])

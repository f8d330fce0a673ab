"""Programs at the door, and as they are shown."""

import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from programs import THIRD, degenerate, facility, optimum, overspent, runaway, transport

from mechsim.program import Draft, Terms
from mechsim.program.families import exact


class TestDoor:
    """What cannot be a program is refused, with the argument, the value and the rule."""

    @pytest.mark.parametrize(
        ("terms", "message"),
        [
            (Terms(0, [0.1]), r"numerator has 0.1 \(float\): it must be an int or a Fraction"),
            (Terms(0, [True]), r"numerator has True \(bool\)"),
            (Terms(7), "column runs from 7 to 7: it must lie in 0..1"),
            (Terms(0, row=1), "row runs from 1 to 1: it must lie in 0..0"),
            (Terms(0, 1, 0, 0), "denominator is 0: it must be a positive integer"),
            (Terms(np.array([0.5])), "column has float64 entries"),
        ],
    )
    def test_terms(self, terms: Terms, message: str) -> None:
        draft = Draft()
        draft.variables("x{0}", (range(2),))
        with pytest.raises(ValueError, match=message):
            draft.at_least("row", (), 0, terms)

    def test_names(self) -> None:
        draft = Draft()
        x = draft.variables("x{0}", (range(2),))
        with pytest.raises(ValueError, match="its 2 blanks need one entry each of index"):
            draft.at_least("{a} and {b}", (range(2),), 0, Terms(x))
        with pytest.raises(ValueError, match=r"index\[1\] of '{a} and {b}' has 3 entries"):
            draft.at_least("{a} and {b}", (range(2), range(3)), 0, Terms(x, 1, [0, 1]))
        with pytest.raises(ValueError, match="a blank is a name or a number"):
            draft.variables("x{}", (range(2),))
        with pytest.raises(ValueError, match=r"bound of 'row' has shape \(2,\)"):
            draft.at_least("row", (), [0, 1], Terms(x))
        with pytest.raises(ValueError, match="low is 1 and high 0"):
            draft.variables("y", low=1, high=0)
        draft.equal("same", (), 0, Terms(x))
        draft.equal("same", (), 1, Terms(x))
        with pytest.raises(ValueError, match="name 'same' is given twice"):
            draft.minimize()
        with pytest.raises(ValueError, match="variables is empty"):
            Draft().minimize()
        with pytest.raises(ValueError, match=r"number is 30: it must lie in 0..29"):
            facility(3).row(30)

    def test_exact_numbers(self) -> None:
        numerators, denominator = exact([[Fraction(1, 2), 2**70], [0, Fraction(-1, 3)]], "given")
        assert denominator == 6
        assert numerators.tolist() == [[3, 6 * 2**70], [0, -2]]
        assert exact(np.array([2**63], dtype=np.uint64), "given")[0].tolist() == [2**63]
        assert exact(np.array([1, 2], dtype=np.int8), "given")[0].dtype == np.int64

    def test_terms_of_one_place_add_up(self) -> None:
        draft = Draft()
        x = draft.variables("x")
        draft.at_most("row", (), 1, Terms([0, 0, 0], [2**62, 2**62, 1]), Terms(x, Fraction(1, 3)))
        draft.at_most("gone", (), 1, Terms([0, 0], [1, -1]))
        draft.at_most("four", (), 1, Terms([0] * 4, [2**62] * 4))
        program = draft.maximize(Terms(x))
        assert program.row(0).terms == {0: 2**63 + 1 + THIRD}
        assert program.row(1).terms == {}
        assert program.row(2).terms == {0: 2**64}
        assert optimum(program).value == Fraction(1, 2**64)


class TestShown:
    """What one sees of a program and of its answers."""

    def test_program(self) -> None:
        assert str(facility(3)).splitlines()[0] == "minimize over 31 variables and 30 rows"
        assert facility(3).column_name(1) == "p[(0, 0),1/2]"
        assert "<td>lottery at {profile}</td>" in facility(3)._repr_html_()

    def test_answers(self) -> None:
        assert str(optimum(degenerate())).startswith("maximum 1/20, proved by 2 rows\nrow")
        assert str(overspent().solve()).startswith("infeasible: 4 rows contradict each other")
        assert str(runaway().solve()).startswith("unbounded: the objective changes by 2 a step")
        assert "<td>north to Aalen</td><td>10</td>" in optimum(transport())._repr_html_()

    def test_values(self) -> None:
        """Programs are frozen, their arrays read-only; answers survive pickling and repeat."""
        program = facility(3)
        with pytest.raises(ValueError, match="read-only"):
            program.rows[0].numerator[0] = 7
        first, second = optimum(program), optimum(program)
        assert (first.primal, first.dual) == (second.primal, second.dual)
        again = pickle.loads(pickle.dumps(first))
        assert (again.primal, again.dual) == (first.primal, first.dual)

    def test_nothing_is_printed(self) -> None:
        """HiGHS announces itself when it is first made in a process, unless it is asked not to."""
        code = (
            "from mechsim.program import Draft, Terms; d = Draft(); "
            "d.minimize(Terms(d.variables('x'))).solve()"
        )
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert (ran.stdout, ran.stderr) == (b"", b"")

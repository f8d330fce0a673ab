"""Lotteries are exact and refuse to be anything else."""

import pickle
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from strategies import Profile, points, profiles

from mechsim import Finite, mix, sure, uniform

HALF = Fraction(1, 2)


class TestWhatIsNotALottery:
    """Weights are exact, positive, and sum to 1; the error names the weight that is not."""

    @pytest.mark.parametrize(
        ("weights", "message"),
        [
            ({}, "probability sums to 0: it must sum to 1"),
            ({0: HALF}, "probability sums to 1/2"),
            ({0: HALF, 1: HALF, 2: Fraction(0)}, r"probability\[2\] is 0: it must be positive"),
            ({0: Fraction(3, 2), 1: -HALF}, r"probability\[1\] is -1/2: it must be positive"),
            ({0: 0.5, 1: 0.5}, r"probability\[0\] is 0.5: it must be an int or a Fraction"),
            ({0: True}, r"probability\[0\] is True: it must be an int"),
        ],
    )
    def test_is_refused(self, weights: dict[int, Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Finite(weights)

    def test_nothing_to_draw_from(self) -> None:
        empty: list[int] = []
        with pytest.raises(ValueError, match="outcomes is empty"):
            uniform(empty)


class TestPairs:
    """Of pairs, the probabilities of one outcome are added up."""

    def test_twice(self) -> None:
        third = Fraction(1, 3)
        pairs: Any = [("a", third), ("b", third), ("a", third)]
        assert Finite(pairs) == Finite({"a": 2 * third, "b": third})
        assert Finite(iter(pairs)).support == ("a", "b")

    def test_too_much(self) -> None:
        pairs: Any = [("a", Fraction(1)), ("a", Fraction(1))]
        with pytest.raises(ValueError, match="probability sums to 2: it must sum to 1"):
            Finite(pairs)
        negative: Any = [("a", Fraction(2)), ("a", Fraction(-1))]
        with pytest.raises(ValueError, match=r"probability\['a'\] is -1: it must be positive"):
            Finite(negative)


class TestValues:
    """A lottery is a value: it cannot be changed, it can be hashed, pickled and compared."""

    def test_cannot_be_changed_through_what_it_was_made_of(self) -> None:
        weights = {0: HALF, 1: HALF}
        coin = Finite(weights)
        weights[0] = Fraction(1)
        assert coin.probability[0] == HALF
        with pytest.raises(TypeError):
            coin.probability[0] = HALF  # type: ignore[index]  # pyright: ignore[reportIndexIssue] - that it is refused is the test

    def test_order_does_not_matter(self) -> None:
        assert Finite({0: HALF, 1: HALF}) == Finite({1: HALF, 0: HALF})
        assert hash(Finite({0: HALF, 1: HALF})) == hash(Finite({1: HALF, 0: HALF}))

    def test_travels_between_processes(self) -> None:
        coin = Finite({0: HALF, 1: HALF})
        assert pickle.loads(pickle.dumps(coin)) == coin


class TestLaws:
    """Expectation is linear, mixing is drawing twice, sampling follows the weights."""

    @given(x=profiles(), a=points, b=points)
    def test_expectation_is_linear(self, x: Profile, a: Fraction, b: Fraction) -> None:
        lottery = uniform(x)
        mean = lottery.expect(lambda y: y)
        assert lottery.expect(lambda y: a * y + b) == a * mean + b
        assert mean == sum(x) / len(x)

    @given(x=profiles())
    def test_uniform_is_the_mixture_of_sure_outcomes(self, x: Profile) -> None:
        assert uniform(x) == mix((Fraction(1, len(x)), sure(y)) for y in x)

    def test_sample_follows_the_weights(self) -> None:
        lottery = Finite({"a": Fraction(1, 6), "b": Fraction(1, 3), "c": HALF})
        draws = lottery.sample(np.random.default_rng(20261123), 40_000)
        for outcome, p in lottery.probability.items():
            error = abs(draws.count(outcome) / len(draws) - float(p))
            assert error <= 5 * float(p * (1 - p) / len(draws)) ** 0.5

    def test_sample_is_reproducible(self) -> None:
        lottery = uniform(range(10))
        first, second = (lottery.sample(np.random.default_rng(7), 20) for _ in range(2))
        assert first == second


class TestWhatAReaderSees:
    """A small table: text in a terminal, HTML in a notebook, a data frame on request."""

    def test_text(self) -> None:
        text = (
            "outcome  probability\n-------  -----------\n0.1              1/3\n0.4              2/3"
        )
        assert str(uniform([0.1, 0.4, 0.4])) == text

    def test_html(self) -> None:
        html = uniform(["<a>", "b"])._repr_html_()
        assert "<td>&lt;a&gt;</td><td>1/2</td>" in html
        assert html.startswith("<table>")

    def test_bars_are_as_long_as_the_probabilities(self) -> None:
        html = Finite({"a": Fraction(1, 6), "b": Fraction(1, 3), "c": HALF})._repr_html_()
        lengths = [float(width) for width in re.findall(r'<rect width="([^"]*)"', html)]
        assert lengths == pytest.approx([100 / 3, 200 / 3, 100], abs=0.01)
        rows = re.findall(r"<tr>(.*?)</tr>", html)
        assert [row.count("<th>") + row.count("<td>") for row in rows] == [3, 3, 3, 3]

    def test_a_long_lottery_is_cut(self) -> None:
        html = Finite({0: HALF, **{k: Fraction(1, 398) for k in range(1, 200)}})._repr_html_()
        assert html.count("<svg") == html.count("<tr>") - 1 == 101
        assert "<td>and 100 more</td><td>50/199</td>" in html

    def test_frame(self) -> None:
        frame = uniform([0, 1, 1]).to_frame()
        assert list(frame.columns) == ["outcome", "probability"]
        assert frame["probability"].sum() == pytest.approx(1)

"""Synthetic text with positions: what was assumed is what comes out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim.auctions import SponsoredVCG
from mechsim.preferences import Cascade, Content, Matrix, Multinomial, draw_content

NO_NOISE = {"quality": 0, "relevance": 0, "decay": 0}


def drawn(seed: int = 0, bidders: int = 50, positions: int = 6, **more: Any) -> Content:
    return draw_content(bidders, positions, np.random.default_rng(seed), **more)


def log_odds(content: Content) -> Any:
    return np.log(content.probabilities / (1 - content.probabilities))


class TestShape:
    """A probability strictly between 0 and 1 for each bidder and position, a value a bidder."""

    @given(
        st.integers(0, 2**32),
        st.integers(1, 9),
        st.integers(1, 9),
        st.integers(2, 5),
        st.floats(0, 1),
        st.floats(-1, 1),
        st.floats(0, 3),
    )
    @settings(max_examples=50)
    def test_everywhere(
        self,
        seed: int,
        bidders: int,
        positions: int,
        topics: int,
        coherence: float,
        correlation: float,
        size: float,
    ) -> None:
        content = drawn(
            seed,
            bidders,
            positions,
            topics=topics,
            coherence=coherence,
            correlation=correlation,
            relevance=size,
            quality=size,
            dispersion=size,
        )
        assert content.probabilities.shape == (content.bidders, content.positions)
        assert (content.bidders, content.positions) == (bidders, positions)
        assert content.values.shape == (bidders,)
        assert content.creatives.shape == (bidders, topics)
        assert content.passages.shape == (positions, topics)
        assert (content.probabilities > 0).all()
        assert (content.probabilities < 1).all()
        assert (content.values > 0).all()
        for rows in (content.creatives, content.passages):
            assert np.linalg.norm(rows, axis=1) == pytest.approx(1)

    def test_arrays_are_read_only_and_its_own(self) -> None:
        content = drawn()
        for array in (content.probabilities, content.values, content.creatives, content.passages):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
        given_values = np.array([2.0])
        one = np.ones((1, 1))
        kept = Content(one / 2, given_values, one, one)
        given_values[0] = 3
        assert kept.values.tolist() == [2]


class TestFormula:
    """Log-odds are base + relevance * cosine + quality - decay * position."""

    def test_relevance_is_a_cosine(self) -> None:
        content = drawn(quality=0, relevance=1.5, base=-2, decay=0.25)
        cosine = np.array([[a @ b for b in content.passages] for a in content.creatives])
        expected = -2 + 1.5 * cosine - 0.25 * np.arange(6)
        assert log_odds(content) == pytest.approx(expected)

    def test_quality_is_one_number_a_bidder(self) -> None:
        found = log_odds(drawn(bidders=20_000, relevance=0, decay=0, quality=0.7, base=-1))
        assert np.ptp(found, axis=1) == pytest.approx(0, abs=1e-9)
        assert found[:, 0].mean() == pytest.approx(-1, abs=0.02)
        assert found[:, 0].std() == pytest.approx(0.7, abs=0.02)

    def test_base_alone(self) -> None:
        found = drawn(base=-3, **NO_NOISE).probabilities
        assert found == pytest.approx(1 / (1 + np.exp(3)))

    def test_cosines_of_unrelated_texts(self) -> None:
        content = drawn(bidders=20_000, positions=1, topics=16)
        cosine = content.creatives @ content.passages[0]
        assert cosine.mean() == pytest.approx(0, abs=0.01)
        assert cosine.std() == pytest.approx(1 / 4, abs=0.01)


class TestDecay:
    """With one seed a larger decay lowers every probability but those of the first position."""

    @given(st.integers(0, 2**32), st.floats(0, 2), st.floats(0.01, 1))
    @settings(max_examples=25)
    def test_lower(self, seed: int, decay: float, more: float) -> None:
        mild, strong = (drawn(seed, decay=d).probabilities for d in (decay, decay + more))
        assert (mild[:, 0] == strong[:, 0]).all()
        assert (mild[:, 1:] > strong[:, 1:]).all()

    def test_means_fall_along_the_text(self) -> None:
        means = drawn(bidders=2_000, positions=8, coherence=1).probabilities.mean(axis=0)
        assert (np.diff(means) < 0).all()


class TestCoherence:
    """Neighbouring passages are more alike than far ones; all are if coherence is 1."""

    def test_neighbours(self) -> None:
        near: list[float] = []
        far: list[float] = []
        for seed in range(40):
            columns = np.corrcoef(log_odds(drawn(seed, 400, 10)), rowvar=False)
            near.append(np.diag(columns, 1).mean())
            far.append(np.diag(columns, 6).mean())
        assert np.mean(near) > np.mean(far) + 0.2
        assert np.mean(np.array(near) > np.array(far)) > 0.95

    def test_autocorrelation(self) -> None:
        cosines: dict[int, list[float]] = {1: [], 2: []}
        for seed in range(30):
            passages = drawn(seed, 1, 200, topics=200, coherence=0.8).passages
            for lag, found in cosines.items():
                found.append(float((passages[lag:] * passages[:-lag]).sum(axis=1).mean()))
        assert np.mean(cosines[1]) == pytest.approx(0.8, abs=0.01)
        assert np.mean(cosines[2]) == pytest.approx(0.64, abs=0.01)

    def test_one_topic(self) -> None:
        content = drawn(coherence=1)
        assert (content.passages == content.passages[0]).all()
        assert log_odds(content)[:, 0] - log_odds(content)[:, 5] == pytest.approx(0.5)

    def test_none(self) -> None:
        passages = drawn(0, 1, 2_000, topics=50, coherence=0).passages
        assert (passages[1:] * passages[:-1]).sum(axis=1).mean() == pytest.approx(0, abs=0.01)


class TestDefaults:
    """What is observed in search advertising comes out, as the notes say."""

    @pytest.mark.parametrize(("positions", "mean"), [(1, 0.08), (5, 0.07), (10, 0.06), (20, 0.04)])
    def test_clicks(self, positions: int, mean: float) -> None:
        means = [drawn(seed, 1_000, positions).probabilities.mean() for seed in range(40)]
        assert np.mean(means) == pytest.approx(mean, abs=0.005)

    def test_tenths(self) -> None:
        first = np.concatenate([drawn(s, 100, 1).probabilities[:, 0] for s in range(300)])
        assert np.quantile(first, [0.1, 0.9]) == pytest.approx([0.03, 0.155], abs=0.005)

    def test_values(self) -> None:
        values = drawn(0, 200_000, 1).values
        assert np.quantile(values, [0.1, 0.5, 0.9]) == pytest.approx([1.4, 4, 11], rel=0.03)
        assert values.mean() == pytest.approx(4 * np.exp(0.32), rel=0.01)


class TestValues:
    """Log-values are normal, and correlated with quality as far as was asked for."""

    @pytest.mark.parametrize("correlation", [-1, -0.5, 0, 0.3, 1])
    def test_correlation(self, correlation: float) -> None:
        content = drawn(0, 50_000, 1, relevance=0, correlation=correlation)
        logs = np.log(content.values)
        found = np.corrcoef(logs, log_odds(content)[:, 0])[0, 1]
        assert found == pytest.approx(correlation, abs=0.02)
        assert logs.std() == pytest.approx(0.8, abs=0.01)
        assert logs.mean() == pytest.approx(np.log(4), abs=0.02)

    def test_no_dispersion(self) -> None:
        assert drawn(median=3, dispersion=0).values.tolist() == [3] * 50


class TestSeeds:
    """The same seed gives the same numbers, another seed others."""

    @given(st.integers(0, 2**32))
    @settings(max_examples=15)
    def test_reproduced(self, seed: int) -> None:
        first, again, other = drawn(seed), drawn(seed), drawn(seed + 1)
        for name in ("probabilities", "values", "creatives", "passages"):
            assert np.array_equal(getattr(first, name), getattr(again, name))
            assert not np.array_equal(getattr(first, name), getattr(other, name))

    def test_parameters_act_on_the_same_bidders(self) -> None:
        first, other = drawn(), drawn(coherence=0.1, relevance=0, decay=1, base=-5)
        assert np.array_equal(first.values, other.values)
        assert np.array_equal(first.creatives, other.creatives)


class TestSettings:
    """Shown alone an advertisement is clicked with its probability, whatever the model."""

    @pytest.mark.parametrize(
        ("make", "kind"),
        [
            (Content.matrix, Matrix),
            (Content.multinomial, Multinomial),
            (Content.cascade, Cascade),
        ],
    )
    def test_alone(self, make: Callable[..., Any], kind: Any) -> None:
        content = drawn(bidders=5, positions=4)
        model: Any = make(content, 2).model
        assert isinstance(model, kind)
        assert model.capacity == 2
        for i in range(5):
            for j in range(4):
                alone = np.zeros(5)
                alone[i] = content.probabilities[i, j]
                assert model.clicks(((i, j),)) == pytest.approx(alone.tolist())

    def test_everywhere_without_capacity(self) -> None:
        for make in (Content.matrix, Content.multinomial, Content.cascade):
            model: Any = make(drawn(bidders=3, positions=3)).model
            assert model.capacity is None

    @pytest.mark.parametrize("make", [Content.matrix, Content.multinomial, Content.cascade])
    def test_an_auction_shows_what_is_best(self, make: Callable[..., Any]) -> None:
        content = drawn(bidders=4, positions=3)
        setting = make(content, 2)
        shown = SponsoredVCG(setting)(content.values).alternative

        def welfare(alternative: Any) -> float:
            return float(content.values @ setting.model.clicks(alternative))

        assert welfare(shown) == pytest.approx(max(map(welfare, setting.model.alternatives())))


class TestErrors:
    """What is out of range is named, with its value and the rule."""

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"bidders": 0}, "bidders is 0: it must be a whole number, at least 1"),
            ({"positions": 0}, "positions is 0"),
            ({"topics": 1}, "topics is 1: it must be a whole number, at least 2"),
            ({"coherence": 1.5}, "coherence is 1.5: it must be between 0 and 1"),
            ({"coherence": -0.1}, "coherence is -0.1"),
            ({"relevance": -1}, "relevance is -1: it must be at least 0"),
            ({"quality": -1}, "quality is -1"),
            ({"decay": -1}, "decay is -1"),
            ({"dispersion": -1}, "dispersion is -1"),
            ({"median": 0}, "median is 0: it must be positive"),
            ({"correlation": 2}, "correlation is 2: it must be between -1 and 1"),
            ({"base": float("nan")}, "base is nan: it must be finite"),
            ({"base": 1_000}, r"probabilities\[0, 0\] is 1: it must lie strictly between 0 and 1"),
            ({"base": -1_000}, r"probabilities\[0, 0\] is 0"),
            ({"dispersion": 2_000}, r"values\[\d+\] is (inf|0): it must be positive and finite"),
        ],
    )
    def test_parameters(self, more: dict[str, Any], told: str) -> None:
        with pytest.raises(ValueError, match=told):
            drawn(**more)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"probabilities": np.ones(2) / 2}, r"probabilities has the shape \(2,\): .* 2 axes"),
            ({"values": np.array([])}, r"values has the shape \(0,\)"),
            ({"values": np.ones(3)}, r"values has the shape \(3,\): it must be \(2,\)"),
            ({"creatives": np.ones((1, 1))}, r"creatives has the shape \(1, 1\)"),
            ({"passages": np.ones((3, 1))}, r"passages has the shape \(3, 1\): .* be \(2, 1\)"),
            ({"passages": np.ones((2, 1)) / 2}, r"length of passages\[0\] is 0.5: it must be 1"),
            ({"values": np.array([1, np.nan])}, r"values\[1\] is nan"),
        ],
    )  # fmt: skip
    def test_arrays(self, change: dict[str, Any], told: str) -> None:
        fine = {
            "probabilities": np.ones((2, 2)) / 2,
            "values": np.ones(2),
            "creatives": np.ones((2, 1)),
            "passages": np.ones((2, 1)),
        }
        with pytest.raises(ValueError, match=told):
            Content(**{**fine, **change})

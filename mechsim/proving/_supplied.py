"""What a certificate of paths is made of: answers, and multipliers that show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from .affine import Row, lowest
from .differences import Differences
from .region import Oracle, Region
from .simplex import Farkas

Inequality: TypeAlias = tuple[tuple[Fraction, ...], bool]


@dataclass
class Supplied:
    """Answers whatever the checker asks, and keeps the answers."""

    tree: list[Any] = field(default_factory=list[Any])
    oracles: dict[int, Oracle] = field(default_factory=dict[int, Oracle])

    def __call__(
        self, given: Sequence[Inequality], asked: Inequality | None, positive: Inequality | None
    ) -> Any:
        """To a comparison whether both answers are possible; at the end why none is positive."""
        size = len(given[0][0]) - 1
        oracle = self.oracles.setdefault(size, Oracle(size))
        region = Region(Differences.free(size))
        for one in given:
            region = region.with_(*_read(one))
        if positive is not None:
            shown = oracle.refute(region, *_read(positive))
            if shown is None:
                raise ArithmeticError("the violation is positive on a path")
            said: Any = [_written(shown), [str(x) for x in oracle.point(region)]]
        else:
            assert asked is not None
            row, strict = _read(asked)
            other = tuple([-c for c in row]), not strict
            if oracle.allows(region, row, strict) and oracle.allows(region, *other):
                said = "B"
            else:
                no = oracle.refute(region, row, strict)
                why = no if no is not None else oracle.refute(region, *other)
                assert why is not None
                said = ["T" if no is None else "F", _written(why)]
        self.tree.append(said)
        return said


def _read(one: Inequality) -> tuple[Row, bool]:
    return tuple(map(lowest, one[0])), one[1]


def _written(shown: Farkas) -> list[Any]:
    return [[place, str(weight)] for place, weight in sorted(shown.items())]

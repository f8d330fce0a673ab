r"""Products of powers, compared exactly and never multiplied out.

Whether :math:`\prod_k b_k^{e_k} > 1`, for whole numbers :math:`b_k > 1` and exponents of any sign,
is the sign of :math:`\sum_k e_k \log b_k`.  Floats decide it where the sum is farther from 0 than
rounding can take it.  If not, the :math:`b_k` are split into factors no two of which have a common
divisor: the product is 1 if and only if all exponents of these are 0, and if they are not, balls of
growing precision decide.

References
----------
Bach, Driscoll, Shallit. Factor refinement. Journal of Algorithms 15, 1993.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

ROUNDING = 2.0**-44
"""More than what a sum of logarithms in floats can be wrong by, as a part of its terms."""

IN_FLOATS = 900
"""Exponents of so many bits are within the range of floats, and so are sums of logarithms."""


@total_ordering
@dataclass(frozen=True, eq=False)
class Powers:
    """The product of ``base ** exponent``, for bases from 0 and exponents from 1.

    Examples
    --------
    >>> Powers(((2, 3 * 10**9),)) < Powers(((3, 2 * 10**9),))
    True
    >>> Powers(((4, 10**9),)) == Powers(((2, 2 * 10**9),))
    True
    """

    factors: tuple[tuple[int | Fraction, int], ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Powers) and self._against(other) == 0

    def __lt__(self, other: "Powers") -> bool:
        return self._against(other) < 0

    __hash__ = None  # type: ignore[assignment]  # equal products have many forms

    @property
    def zero(self) -> bool:
        """Whether a base is 0."""
        return not all(base for base, _ in self.factors)

    def _against(self, other: "Powers") -> int:
        if self.zero or other.zero:
            return int(other.zero) - int(self.zero)
        exponents = Counter[int]()
        for sign, factors in ((1, self.factors), (-1, other.factors)):
            for base, exponent in factors:
                exponents[base.numerator] += sign * exponent
                exponents[base.denominator] -= sign * exponent
        return sign_of_log(exponents.items())


def sign_of_log(factors: Iterable[tuple[int, int]]) -> int:
    """1, 0 or -1 as the product of ``base ** exponent`` is above, at or below 1."""
    left = [(base, exponent) for base, exponent in factors if base > 1 and exponent]
    if all(exponent.bit_length() <= IN_FLOATS for _, exponent in left):
        terms = [exponent * math.log(base) for base, exponent in left]
        total = math.fsum(terms)
        if abs(total) > ROUNDING * math.fsum(map(abs, terms)):
            return 1 if total > 0 else -1
    coprime = _coprime(left)
    if not coprime:
        return 0
    import flint

    bits = 128
    while True:
        with flint.ctx.workprec(bits):
            ball = sum((flint.arb(b).log() * e for b, e in coprime), flint.arb(0))
            if ball > 0:
                return 1
            if ball < 0:
                return -1
        bits *= 2


def _coprime(factors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same product, of bases no two of which have a common divisor; exponents are not 0."""
    done: list[tuple[int, int]] = []
    waiting = list(factors)
    while waiting:
        base, exponent = waiting.pop()
        for k, (other, its) in enumerate(done):
            common = math.gcd(base, other)
            if common > 1:
                del done[k]
                split = (base // common, exponent), (other // common, its)
                waiting += [pair for pair in (*split, (common, exponent + its)) if pair[0] > 1]
                break
        else:
            done.append((base, exponent))
    return [(base, exponent) for base, exponent in done if exponent]

"""The mutants of facility location: where the line stands, what it is broken to, who notices."""

from dataclasses import dataclass

RULES = "mechsim/facility"
AXIOMS = "mechsim/axioms"
OBJECTIVES = "mechsim/objectives"


@dataclass(frozen=True)
class Mutant:
    """In ``path``, ``line`` becomes ``broken``; one of ``tests`` must fail then."""

    path: str
    line: str
    broken: str
    tests: tuple[str, ...]


def theorem(name: str) -> tuple[str, ...]:
    """The theorem tests of a rule."""
    return (f"tests/theorems/test_{name}.py",)


AXIOM_TESTS = ("tests/test_axioms_facility.py", "tests/test_axioms_nearness.py")

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        f"{RULES}/median.py",
        "(agents + 1) // 2",
        "(agents + 2) // 2",
        (*theorem("median"), "tests/test_kernels.py"),
    ),
    Mutant(
        f"{RULES}/uniform_phantom.py",
        "self.setting.part(k + 1, agents)",
        "self.setting.part(k, agents)",
        theorem("uniform_phantom"),
    ),
    Mutant(
        f"{RULES}/mid_or_nearest.py",
        "self.setting.part(1, 2)",
        "self.setting.part(1, 3)",
        theorem("mid_or_nearest"),
    ),
    Mutant(
        f"{RULES}/midrange.py",
        "low, high = min(reports), max(reports)",
        "low, high = min(reports), sorted(reports)[-2:][0]",
        theorem("midrange"),
    ),
    Mutant(
        f"{RULES}/midrange.py",
        "places[rows] = low + (part.max(axis=1) - low) / 2",
        "places[rows] = low + (part.max(axis=1) - low) / 3",
        ("tests/test_kernels.py", "tests/test_laws.py"),
    ),
    Mutant(
        f"{RULES}/left_right_middle.py",
        "QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)",
        "QUARTER, HALF = Fraction(1, 3), Fraction(1, 3)",
        theorem("left_right_middle"),
    ),
    Mutant(
        f"{RULES}/average_or_random_rank.py",
        "not 0 < weight < 1",
        "not 0 < weight < 2",
        theorem("average_or_random_rank"),
    ),
    Mutant(
        f"{RULES}/generalized_median.py",
        "if heights[less] > height:",
        "if heights[less] > height + 1:",
        theorem("generalized_median"),
    ),
    Mutant(
        f"{RULES}/recovery.py",
        "for k in range(agents + 1))",
        "for k in range(agents))",
        theorem("recovery"),
    ),
    Mutant(
        f"{RULES}/_one_pass.py",
        "spread = math.sqrt(math.log(2 / MISSED) / (2 * size))",
        "spread = -math.sqrt(math.log(2 / MISSED) / (2 * size))",
        ("tests/test_kernels.py",),
    ),
    Mutant(
        f"{RULES}/_one_pass.py",
        "return min(reached, curve(max(low - 1, 0)))",
        "return reached",
        ("tests/test_kernels.py",),
    ),
    Mutant(
        f"{RULES}/costs.py",
        "total - 2.0 * before) / agents",
        "total - before) / agents",
        ("tests/test_costs.py",),
    ),
    Mutant(
        f"{RULES}/_batches.py",
        "if not (part.min() >= least and part.max() <= most):",
        "if part.min() < least:",
        ("tests/test_kernels.py",),
    ),
    Mutant(
        f"{AXIOMS}/proportional_fairness.py",
        "excused = case.range - due(case.instance, case.member, case.size)",
        "excused = -due(case.instance, case.member, case.size)",
        AXIOM_TESTS,
    ),
    Mutant(
        f"{AXIOMS}/proportional_fairness.py",
        "without = 1 - Fraction(case.size, case.instance.agents)",
        "without = 1 - Fraction(1, case.instance.agents)",
        AXIOM_TESTS,
    ),
    Mutant(
        f"{AXIOMS}/proportional.py",
        "return self.low + (self.high - self.low) * Fraction(up, self.instance.agents)",
        "return self.low + (self.high - self.low) / 2",
        AXIOM_TESTS,
    ),
    Mutant(
        f"{AXIOMS}/clamp.py",
        "return line.low, line.high",
        "return line.low, line.low",
        AXIOM_TESTS,
    ),
    Mutant(
        f"{AXIOMS}/shrinking.py",
        "if lie != reports[agent] and _complexity(neighbour) < here and _is_case(neighbour):",
        "if lie != reports[agent] and _is_case(neighbour) and False:",
        ("tests/test_search.py",),
    ),
    Mutant(
        "mechsim/preferences/tastes.py",
        "return -np.abs(peaks - places[:, None])",
        "return np.abs(peaks - places[:, None])",
        ("tests/test_sweep.py",),
    ),
    Mutant(
        "mechsim/preferences/tastes.py",
        "return max(gain, Fraction(0))",
        "return Fraction(0)",
        ("tests/test_search.py",),
    ),
    Mutant(
        "mechsim/proving/tables.py",
        "if gain > best:\n                    best, where, truth, lie",
        "if gain < best:\n                    best, where, truth, lie",
        ("tests/test_search.py",),
    ),
    Mutant(
        "mechsim/proving/strategies.py",
        "if jumps(first, now, middle - low):",
        "if not jumps(first, now, middle - low):",
        ("tests/test_search.py",),
    ),
    Mutant(
        "mechsim/proving/sweep.py",
        "own - honest[:, :, None]",
        "honest[:, :, None] - own",
        ("tests/test_sweep.py",),
    ),
    Mutant(
        "mechsim/proving/orbits.py",
        "combinations_with_replacement(places, self.domain.agents)",
        "combinations(places, self.domain.agents)",
        ("tests/test_search.py",),
    ),
    Mutant(
        f"{OBJECTIVES}/costs.py",
        "class MaxCost:",
        "class MaxCosts:",
        ("tests/test_objectives.py",),
    ),
    Mutant(
        f"{OBJECTIVES}/ratio.py",
        "if smaller == 0 or larger == math.inf:\n        return math.inf",
        "if smaller == 0 or larger == math.inf:\n        return larger",
        ("tests/test_objectives.py",),
    ),
    Mutant(
        "mechsim/catalogue/ratios.py",
        "return Rederived(entry, self, verdict, False, note, 0)",
        "return Rederived(entry, self, verdict, True, note, 0)",
        ("tests/test_claims.py",),
    ),
)
"""Each must be killed."""

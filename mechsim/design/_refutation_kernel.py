"""Which of very many clauses and lemmas a contradiction needs, in compiled code.

What follows from the clauses alone by unit propagation is propagated once; each lemma starts from
there.  Literals are numbers: twice the variable, and one more where it is negated.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together

Ints = npt.NDArray[np.int64]


def needed(every: Sequence[tuple[int, ...]], first: int) -> dict[int, tuple[int, ...]] | int:
    """The hints of each lemma that is needed, by number; lemmas are those from ``first`` on.

    The last one must be empty.  If one that is needed does not follow, its number.
    """
    lengths = np.array([len(clause) for clause in every], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    signed = np.fromiter(chain.from_iterable(every), dtype=np.int64, count=int(starts[-1]))
    literals: Ints = 2 * np.abs(signed) + (signed < 0)
    variables = int(np.abs(signed).max(initial=0)) + 1
    ends: Ints = np.zeros(len(every) - first + 1, dtype=np.int64)
    wrong, hints = trim(literals, starts, first, variables, ends)
    if wrong >= 0:
        return int(wrong)
    found: dict[int, tuple[int, ...]] = {}
    begin = 0
    for place, end in enumerate(ends[:-1].tolist()):  # from the last lemma to the first
        if end > begin:
            found[len(every) - 1 - place] = tuple(hints[begin:end].tolist())
        begin = end
    return found


@compiled_together
def attach(number: int, place: int, literals: Ints, starts: Ints, head: Ints, after: Ints) -> None:
    """Let a clause watch its literal at ``place``, 0 or 1."""
    literal = literals[starts[number] + place]
    after[2 * number + place] = head[literal]
    head[literal] = 2 * number + place


@compiled_together
def propagate(
    literals: Ints, starts: Ints, head: Ints, after: Ints, active: Any,
    position: Ints, reason: Ints, trail: Ints, size: int, done: int,
) -> tuple[Any, int]:  # fmt: skip
    """The clause that has nothing left, or -1, and how many literals are true now.

    ``position[literal]`` is where it is on the trail, or -1.
    """
    while done < size:
        false = trail[done] ^ 1
        done += 1
        watch, before = head[false], np.int64(-1)
        while watch >= 0:
            number, following = watch // 2, after[watch]
            start, end = starts[number], starts[number + 1]
            moved = not active[number]  # what is no longer there watches nothing
            if not moved:
                mine = start + watch % 2
                other = literals[start + 1 - watch % 2]
                if position[other] < 0:
                    for k in range(start + 2, end):
                        if position[literals[k] ^ 1] < 0:
                            literals[mine], literals[k] = literals[k], literals[mine]
                            after[watch] = head[literals[mine]]
                            head[literals[mine]] = watch
                            moved = True
                            break
                    if not moved:
                        if position[other ^ 1] >= 0:
                            return number, size
                        position[other], reason[size], trail[size] = size, number, other
                        size += 1
            if not moved:
                before = watch
            elif before < 0:
                head[false] = following
            else:
                after[before] = following
            watch = following
    return -1, size


@compiled_together
def trim(literals: Ints, starts: Ints, first: int, variables: int, ends: Ints) -> tuple[int, Ints]:
    """A lemma that does not follow, or -1, and hints; ``ends`` says where those of each end.

    Lemmas are numbered from the clauses on, and come in ``ends`` from the last to the first.
    """
    total = len(starts) - 1
    head, after = np.full(2 * variables, -1), np.full(2 * total, -1)
    position, reason = np.full(2 * variables, -1), np.full(variables + 1, -1)
    trail, active = np.zeros(variables + 1, np.int64), np.ones(total, np.bool_)
    size, conflict = 0, -1
    for number in range(first):
        if starts[number + 1] - starts[number] > 1:
            attach(number, 0, literals, starts, head, after)
            attach(number, 1, literals, starts, head, after)
        elif starts[number + 1] - starts[number] == 1:
            literal = literals[starts[number]]
            if position[literal ^ 1] >= 0:
                conflict = number
            elif position[literal] < 0:
                position[literal], reason[size], trail[size] = size, number, literal
                size += 1
        else:
            conflict = number
    if conflict < 0:
        conflict, size = propagate(
            literals, starts, head, after, active, position, reason, trail, size, 0
        )
    base = size
    units, count = np.zeros(total - first, np.int64), 0
    for number in range(first, total):
        start, end = starts[number], starts[number + 1]
        free = 0
        for k in range(start, end):
            if free < 2 and position[literals[k] ^ 1] < 0:
                literals[start + free], literals[k] = literals[k], literals[start + free]
                free += 1
        if free < 2:
            units[count] = number
            count += 1
        else:
            attach(number, 0, literals, starts, head, after)
            attach(number, 1, literals, starts, head, after)
    marked, seen = np.zeros(total, np.bool_), np.zeros(variables + 1, np.bool_)
    marked[total - 1] = True
    found, used = np.zeros(1024, np.int64), 0
    places, stack = np.zeros(variables + 1, np.int64), np.zeros(variables + 1, np.int64)
    for number in range(total - 1, first - 1, -1):
        active[number] = False
        ends[total - 1 - number] = used
        if not marked[number]:
            continue
        wrong = conflict
        if wrong < 0:
            size = base
            for k in range(starts[number], starts[number + 1]):
                contrary = literals[k] ^ 1
                if position[contrary] < 0 and position[literals[k]] < 0:
                    position[contrary], reason[size], trail[size] = size, -1, contrary
                    size += 1
                elif position[literals[k]] >= 0:  # the clauses alone make it true
                    wrong = reason[position[literals[k]]]
            for place in range(count):
                one = units[place]
                if wrong >= 0 or not active[one]:
                    continue
                start, end = starts[one], starts[one + 1]
                left, satisfied = -1, False
                for k in range(start, end):
                    if position[literals[k]] >= 0:
                        satisfied = True
                    elif position[literals[k] ^ 1] < 0:
                        left = k
                if satisfied:
                    continue
                if left < 0:
                    wrong = one
                else:
                    position[literals[left]], reason[size] = size, one
                    trail[size] = literals[left]
                    size += 1
            if wrong < 0:
                wrong, size = propagate(
                    literals, starts, head, after, active, position, reason, trail, size, base
                )
            if wrong < 0:
                return number, found[:0]
        kept, waiting = 0, 0
        for k in range(starts[wrong], starts[wrong + 1]):
            place = position[literals[k] ^ 1]
            if place >= 0 and not seen[place]:
                seen[place] = True
                stack[waiting] = place
                waiting += 1
        while waiting > 0:
            waiting -= 1
            place = stack[waiting]
            places[kept] = place
            kept += 1
            why = reason[place]
            if why >= 0:
                for k in range(starts[why], starts[why + 1]):
                    other = position[literals[k] ^ 1]
                    if other >= 0 and not seen[other]:
                        seen[other] = True
                        stack[waiting] = other
                        waiting += 1
        ordered = np.sort(places[:kept])
        if used + kept + 1 > len(found):
            grown = np.zeros(2 * (used + kept + 1), np.int64)
            grown[:used] = found[:used]
            found = grown
        for place in ordered:
            seen[place] = False
            if reason[place] >= 0:
                found[used] = reason[place]
                marked[reason[place]] = True
                used += 1
        found[used] = wrong
        marked[wrong] = True
        used += 1
        ends[total - 1 - number] = used
        for place in range(base, size):
            position[trail[place]] = -1
    ends[total - first] = used
    return -1, found[:used]

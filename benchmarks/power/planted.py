"""What a planted fault is."""

from dataclasses import dataclass

from mechsim.axioms import Axiom, OutcomeAxiom
from mechsim.mechanism import Playable
from mechsim.setting import Setting


@dataclass(frozen=True)
class Planted:
    """A mechanism with a fault that breaks ``axiom``, and its twin without the fault.

    Parameters
    ----------
    name : str
        What the fault is called; no two are called the same.
    family : str
        What kind of mechanism it is.
    faulty, correct : callable
        Plain functions of a tuple of reports; the twin differs from the other by the fault only.
    axiom : Axiom or OutcomeAxiom
        What the fault breaks and the twin satisfies, the latter up to the rounding of floats.
    setting : Setting
        Where.
    agents : int
        For how many agents.
    note : str
        How the fault shows, and why the twin has none.
    """

    name: str
    family: str
    faulty: Playable
    correct: Playable
    axiom: Axiom | OutcomeAxiom
    setting: Setting
    agents: int
    note: str

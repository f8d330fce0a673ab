"""Contracts that pay by the report alone, whatever the state turns out to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..mechanism import accepts_reports
from ..preferences.acquisition import Acquisition, ContractTerms


@dataclass(frozen=True)
class FlatContract:
    """Each expert is asked for its entry of ``efforts`` and paid by what it reports.

    Parameters
    ----------
    efforts : tuple of str
        One an expert.
    wages : mapping of signals to Fraction
        What a report earns in every state, and to whoever makes it; others earn nothing.
    setting : Acquisition

    Examples
    --------
    >>> from mechsim.information import hidden_bit
    >>> pair = hidden_bit(Fraction(3, 5), cost=1)
    >>> contract = FlatContract(("work", "rest"), {"one": Fraction(2)}, pair)
    >>> print(pair.tell(contract(["one", "nothing"])))
    Ann to work, for (2, 2) in states rise, fall; Bob to rest, for (0, 0) in states rise, fall
    """

    efforts: tuple[str, ...]
    wages: Mapping[str, Fraction] = field(hash=False)
    setting: Acquisition

    def __post_init__(self) -> None:
        self.setting.require_efforts(self.efforts)
        known = {signal for expert in self.setting.experts for signal in expert.signals}
        for signal in self.wages:
            if signal not in known:
                raise ValueError(f"wages has {signal!r}: no expert can report that")

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> ContractTerms:
        """What is asked, and what each report earns."""
        states = len(self.setting.states)
        rewards = tuple((self.wages.get(signal, Fraction(0)),) * states for signal in reports)
        return ContractTerms(self.efforts, rewards)

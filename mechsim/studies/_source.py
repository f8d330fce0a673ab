"""How a worker in another process finds a study: by its name, never by a copy of its code.

A study that stands in a file as ``STUDY`` travels as the name of its module, or the path of its
file, and the fingerprint of its code; any other as a pickle, in which functions are names as well.
"""

import importlib
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._modules import import_file
from ._fingerprint import fingerprint
from .study import Study

FILES = "mechsim_study_"
"""How the names of modules begin that were imported from a path."""


@dataclass(frozen=True)
class Source:
    """A study, on its way to a worker."""

    study: Study[Any]

    def __reduce__(self) -> Any:
        function = self.study.measure or self.study.measure_many
        module = sys.modules.get(getattr(function, "__module__", ""))
        if module is None:
            return Source, (self.study,)
        path = module.__file__ if module.__name__.startswith(FILES) else None
        if getattr(module, "STUDY", None) is self.study:
            return Parcel, (module.__name__, path, fingerprint(self.study), b"")
        if path is not None:  # what is pickled needs the file to be imported first
            return Parcel, (module.__name__, path, "", pickle.dumps(self.study))
        return Source, (self.study,)


@dataclass(frozen=True)
class Parcel:
    """A study by its name, at the worker's: nothing is imported before it is wanted."""

    name: str
    path: str | None
    mark: str
    pickled: bytes

    @property
    def study(self) -> Study[Any]:
        """The study itself.

        Raises
        ------
        ValueError
            If the worker has other code than those who sent it.
        """
        if self.pickled:
            if self.name not in sys.modules:
                import_file(Path(str(self.path)), "study")
            study: Study[Any] = pickle.loads(self.pickled)
            return study
        there: Study[Any] | None = getattr(sys.modules.get(self.name), "STUDY", None)
        if there is not None and fingerprint(there) == self.mark:
            return there
        here: Study[Any] = self._imported().STUDY
        if fingerprint(here) != self.mark:
            raise ValueError(
                f"{self.path or self.name}: the code of the study here is not the code where it "
                "was started"
            )
        return here

    def _imported(self) -> Any:
        if self.path is None:
            return importlib.import_module(self.name)
        return import_file(Path(self.path), "study")

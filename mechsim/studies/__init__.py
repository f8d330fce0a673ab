"""Simulation studies: a question, what is measured where and how often, and the table of it."""

from ._folder import write as write
from .finding import Found as Found
from .finding import find as find
from .finding import load as load
from .finding import studies as studies
from .records import Records as Records
from .results import Failure as Failure
from .results import Results as Results
from .results import Row as Row
from .streams import stream as stream
from .study import Precision as Precision
from .study import Study as Study
from .study import product as product

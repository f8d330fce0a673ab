"""Facilities for populations that fit in no memory: exact outcomes of a stream of reports.

A stream is read a block at a time, two or three times in all, and memory stays bounded whatever its
length.  What is learnt of it is how many reports, and of what sum, lie in each of some thousand
cells of the line: a `Histogram`, which many readers can fill side by side and add up.  Every
question that is asked (where a rule builds, what that costs, what is fair) names the cells that it
depends on; the next pass looks into these only, by a `Refinement`.

It is a part of the family of facilities because the questions are: phantoms, costs and fair shares.
Where reports are read from is told in `mechsim.preferences.sources`, a layer below.
"""

from .asking import ask as ask
from .asking import place_stream as place_stream
from .grids import grid as grid
from .histogram import Histogram as Histogram
from .questions import Costs as Costs
from .questions import FairInterval as FairInterval
from .questions import Few as Few
from .questions import LargestGroup as LargestGroup
from .questions import Outcome as Outcome
from .questions import Question as Question
from .questions import Rank as Rank
from .refinement import Refinement as Refinement
from .refinement import plan as plan
from .steps import Steps as Steps
from .steps import Unclear as Unclear

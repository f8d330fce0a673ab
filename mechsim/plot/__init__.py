"""Pictures.  Every function takes ``ax`` and returns the axes it drew on."""

from ._style import require_format as require_format
from ._style import save as save
from .facility import outcomes as outcomes
from .facility import placement as placement
from .facility import reports as reports

"""Learning whom to trust and what to pay: mechanisms for experts whose signals are unknown."""

from .advice import Guidance as Guidance
from .advice import explore_then_commit as explore_then_commit
from .advice import full_feedback as full_feedback
from .course import Course as Course
from .hiring import Trial as Trial
from .hiring import explore_then_hire as explore_then_hire

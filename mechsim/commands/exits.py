"""Exit codes, the same for every subcommand."""

DONE = 0
REFUTED = 1
BAD_INPUT = 2
UNKNOWN = 3
REJECTED = 4
BUG = 5

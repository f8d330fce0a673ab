"""Races of mechsim against named peers and against the limits of the machine.

``python -m benchmarks`` runs them all and prints a table; with ``--write`` it also renews the
table of the documentation.  Every number is a ratio of single-thread CPU times, measured side by
side in one process: the median over rounds in which both take turns.
"""

"""Mutants: lines of the library broken by hand, each of which some test must notice.

``python -m tests.mutation`` applies one after the other to a copy of the tree and runs the tests
that are named for it.  It exits with 1 if a mutant survives.
"""

"""``mechsim list``: the mechanisms of the catalogue."""

import argparse

from .._tables import Table
from ..catalogue import entries
from . import _arguments, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    text = "List the mechanisms of the catalogue."
    parser = subcommands.add_parser("list", help=text, description=text)
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one row a mechanism."""
    found = entries()
    if options.json:
        _arguments.print_json(
            "list",
            {
                "mechanisms": [
                    {
                        "name": entry.name,
                        "family": entry.family,
                        "title": entry.card.title,
                        "source": entry.card.source,
                        "claims": len(entry.card.claims),
                    }
                    for entry in found
                ]
            },
        )
        return exits.DONE
    rows = tuple(
        (entry.name, entry.family, str(len(entry.card.claims)), entry.card.source)
        for entry in found
    )
    print(Table(("mechanism", "family", "claims", "source"), rows))
    return exits.DONE

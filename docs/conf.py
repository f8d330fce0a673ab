"""How the documentation is built: ``sphinx-build -W docs docs/_build``."""

from importlib import metadata
from pathlib import Path

from mechsim._text import brief
from mechsim.axioms.names import label
from mechsim.catalogue import Entry, Holds, entries

HERE = Path(__file__).parent

project = "mechsim"
author = "the mechsim developers"
release = metadata.version("mechsim")
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
exclude_patterns = ["_build", "jupyter_execute"]
html_theme = "furo"
html_title = "mechsim"
nb_execution_mode = "off"  # the notebooks are executed by the tests and keep their outputs
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True}
napoleon_numpy_docstring = True
napoleon_google_docstring = False


def card_page(entry: Entry) -> str:
    """A card, as a page."""
    lines = [
        f"# {entry.card.title}",
        "",
        entry.text,
        "",
        f"Source: {entry.card.source}.",
        "",
        f"Re-derive: `mechsim verify {entry.name} --verbose`.",
        "",
        "| axiom | claim | re-derived on | because |",
        "|---|---|---|---|",
    ]
    for claim in entry.card.claims:
        if isinstance(claim, Holds):
            told = f"holds | {claim.domain} | {claim.because.replace('|', '&#124;')}"
        else:
            told = f"fails | {claim.case.instance} | violation {claim.violation}"
        lines.append(f"| {brief(claim.reading)} ({label(claim.reading)}) | {told} |")
    return "\n".join(lines) + "\n"


def write_catalogue() -> None:
    """One page a card and a page that lists them."""
    folder = HERE / "catalogue"
    folder.mkdir(exist_ok=True)
    found = entries()
    for entry in found:
        (folder / f"{entry.name}.md").write_text(card_page(entry), encoding="utf-8")
    rows = "\n".join(f"{entry.card.title} <{entry.name}>" for entry in found)
    intro = "# Catalogue\n\nOne page a mechanism, made from its card.\n\n"
    text = f"{intro}```{{toctree}}\n{rows}\n```\n"
    (folder / "index.md").write_text(text, encoding="utf-8")


def copy_notebooks() -> None:
    """The notebooks are pages of the documentation."""
    for path in sorted((HERE.parent / "notebooks").glob("*.ipynb")):
        (HERE / "tutorial").mkdir(exist_ok=True)
        (HERE / "tutorial" / path.name).write_bytes(path.read_bytes())


write_catalogue()
copy_notebooks()

"""How the documentation is built: ``sphinx-build -W docs docs/_build``."""

import inspect
import shutil
from importlib import import_module, metadata
from pathlib import Path

from mechsim.axioms.names import label
from mechsim.catalogue import Entry, entries

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "mechsim"

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
suppress_warnings = ["ref.python"]  # an attribute of a common name is no target
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True}
napoleon_numpy_docstring = True
napoleon_google_docstring = False

NOUNS = ("lottery", "mechanism", "declared", "population", "setting", "batch", "budget")
PACKAGES = (
    "preferences",
    "axioms",
    "objectives",
    "facility",
    "auctions",
    "information",
    "budgeting",
    "allocation",
    "voting",
    "games",
    "program",
    "proving",
    "design",
    "studies",
    "catalogue",
    "plot",
    "algorithms",
)


def card_page(entry: Entry) -> str:
    """A card, as a page."""
    lines = [
        f"# {entry.card.title}",
        "",
        entry.text,
        "",
        f"Source: {entry.card.source}.",
        "",
        f"Re-derive: `mechsim verify {entry.family}/{entry.name} --verbose`.",
        "",
        "| of what | claim | re-derived on | because |",
        "|---|---|---|---|",
    ]
    for claim in entry.card.every:
        what, *told = claim.row()
        axiom = getattr(claim, "reading", None)
        about = what if axiom is None else f"{what} ({label(axiom)})"
        lines.append("| " + " | ".join(escape(cell) for cell in (about, *told)) + " |")
    return "\n".join(lines) + "\n"


def escape(cell: str) -> str:
    """Text for a cell of a Markdown table."""
    return cell.replace("|", "&#124;").replace("_", "\\_").replace("*", "\\*").replace("\n", " ")


def write_catalogue() -> None:
    """One page a card, by family, and a page that lists them."""
    folder = HERE / "catalogue"
    shutil.rmtree(folder, ignore_errors=True)
    found = entries()
    rows: list[str] = []
    for entry in found:
        (folder / entry.family).mkdir(parents=True, exist_ok=True)
        page = folder / entry.family / f"{entry.name}.md"
        page.write_text(card_page(entry), encoding="utf-8")
        rows.append(f"{entry.card.title} ({entry.family}) <{entry.family}/{entry.name}>")
    toctree = "\n".join(["```{toctree}", *rows, "```"])
    text = f"# Catalogue\n\nOne page a mechanism, made from its card.\n\n{toctree}\n"
    (folder / "index.md").write_text(text, encoding="utf-8")


def write_reference() -> None:
    """A page for the nouns and one for each package, with all its public modules."""
    folder = HERE / "reference"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    nouns = [f"mechsim.{name}" for name in NOUNS]
    pages = {"nouns": ("Nouns", nouns), "testing": ("Testing", ["mechsim.testing"])}
    for name in PACKAGES:
        package = import_module(f"mechsim.{name}")
        modules = sorted(path.stem for path in (PACKAGE / name).glob("*.py") if path.stem[0] != "_")
        if name in ("axioms", "objectives"):
            modules.insert(0, "_base")
        title = (inspect.getdoc(package) or name).split("\n")[0].rstrip(".").split(":")[0]
        names = [f"mechsim.{name}.{module}" for module in modules] or [f"mechsim.{name}"]
        pages[name] = (title, names)
    for name, (title, modules) in pages.items():
        parts = [f"```{{eval-rst}}\n.. automodule:: {module}\n```" for module in modules]
        text = "\n\n".join([f"# {title}", *parts]) + "\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    toctree = "\n".join(["```{toctree}", *pages, "```"])
    (folder / "index.md").write_text(f"# Reference\n\n{toctree}\n", encoding="utf-8")


def copy_notebooks() -> None:
    """The notebooks are pages of the documentation."""
    for path in sorted((HERE.parent / "notebooks").glob("*.ipynb")):
        (HERE / "tutorial").mkdir(exist_ok=True)
        (HERE / "tutorial" / path.name).write_bytes(path.read_bytes())


write_catalogue()
write_reference()
copy_notebooks()

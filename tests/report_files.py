"""Files of reports, of every kind that is read."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

arrow: Any = import_module("pyarrow")
parquet: Any = import_module("pyarrow.parquet")


def stored(folder: Path, entries: Any, suffix: str, type_: Any = None) -> Path:
    """A file with one column x."""
    path = folder / f"reports{suffix}"
    if suffix == ".npy":
        np.save(path, np.asarray(entries), allow_pickle=True)
    elif suffix == ".parquet":
        table = arrow.table({"x": arrow.array(entries, type_)})
        parquet.write_table(table, path, row_group_size=3)
    else:
        path.write_text("x\n" + "".join(f"{entry}\n" for entry in entries))
    return path

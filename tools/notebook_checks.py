"""Find what would stop a notebook from being read or projected."""

from __future__ import annotations

import re

MAX_LINES = 20
MAX_COLUMNS = 79


def problems_of(notebook) -> list[str]:
    """Return what is wrong with a notebook's cells, a line each."""
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        lines = cell.source.splitlines()
        if len(lines) > MAX_LINES:
            found.append(f"cell {index} has {len(lines)} lines")
        if any(len(line) > MAX_COLUMNS for line in lines):
            found.append(f"cell {index} is wider than {MAX_COLUMNS}")
        if re.search(r"^\s*(from \S+ import \*|[!%])", cell.source, re.M):
            found.append(f"cell {index} has a star import or a magic")
        if "raises-exception" in cell.metadata.get("tags", ()):
            # nbval passes such a cell even when it raises nothing
            found.append(f"cell {index} is tagged raises-exception")
        if cell.source.rstrip().endswith(";"):
            found.append(f"cell {index} ends in a semicolon")
    return found

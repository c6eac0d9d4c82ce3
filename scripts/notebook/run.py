"""Runs notebooks-data/sample.ipynb and compares what its cells print with what is committed.

    pip install -r scripts/notebook/requirements.txt
    python3 scripts/notebook/run.py            # fails if a cell fails or prints something else
    python3 scripts/notebook/run.py --write    # writes the outputs into the notebook

Pictures are compared by their presence, since matplotlib's versions draw their letters a little differently.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "notebooks-data" / "sample.ipynb"


def shown(notebook):
    """What each code cell shows: texts, and `picture` for pictures."""
    cells = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        outputs = []
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                outputs.append("picture")
            else:
                outputs.append(output.get("text") or data.get("text/plain", ""))
        cells.append(outputs)
    return cells


def main(write):
    committed = nbformat.read(NOTEBOOK, as_version=4)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=folder, record_timing=False).execute()
    if write:
        notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
        nbformat.write(notebook, NOTEBOOK)
        return
    for number, (now, then) in enumerate(zip(shown(notebook), shown(committed)), 1):
        assert now == then, f"code cell {number} shows\n{now}\nand not\n{then}"
    print(f"{NOTEBOOK.name}: {len(shown(notebook))} code cells run and show what is committed")


if __name__ == "__main__":
    main("--write" in sys.argv[1:])

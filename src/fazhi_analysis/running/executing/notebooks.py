"""Which notebooks there are, which parameters each takes, and running one with papermill.

A notebook that can be run as a report has a cell tagged ``parameters`` that assigns ``region`` and ``year``.
"""

from __future__ import annotations

import ast
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_analysis._paths import bundled_notebooks, settle_environment
from fazhi_analysis.errors import RunError, UnknownNameError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.pages import page_names
from fazhi_analysis.running.executing import engines, failures
from fazhi_analysis.running.executing.page_notebook import write_notebook

KERNEL = "python3"
STANDARD: tuple[str, ...] = ("year_over_year", "problems_next_steps", "data_quality")
"""The notebooks of a report, in reading order, when none are named."""
INTERACTIVE: tuple[str, ...] = ("explore", "start_here")
"""Notebooks that people work in; no report is made from them."""


_OWN_METADATA = '\n "metadata": {\n'
_ORDER = (*STANDARD, "trend", "peer_comparison")


def reading_order(name: str) -> tuple[int, str]:
    """Where a page stands among others: as they are read, those of a reader's own last.

    >>> sorted(["trend", "my_own", "data_quality"], key=reading_order)
    ['data_quality', 'trend', 'my_own']
    """
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


@dataclass(frozen=True, slots=True)
class Notebook:
    """A parameterised notebook: its name, where it lies, and its parameters with their defaults as written."""

    name: str
    path: Path
    parameters: Mapping[str, str]

    @property
    def is_bundled(self) -> bool:
        """Whether it comes with the package, where its name finds it."""
        return self.path.parent.resolve() == bundled_notebooks().resolve()


def find_notebooks(folder: Path | None = None) -> dict[str, Notebook]:
    """Notebooks of a folder (the bundled ones by default) that take a place and a year, by name.

    >>> "data_quality" in find_notebooks(), "explore" in find_notebooks()
    (True, False)
    """
    found = {}
    for path in sorted((folder or bundled_notebooks()).glob("*.ipynb")):
        notebook = read_notebook(path)
        if {"region", "year"} <= set(notebook.parameters) and notebook.name not in INTERACTIVE:
            found[notebook.name] = notebook
    return found


def read_notebook(path: Path) -> Notebook:
    """Name and parameters of a notebook file.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` where there is no such notebook.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = content["cells"]
    except FileNotFoundError:
        raise UnknownNameError(path.name, "running.notebook.unknown", notebooks=list(find_notebooks())) from None
    except (ValueError, KeyError, TypeError):
        raise UnknownNameError(path.name, "running.notebook.not_a_notebook") from None
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return Notebook(path.stem, path, _assignments("".join(cell["source"])))
    return Notebook(path.stem, path, {})


def _assignments(source: str) -> dict[str, str]:
    """Names that a parameters cell assigns, with the source of their values.

    >>> _assignments("year: int = 2023  # 报告年度\\nlang = 'zh'")
    {'year': '2023', 'lang': "'zh'"}
    """
    names: dict[str, str] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            names[node.target.id] = ast.unparse(node.value)
        elif isinstance(node, ast.Assign):
            names.update({item.id: ast.unparse(node.value) for item in node.targets if isinstance(item, ast.Name)})
    return names


def choose(names: Iterable[str | Path] | None) -> list[Notebook]:
    """Notebooks by name or path; the standard ones by default. A page without a notebook of its own is one by name.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` listing the notebooks that exist.

    >>> [notebook.name for notebook in choose(None)]
    ['year_over_year', 'problems_next_steps', 'data_quality']
    >>> choose(["nothing"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.UnknownNameError: nothing：没有这个笔记本。可用：...data_quality、...
    """
    bundled = find_notebooks()
    alone = [name for name in page_names() if name not in bundled and name not in INTERACTIVE]
    chosen: list[Notebook] = []
    for name in STANDARD if names is None else names:
        text = str(name)
        if text in bundled:
            chosen.append(bundled[text])
        elif text.endswith(".ipynb"):
            chosen.append(_own(Path(text)))
        elif text in alone:
            chosen.append(read_notebook(write_notebook(text)))
        else:
            raise UnknownNameError(text, "running.notebook.unknown", notebooks=[*bundled, *alone])
    if not chosen:
        raise UnknownNameError("notebooks", "running.notebook.none", notebooks=[*bundled, *alone])
    return chosen


def _own(path: Path) -> Notebook:
    notebook = read_notebook(path)
    if not {"region", "year"} <= set(notebook.parameters):
        raise UnknownNameError(path.name, "running.notebook.without_parameters")
    return notebook


def parameters_for(
    notebooks: Iterable[Notebook], common: Mapping[str, Any], own: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Parameters of each notebook: those of the common ones that it declares, and its share of the reader's own.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for a parameter that no notebook takes.
    """
    chosen = list(notebooks)
    known = list(dict.fromkeys(name for notebook in chosen for name in notebook.parameters))
    wrong = [name for name in own if name not in known]
    if wrong:
        raise UnknownNameError(
            Message("common.parameters", names=wrong), "running.notebook.unknown_parameter", known=known
        )
    given = {**common, **own}
    return [{name: value for name, value in given.items() if name in notebook.parameters} for notebook in chosen]


def _literal(path: Path) -> str:
    """The path as papermill takes it for one: it fills parameters into braces.

    >>> _literal(Path("out{year}")) == "out{{year}}"
    True
    """
    return str(path).replace("{", "{{").replace("}", "}}")


def execute(
    notebook: Notebook,
    target: Path,
    parameters: Mapping[str, Any],
    *,
    engine: str = "",
    timeout: int | None = None,
    notebook_timeout: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> float:
    """Run a notebook with papermill into ``target`` and return the seconds it took.

    ``environment`` are further variables for its process; engines that are not of this package do not pass them on.

    Papermill saves after every cell, so a run that fails is kept up to the failing cell, which is marked.

    Raises :class:`~fazhi_analysis.errors.RunError` naming the cell and the error.
    """
    papermill = engines.load_papermill()
    from papermill.exceptions import PapermillException, PapermillExecutionError

    settle_environment()  # before papermill goes to the notebook's folder
    started = time.perf_counter()
    own = {"notebook_timeout": notebook_timeout, "environment": environment}
    sockets = Path(tempfile.mkdtemp(prefix="fz-"))
    try:
        with failures.quiet():
            papermill.execute_notebook(
                _literal(notebook.path),
                _literal(target),
                parameters=dict(parameters),
                engine_name=engine or None,
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                log_output=False,
                cwd=str(target.parent),
                execution_timeout=timeout,
                **({} if engine == engines.FORKED else engines.local_sockets(sockets)),
                **(own if engine in {engines.FORKED, engines.STOCK} else {}),
            )
    except PapermillExecutionError as error:
        what = Message("running.stopped.failed", reason=f"{error.ename}: {error.evalue}")
        raise RunError(notebook.name, "running.stopped.in_cell", cell=error.exec_count, what=what) from error
    except (PapermillException, RuntimeError, TimeoutError) as error:
        what = failures.reason(error, timeout, notebook_timeout)
        text = what.text("en" if parameters.get("lang") == "en" else "zh")
        number = failures.mark_stopped(target, type(error).__name__, text)
        key = "running.stopped.in_cell" if number else "running.stopped.somewhere"
        raise RunError(notebook.name, key, cell=number, what=what) from error
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
        if target.exists():
            strip_paths(target)
    return time.perf_counter() - started


def strip_paths(path: Path) -> None:
    """Take the paths of this machine out of the metadata that papermill writes, keeping names.

    What a full disk cut off is no notebook, and has another error already.
    """
    text = path.read_text(encoding="utf-8")
    # Cells are long and come first in what papermill writes: only what follows them is read.
    cells, mark, rest = text.rpartition(_OWN_METADATA)
    try:
        content = json.loads("{" + mark + rest if mark else text)
    except ValueError:
        return
    notes = content.get("metadata", {}).get("papermill", {})
    for key in ("input_path", "output_path"):
        if notes.get(key):
            notes[key] = Path(str(notes[key])).name
    stripped = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text((cells + stripped[1:] if mark else stripped) + "\n", encoding="utf-8")

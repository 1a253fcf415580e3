"""Which notebooks there are, which parameters each takes, and running one with papermill.

A notebook that can be run as a report has a cell tagged ``parameters`` that assigns ``region`` and ``year``.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.errors import RunError, UnknownNameError

KERNEL = "python3"
FORKED = "fazhi-fork"
STOCK = "nbclient"
STANDARD: tuple[str, ...] = ("year_over_year", "problems_next_steps", "data_quality")
"""The notebooks of a report, in reading order, when none are named."""
INTERACTIVE: tuple[str, ...] = ("explore", "start_here")
"""Notebooks that people work in; no report is made from them."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """A parameterised notebook: its name, where it lies, and its parameters with their defaults as written."""

    name: str
    path: Path
    parameters: Mapping[str, str]


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
        raise UnknownNameError(path.name, "没有这个笔记本", f"可用：{'、'.join(find_notebooks())}") from None
    except (ValueError, KeyError, TypeError):
        raise UnknownNameError(path.name, "不是笔记本文件", "请用 JupyterLab 打开检查后另存") from None
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
    """Notebooks by name or path; the standard ones by default.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` listing the notebooks that exist.

    >>> [notebook.name for notebook in choose(None)]
    ['year_over_year', 'problems_next_steps', 'data_quality']
    >>> choose(["nothing"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.UnknownNameError: nothing：没有这个笔记本。可用：...data_quality、...
    """
    bundled = find_notebooks()
    chosen: list[Notebook] = []
    for name in STANDARD if names is None else names:
        text = str(name)
        if text in bundled:
            chosen.append(bundled[text])
        elif text.endswith(".ipynb"):
            chosen.append(_own(Path(text)))
        else:
            raise UnknownNameError(text, "没有这个笔记本", f"可用：{'、'.join(bundled)}")
    if not chosen:
        raise UnknownNameError("notebooks", "没有指定笔记本", f"可用：{'、'.join(bundled)}")
    return chosen


def _own(path: Path) -> Notebook:
    notebook = read_notebook(path)
    if not {"region", "year"} <= set(notebook.parameters):
        raise UnknownNameError(
            path.name, "笔记本没有标为 parameters、含 region 和 year 的单元格", "请参照随包笔记本添加"
        )
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
        raise UnknownNameError(f"参数 {'、'.join(wrong)}", "笔记本没有这个参数", f"可用：{'、'.join(known)}")
    given = {**common, **own}
    return [{name: value for name, value in given.items() if name in notebook.parameters} for notebook in chosen]


def execute(
    notebook: Notebook,
    target: Path,
    parameters: Mapping[str, Any],
    *,
    engine: str = "",
    timeout: int | None = None,
    notebook_timeout: float | None = None,
) -> float:
    """Run a notebook with papermill into ``target`` and return the seconds it took.

    Papermill saves after every cell, so a run that fails is kept up to the failing cell.

    Raises :class:`~fazhi_analysis.errors.RunError` naming the cell and the error.
    """
    papermill = load_papermill()
    from papermill.exceptions import PapermillException, PapermillExecutionError

    started = time.perf_counter()
    sockets = Path(tempfile.mkdtemp(prefix="fz-"))
    try:
        papermill.execute_notebook(
            str(notebook.path),
            str(target),
            parameters=dict(parameters),
            engine_name=engine or None,
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            log_output=False,
            cwd=str(target.parent),
            execution_timeout=timeout,
            **({} if engine == FORKED else _local_sockets(sockets)),
            **({"notebook_timeout": notebook_timeout} if engine in {FORKED, STOCK} else {}),
        )
    except PapermillExecutionError as error:
        raise RunError(
            notebook.name, f"第 {error.exec_count} 个单元格出错：{error.ename}: {error.evalue}", "打开保留的笔记本查看"
        ) from error
    except (PapermillException, RuntimeError, TimeoutError) as error:
        raise RunError(notebook.name, f"{type(error).__name__}: {error}", "打开保留的笔记本查看") from error
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
        if target.exists():
            strip_paths(target)
    return time.perf_counter() - started


def prepare_engine(name: str | None) -> str:
    """The engine to use, ready to run: the forked one by default where this system has it, else papermill's own.

    The command line and the workers of a batch warm up themselves, so that notebooks fork from them; from any other
    process they fork from the warm server, and see nothing of their caller.
    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for an engine that does not exist.
    """
    from fazhi_analysis.running.forked import warm

    load_papermill()
    from papermill.engines import papermill_engines

    chosen = name or (FORKED if warm.available() else STOCK)
    if chosen == FORKED:
        from fazhi_analysis.running.forked.engine import ForkEngine

        papermill_engines.register(FORKED, ForkEngine)
        if warm.may_fork():
            warm.warm_up()
    if chosen == STOCK:
        from fazhi_analysis.running.forked.stock import StockEngine

        papermill_engines.register(STOCK, StockEngine)
    known = {str(engine) for engine in papermill_engines._engines if engine} | {STOCK, FORKED}
    if chosen not in known:
        raise UnknownNameError(chosen, "没有这个执行引擎", f"可用：{'、'.join(sorted(known))}")
    return chosen


def load_papermill() -> Any:
    """Papermill, imported without one optional format checker that JupyterLab brings along.

    That module (rfc3987_syntax) builds 38 grammars when it is imported, over a second each time, to check addresses in
    JSON schemas. No notebook needs it; jsonschema goes on without it, and later imports find it again.
    """
    name = "rfc3987_syntax"
    hide = name not in sys.modules and "jsonschema" not in sys.modules
    if hide:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import papermill
    finally:
        if hide:
            del sys.modules[name]
    return papermill


def _local_sockets(folder: Path) -> dict[str, Any]:
    """Settings that let the kernel talk over sockets in a folder of its own instead of open TCP ports.

    Other users of the machine cannot listen, and kernels that run at the same time cannot take each other's ports.
    """
    if os.name != "posix":
        return {}
    from traitlets.config import Config

    return {"config": Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "kernel")}})}


def strip_paths(path: Path) -> None:
    """Take the paths of this machine out of the metadata that papermill writes, keeping names."""
    content = json.loads(path.read_text(encoding="utf-8"))
    notes = content.get("metadata", {}).get("papermill", {})
    for key in ("input_path", "output_path"):
        if notes.get(key):
            notes[key] = Path(str(notes[key])).name
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

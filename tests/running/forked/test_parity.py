"""The forked engine beside the stock kernel, cell by cell: same outputs, same errors, same metadata."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.forked.engine import ForkEngine

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not warm.available(), reason="this system cannot fork"),
    pytest.mark.filterwarnings("ignore"),
]

# The stock kernel reads its descriptors on a thread, and loses what the thread has not read when the cell ends.
_READ = "\nimport time; time.sleep(1)"

PARITY = {
    "value": ["x = 20", "x + 22"],
    "print": ["print('甲'); print('乙', end='')"],
    "stderr": ["import sys\nprint('err', file=sys.stderr)"],
    "frame": ["import pandas as pd\npd.DataFrame({'列': [1, 2]})"],
    "figure": ["import matplotlib.pyplot as plt\nplt.plot([1, 2]);"],
    "figure after await": ["import asyncio, matplotlib.pyplot as plt\nawait asyncio.sleep(0)\nplt.plot([1, 2]);", "1"],
    "figure left open": ["import matplotlib.pyplot as plt\nfig, ax = plt.subplots()", "plt.get_fignums()"],
    "shell line": ["!echo hi"],
    "shell value": ["files = !echo one; echo two\nfiles"],
    "cell magic": ["%%bash\necho cell"],
    "line magic": ["%pwd\n1"],
    "capture": ["%%capture out\nprint('kept')", "out.stdout"],
    "system": ["import os\nstatus = os.system('echo sys')" + _READ],
    "descriptor": ["import os\nn = os.write(1, b'raw\\n')" + _READ],
    "subprocess": ["import subprocess\nr = subprocess.run(['echo', 'child'])" + _READ],
    "await": ["import asyncio\nawait asyncio.sleep(0.01)\n'done'"],
    "loop": ["import asyncio\nasyncio.get_running_loop().is_running()"],
    "display": ["from IPython.display import display\nh = display(1, display_id='d')", "h.update(2)"],
    "clear": ["from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)"],
    "clear later": ["from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)"],
    "logging": ["import logging\nlogging.warning('careful')"],
    "warnings": ["import warnings\nwarnings.warn('careful', stacklevel=1)"],
    "thread": ["import threading\nt = threading.Thread(target=print, args=('from thread',))\nt.start(); t.join()"],
    "multiprocessing": [
        "import multiprocessing as mp\ndef f(q): q.put(7)\nq = mp.get_context('fork').Queue()\n"
        "p = mp.get_context('fork').Process(target=f, args=(q,)); p.start(); v = q.get(); p.join(); v"
    ],
    "html": ["from IPython.display import HTML\nHTML('<b>x</b>')"],
    "markdown": ["from IPython.display import Markdown, display\ndisplay(Markdown('# x'))"],
    "help": ["len?"],
    "semicolon": ["1;"],
    "underscore": ["5", "_ + 1"],
    "nothing": ["", "pass"],
    "widget": ["import ipywidgets as w\nw.IntSlider(value=3)"],
}

FAILING = {
    "exception": ["1/0", "'not reached'"],
    "syntax": ["def :"],
    "name": ["undefined_name"],
    "sys.exit": ["import sys\nsys.exit(3)", "'not reached'"],
    "input": ["input('?')"],
    "raises tag": ["1/0", "'after'"],
    "magic": ["%no_such_magic"],
    "long output then error": ["print('x' * 200_000)\nraise ValueError('end')"],
}


@pytest.fixture(autouse=True)
def _registered() -> None:
    papermill_engines.register("fazhi-fork", ForkEngine)


def notebook(sources: list[str], folder: Path, tags: dict[int, list[str]] | None = None) -> Path:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, source in enumerate(sources):
        cell = nbformat.v4.new_code_cell(source)
        cell.metadata.tags = (tags or {}).get(number, [])
        node.cells.append(cell)
    path = folder / "in.ipynb"
    nbformat.write(node, path)
    return path


def run(path: Path, engine: str | None, **options: Any) -> tuple[Any, BaseException | None]:
    out = path.with_name(f"out-{engine}.ipynb")
    error: BaseException | None = None
    try:
        # The stock kernel does not watch its file descriptors when it finds itself under pytest.
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("PYTEST_CURRENT_TEST", raising=False)
            papermill.execute_notebook(str(path), str(out), engine_name=engine, progress_bar=False, **options)
    except (PapermillExecutionError, DeadKernelError, CellTimeoutError) as caught:
        error = caught
    return nbformat.read(out, 4), error


_VOLATILE = [
    (re.compile(r"0x[0-9a-f]+"), "0x"),
    (re.compile(r"\x1b\[[0-9;]*m"), ""),
    (re.compile(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-\d+-[0-9a-f]+>"), "<cell>"),
    (re.compile(r"(?:File|Cell) (?:In\[\d+\]|<cell>)[^\n]*"), "<place>"),
    (re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:[_-][0-9a-f]{4}){3}[_-][0-9a-f]{12}"), "<id>"),
    (re.compile(r"\((?:\d+\.py|<cell>), line"), "(<cell>, line"),
]


def outputs(cell: Any) -> list[Any]:
    kept: list[Any] = []
    for output in cell.get("outputs", []):
        output = dict(output)
        if output["output_type"] == "stream" and kept and kept[-1].get("name") == output["name"]:
            kept[-1]["text"] += output["text"]
            continue
        kept.append(output)
    for output in kept:
        for key in ("text", "evalue"):
            if key in output:
                output[key] = normal(output[key])
        if "traceback" in output:
            output["traceback"] = normal("\n".join(output["traceback"])).splitlines()[-1:]
        if "data" in output:
            output["data"] = {kind: normal(str(value)) for kind, value in output["data"].items()}
    return kept


def normal(text: str) -> str:
    for pattern, word in _VOLATILE:
        text = pattern.sub(word, text)
    return text


def same(forked: list[Any], stock: list[Any]) -> None:
    assert [outputs(cell) for cell in forked] == [outputs(cell) for cell in stock]
    assert [c.get("execution_count") for c in forked] == [c.get("execution_count") for c in stock]
    for notes in zip(*[[c.metadata.get("papermill", {}) for c in cells] for cells in (forked, stock)], strict=True):
        assert sorted(notes[0]) == sorted(notes[1])
        assert notes[0].get("status") == notes[1].get("status")


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Any], list[Any]]]:
    """The cells of every case on both engines, all in one notebook; the failing ones are allowed to fail."""
    cases = {**PARITY, **FAILING}
    sources = [source for name in cases for source in cases[name]]
    path = notebook(
        sources, tmp_path_factory.mktemp("together"), {n: ["raises-exception"] for n in range(len(sources))}
    )
    papermill_engines.register("fazhi-fork", ForkEngine)
    forked, forked_error = run(path, "fazhi-fork")
    stock, stock_error = run(path, None)
    # Papermill runs on after an error that a tag allows, says so at the end, and points to it in cells of its own.
    assert type(forked_error) is type(stock_error) is PapermillExecutionError
    both = [
        [cell for cell in node.cells if "papermill-error-cell-tag" not in cell.metadata.tags]
        for node in (forked, stock)
    ]
    assert len(both[0]) == len(both[1]) == len(sources)
    assert forked.metadata.language_info == stock.metadata.language_info
    found, first = {}, 0
    for name, cells in cases.items():
        found[name] = (both[0][first : first + len(cells)], both[1][first : first + len(cells)])
        first += len(cells)
    return found


@pytest.mark.parametrize("name", [*PARITY, *FAILING])
def test_same_cells_as_the_stock_kernel(name: str, together: dict[str, tuple[list[Any], list[Any]]]) -> None:
    same(*together[name])


def test_cases_do_what_they_say(together: dict[str, tuple[list[Any], list[Any]]]) -> None:
    """Both engines doing nothing would also be the same."""
    shown = {name: str([outputs(cell) for cell in cells]) for name, (cells, _) in together.items()}
    for name, text in {
        "descriptor": "raw",
        "subprocess": "child",
        "system": "sys",
        "multiprocessing": "7",
        "thread": "from thread",
        "warnings": "UserWarning: careful",
        "widget": "application/vnd.jupyter.widget-view+json",
        "figure": "image/png",
        "await": "done",
        "sys.exit": "SystemExit",
        "input": "StdinNotImplementedError",
        "long output then error": "xxxx",
    }.items():
        assert text in shown[name], name
    assert "1" not in [output.get("text", "").strip() for output in together["clear"][0][0].outputs]


@pytest.mark.nightly
@pytest.mark.parametrize("name", PARITY)
def test_same_notebook_as_the_stock_kernel(name: str, tmp_path: Path) -> None:
    path = notebook(PARITY[name], tmp_path)
    forked, forked_error = run(path, "fazhi-fork")
    stock, stock_error = run(path, None)
    assert forked_error is None
    assert stock_error is None
    same(forked.cells, stock.cells)
    assert forked.metadata.language_info == stock.metadata.language_info


_OFTEN = ("exception", "sys.exit")


@pytest.mark.parametrize(
    "name", [name if name in _OFTEN else pytest.param(name, marks=pytest.mark.nightly) for name in FAILING]
)
def test_same_errors_as_the_stock_kernel(name: str, tmp_path: Path) -> None:
    path = notebook(FAILING[name], tmp_path, {0: ["raises-exception"]} if name == "raises tag" else None)
    forked, forked_error = run(path, "fazhi-fork")
    stock, stock_error = run(path, None)
    assert type(forked_error) is type(stock_error)
    assert isinstance(forked_error, PapermillExecutionError)
    same(forked.cells, stock.cells)


DYING = {
    "os._exit": ["1", "import os\nprint('before', flush=True)\nos._exit(3)", "2"],
    "segmentation fault": ["1", "import ctypes\nctypes.string_at(0)", "2"],
    "killed, as when memory is short": ["1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "2"],
    "cell out of time": ["1", "import time\ntime.sleep(60)", "2"],
}


@pytest.mark.parametrize(
    "name", [name if name == "os._exit" else pytest.param(name, marks=pytest.mark.nightly) for name in DYING]
)
def test_same_end_as_the_stock_kernel(name: str, tmp_path: Path) -> None:
    path = notebook(DYING[name], tmp_path)
    options = {"execution_timeout": 2} if name == "cell out of time" else {}
    (forked, forked_error), (stock, stock_error) = [run(path, engine, **options) for engine in ("fazhi-fork", None)]
    assert type(forked_error) is type(stock_error) is (CellTimeoutError if options else DeadKernelError)
    assert forked.cells[0].outputs == stock.cells[0].outputs != []
    assert [cell.metadata.papermill.status for cell in forked.cells] == [
        cell.metadata.papermill.status for cell in stock.cells
    ]


_EVERY_TIME = ("start_here", "year_over_year", "explore")


@pytest.mark.parametrize(
    "name",
    [
        name if name in _EVERY_TIME else pytest.param(name, marks=pytest.mark.nightly)
        for name in sorted(path.stem for path in bundled_notebooks().glob("*.ipynb"))
    ],
)
def test_every_notebook_as_on_the_stock_kernel(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in.ipynb"
    path.write_bytes((bundled_notebooks() / f"{name}.ipynb").read_bytes())
    (forked, forked_error), (stock, stock_error) = [
        run(path, engine, parameters={"region": "砚桥县", "year": 2024}, cwd=str(tmp_path), kernel_name="python3")
        for engine in ("fazhi-fork", None)
    ]
    assert forked_error is stock_error is None
    assert any(outputs(cell) for cell in stock.cells)
    same(forked.cells, stock.cells)

"""What one notebook does stays with it: crashes, hangs, leftovers, global state."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.forked.engine import ForkEngine

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not warm.available(), reason="this system cannot fork"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(autouse=True)
def _registered() -> None:
    papermill_engines.register("fazhi-fork", ForkEngine)


def execute(folder: Path, *sources: str, **options: object) -> nbformat.NotebookNode:
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "in.ipynb"
    nbformat.write(node, path)
    return papermill.execute_notebook(
        str(path), str(folder / "out.ipynb"), engine_name="fazhi-fork", progress_bar=False, **options
    )


def shown(node: nbformat.NotebookNode) -> str:
    output = node.cells[-1].outputs[0]
    return str(output["data"]["text/plain"] if "data" in output else output["text"])


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(1)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import ctypes; ctypes.string_at(0)",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1, 1)); import os; os.abort()",
    ],
)
def test_a_crash_takes_only_its_own_notebook(source: str, tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        execute(tmp_path, "1", source, "2")
    kept = nbformat.read(tmp_path / "out.ipynb", 4)
    assert kept.cells[0].metadata.papermill.status == "completed"
    assert kept.cells[2].metadata.papermill.status != "completed" or kept.cells[2].execution_count is None
    assert shown(execute(tmp_path, "6 * 7")) == "42"


def test_a_hungry_notebook_takes_only_itself_down(tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))"
    with pytest.raises(PapermillExecutionError, match="MemoryError"):
        execute(tmp_path, limit, "[bytearray(1 << 30) for _ in range(64)]", "2")
    kept = nbformat.read(tmp_path / "out.ipynb", 4)
    assert "MemoryError" in [output.get("ename") for cell in kept.cells for output in cell.get("outputs", [])]
    assert shown(execute(tmp_path, "import resource; resource.getrlimit(resource.RLIMIT_AS)[0] == 4 << 30")) == "False"


def test_exit_ends_the_kernel_after_its_cell(tmp_path: Path) -> None:
    assert execute(tmp_path, "1", "exit").cells[1].metadata.papermill.status == "completed"
    with pytest.raises(DeadKernelError):
        execute(tmp_path, "exit", "1")


def test_a_cell_over_its_time_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    started = time.monotonic()
    source = "import subprocess, time\np = subprocess.Popen(['sleep', '987'])\nprint(p.pid)\ntime.sleep(60)"
    with pytest.raises(CellTimeoutError):
        execute(tmp_path, source, execution_timeout=2)
    assert time.monotonic() - started < 30
    pid = int(nbformat.read(tmp_path / "out.ipynb", 4).cells[0].outputs[0]["text"])
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]:
            break
        time.sleep(0.1)
    else:
        pytest.fail("a subprocess outlived its notebook")


def test_a_notebook_over_its_time_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(CellTimeoutError, match="notebook ran longer"):
        execute(tmp_path, *["import time; time.sleep(1)"] * 20, notebook_timeout=2.5)
    cells = nbformat.read(tmp_path / "out.ipynb", 4).cells
    assert cells[0].metadata.papermill.status == "completed"
    assert cells[10].execution_count is None


def test_nothing_leaks_into_the_next_run(tmp_path: Path) -> None:
    execute(
        tmp_path,
        "import os, sys, builtins, pandas as pd, matplotlib as mpl, warnings\n"
        "builtins.leak = 1; os.environ['LEAK'] = '1'; sys.path.append('/leak'); os.chdir('/')\n"
        "pd.set_option('display.max_rows', 3); mpl.rcParams['font.size'] = 99; warnings.simplefilter('error')\n"
        "import matplotlib.pyplot as plt; plt.figure(); import json; json.leak = 1",
    )
    after = execute(
        tmp_path,
        "import os, sys, builtins, pandas as pd, matplotlib as mpl, json, matplotlib.pyplot as plt\n"
        "[hasattr(builtins, 'leak'), 'LEAK' in os.environ, '/leak' in sys.path, os.getcwd() == '/',\n"
        " pd.get_option('display.max_rows') == 3, mpl.rcParams['font.size'] == 99, plt.get_fignums() != [],\n"
        " hasattr(json, 'leak'), 'x' in globals()]",
    )
    assert "True" not in shown(after)


def test_each_run_has_random_numbers_of_its_own(tmp_path: Path) -> None:
    source = "import numpy as np, random; (np.random.random(), random.random())"
    assert shown(execute(tmp_path, source)) != shown(execute(tmp_path, source))


def test_the_caller_s_environment_and_folder_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(tmp_path, "1")
    monkeypatch.setenv("FAZHI_TEST_WORD", "今年")
    monkeypatch.chdir(tmp_path)
    seen = shown(execute(tmp_path, "import os; (os.environ['FAZHI_TEST_WORD'], os.getcwd())"))
    assert ast.literal_eval(seen) == ("今年", str(tmp_path))


def test_main_module_of_the_caller_is_left_alone(tmp_path: Path) -> None:
    assert shown(execute(tmp_path, "__name__, __import__('sys').modules['__main__'].__dict__ is globals()")) == (
        "('__main__', True)"
    )


def test_nothing_of_the_caller_leaks_into_a_notebook(tmp_path: Path) -> None:
    """An analyst's own script: its figures, log, warnings and options stay its own, whatever it has imported."""
    look = (
        "import logging, warnings, matplotlib, pandas as pd, matplotlib.pyplot as plt\n"
        "print(matplotlib.get_backend(), len(logging.root.handlers), pd.get_option('display.precision'),"
        " plt.get_fignums(), plt.rcParams['font.size'])\n"
        "warnings.warn('seen', stacklevel=1)"
    )
    node = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("region = ''\nyear = 0\nlang = 'zh'\ndata = None")]
    )
    node.cells[0].metadata.tags = ["parameters"]
    node.cells.append(nbformat.v4.new_code_cell(look))
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(node, tmp_path / "look.ipynb")
    script = (
        "import logging, warnings, matplotlib\n"
        "matplotlib.use('Agg')\n"
        "import matplotlib.pyplot as plt, pandas as pd, fazhi_analysis.running.forked.preload\n"
        "plt.rcParams['font.size'] = 33; plt.figure(); logging.basicConfig(); warnings.simplefilter('ignore')\n"
        "pd.set_option('display.precision', 2)\n"
        "from fazhi_analysis import run_report\n"
        "run_report('霁原旗', 2024, out='out', notebooks=['look.ipynb'])\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    outputs = nbformat.read(tmp_path / "out" / "霁原旗-2024" / "look.ipynb", 4).cells[-1].outputs
    printed = {
        name: "".join(one["text"] for one in outputs if one.get("name") == name) for name in ("stdout", "stderr")
    }
    assert printed["stdout"].split(maxsplit=1)[0].endswith("backend_inline") or printed["stdout"].startswith("inline ")
    assert printed["stdout"].split(maxsplit=1)[1] == "0 6 [] 10.0\n"
    assert "UserWarning: seen" in printed["stderr"]


@pytest.mark.parametrize("warmed", [False, True], ids=["fork server", "warm caller"])
def test_children_die_with_their_caller(warmed: bool, tmp_path: Path) -> None:
    pid_file, script, path = tmp_path / "pid", tmp_path / "caller.py", tmp_path / "in.ipynb"
    source = f"import os, time\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(99)"
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(node, path)
    script.write_text(
        "import papermill\n"
        "from papermill.engines import papermill_engines\n"
        "from fazhi_analysis.running.forked import warm\n"
        "from fazhi_analysis.running.forked.engine import ForkEngine\n"
        "papermill_engines.register('fazhi-fork', ForkEngine)\n"
        f"{'warm.warm_up()' if warmed else ''}\n"
        f"assert warm.is_warm() is {warmed}\n"
        f"papermill.execute_notebook({str(path)!r}, None, engine_name='fazhi-fork', progress_bar=False)\n",
        encoding="utf-8",
    )
    with (tmp_path / "log").open("w") as log:
        caller = subprocess.Popen([sys.executable, str(script)], stderr=log, stdout=log)
    try:
        while not (pid_file.exists() and pid_file.read_text()):
            assert caller.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
    finally:
        caller.kill()
        caller.wait()
    pid = int(pid_file.read_text())
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("a child outlived its killed caller")


@pytest.mark.nightly
def test_memory_does_not_grow_over_300_runs(tmp_path: Path) -> None:
    def rounds(count: int) -> list[tuple[int, int]]:
        for _ in range(count):
            execute(tmp_path, "import numpy as np; a = np.ones(1_000_000); a.sum()")
        # The caller and the fork server that its notebooks come from: memory in KiB, open files.
        return [held(pid) for pid in (os.getpid(), forkserver._forkserver._forkserver_pid)]

    early = rounds(60)
    late = rounds(240)
    for (memory, files), (more_memory, more_files) in zip(early, late, strict=True):
        assert more_memory - memory < 30_000, f"grew from {early} to {late}"
        assert more_files - files <= 3, f"grew from {early} to {late}"


def held(pid: int) -> tuple[int, int]:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]), len(list(Path(f"/proc/{pid}/fd").iterdir()))  # type: ignore[index]


def test_papermill_knows_the_engine_by_its_entry_point(tmp_path: Path) -> None:
    source = (
        "import os; from fazhi_analysis.running.forked import warm; print(warm.PRELOAD in __import__('sys').modules)"
    )
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(node, tmp_path / "in.ipynb")
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--engine",
        "fazhi-fork",
        "in.ipynb",
        "out.ipynb",
        "--no-progress-bar",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[0].outputs[0]["text"] == "True\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [("ValueError('nothing left')", "ValueError: nothing left"), ("KeyboardInterrupt()", "KeyboardInterrupt")],
)
def test_an_error_whose_trace_cannot_be_shown_is_named_all_the_same(tmp_path: Path, error: str, told: str) -> None:
    unshown = "get_ipython().InteractiveTB.structured_traceback = None"  # as where no file can be opened any more
    with pytest.raises(PapermillExecutionError) as caught:
        execute(tmp_path, unshown, f"raise {error}")
    assert f"{caught.value.ename}: {caught.value.evalue}".startswith(told)
    made = nbformat.read(tmp_path / "out.ipynb", 4)
    assert [one.ename for cell in made.cells for one in cell.get("outputs", ()) if one.output_type == "error"] == [
        told.split(":")[0]
    ]

"""JupyterLab on the notebooks: in their own folder where that can be written to, else on copies.

Nothing is asked of the network: no news, no update check, no extension catalogue.
"""

from __future__ import annotations

import importlib.util
import locale
import os
import shutil
import socket
import sys
from pathlib import Path

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.errors import DataError, MissingExtraError, UsageError
from fazhi_analysis.presenting.pages.explore import DATA_VARIABLE

COPIES = "fazhi-notebooks"
"""Folder for copies, below the current one, where the installed notebooks cannot be written to."""

_LAST_PORT = 65535

SETTINGS = Path(__file__).parent / "jupyter"
"""Jupyter's settings for ``fazhi lab``, after those of the user."""

OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def working_folder(folder: Path | None = None) -> Path:
    """The folder to work in: ``folder`` filled with the notebooks that it lacks, or the notebooks' own, or copies.

    Notebooks that are there already are never written over. Raises DataError where nothing can be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     (working_folder(Path(place, "mine")) / "explore.ipynb").is_file()
    True
    """
    source = bundled_notebooks()
    if folder is None:
        if os.access(source, os.W_OK) and source.parent.name != "_bundled":
            return source
        folder = Path(COPIES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(source.glob("*.ipynb")):
            if not (folder / notebook.name).exists():
                shutil.copyfile(notebook, folder / notebook.name)
    except OSError as error:
        raise DataError(folder, "running.folder.lab_cannot_write", reason=error.strerror or str(error)) from None
    return folder


def lab_command(folder: Path, *, browser: bool = True, port: int | None = None, allow_root: bool = False) -> list[str]:
    """The command that starts JupyterLab on ``explore.ipynb`` of this folder, with this Python.

    Raises MissingExtraError where JupyterLab is not installed, UsageError where the port is taken, and for root unless
    that is allowed: JupyterLab itself would say neither in a way that tells what to type.

    >>> lab_command(Path("mine"), browser=False, allow_root=True)[-1]
    '--no-browser'
    """
    for name in ("jupyterlab", "ipywidgets"):
        if importlib.util.find_spec(name) is None:
            raise MissingExtraError("fazhi lab", "running.lab.missing", name=name)
    command = [sys.executable, "-m", "jupyterlab", str(folder / "explore.ipynb"), *OFFLINE]
    if _is_root():
        if not allow_root:
            raise UsageError("fazhi lab", "running.lab.root")
        command.append("--allow-root")
    if port is not None:
        if _is_taken(port):
            raise UsageError(
                f"--port {port}", "running.lab.port_taken", other=port + 1 if port < _LAST_PORT else port - 1
            )
        command.append(f"--port={port}")
    return command if browser else [*command, "--no-browser"]


def lab_environment(data: Path | None = None, lang: str = "") -> dict[str, str]:
    """The environment for JupyterLab: kernels of this Python come before the user's, and nobody is asked about news.

    ``data`` is the folder that the notebooks store into, the same as in the terminal; with ``lang`` ``zh`` the menus
    are Chinese, unless the user has chosen another language in JupyterLab.

    >>> lab_environment()["JUPYTER_PREFER_ENV_PATH"]
    '1'
    >>> lab_environment(Path("/srv/data"))[DATA_VARIABLE]
    '/srv/data'
    >>> (SETTINGS / "labconfig" / "page_config.json").is_file()
    True
    """
    chosen = [SETTINGS / lang] if (SETTINGS / lang / "labconfig").is_dir() and lang else []
    paths = [*filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")]), *map(str, [*chosen, SETTINGS])]
    made = {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
    return made if data is None else {**made, DATA_VARIABLE: str(data.resolve())}


def system_language() -> str:
    """The language of the system, ``zh`` or ``en``: that of the messages of programs, as the environment names it.

    >>> system_language() in ("zh", "en")
    True
    """
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), "") or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

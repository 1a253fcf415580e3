"""JupyterLab on the notebooks: in their own folder where that can be written to, else on copies.

Nothing is asked of the network: no news, no update check, no extension catalogue.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from fazhi_analysis._paths import bundled_notebooks
from fazhi_analysis.errors import DataError, MissingExtraError

COPIES = "fazhi-notebooks"
"""Folder for copies, below the current one, where the installed notebooks cannot be written to."""

SETTINGS = Path(__file__).parent / "jupyter"
"""Jupyter's settings for ``fazhi lab``, after those of the user."""

OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def working_folder(folder: Path | None = None, source: Path | None = None) -> Path:
    """The folder to work in: ``folder`` filled with the notebooks that it lacks, or the notebooks' own, or copies.

    Notebooks that are there already are never written over. Raises DataError where nothing can be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     (working_folder(Path(place, "mine")) / "explore.ipynb").is_file()
    True
    """
    source = bundled_notebooks() if source is None else source
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


def lab_command(folder: Path, *, browser: bool = True, port: int | None = None) -> list[str]:
    """The command that starts JupyterLab on ``explore.ipynb`` of this folder, with this Python.

    Raises MissingExtraError where JupyterLab is not installed.

    >>> lab_command(Path("mine"), browser=False)[-1]
    '--no-browser'
    """
    for name in ("jupyterlab", "ipywidgets"):
        if importlib.util.find_spec(name) is None:
            raise MissingExtraError("fazhi lab", "running.lab.missing", name=name)
    command = [sys.executable, "-m", "jupyterlab", str(folder / "explore.ipynb"), *OFFLINE]
    if port is not None:
        command.append(f"--port={port}")
    return command if browser else [*command, "--no-browser"]


def lab_environment() -> dict[str, str]:
    """The environment for JupyterLab: kernels of this Python come before the user's, and nobody is asked about news.

    >>> lab_environment()["JUPYTER_PREFER_ENV_PATH"]
    '1'
    >>> (SETTINGS / "labconfig" / "page_config.json").is_file()
    True
    """
    paths = [*filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")]), str(SETTINGS)]
    return {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}

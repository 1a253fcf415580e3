"""Where files lie: the bundled data and notebooks, the font, and what environment variables name."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent.parent


def bundled_data() -> Path:
    """Folder of the bundled data: ``reports/`` with real figures and ``sample/`` with the fictional places.

    >>> (bundled_data() / "reports").is_dir()
    True
    """
    return _ROOT / "data"


def bundled_notebooks() -> Path:
    """Folder of the parameterised notebooks.

    >>> bundled_notebooks().name
    'notebooks'
    """
    return _ROOT / "notebooks"


OWN_FILES = ("FAZHI_CATALOGUE", "FAZHI_DIVISIONS")
"""Environment variables that name a file of the user's on which every figure rests."""

OWN_FOLDERS = ("FAZHI_DATA", "FAZHI_CACHE")
"""Environment variables that name a folder of the user's."""


def settle_environment() -> dict[str, str]:
    """Give the paths that environment variables name from the current folder on in full, and return those that are set.

    A notebook runs in the folder of its result, where a relative path would name another file.

    >>> all(Path(path).is_absolute() for path in settle_environment().values())
    True
    """
    named = {name: os.environ[name] for name in (*OWN_FILES, *OWN_FOLDERS) if os.environ.get(name)}
    full = {name: str(Path(path).resolve()) for name, path in named.items()}
    os.environ.update(full)
    return full


@cache
def chinese_font() -> Path | None:
    """Noto Sans SC (SIL Open Font License) in the wheel of zhplot, or None when that is gone.

    Its folder is found without importing zhplot, whose import changes matplotlib's settings.

    >>> chinese_font().name
    'NotoSansSC-Regular.ttf'
    """
    spec = importlib.util.find_spec("zhplot")
    path = Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf" if spec and spec.origin else None
    return path if path is not None and path.is_file() else None

"""Where the bundled data and notebooks lie: in the installed wheel, or in the checkout beside ``src``."""

from __future__ import annotations

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

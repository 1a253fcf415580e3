"""Where the bundled data and notebooks lie: in the installed wheel, or in the checkout beside ``src``; and the font."""

from __future__ import annotations

import importlib.util
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

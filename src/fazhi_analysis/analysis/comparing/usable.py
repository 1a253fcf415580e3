"""What a usable result is, decided once: a printed level that reports a result, each figure counted once.

Pages, narrative, comparison, survey, follow-up and the summary of a result all ask here which figures they may use, and
why not the others. A result *of the year* moreover covers the year of its report: a total over several years, or a
figure of an earlier year, is a result but not this year's. Comparisons do not ask for that, since two figures compare
when they lie in the same way to their own years (:mod:`fazhi_analysis.analysis.comparing.periods`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.comparing.periods import FULL_YEAR
from fazhi_analysis.analysis.comparing.series import Figures, figures, filled
from fazhi_analysis.analysis.integer_codes import Bools
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import METRIC_KINDS

if TYPE_CHECKING:
    import pandas as pd

UNUSABLE: Final[tuple[str, ...]] = (
    "", "not_metric", "no_value", "duplicate", "plan", "target", "change_only", "appendix", "unnamed",
)  # fmt: skip
"""Why a row is no usable result, the weightiest first; the empty text stands for a usable one."""

# 总量, 建成数, 国家级数, 街道数, 占全市比率, /日数: a label that does not say what is counted pairs with anything.
_NAMES_NOTHING = pattern(
    r"/.*|未注明事项.*|(?:<measures alone>|<acts alone>|<grades>)+|(?!<occupying>)占.*"
    r"|(?:<doing what was set>)?(?:<bare heads>)(?:<measures alone>)?"
)

OTHER_PERIOD: Final = "period"
"""Why a usable result is not one of the year of its report."""


def unusable_codes(data: Figures) -> npt.NDArray[np.int8]:
    """Why each row is no usable result, as an index into ``UNUSABLE``."""
    why = np.zeros(len(data), dtype=np.int8)
    metric = data.kind.per_row(METRIC_KINDS.__contains__, bool)
    if "is_metric" in data.frame.columns:
        metric = metric & data.pick(data.frame["is_metric"].to_numpy(dtype=bool, na_value=False))
    role = data.text("role", "result").per_row(_role_code, np.int8)
    change = data.text("change", "level").per_row(lambda text: text not in ("", "level"), bool)
    unlinked = data.text("indicator_id").per_row(lambda text: not text, bool)
    unnamed = data.text("label").per_row(lambda text: _NAMES_NOTHING.fullmatch(text) is not None, bool)
    # Explanations of words, and lists of next year's tasks, stand behind the body.
    appendix = data.text("section").per_row(lambda text: text == "appendix", bool)
    # The last assignment wins, so the weightiest reason comes last.
    why[unlinked & unnamed] = UNUSABLE.index("unnamed")
    why[unlinked & appendix] = UNUSABLE.index("appendix")
    why[change] = UNUSABLE.index("change_only")
    np.copyto(why, role, where=role > 0)
    if "duplicate_of" in data.frame.columns:
        why[data.pick(filled(data.frame["duplicate_of"]))] = UNUSABLE.index("duplicate")
    why[np.isnan(data.lower) | np.isnan(data.upper) | np.isnan(data.value)] = UNUSABLE.index("no_value")
    why[~metric] = UNUSABLE.index("not_metric")
    return why


def covers_year(data: Figures) -> Bools:
    """Whether each row covers the year of its report; a stock at the end of that year does."""
    return np.asarray(data.period.codes == data.period.texts.index(FULL_YEAR))


def why_unusable(metrics: pd.DataFrame) -> pd.Series[str]:
    """Why each row of a metrics table is no usable result of its year: a code of ``reasons.REASONS``, empty for one.

    >>> import pandas as pd
    >>> metrics = pd.DataFrame({"region": "砚桥县", "year": 2024, "indicator_id": "penalty_cases", "unit": "件",
    ...     "kind": "count", "value": 3.0, "lower": 3.0, "upper": 3.0, "role": ["result", "plan", "result"],
    ...     "period": ["2024", "", "2022"]})
    >>> why_unusable(metrics).tolist()
    ['', 'plan', 'period']
    """
    import pandas as pd

    data = figures(metrics)
    why = np.array(UNUSABLE, dtype=object)[unusable_codes(data)]
    why[(why == "") & ~covers_year(data)] = OTHER_PERIOD
    return pd.Series(why, index=metrics.index, dtype="str")


def usable_results(metrics: pd.DataFrame, *, changes: bool = False) -> pd.DataFrame:
    """The rows of a metrics table that are usable results of their year, stated ``changes`` among them if wanted.

    >>> from fazhi_analysis import load_metrics
    >>> rows = load_metrics(regions=["霁原旗"], years=[2024])
    >>> 0 < len(usable_results(rows)) < len(usable_results(rows, changes=True)) < len(rows)
    True
    """
    data = figures(metrics)
    why = unusable_codes(data)
    usable = (why == 0) | ((why == UNUSABLE.index("change_only")) & changes)
    found: pd.DataFrame = metrics[usable & covers_year(data)]
    return found


def _role_code(role: str) -> int:
    return UNUSABLE.index(role) if role in ("plan", "target") else 0

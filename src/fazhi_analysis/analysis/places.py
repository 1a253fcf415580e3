"""Which places a caller means, among those that the data hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from fazhi_analysis.analysis.codes import Codes, category, column_codes
from fazhi_analysis.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

_BOUNDARY = "省市区县旗盟州"
_SHOWN = 20


def place_codes(metrics: pd.DataFrame) -> Codes:
    """The place of each row: its division code, or its name where it has no code.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"region_code": ["150623", ""], "region": ["某旗", "某局"]})
    >>> place_codes(frame).per_row(str).tolist()
    ['150623', '某局']
    """
    code = column_codes(metrics, "region_code")
    if code.codes.all():
        return code
    name = column_codes(metrics, "region")
    codes = np.where(code.codes > 0, code.codes, np.where(name.codes > 0, name.codes + len(code.texts) - 1, 0))
    return Codes(codes, code.texts + name.texts[1:])


def names_of(metrics: pd.DataFrame) -> dict[str, set[str]]:
    """Every place of the data (code, or name where there is no code) with the full names that it goes by."""
    import pandas as pd

    place = place_codes(metrics)
    name = column_codes(metrics, "region")
    pairs = pd.DataFrame({"place": category(place.codes, place.texts), "name": category(name.codes, name.texts)})
    names: dict[str, set[str]] = {}
    for code, text in pairs.drop_duplicates().itertuples(index=False):
        names.setdefault(str(code), set()).add(str(text))
    return names


def _called(asked: str, code: str, name: str) -> bool:
    """Whether a place may be called so: code, full name, or own name (what follows the name of a larger place)."""
    if asked in (code, name):
        return True
    return bool(asked) and name.endswith(asked) and name[-len(asked) - 1] in _BOUNDARY


def resolve(metrics: pd.DataFrame, region: str | Iterable[str] | None) -> list[str] | None:
    """Places (as in :func:`place_codes`) for codes, own names or full names; None means all and stays None.

    Raises UnknownNameError for a place that the data do not hold (listing what they hold) and for a name that fits
    several (listing them).

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"region_code": ["150623"], "region": ["内蒙古自治区鄂尔多斯市鄂托克前旗"]})
    >>> resolve(frame, "鄂托克前旗")
    ['150623']
    """
    if region is None:
        return None
    asked = [region] if isinstance(region, str) else list(region)
    names = names_of(metrics)
    return list(dict.fromkeys(_resolve_one(text, names) for text in asked))


def _resolve_one(asked: str, names: dict[str, set[str]]) -> str:
    asked = str(asked).strip()
    exact = [code for code, known in names.items() if asked and (asked == code or asked in known)]
    found = exact or [code for code, known in names.items() if any(_called(asked, code, name) for name in known)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(asked, "这个地名对应几个地方", f"请用全称或代码：{_listed(found, names)}")
    raise UnknownNameError(asked, "数据里没有这个地方", f"数据里有：{_listed(list(names), names)}")


def _listed(codes: Sequence[str], names: dict[str, set[str]]) -> str:
    shown = [f"{'、'.join(sorted(names[code]))}（{code}）" for code in sorted(codes)[:_SHOWN]]
    return "；".join(shown) + (f"等 {len(codes)} 个" if len(codes) > _SHOWN else "")


def chosen(place: Codes, places: Sequence[str] | None) -> npt.NDArray[np.bool_] | None:
    """Rows of the chosen places, or None for all rows."""
    if places is None:
        return None
    wanted = set(places)
    return place.per_row(lambda text: text in wanted, bool)

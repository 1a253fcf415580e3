"""Integer codes for text columns: what lets a million rows be compared without a loop over rows.

A column becomes an array of small integers and the list of texts that they stand for. Code 0 is always the empty text,
whatever the column calls missing (``""``, ``None``, ``NaN``); categorical, ``str``, ``string`` and ``object`` columns
give the same codes for the same texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Codes:
    """A text column as integers: ``texts[codes[i]]`` is the text of row ``i``, and ``texts[0]`` is empty.

    >>> import pandas as pd
    >>> column = encode(pd.Series(["件", None, "", "件"]))
    >>> column.codes.tolist(), column.texts
    ([1, 0, 0, 1], ['', '件'])
    """

    codes: npt.NDArray[Any]
    texts: list[str]

    def take(self, rows: npt.NDArray[Any]) -> Codes:
        """The same texts for chosen rows only."""
        return Codes(self.codes[rows], self.texts)

    def lookup(self, function: Callable[[str], Any], dtype: Any = None) -> npt.NDArray[Any]:
        """One value a text: the function is called once a distinct text, never once a row."""
        return np.array([function(text) for text in self.texts], dtype=dtype)

    def per_row(self, function: Callable[[str], Any], dtype: Any = None) -> npt.NDArray[Any]:
        """The function's value for the text of every row."""
        return np.asarray(self.lookup(function, dtype)[self.codes])

    def regroup(self, function: Callable[[str], str]) -> Codes:
        """The column with each text replaced by what the function makes of it; equal results share a code.

        >>> Codes(np.array([1, 2]), ["", "件", "宗"]).regroup(lambda unit: "case" if unit else "").codes.tolist()
        [1, 1]
        """
        found: dict[str, int] = {"": 0}
        codes = [found.setdefault(function(text), len(found)) for text in self.texts]
        table = np.array(codes, dtype=_small(len(found)))
        return Codes(table[self.codes], list(found))

    def categorical(self, rows: npt.NDArray[Any], empty: npt.NDArray[Any] | None = None) -> pd.Categorical[Any]:
        """The texts of these rows as a categorical; the places in ``empty`` get the empty text."""
        taken = self.codes[rows]
        if empty is not None:
            taken[empty] = 0
        return category(taken, self.texts)


def category(codes: npt.NDArray[Any], texts: Sequence[str]) -> pd.Categorical[Any]:
    """A categorical from codes and distinct texts, without a check of every row.

    >>> list(category(np.array([1, 0]), ["", "件"]))
    ['件', '']
    """
    import pandas as pd

    small: Any = codes.astype(_small(len(texts)), copy=False)
    dtype: Any = pd.CategoricalDtype(pd.Index(list(texts), dtype="str"))
    return pd.Categorical.from_codes(small, dtype=dtype, validate=False)


def encode(column: pd.Series[Any]) -> Codes:
    """Integer codes of a text column of any dtype. Texts are unique; missing values are the empty text.

    >>> import pandas as pd
    >>> encode(pd.Series(["a", "b", "a"], dtype="category")).texts
    ['', 'a', 'b']
    """
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        texts = [str(text) for text in column.cat.categories.tolist()]
    else:
        codes, values = pd.factorize(column, use_na_sentinel=True)
        texts = [str(value) for value in values.tolist()]
    size = _small(len(texts) + 1)
    if "" not in texts and len(set(texts)) == len(texts):
        shifted = codes.astype(size)  # missing is -1 and becomes 0
        shifted += 1
        return Codes(shifted, ["", *texts])
    # The table's last place answers for -1; an empty text among the categories also becomes code 0.
    found: dict[str, int] = {"": 0}
    table = np.zeros(len(texts) + 1, dtype=size)
    for position, text in enumerate(texts):
        table[position] = found.setdefault(text, len(found))
    return Codes(table[codes], list(found))


def _small(count: int) -> type[np.signedinteger[Any]]:
    """The smallest type that holds so many codes."""
    return np.int8 if count <= 127 else np.int16 if count <= 32767 else np.int32


def constant(length: int, text: str = "") -> Codes:
    """A column that holds one text in every row.

    >>> constant(2, "result").codes.tolist()
    [1, 1]
    """
    return Codes(np.full(length, 1 if text else 0, dtype=np.int8), ["", text] if text else [""])


def column_codes(frame: pd.DataFrame, name: str, default: str = "") -> Codes:
    """Codes of a column of a frame; a column that is not there holds the default in every row."""
    return encode(frame[name]) if name in frame.columns else constant(len(frame), default)


def combine(*parts: tuple[npt.NDArray[Any], int], limit: int = 2**63) -> Ints:
    """One integer from several (codes, how many codes there are), ordered by the first part, then the second ...

    Raises OverflowError when there are ``limit`` combinations or more (63 bits by default).

    >>> combine((np.array([0, 1]), 2), (np.array([2, 0]), 3)).tolist()
    [2, 3]
    """
    size = 1
    for _, count in parts:
        size *= max(count, 1)
    if size >= limit:
        raise OverflowError("too many combinations of keys")
    key = parts[0][0].astype(np.int64)
    for codes, count in parts[1:]:
        key *= max(count, 1)
        key += codes
    return key

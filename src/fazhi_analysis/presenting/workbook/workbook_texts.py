"""The wording of the workbook, in both languages side by side (``texts/<first part of the key>.yaml``).

The correction sheet is read back by its headings, so that the same words serve both ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fazhi_analysis.messages import LANGUAGES, Texts
from fazhi_analysis.presenting.wording.page_texts import Words

TEXTS: Final = Texts("fazhi_analysis.presenting.workbook", "texts")


class WorkbookWords:
    """Wording of a workbook in one language; ``common`` are the words that pages use as well.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for a language without texts.

    >>> WorkbookWords("en")("column.why"), WorkbookWords("zh").code("qualifier", "over")
    ('Why', '余、超')
    """

    def __init__(self, lang: str = "zh") -> None:
        self.common = Words(lang)
        self.lang = lang

    def __call__(self, key: str, **fields: Any) -> str:
        """Text of a key with its fields filled in. Raises KeyError for a key without a text."""
        text = TEXTS[key][self.lang]
        return text.format(**fields) if fields else text

    def code(self, vocabulary: str, code: object) -> str:
        """Name of a word of a closed vocabulary; one that has no name stays as it is."""
        key = f"vocabulary.{vocabulary}.{code}"
        return TEXTS[key][self.lang] if key in TEXTS else str(code or "")


def code_of(vocabulary: str, written: str) -> str:
    """The code that a cell means, whether it holds the code or its name in either language; else what it holds.

    >>> code_of("qualifier", "确数"), code_of("qualifier", "over"), code_of("qualifier", "大概")
    ('exact', 'over', '大概')
    """
    start = f"vocabulary.{vocabulary}."
    for key, text in TEXTS.topic("vocabulary").items():
        if key.startswith(start) and written in text.values():
            return key.removeprefix(start)
    return written


def keys_of_headings() -> Mapping[str, str]:
    """Keys of the columns by their headings in any language.

    >>> keys_of_headings()["改为：数值"], keys_of_headings()["Why"]
    ('new_value', 'why')
    """
    return {
        text[lang]: key.removeprefix("column.") for lang in LANGUAGES for key, text in TEXTS.topic("column").items()
    }

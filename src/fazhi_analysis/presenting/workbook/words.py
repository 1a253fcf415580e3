"""The wording of the workbook, from one file a language (``texts/zh.yaml``, ``texts/en.yaml``).

The correction sheet is read back by its headings, so that the same words serve both ways.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any

from fazhi_analysis.presenting.wording.words import LANGUAGES, Words, flatten


@functools.cache
def texts(lang: str) -> Mapping[str, str]:
    """All wording of one language by dotted key.

    >>> texts("zh")["sheet.corrections"], texts("en")["column.new_value"]
    ('更正', 'New: value')
    """
    import yaml

    source = resources.files("fazhi_analysis.presenting.workbook").joinpath("texts", f"{lang}.yaml")
    return {key: str(value) for key, value in flatten(yaml.safe_load(source.read_text(encoding="utf-8"))).items()}


class WorkbookWords:
    """Wording of a workbook in one language; ``common`` are the words that pages use as well.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for a language that there is no text for.

    >>> WorkbookWords("en")("column.why"), WorkbookWords("zh").code("qualifier", "over")
    ('Why', '余、超')
    """

    def __init__(self, lang: str = "zh") -> None:
        self.common = Words(lang)
        self.lang = lang

    def __call__(self, key: str, **fields: Any) -> str:
        """Text of a key with its fields filled in. Raises KeyError for a key that there is no text for."""
        return texts(self.lang)[key].format(**fields) if fields else texts(self.lang)[key]

    def code(self, vocabulary: str, code: object) -> str:
        """Name of a word of a closed vocabulary; one that has no name stays as it is."""
        return texts(self.lang).get(f"{vocabulary}.{code}", str(code or ""))


def code_of(vocabulary: str, written: str) -> str:
    """The code that a cell means, whether it holds the code or its name in either language; else what it holds.

    >>> code_of("qualifier", "确数"), code_of("qualifier", "over"), code_of("qualifier", "大概")
    ('exact', 'over', '大概')
    """
    for lang in LANGUAGES:
        for key, text in texts(lang).items():
            group, _, code = key.partition(".")
            if group == vocabulary and text == written:
                return code
    return written


def keys_of_headings() -> Mapping[str, str]:
    """Keys of the columns by their headings in any language.

    >>> keys_of_headings()["改为：数值"], keys_of_headings()["Why"]
    ('new_value', 'why')
    """
    return {
        text: key.removeprefix("column.")
        for lang in LANGUAGES
        for key, text in texts(lang).items()
        if key.startswith("column.")
    }

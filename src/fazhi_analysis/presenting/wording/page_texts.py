"""All text that a page shows, in both languages side by side: ``texts/<first part of the key>.yaml``.

A page asks for words by key and never holds wording of its own, so that a page is in one language throughout. Source
wording in another language (a Chinese label on an English page) is marked with ``lang``.
"""

from __future__ import annotations

from typing import Any, Final

from fazhi_analysis.catalogue.english_nouns import unit_name
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.messages import LANGUAGES, LIST_SEPARATORS, Texts
from fazhi_analysis.presenting.html.markup import Fragment, escape, tag

TEXTS: Final = Texts("fazhi_analysis.presenting.wording", "texts")
HTML_LANG = {"zh": "zh-CN", "en": "en"}


class Words:
    """The wording of one language.

    Raises :class:`~fazhi_analysis.errors.UnknownNameError` for a language without texts.

    >>> words = Words("zh")
    >>> words("status.open")
    '待处理'
    >>> Words("en").unit("件")
    'cases'
    """

    def __init__(self, lang: str = "zh") -> None:
        if lang not in LANGUAGES:
            raise UnknownNameError(f"lang={lang}", "choice.language.unknown", languages=LANGUAGES)
        self.lang = lang

    @property
    def html_lang(self) -> str:
        """Value of the ``lang`` attribute of the page."""
        return HTML_LANG[self.lang]

    def __call__(self, key: str, /, **fields: Any) -> str:
        """Text of a key with its fields filled in. Raises KeyError for a key without a text."""
        text = TEXTS[key][self.lang]
        return text.format(**fields) if fields else text

    def get(self, key: str, default: str = "") -> str:
        """Text of a key, or the default: for vocabularies that may grow."""
        return TEXTS[key][self.lang] if key in TEXTS else default

    def has(self, key: str) -> bool:
        """Whether there is a text for this key."""
        return key in TEXTS

    def html(self, key: str, /, **fields: Any) -> Fragment:
        """Text of a key as HTML: the wording and the fields are escaped, fragments among the fields are kept.

        >>> str(Words("zh").html("page.place_year", place="<b>", year=2023))
        '&lt;b&gt; 2023 年'
        """
        return Fragment(escape(TEXTS[key][self.lang]).format(**{name: escape(value) for name, value in fields.items()}))

    def heading(self, text: str) -> str:
        """A word of a sentence where it stands alone: as a heading, a link, a cell.

        >>> Words("en").heading("what changed since 2023"), Words("zh").heading("年度对比")
        ('What changed since 2023', '年度对比')
        """
        return text[:1].upper() + text[1:]

    def join(self, items: list[str]) -> str:
        """A list in a sentence.

        >>> Words("zh").join(["甲", "乙"]), Words("en").join(["a", "b"])
        ('甲、乙', 'a, b')
        """
        return LIST_SEPARATORS[self.lang].join(items)

    def unit(self, unit: object) -> str:
        """A measure word in this language; unknown ones stay as they are.

        A unit that knows its English noun (:func:`~fazhi_analysis.presenting.wording.naming.unit_of`) brings it along.
        """
        word = str(unit or "")
        return word if self.lang == "zh" else getattr(unit, "english", "") or unit_name(word)

    def source(self, text: object) -> Fragment | str:
        """Chinese wording from a source: as it is on a Chinese page, marked with its language on another."""
        return str(text) if self.lang == "zh" else tag("span", text, lang="zh")

"""A message: a key and its fields, which becomes text in the language of its reader.

>>> message = Message("choice.place.existing", places=["甲县", "乙县"])
>>> str(message), message.text("en")
('现有地方：甲县、乙县', 'Available places: 甲县, 乙县')
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final

from fazhi_analysis.messages.texts import LANGUAGES, Texts

LIST_SEPARATORS: Final = {"zh": "、", "en": ", "}
_JOINED: Final = {"clauses": {"zh": "；", "en": "; "}, "phrases": {"zh": "，", "en": ", "}}
_NONE: Final = {"zh": "无", "en": "none"}
_TEXTS: Final = Texts("fazhi_analysis.messages")


class Message:
    """A message that has no language yet.

    ``key`` names a text of this folder; one that has no text is shown as it stands. Fields are text, numbers, other
    messages, pairs of texts (``{"zh": …, "en": …}``), or lists of these, which are joined as the language does; an
    empty list reads 无 (none). In a text, ``{name:clauses}`` joins a list with semicolons, ``{name:phrases}`` with
    commas, ``{n:place|places}`` is a number with its noun in the right form, and ``{n:~is|are}`` that word alone.
    ``str()`` is Chinese.
    """

    __slots__ = ("fields", "key")

    def __init__(self, key: str, /, **fields: Any) -> None:
        self.key = key
        self.fields = fields

    @property
    def is_known(self) -> bool:
        """Whether there is a text for the key."""
        return self.key in _TEXTS

    def text(self, lang: str = "zh") -> str:
        """The words in ``zh`` or ``en``; in Chinese for any other language."""
        try:
            template = _TEXTS[self.key]
        except KeyError:
            return self.key
        lang = lang if lang in LANGUAGES else "zh"
        return _Filler(lang).format(template[lang], **self.fields)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"Message({', '.join([repr(self.key), *(f'{name}={value!r}' for name, value in self.fields.items())])})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.key, self.fields) == (other.key, other.fields)

    def __hash__(self) -> int:
        return hash(self.key)


class _Filler(string.Formatter):
    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return value.text(self._lang)
        if isinstance(value, Mapping):
            return str(value[self._lang])
        if isinstance(value, (Sequence, Set)) and not isinstance(value, str):
            separators = _JOINED.get(format_spec, LIST_SEPARATORS)
            return separators[self._lang].join(self.format_field(item, "") for item in value) or _NONE[self._lang]
        return counted(value, format_spec) if "|" in format_spec else format(value, format_spec)


def counted(number: object, spec: str) -> str:
    """A number with its noun, or with ``~`` the word alone.

    >>> counted(1, "place|places"), counted(3, "place|places"), counted(3, "~is|are")
    ('1 place', '3 places', 'are')
    """
    one, _, many = spec.removeprefix("~").partition("|")
    word = one if str(number) == "1" else many
    return word if spec.startswith("~") else f"{number} {word}"


def word(vocabulary: str, code: str, lang: str = "zh") -> str:
    """The wording of a code of a closed vocabulary; one that has none is shown as it stands.

    >>> word("follow_up.verdict", "kept"), word("follow_up.verdict", "kept", "en"), word("follow_up.verdict", "")
    ('有据落实', 'kept, with evidence', '')
    """
    message = Message(f"{vocabulary}.{code}")
    return message.text(lang) if message.is_known else code


def shortened(items: Iterable[Any], limit: int, key: str = "common.and_more") -> list[Any] | Message:
    """A list for a message: whole, or its first items with how many there are (fields ``listed`` and ``n``).

    >>> shortened("甲乙", 2), str(shortened("甲乙丙", 2))
    (['甲', '乙'], '甲、乙等 3 个')
    """
    whole = list(items)
    return whole if len(whole) <= limit else Message(key, listed=whole[:limit], n=len(whole))

"""A choice among named values that works with the keyboard in JupyterLab.

JupyterLab takes the arrow keys, D and A for itself while a drop-down list has the focus, and D twice deletes the cell.
It leaves text fields alone, so a choice here is a text field with suggestions: type a part of the name, or clear it to
see all names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from fazhi_analysis.presenting.words import Words


class Pick:
    """A text field that accepts only its names. ``widget`` is what is shown; ``value`` is what the name stands for.

    >>> pick = Pick("领域", Words("zh"))
    >>> pick.options = [("全部", ""), ("行政执法", "enforcement")]
    >>> pick.value, pick.label
    ('', '全部')
    >>> pick.value = "enforcement"
    >>> pick.label
    '行政执法'
    """

    def __init__(self, description: str, words: Words, *, width: str = "22em", label_width: str = "5em") -> None:
        self._values: dict[str, Any] = {}
        self._name = ""
        self._acts: list[Callable[[], None]] = []
        self.widget = widgets.Combobox(
            description=description,
            placeholder=words("explore.pick_hint"),
            ensure_option=True,
            continuous_update=False,
            style={"description_width": label_width},
            layout=widgets.Layout(width=width, max_width="98%"),
        )
        self.widget.observe(self._typed, names="value")

    @property
    def options(self) -> list[tuple[str, Any]]:
        """Names and what they stand for; names that occur twice are numbered."""
        return list(self._values.items())

    @options.setter
    def options(self, pairs: Iterable[tuple[str, Any]]) -> None:
        values: dict[str, Any] = {}
        for name, value in pairs:
            number, unique = 1, name
            while unique in values:
                number += 1
                unique = f"{name}（{number}）"
            values[unique] = value
        kept = self.value if self._values else None
        self._values = values
        self.widget.options = list(values)
        self.value = kept

    @property
    def value(self) -> Any:
        """What is chosen, the last name that exists counting; None while there is nothing to choose from."""
        return self._values.get(self._name)

    @value.setter
    def value(self, value: Any) -> None:
        names = [name for name, known in self._values.items() if known == value]
        self.widget.value = (names or list(self._values) or [""])[0]
        self._name = str(self.widget.value)

    @property
    def label(self) -> str:
        """The name of what is chosen."""
        return self._name

    @property
    def description(self) -> str:
        """The label beside the field."""
        return str(self.widget.description)

    def on_change(self, act: Callable[[], None]) -> None:
        """Call this when another name is chosen; a name that does not exist is no choice."""
        self._acts.append(act)

    def _typed(self, event: dict[str, Any]) -> None:
        if event["new"] in self._values:
            self._name = str(event["new"])
            for act in self._acts:
                act()

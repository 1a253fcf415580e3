"""A choice among named values that works with the keyboard in JupyterLab.

JupyterLab takes the arrow keys, D and A for itself while a drop-down list has the focus, and D twice deletes the cell.
It leaves text fields alone, so a choice here is a text field with suggestions. What is chosen stands in it as its
placeholder: the field itself is empty, so that a click lists all names and nothing has to be cleared first. What means
none of the names, or several, stays in it and is shown in a line beside it: the field must never name one thing while
another is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from fazhi_analysis.errors import FazhiError
from fazhi_analysis.presenting.html.markup import tag
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.naming import quoting
from fazhi_analysis.presenting.wording.page_texts import Words

_LISTED = 8


class Pick:
    """A text field that accepts its names, and what means just one of them. ``widget`` is what is shown, ``note`` the
    line for names that do not exist; ``value`` is what the chosen name stands for. ``resolve`` gives the value of other
    ways to say a name, or raises a FazhiError.

    >>> pick = Pick("领域", Words("zh"))
    >>> pick.options = [("全部", ""), ("行政执法", "enforcement")]
    >>> pick.value, pick.label
    ('', '全部')
    >>> pick.value = "enforcement"
    >>> pick.label
    '行政执法'
    >>> pick.widget.value = "全"
    >>> pick.value, pick.widget.placeholder, pick.widget.value
    ('', '全部', '')
    """

    def __init__(
        self,
        description: str,
        words: Words,
        *,
        width: str = "22em",
        label_width: str = "5em",
        resolve: Callable[[str], Any] | None = None,
    ) -> None:
        self.words = words
        self._resolve = resolve
        self._values: dict[str, Any] = {}
        self._name = ""
        self._acts: list[Callable[[], None]] = []
        self.widget = widgets.Combobox(
            description=description,
            tooltip=words("explore.pick_hint"),
            ensure_option=False,  # else the browser keeps an unknown name to itself, and nobody says a word
            continuous_update=False,
            style={"description_width": label_width},
            layout=widgets.Layout(width=width, max_width="98%"),
        )
        self.note = widgets.HTML(layout=widgets.Layout(width="100%", display="none"))
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
        self._choose((names or list(self._values) or [""])[0])

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
        typed = str(event["new"]).strip()
        meant = [typed] if typed in self._values else self._meant(typed)
        self._say(typed, meant)
        if len(meant) == 1:
            self._choose(meant[0])

    def _choose(self, name: str) -> None:
        changed = name != self._name
        self._name = self.widget.placeholder = name
        self.widget.value = ""
        if changed:
            for act in self._acts:
                act()

    def _meant(self, typed: str) -> list[str]:
        """The names that a text may mean: nothing typed keeps the name; else another way to say it, or a part of it."""
        if not typed:
            return [self._name]
        if self._resolve is not None:
            try:
                value = self._resolve(typed)
            except FazhiError:
                pass
            else:
                return [name for name, known in self._values.items() if known == value]
        return [name for name in self._values if typed.casefold() in name.casefold()]

    def _say(self, typed: str, meant: list[str]) -> None:
        """Say that a text means no name, or several, and that what was chosen before still stands."""
        fields = {"typed": typed, "kept": self._name, "n": len(meant)}
        names = self.words.join(meant[:_LISTED])
        hint = ""
        if len(meant) != 1:
            key = "several" if meant else "unknown"
            hint = self.words(f"explore.pick_{key}", **fields, names=names)
        self.note.value = (
            str(framed(tag("p", quoting(hint, self.words), cls="fz-notice", role="status"))) if hint else ""
        )
        self.note.layout.display = "" if hint else "none"

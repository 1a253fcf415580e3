"""The interactive notebook: choose and look; take a report in."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.parts.page import Page

if TYPE_CHECKING:
    from fazhi_analysis.presenting.explorer import Explorer, Intake


DATA_VARIABLE = "FAZHI_DATA"
"""Environment variable that names the folder to store into; ``fazhi lab`` sets it."""


class Explore(Page):
    """Widgets for one data folder, opened on one place and year."""

    def introduction(self) -> Fragment:
        """The heading, and what can be done here."""
        return self._headed("h1", "explore.title", "explore.intro")

    def take_in(self) -> Fragment:
        """The heading of the second half, and what becomes of a report that is uploaded."""
        return self._headed("h2", "explore.intake.title", "explore.intake.intro")

    def _headed(self, heading: str, title: str, text: str) -> Fragment:
        from fazhi_analysis.presenting.jupyter.style import framed

        return framed(tag(heading, self.words(title)), tag("p", self.words(text)))

    @functools.cached_property
    def _explorer(self) -> Explorer:
        try:
            from fazhi_analysis.presenting.explorer import Explorer
        except ImportError as error:
            from fazhi_analysis.errors import MissingExtraError

            raise MissingExtraError("explore", "presenting.explorer.needs_lab", name=str(error.name)) from error
        return Explorer(self.place_year, self.words)

    def explorer(self) -> Explorer:
        """Controls, table, chart and evidence."""
        return self._explorer

    def upload(self, ingest: Callable[..., Iterable[Any]], into: str = "") -> Intake:
        """Upload, check, correct and store; ``ingest`` is ``fazhi_analysis.ingest``, ``into`` the folder proposed.

        Without ``into`` it is the one that ``fazhi lab`` names, with its full path. What is stored can be chosen above
        at once.
        """
        from fazhi_analysis.presenting.explorer import Intake

        chosen = into or os.environ.get(DATA_VARIABLE) or self.words("explore.intake.default_folder")
        return Intake(ingest, self.words, str(Path(chosen).resolve()), self._stored)

    def _stored(self, folder: Path) -> None:
        from fazhi_analysis.dataset.loading import data_roots
        from fazhi_analysis.dataset.storage import reports_folder

        new = reports_folder(folder).resolve()
        known = [root for root in data_roots(self._explorer.selection.data) if root != new]
        self._explorer.reload([*known, new])


PAGE = Explore

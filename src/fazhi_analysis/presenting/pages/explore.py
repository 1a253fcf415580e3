"""The interactive notebook: choose and look; take a report in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.presenting.html import Fragment, tag
from fazhi_analysis.presenting.pages.page import Page

if TYPE_CHECKING:
    from fazhi_analysis.presenting.explorer import Explorer, Intake


class Explore(Page):
    """Widgets for one data folder, opened on one place and year."""

    def introduction(self) -> Fragment:
        """What can be done here."""
        from fazhi_analysis.presenting.formatters_style import framed

        return framed(tag("p", self.words("explore.intro")))

    @functools.cached_property
    def _explorer(self) -> Explorer:
        try:
            from fazhi_analysis.presenting.explorer import Explorer
        except ImportError as error:
            from fazhi_analysis.errors import MissingExtraError

            raise MissingExtraError(
                "explore", f"缺少组件 {error.name}", "请执行 pip install 'fazhi_analysis[lab]'"
            ) from error
        return Explorer(self.material)

    def explorer(self) -> Explorer:
        """Controls, table, chart and evidence."""
        return self._explorer

    def upload(self, ingest: Callable[..., Iterable[Any]], into: str = "") -> Intake:
        """Upload, check, correct and store; ``ingest`` is ``fazhi_analysis.ingest``, ``into`` the folder proposed.

        What is stored can be chosen above at once.
        """
        from fazhi_analysis.presenting.explorer import Intake

        return Intake(ingest, self.words, into or self.words("explore.intake.default_folder"), self._stored)

    def _stored(self, folder: Path) -> None:
        from fazhi_analysis.dataset.loading import data_roots
        from fazhi_analysis.dataset.storage import reports_folder

        new = reports_folder(folder).resolve()
        known = [root for root in data_roots(self._explorer.selection.data) if root != new]
        self._explorer.reload([*known, new])


PAGE = Explore

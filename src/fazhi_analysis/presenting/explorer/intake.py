"""Taking a report in: upload, look, accept or correct, store. The decisions go into the ledger of corrections."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets

from fazhi_analysis.dataset.report_ids import year_of
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.presenting.explorer.checking import decided, doubtful_table, holds, one_figure, one_line
from fazhi_analysis.presenting.explorer.combobox import Pick
from fazhi_analysis.presenting.explorer.staging import Decision, Ingest, Staged, local_id, read_figure
from fazhi_analysis.presenting.html.markup import tag
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.naming import message_text
from fazhi_analysis.presenting.wording.page_texts import Words

ACCEPTED: Final = ".pdf,.docx,.html,.htm,.md,.txt,.png,.jpg,.jpeg"
_OPTION: Final = re.compile(r"--(region|code|year)\b")
_ADVICE: Final = re.compile(r"(?:用|[Gg]ive [^.;]*?with) --(?:region|code|year)\b[^：:。.]*")
_STYLE: Final = {"description_width": "7em"}
_WIDE: Final = widgets.Layout(width="40em", max_width="98%")
_BUTTON: Final = widgets.Layout(width="auto", min_width="7em")


class Intake:
    """Upload, check and store; ``ingest`` is ``fazhi_analysis.ingest``, ``done`` is called with the folder stored into.

    The widgets are attributes: ``upload``, ``path``, ``region``, ``year``, ``read``; ``figure``, ``to``, ``accept``,
    ``correct``, ``remove``; ``finding``, ``agree``, ``dismiss``; ``why``, ``who``; ``folder``, ``store``; ``message``.
    """

    def __init__(self, ingest: Ingest, words: Words, into: str, done: Callable[[Path], None] | None = None) -> None:
        self.words = words
        self._ingest = ingest
        self._done = done
        self.staged: Staged | None = None
        self.upload = widgets.FileUpload(
            accept=ACCEPTED, multiple=False, description=words("explore.intake.upload"), layout=_BUTTON
        )
        self.path = self._text("path", hint=True)
        self.region = self._text("region", hint=True)
        self.year = self._text("year", hint=True)
        self.read = self._button("read")
        self.message = widgets.HTML()
        self.holds = widgets.HTML()
        self.figure = self._pick("figure")
        self.about = widgets.HTML()
        self.to = self._text("to", hint=True)
        self.finding = self._pick("finding")
        self.why = self._text("why", hint=True)
        self.who = self._text("who")
        self.accept, self.correct, self.remove = (self._button(key) for key in ("accept", "correct", "remove"))
        self.agree, self.dismiss = self._button("agree"), self._button("dismiss")
        self.decided = widgets.HTML()
        self.folder = self._text("folder", value=into)
        self.store = self._button("store")
        self._connect()
        self.check = widgets.VBox(self._checking(), layout=widgets.Layout(align_items="flex-start"))
        self.check.layout.display = "none"
        first = widgets.HBox([self.upload, self.read], layout=widgets.Layout(flex_flow="row wrap"))
        self.box = widgets.VBox([first, self.path, self.region, self.year, self.message, self.check])

    def _checking(self) -> list[Any]:
        row = widgets.Layout(flex_flow="row wrap")
        return [
            self.holds,
            self.who,
            self.why,
            self.figure.widget,
            self.figure.note,
            self.about,
            self.to,
            widgets.HBox([self.accept, self.correct, self.remove], layout=row),
            self.finding.widget,
            self.finding.note,
            widgets.HBox([self.agree, self.dismiss], layout=row),
            self.decided,
            self.folder,
            self.store,
            self.message,
        ]

    def _connect(self) -> None:
        self.upload.observe(self._uploaded, names="value")
        self.figure.on_change(self._show_figure)
        self.read.on_click(lambda _: self._safely(self._read_path))
        self.accept.on_click(lambda _: self._safely(self._accept))
        self.correct.on_click(lambda _: self._safely(self._correct))
        self.remove.on_click(lambda _: self._safely(lambda: self._decide_row("remove")))
        self.agree.on_click(lambda _: self._safely(lambda: self._judge("accepted")))
        self.dismiss.on_click(lambda _: self._safely(lambda: self._judge("dismissed")))
        self.store.on_click(lambda _: self._safely(self._store))

    def _uploaded(self, event: dict[str, Any]) -> None:
        if event["new"]:
            item = event["new"][0]
            self._safely(lambda: self.take(str(item["name"]), bytes(item["content"])))

    def take(self, name: str, content: bytes) -> None:
        """Look at a file: read it, check it, show what it holds. Nothing is stored."""
        self.close()
        self.staged = Staged(self._ingest, name, content, self.words.lang)
        self._look()

    def close(self) -> None:
        """Forget the file that was looked at."""
        if self.staged is not None:
            self.staged.close()
        self.staged = None
        self.check.layout.display = "none"
        self.store.disabled = False

    def _read_path(self) -> None:
        path = self.path.value.strip()
        if path:
            from fazhi_analysis.errors import ReadError

            try:
                content = Path(path).read_bytes()
            except OSError as error:
                raise ReadError(path, "presenting.explorer.cannot_read", reason=error.strerror or str(error)) from None
            self.take(path, content)
        elif self.staged is not None:
            self._look()
        else:
            self._say(self.words("explore.intake.nothing"))

    def _look(self) -> None:
        assert self.staged is not None
        self._say(self.words("explore.intake.reading"))
        year = self.year.value.strip()
        good = self.staged.check(self.region.value.strip() or None, int(year) if year.isdigit() else None)
        self._say(self.staged.message, wrong=not good)
        self.check.layout.display = "" if good else "none"
        if not good:
            return
        self.holds.value = str(framed(holds(self.staged, self.words), doubtful_table(self.staged, self.words)))
        rows = self.staged.rows()
        self.figure.options = [(one_line(row, doubts, self.words), local_id(row)) for row, doubts in rows]
        found = [one for one in self.staged.stored.findings if one["severity"] != "confirmed"]
        self.finding.options = [(self._named(one), str(one["id"])) for one in found]
        for pick in (self.figure, self.finding):
            pick.value = pick.options[0][1] if pick.options else None
        self._show_figure()
        self._show_decisions()

    def _named(self, finding: Any) -> str:
        shown = message_text(finding, self.words)
        return f"{self.words('severity.' + str(finding['severity']))} {shown}"

    def _current(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        assert self.staged is not None
        return next(pair for pair in self.staged.rows() if local_id(pair[0]) == self.figure.value)

    def _show_figure(self) -> None:
        if self.staged is not None and self.figure.value:
            self.about.value = str(framed(one_figure(*self._current(), self.words)))

    def _accept(self) -> None:
        """The figure stands: a reading without certainty becomes certain, findings against it are dismissed."""
        assert self.staged is not None
        row, doubts = self._current()
        if float(row["confidence"]) < 1:
            self._decide(Decision("accept", local_id(row)))
        for finding in doubts:
            self._decide(Decision("dismissed", str(finding["id"])))
        if not doubts and float(row["confidence"]) == 1:
            self._say(self.words("explore.intake.no_doubt"))

    def _correct(self) -> None:
        row, _ = self._current()
        self._decide_row("correct", read_figure(self.to.value, row))
        self.to.value = ""

    def _decide_row(self, kind: str, to: dict[str, Any] | None = None) -> None:
        self._decide(Decision(kind, str(self.figure.value), to or {}))

    def _judge(self, status: str) -> None:
        if self.finding.value:
            self._decide(Decision(status, str(self.finding.value)))

    def _decide(self, decision: Decision) -> None:
        assert self.staged is not None
        decided = Decision(decision.kind, decision.target, decision.to, self.why.value, self.who.value)
        self.staged.decide(decided)
        self._say(self.words("explore.intake.noted"))
        self._show_decisions()

    def _show_decisions(self) -> None:
        assert self.staged is not None
        self.decided.value = str(framed(decided(self.staged, self.words)))

    def _store(self) -> None:
        assert self.staged is not None
        folder = Path(self.folder.value.strip() or ".")
        result = self.staged.store(folder)
        key = f"explore.status.{result.status}"
        text = f"{self.words(key)} {result.report_id} {folder.resolve()} {result.message}"
        failed = result.status == "failed"
        self._say(text, wrong=failed, command="" if failed else self._next_command(result.report_id, folder))
        if not failed:
            self.store.disabled = True
            if self._done is not None:
                self._done(folder)

    def _next_command(self, report_id: str, folder: Path) -> str:
        """What makes pages of the stored report, as it is typed in a terminal."""
        assert self.staged is not None
        known = self.staged.stored.document
        region = shlex.quote(str(known["region_code"] or known["region"]))
        return f"fazhi report --region {region} --year {year_of(report_id)} --data {shlex.quote(str(folder.resolve()))}"

    def _safely(self, action: Callable[[], None]) -> None:
        """Run what a button asks for; what goes wrong is one line, never a traceback."""
        try:
            action()
        except FazhiError as error:
            error.lang = self.words.lang
            self._say(str(error), wrong=True)

    def _say(self, text: str, *, wrong: bool = False, command: str = "") -> None:
        shown = self.words.source(self._in_fields(text))
        after = tag("div", self.words("explore.intake.next"), tag("code", command)) if command else None
        line = tag("p", shown, after, cls="fz-notice" if wrong else None, role="status")
        self.message.value = str(framed(line)) if text else ""

    def _in_fields(self, text: str) -> str:
        """A message with the name of the uploaded file for its temporary place, and the fields above for the options
        of the command line, which have no meaning here.
        """
        if self.staged is not None:
            text = text.replace(str(self.staged.file), self.staged.file.name)
        text = _ADVICE.sub(lambda match: self._advice(match.group()), text)
        return _OPTION.sub(lambda match: self._fields(match.group()), text)

    def _advice(self, text: str) -> str:
        advice = self.words("explore.intake.fill", fields=self._fields(text))
        return self.words.heading(advice) if text[0].isupper() else advice

    def _fields(self, text: str) -> str:
        """The labels of the fields that options stand for."""
        keys = ["year" if name == "year" else "region" for name in _OPTION.findall(text)]
        return self.words.join([self.words(f"explore.intake.{key}") for key in dict.fromkeys(keys)])

    def _text(self, key: str, *, hint: bool = False, value: str = "") -> Any:
        placeholder = self.words(f"explore.intake.{key}_hint") if hint else ""
        description = self.words(f"explore.intake.{key}")
        return widgets.Text(value=value, description=description, placeholder=placeholder, style=_STYLE, layout=_WIDE)

    def _pick(self, key: str) -> Pick:
        return Pick(self.words(f"explore.intake.{key}"), self.words, width="40em", label_width="7em")

    def _button(self, key: str) -> Any:
        return widgets.Button(description=self.words(f"explore.intake.{key}"), layout=_BUTTON)

    def __repr__(self) -> str:
        return f"<Intake {self.staged.report_id if self.staged else 'empty'}>"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

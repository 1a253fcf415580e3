"""``fazhi review``: a draft in Word, with comments at the place of what was found; its text stays as it is."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset import list_reports, load_text
from fazhi_analysis.dataset.ledger import ledger_path
from fazhi_analysis.dataset.loading import data_roots
from fazhi_analysis.errors import ReadError, UsageError, in_its_language
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.ingest import ingest
from fazhi_analysis.running.reviewing.docx_comments import Comment, commented, document_name
from fazhi_analysis.running.reviewing.docx_text import Letters, parse
from fazhi_analysis.running.reviewing.remarks import Remark, remarks

_SUFFIX: Final = {"zh": "审阅", "en": "review"}


@dataclass(frozen=True)
class Review:
    """A reviewed draft: where it was written, and every remark on it."""

    path: Path
    remarks: tuple[Remark, ...]


@in_its_language
def review_draft(
    draft: Path | str,
    out: Path | str | None = None,
    data: Any = None,
    region: str | None = None,
    code: str | None = None,
    year: int | None = None,
    lang: str = "zh",
) -> Review:
    """Write a copy of a .docx draft with comments: figures, promises, required contents, last year's figures.

    Parameters
    ----------
    draft:
        The .docx file; it is not changed.
    out:
        Where the copy goes; ``<draft>-审阅.docx`` beside the draft by default, with a number where that exists.
    data:
        Data folder, or several, with the reports of earlier years; the bundled data by default.
    region, code, year:
        Place and year where the draft does not say them.
    lang:
        Language of the comments, ``zh`` or ``en``.

    Raises
    ------
    UsageError
        For a file that is no .docx.
    ReadError
        For a draft that cannot be read, or is not recognised as a report.
    """
    draft = Path(draft)
    words = Words(lang)
    if draft.suffix.lower() not in (".docx", ".docm"):
        raise UsageError(draft.name, "running.review.no_docx")
    target = Path(out) if out is not None else _free_name(draft, words.lang)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        result = ingest(draft, store, region, code, year, workers=1, progress=False, lang=lang)[0]
        if result.error is not None:
            raise result.error
        place_year = _with_earlier(store, result.report_id, data)
        found = tuple(remarks(place_year, words))
        text = load_text(result.report_id, store) or ""
    try:
        made = _written(draft.read_bytes(), text, found)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile) as error:
        raise ReadError(draft.name, "running.review.broken") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)
    return Review(target, found)


def _free_name(draft: Path, lang: str) -> Path:
    """A name beside the draft that nothing has: an earlier review may hold what its reader wrote into it."""
    stem = f"{draft.stem}-{_SUFFIX[lang]}"
    names = (draft.with_name(f"{stem}{number}{draft.suffix}") for number in ("", *range(2, 1000)))
    return next(path for path in names if not path.exists())


def _with_earlier(store: Path, report_id: str, data: Any) -> PlaceYear:
    """The draft beside the earlier reports of its place, which are copied into its store."""
    own = list_reports(store).iloc[0]
    year = int(own["year"])
    place = report_id.partition("-")[0]
    for root in data_roots(data):
        for folder in sorted(root.glob(f"{place}-*")):
            earlier = folder.name.partition("-")[2][:4]
            target = store / "reports" / folder.name
            if earlier.isdigit() and int(earlier) < year and not target.exists():
                shutil.copytree(folder, target)
                ledger = ledger_path(root.parent, folder.name)
                if ledger.is_file():
                    (store / "corrections").mkdir(exist_ok=True)
                    shutil.copy2(ledger, store / "corrections")
    return PlaceYear.open(region=str(own["region_code"] or own["region"]), year=year, data=store)


def _written(data: bytes, text: str, found: Sequence[Remark]) -> bytes:
    """The draft with a comment a remark; those on the whole stand at its first paragraph."""
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        letters = Letters(parse(archive.read(document_name(archive))))
    if not letters.paragraphs:
        raise KeyError("text")
    aligned = _Aligned(text, letters)
    return commented(data, list(_comments(aligned, letters, found)))


def _comments(aligned: _Aligned, letters: Letters, found: Iterable[Remark]) -> Iterator[Comment]:
    first = letters.paragraphs[0]
    whole = (first, 0, len(first.text))
    for remark in found:
        paragraph, start, end = aligned.place(remark.place) if remark.place else whole
        yield Comment(paragraph, start, end, remark.text)


class _Aligned:
    """Where the characters of the text as it was read stand in the document.

    Reading writes out numbers and moves texts of boxes, so paragraphs are looked for one by one: first after the one
    before, then anywhere.
    """

    def __init__(self, text: str, letters: Letters) -> None:
        self._letters = letters
        self._bare: list[int] = []  # for each character of the text, how many letters stand before it
        bare: list[str] = []
        for character in text:
            self._bare.append(len(bare))
            if not character.isspace():
                bare.append(character)
        self._bare.append(len(bare))
        self._to: list[int | None] = [None] * len(bare)
        self._align("".join(bare))

    def _align(self, text: str) -> None:
        at = begin = 0
        for paragraph in self._letters.paragraphs:
            words = "".join(paragraph.text.split())
            found = text.find(words, at)
            found = text.find(words) if found < 0 else found
            if found >= 0:
                self._to[found : found + len(words)] = range(begin, begin + len(words))
                at = found + len(words)
            begin += len(words)

    def place(self, span: tuple[int, int]) -> tuple[Any, int, int]:
        """The paragraph of a stretch of the text, and its ends there; the first paragraph where it has no place."""
        start, end = (self._bare[min(one, len(self._bare) - 1)] for one in span)
        known = [place for place in self._to[start:end] if place is not None]
        if not known:
            first = self._letters.paragraphs[0]
            return first, 0, len(first.text)
        paragraph, first_letter = self._letters.places[known[0]]
        last = first_letter
        for place in known:
            other, letter = self._letters.places[place]
            if other is paragraph:
                last = max(last, letter)
        return paragraph, first_letter, last + 1

"""A reviewed draft: comments at the place of what they speak of, and a text of which not a letter has changed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from fazhi_analysis.errors import ReadError, UsageError
from fazhi_analysis.running.reviewing.docx_comments import AUTHOR
from fazhi_analysis.running.reviewing.review import review_draft

from . import drafts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHANGED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


@pytest.fixture(scope="module", params=list(drafts.DRAFTS))
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    draft = drafts.write(tmp_path_factory.mktemp("drafts"), request.param)
    before = draft.read_bytes()
    made = review_draft(draft)
    assert draft.read_bytes() == before
    assert made.path.name == f"{request.param}-审阅.docx"
    return draft, made.path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def texts(part: bytes) -> list[str]:
    """The text of every paragraph, deleted text, tabs and breaks included."""
    kinds = {f"{W}t", f"{W}delText", f"{W}tab", f"{W}br", f"{W}instrText"}
    return [
        "".join(piece.text or f"<{piece.tag}>" for piece in paragraph.iter(*kinds))
        for paragraph in etree.fromstring(part).iter(f"{W}p")
    ]


def looks(part: bytes) -> list[tuple[str, bytes]]:
    """Every letter with the properties of its run."""
    found = []
    for run in etree.fromstring(part).iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        look = b"" if properties is None else etree.tostring(properties, method="c14n")
        found += [(letter, look) for text in run.iter(f"{W}t") for letter in text.text or ""]
    return found


def anchored(part: bytes) -> dict[str, str]:
    """The text between the marks of each comment."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in etree.fromstring(part).iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for identity in open_:
                found[identity] = found.get(identity, "") + (element.text or "")
    return found


def comments(part: bytes) -> dict[str, str]:
    root = etree.fromstring(part)
    ours = [one for one in root.iter(f"{W}comment") if one.get(f"{W}author") == AUTHOR]
    return {one.get(f"{W}id"): "".join(piece.text or "" for piece in one.iter(f"{W}t")) for one in ours}


def test_the_text_and_all_else_stay_as_they_are(pair: tuple[Path, Path]) -> None:
    before, after = map(parts, pair)
    document = "word/document.xml"
    assert texts(before[document]) == texts(after[document])
    assert looks(before[document]) == looks(after[document])
    assert {name for name in after if after[name] != before.get(name)} <= CHANGED
    assert set(before) <= set(after)


def test_comments_stand_at_the_place_of_what_they_speak_of(pair: tuple[Path, Path]) -> None:
    after = parts(pair[1])
    places, message = anchored(after["word/document.xml"]), comments(after["word/comments.xml"])
    assert set(message) <= set(places)
    assert len(message) >= 20

    def at(words: str) -> str:
        return next(places[identity] for identity, text in message.items() if words in text)

    assert "296.5" in at("相差约10739倍")
    assert "96.7%" in at("上年提出97%以上，本稿为96.7%")
    assert "256" in at("上年为231项，本稿为256项")
    assert len(at("上年为231项，本稿为256项")) < 40
    assert at("本稿再次列入打算")
    assert "年度报告" in at("【提示】")


def test_comments_of_others_stay(tmp_path: Path) -> None:
    draft = drafts.write(tmp_path, "tracked")
    made = Document(str(review_draft(draft).path))
    authors = {comment.author for comment in made.comments}
    assert {"乙", AUTHOR} <= authors
    assert len({comment.comment_id for comment in made.comments}) == len(list(made.comments))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_it_with_its_comments(pair: tuple[Path, Path], tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(pair[1])]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    flat = next(tmp_path.glob("*.fodt")).read_text(encoding="utf-8")
    message = comments(parts(pair[1])["word/comments.xml"])
    assert flat.count("<office:annotation ") >= len(message)
    shown = re.sub(r"<[^>]+>|\s", "", re.sub(r"<office:annotation .*?</office:annotation>", "", flat, flags=re.DOTALL))
    for line in drafts.LINES[1:4]:
        assert re.sub(r"\s", "", line)[:20] in shown


def test_an_earlier_review_is_not_written_over(tmp_path: Path) -> None:
    draft = drafts.write(tmp_path, "plain")
    first = review_draft(draft)
    kept = first.path.read_bytes()
    assert review_draft(draft).path.name == "plain-审阅2.docx"
    assert first.path.read_bytes() == kept
    assert review_draft(draft, out=tmp_path / "there" / "a.docx").path.read_bytes() == kept


def test_english_comments(tmp_path: Path) -> None:
    made = review_draft(drafts.write(tmp_path, "plain"), lang="en")
    assert made.path.name == "plain-review.docx"
    assert any("231 items last year, 256 items in this draft" in one.text for one in made.remarks)


def test_what_is_no_draft_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("法治", encoding="utf-8")
    with pytest.raises(UsageError, match=r"只能审阅 \.docx"):
        review_draft(tmp_path / "a.txt")
    letter = Document()
    letter.add_paragraph("一封信。")
    made = io.BytesIO()
    letter.save(made)
    (tmp_path / "b.docx").write_bytes(made.getvalue())
    with pytest.raises(ReadError):
        review_draft(tmp_path / "b.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.docx"]

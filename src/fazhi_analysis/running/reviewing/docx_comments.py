"""Comments put into a Word document between its bytes: every other part and every other byte of it stays as it is."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from fazhi_analysis.running.reviewing.docx_text import Paragraph, Piece, W

AUTHOR: Final = "fazhi_analysis"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_TOKEN: Final = re.compile(rb"&[^;]+;|\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")
_PRESERVE: Final = b' xml:space="preserve"'


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a stretch of a paragraph (``start`` to ``end`` in its letters)."""

    paragraph: Paragraph
    start: int
    end: int
    text: str


def document_name(archive: zipfile.ZipFile) -> str:
    """The part that holds the text, which is not always called document.xml."""
    relations = archive.read("_rels/.rels").decode("utf-8")
    for tag in re.findall(r"<[\w:]*Relationship\b[^>]*>", relations):
        kind, target = (re.search(rf'\b{name}=["\']([^"\']+)', tag) for name in ("Type", "Target"))
        if kind and target and kind[1].endswith("/officeDocument"):
            return target[1].lstrip("/")
    return "word/document.xml"


def commented(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The document with these comments, in the order of their places."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = document_name(archive)
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
        infos = archive.infolist()
    relations = posixpath.join(posixpath.dirname(document), "_rels", f"{posixpath.basename(document)}.rels")
    name = _comments_name(parts.get(relations, b"").decode("utf-8"), document)
    first = _next_id(parts.get(name, b""))
    changed = {document: _marked(parts[document], comments, first)}
    changed[name] = _with_comments(parts.get(name, b""), comments, first)
    if name not in parts:
        changed[relations] = _related(parts.get(relations, b""), posixpath.basename(name))
        changed["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"], name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for info in infos:
            target.writestr(info, changed.pop(info.filename, parts[info.filename]), info.compress_type)
        for added, content in changed.items():
            target.writestr(zipfile.ZipInfo(added, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _comments_name(relations: str, document: str) -> str:
    for tag in re.findall(r"<[\w:]*Relationship\b[^>]*>", relations):
        target = re.search(r'\bTarget=["\']([^"\']+)', tag)
        if re.search(r'\bType=["\'][^"\']*/comments["\']', tag) and target:
            path = target[1]
            return path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(document), path)
    return posixpath.join(posixpath.dirname(document), "comments.xml")


def _next_id(part: bytes) -> int:
    return 1 + max((int(number) for number in re.findall(rb'<[\w:]*comment\b[^>]*?\bid="(\d+)"', part)), default=-1)


def _related(part: bytes, target: str) -> bytes:
    if not part:
        part = f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
    relation = f'<Relationship xmlns="{_PACKAGE}" Id="rIdReview" Type="{_RELATIONS}/comments" Target="{target}"/>'
    return _before_end(part, "Relationships", relation)


def _typed(part: bytes, name: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return _before_end(part, "Types", f'<Override xmlns="{space}" PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>')


def _before_end(part: bytes, root: str, added: str) -> bytes:
    """The part with something added as the last child of its root, which may be an empty element."""
    closed = re.sub(rf"<((?:\w+:)?{root})\b([^>]*)/>\s*$".encode(), rb"<\1\2></\1>", part)
    end = closed.rindex(b"</")
    return closed[:end] + added.encode("utf-8") + closed[end:]


def _with_comments(part: bytes, comments: Sequence[Comment], first: int) -> bytes:
    if not part:
        part = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{W}"></w:comments>'.encode()
        )
    entries = []
    for number, comment in enumerate(comments, first):
        lines = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>'
            for line in comment.text.split("\n")
        )
        head = f'<w:comment xmlns:w="{W}" w:id="{number}" w:author="{AUTHOR}" w:initials="fz">'
        entries.append(f"{head}{lines}</w:comment>")
    return _before_end(part, "comments", "".join(entries))


def _escaped(text: str) -> str:
    """Text as XML may hold it: characters that it may not hold are left out."""
    return escape(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text), quote=False)


def _marked(part: bytes, comments: Sequence[Comment], first: int) -> bytes:
    """The text with the beginning and the end of each comment between its bytes."""
    found: list[tuple[int, int, bytes]] = []  # place, order at one place, bytes
    cuts: dict[tuple[Piece, int], list[tuple[int, bytes]]] = {}
    for number, comment in enumerate(comments, first):
        opening = f'<w:commentRangeStart xmlns:w="{W}" w:id="{number}"/>'.encode()
        closing = (
            f'<w:commentRangeEnd xmlns:w="{W}" w:id="{number}"/>'
            f'<w:r xmlns:w="{W}"><w:commentReference w:id="{number}"/></w:r>'
        ).encode()
        for at, mark, is_start in ((comment.start, opening, True), (comment.end, closing, False)):
            piece, place = _piece_at(comment.paragraph, at, is_start=is_start)
            _place(part, piece, place, (1 if is_start else 0, mark), found, cuts)
    for (piece, place), marks in cuts.items():
        found.append(_cut(part, piece, place, b"".join(mark for _, mark in sorted(marks, key=lambda one: one[0]))))
    found += [_keep_spaces(part, piece) for piece in {piece for piece, _ in cuts} if not _keeps_spaces(part, piece)]
    made, at = [], 0
    for place, _, added in sorted(found, key=lambda one: one[:2]):
        made += [part[at:place], added]
        at = place
    return b"".join([*made, part[at:]])


def _piece_at(paragraph: Paragraph, at: int, *, is_start: bool) -> tuple[Piece, int]:
    """The piece that a letter stands in (or that ends there, for the end of a stretch), and the place in it."""
    for piece in paragraph.pieces:
        size = len(piece.text)
        if at < size or (at == size and not is_start):
            return piece, at
        at -= size
    last = paragraph.pieces[-1]
    return last, len(last.text)


def _place(
    part: bytes,
    piece: Piece,
    place: int,
    mark: tuple[int, bytes],
    found: list[tuple[int, int, bytes]],
    cuts: dict[tuple[Piece, int], list[tuple[int, bytes]]],
) -> None:
    """Put a mark at the edge of a run where the place is one, else note that the run is to be cut there."""
    opening = part.index(b">", piece.run.start) + 1
    before = part[opening : piece.element].replace(piece.run.properties, b"", 1)
    is_first = place == 0 and not before.strip()
    is_last = place == len(piece.text) and part.count(b"<", piece.end, piece.run.end) == 2  # its end and the run's
    if is_first:
        found.append((piece.run.start, mark[0], mark[1]))
    elif is_last:
        found.append((piece.run.end, mark[0], mark[1]))
    else:
        cuts.setdefault((piece, place), []).append(mark)


def _cut(part: bytes, piece: Piece, place: int, marks: bytes) -> tuple[int, int, bytes]:
    """What to put in so that the run ends before ``place`` and goes on after the marks, looking the same."""
    at = piece.start + len(_raw(part, piece, place))
    run, text = _name(part, piece.run.start), _name(part, piece.element)
    opening = part[piece.run.start : part.index(b">", piece.run.start) + 1]
    return at, 0, b"</%s></%s>%s%s%s<%s%s>" % (text, run, marks, opening, piece.run.properties, text, _PRESERVE)


def _name(part: bytes, start: int) -> bytes:
    """The name of an element as it is written, with its prefix."""
    return part[start + 1 :].split(b">", 1)[0].split(None, 1)[0]


def _keeps_spaces(part: bytes, piece: Piece) -> bool:
    return b"xml:space" in part[piece.element : piece.start]


def _keep_spaces(part: bytes, piece: Piece) -> tuple[int, int, bytes]:
    """A text that is cut keeps the spaces at the cut."""
    return piece.element + 1 + len(_name(part, piece.element)), 0, _PRESERVE


def _raw(part: bytes, piece: Piece, place: int) -> bytes:
    """The bytes of the first letters of a piece: an entity is several bytes and one letter."""
    tokens = _TOKEN.findall(part, piece.start, piece.end)
    return b"".join(tokens[:place])

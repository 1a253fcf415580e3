"""What of a document was not read, and the findings that say so: text that no reader sees, content that is no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from fazhi_analysis.errors import EmptyFileError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Finding, Severity
from fazhi_analysis.reading.defects import make_finding
from fazhi_analysis.reading.visibility import STRUCK

HIDDEN_RULE: Final = "hidden_text"
UNREAD_RULE: Final = "unread_content"
OMISSION_RULES: Final = frozenset({HIDDEN_RULE, UNREAD_RULE})
HIDDEN: Final = ("hidden", "struck", "deleted", "pale", "tiny", "invisible", "covered", "off_page")
_MOST_PLACES = 3
_CONTEXT = 16
_MARKUP = re.compile(r"^~~|~~$|<!--|-->|</?\w+[^<>]*>")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\s]+[^)\n]*\)")
_SPACE = re.compile(r"\s+")
_LEAD = re.compile(r"[^\n\t]{0,16}$")
_REST = re.compile(r"[^\n\t]*")


class Omission(NamedTuple):
    """One thing that was left out before a place of the text.

    ``cause`` is why: one of ``HIDDEN``, with the ``text`` that no reader sees, or the kind of content that is no text
    (picture, equation, chart, object, part, notes, frame, outlines, shapes, remarks, scan). ``page`` is its page.

    >>> Omission("struck", 10, "328").page
    ''
    """

    cause: str
    at: int
    text: str = ""
    page: str = ""


def moved(omissions: Iterable[Omission], by: int) -> tuple[Omission, ...]:
    """The same in a text that has this many characters more before it.

    >>> moved([Omission("picture", 3)], 2)
    (Omission(cause='picture', at=5, text='', page=''),)
    """
    return tuple(omission._replace(at=omission.at + by) for omission in omissions)


def struck_out(text: str) -> tuple[Omission, ...]:
    """What the markup of a text strikes out or makes a remark, and the pictures that it names.

    >>> struck_out("办理~~328~~26件")
    (Omission(cause='struck', at=2, text='328', page=''),)
    """
    found = []
    if "~~" in text or "<" in text:
        for match in STRUCK.finditer(text):
            cause = "hidden" if match.group().startswith("<!") else "struck"
            found.append(Omission(cause, match.start(), _MARKUP.sub("", match.group())))
    if "](" in text:
        found += [Omission("picture", match.start()) for match in _PICTURE.finditer(text)]
    return tuple(found)


def unread_only(file: object, omissions: Iterable[Omission]) -> EmptyFileError | None:
    """The error for a document that shows something and has no text; None where nothing is shown."""
    causes = dict.fromkeys(omission.cause for omission in omissions if omission.cause not in HIDDEN)
    what = [Message(f"reading.omission.cause.{cause}") for cause in causes]
    return EmptyFileError(file, "reading.file.only_unread", what=what) if what else None


def omission_findings(
    text: str, pages: Sequence[tuple[int, str]], omissions: Sequence[Omission]
) -> tuple[Finding, ...]:
    """One finding a cause: a note for what no reader sees, a warning for what readers see and this package cannot read.

    >>> found = omission_findings("办理行政复议案件26件。", (), [Omission("struck", 8, "328")])
    >>> [(finding.rule, finding.severity) for finding in found]
    [('hidden_text', 'note')]
    >>> found[0].message_zh
    '带删除线的文字没有读：“328”（“办理行政复议案件”之后）。若应当公开，请改为正常显示后重读。'
    """
    groups: dict[str, list[Omission]] = {}
    for omission in omissions:
        if omission.cause not in HIDDEN or omission.text.strip():
            groups.setdefault(omission.cause, []).append(omission)
    return tuple(_finding(text, pages, cause, members) for cause, members in groups.items())


def _finding(text: str, pages: Sequence[tuple[int, str]], cause: str, members: list[Omission]) -> Finding:
    hidden = cause in HIDDEN
    places: list[Message] = []
    for omission in members[:_MOST_PLACES]:
        where = _place(text, pages, omission)
        shown = _SPACE.sub(" ", omission.text.strip())
        if hidden:
            short = shown if len(shown) <= 40 else f"{shown[:40]}…"
            places.append(Message("reading.omission.quoted", text=short, place=where))
        elif where not in places:
            places.append(where)
    rest = len(members) - _MOST_PLACES
    if rest > 0:
        places.append(Message("reading.omission.more", n=rest))
    message = Message(
        "reading.omission.hidden" if hidden else "reading.omission.unread",
        what=Message(f"reading.omission.cause.{cause}"),
        places=places,
        remedy=Message(f"reading.omission.remedy.{cause}") if not hidden else "",
    )
    severity: Severity = "note" if hidden else "warning"
    spans = [_span(text, omission.at) for omission in members[:20]]
    rule = HIDDEN_RULE if hidden else UNREAD_RULE
    return make_finding(rule, severity, message.text("zh"), message.text("en"), text, spans)


def _place(text: str, pages: Sequence[tuple[int, str]], omission: Omission) -> Message:
    """Where it stands: its page, or the words before it, or those after it."""
    page = omission.page or _page(pages, omission.at)
    if page:
        return Message("reading.omission.page", page=page)
    lead = _before(text, omission.at)
    if lead:
        return Message("reading.omission.after", text=lead)
    rest = STRUCK.sub("", text[omission.at : omission.at + 1000]).strip().split("\n")[0][:_CONTEXT]
    return Message("reading.omission.before", text=rest) if rest else Message("reading.omission.whole")


def _page(pages: Sequence[tuple[int, str]], at: int) -> str:
    return next((label for start, label in reversed(pages) if start <= at), "")


def _before(text: str, at: int) -> str:
    """The last words of the line before a place, of the last line that has any."""
    found = _LEAD.search(text[:at].rstrip())
    return found.group().strip() if found else ""


def _span(text: str, at: int) -> tuple[int, int]:
    """The words around a place as evidence."""
    at = min(at, len(text))
    end = len(text[:at].rstrip())
    lead = _before(text, at)
    if lead:
        return end - len(lead), end
    start = at + len(text[at:]) - len(text[at:].lstrip())
    rest = _REST.match(text, start)
    return start, min(start + _CONTEXT, rest.end() if rest else start)

"""What a report says about itself: title, issuer, number, addressee, who signed and when, year, place, level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from fazhi_analysis.catalogue.chosen_place import NOTHING_GIVEN, Given
from fazhi_analysis.model import Metadata
from fazhi_analysis.reading.document_kind import document_kind
from fazhi_analysis.reading.front_and_end_matter import DATE, Parts, is_addressee, is_date_line, signature_of
from fazhi_analysis.reading.headings import Head, Paragraph
from fazhi_analysis.reading.report_year import Dated, ReportYear, number_of, report_year
from fazhi_analysis.reading.reporting_body import Front, Reporter, as_given, reporting_body
from fazhi_analysis.reading.section_numbers import han_value

_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z]{1,12})[〔\[［(（【](?P<year>20\d\d)[〕\]］)）】]第?(?P<n>\d{1,4})号"
)
_SIGNATORY = re.compile(r"签发人?[：:]?(?P<name>[\u4e00-\u9fff·]{2,6})")
_ISSUER = re.compile(
    r"(?P<issuer>[^，。；：《》\d]{2,40}?(?:人民政府|政府|委员会|办公室|管委会|局|厅|委|办))(?=关于|20\d\d年|\d|文件$|二〇)"
)
_SPEAKER = re.compile(r"代表(?P<issuer>[^，。；：]{2,20}?人民政府)")
_MASTHEAD_LINE = re.compile(r"[:：|>]|^(?:发布|来源|索引|日期|时间|字号|字体|浏览|点击|当前位置|首页)")
_OPENING = 800
_PUBLISHED = re.compile(r"(?:发布|发文|公开|成文|生成)?(?:日期|时间)[：:]?(?P<date>20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2})")


class Outside(NamedTuple):
    """What is known of a text from outside of it: what the user says, the day on which a page was published (ISO), the
    name of its file."""

    given: Given = NOTHING_GIVEN
    published_date: str = ""
    file_name: str = ""


NOTHING_OUTSIDE = Outside()


def read_metadata(paragraphs: list[Paragraph], parts: Parts, heads: list[Head], outside: Outside) -> Metadata:
    """Metadata from the parts of a clean text; what the document does not say stays empty.

    >>> from fazhi_analysis.reading.headings import find_heads, split_paragraphs
    >>> from fazhi_analysis.reading.front_and_end_matter import find_parts
    >>> text = "砚桥县人民政府\\n关于2024年度法治政府建设情况的报告\\n一、成效\\n无。\\n2025年1月8日"
    >>> paragraphs = split_paragraphs(text)
    >>> heads = find_heads(paragraphs)
    >>> found = read_metadata(paragraphs, find_parts(paragraphs, heads), heads, Outside())
    >>> found.title, found.issuer, found.signed_date, found.year, found.year_from
    ('砚桥县人民政府关于2024年度法治政府建设情况的报告', '砚桥县人民政府', '2025-01-08', 2024, 'title')
    >>> found.body, found.body_kind, found.place, found.doc_kind
    ('云岭省望溪市砚桥县人民政府', 'government', '云岭省望溪市砚桥县', 'annual_report')
    """
    lines = [paragraph.text for paragraph in paragraphs]
    letter, title_lines = lines[: parts.letter_end], lines[parts.title : parts.title_end]
    preamble, colophon = lines[parts.title_end : parts.body_start], lines[parts.body_end : parts.colophon_end]
    front = letter + title_lines + preamble
    title = "".join(title_lines)
    signature = _signature(letter, colophon, preamble)
    signed = _dates(letter + [line for line in preamble if len(line) <= 20] + colophon, printed=False)
    published = outside.published_date or _published(front[:12] + colophon)
    # A heading that its paragraph runs on from ends with its sentence.
    headings = [paragraphs[head.paragraph].text[:60].split("。", 1)[0] for head in heads if head.marker.rank <= 2][:3]
    opening = _opening(lines[parts.title_end : parts.body_end])
    kind, kind_from = document_kind(title, opening)
    text = "\n".join(lines)
    dated = Dated(title, headings, opening, text, signed, published, outside.file_name)
    when = ReportYear(outside.given.year, "given") if outside.given.year else report_year(dated, kind)
    masthead = [line for line in letter[:12] + preamble[:12] if len(line) <= 200 and "。" not in line]
    who = reporting_body(Front(title, signature, masthead, opening, text, outside.file_name), when.year)
    who = as_given(who, outside.given.organ)
    if who.kind == "other" and "法治政府" not in title:
        kind = "other"
    return Metadata(
        title=title,
        issuer=signature or _speaker(title, front),
        document_number=_document_number(front),
        addressee=next((line.rstrip("：:") for line in letter + preamble if is_addressee(line)), ""),
        signatory=next((match["name"] for line in letter if (match := _SIGNATORY.search(line))), ""),
        signed_date=signed,
        print_date=_dates(colophon + letter, printed=True),
        published_date=published,
        year=when.year,
        doc_kind=kind,
        doc_kind_from=kind_from,
        year_from=when.means,
        **identity_fields(who),
    )


def identity_fields(who: Reporter) -> dict[str, Any]:
    """The fields of the metadata that say who reports, and for which place."""
    found: dict[str, Any] = {"body_kind": who.kind or "", "body_from": who.body_from, "place_from": who.place_from}
    if (organ := who.organ) is None:
        return found
    return found | {
        "region": organ.place + organ.town,
        "region_code": "" if organ.town else organ.code,
        "level": organ.level,
        "body": organ.name,
        "department": organ.body.department if organ.body is not None else "",
        "place": organ.place,
        "place_code": organ.code,
    }


def _opening(lines: list[str]) -> str:
    """The first sentences below the title, without addressees, dates and what a web page prints there."""
    kept: list[str] = []
    size = 0
    for line in lines:
        if is_addressee(line) or is_date_line(line) or _is_masthead(line):
            continue
        kept.append(line)
        size += len(line)
        if size > _OPENING:
            break
    return "\n".join(kept)


def iso_date(text: str) -> str:
    """ISO form of the first date in a text, or an empty string; Chinese numerals count.

    >>> iso_date("二〇二四年二月二十日"), iso_date("2024年2月30日")
    ('2024-02-20', '')
    """
    match = DATE.search(text)
    if match is None:
        return ""
    return _iso(_number(match["year"]), _number(match["month"]), _number(match["day"]))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    return number_of(text) if len(text) == 4 else han_value(text)


def _dates(lines: Iterable[str], printed: bool) -> str:
    """First date of a line of its own, or of a signature; of printing notes when ``printed``."""
    for line in lines:
        if len(line) <= 60 and DATE.search(line) and (line.rstrip("）)").endswith(("印发", "印")) == printed):
            if not (printed or is_date_line(line) or signature_of(line)):
                continue
            if found := iso_date(line):
                return found
    return ""


def _is_masthead(line: str) -> bool:
    """Whether a line is what a web page prints above a text: 发布日期：2025-01-20."""
    return len(line) <= 60 and "。" not in line and _MASTHEAD_LINE.search(line[:-1]) is not None


def _signature(letter: list[str], colophon: list[str], preamble: list[str]) -> str:
    """The organ that signs: at the head of a letter, at the end, or below the title."""
    for lines in (reversed(letter), colophon, preamble[:5]):
        for line in lines:
            if organ := signature_of(line):
                return organ
    return ""


def _speaker(title: str, front: list[str]) -> str:
    """The organ that a title, or a line near it, names as the one that reports."""
    for line in (title, *front[:6]):
        if len(line) <= 80 and (match := _ISSUER.match(line) or _SPEAKER.search(line)):
            return match["issuer"]
    return ""


def _document_number(front: list[str]) -> str:
    for line in front:
        if len(line) <= 60 and "《" not in line and (match := _NUMBER.search(line)):
            word = re.sub(r"^(?:发文字号|文号)", "", match["word"])
            return f"{word}〔{match['year']}〕{match['n']}号"
    return ""


def _published(lines: list[str]) -> str:
    for line in lines:
        if match := _PUBLISHED.search(line):
            return _iso(*(int(part) for part in re.split(r"\D", match["date"])[:3]))
    return ""

"""What a report says about itself: title, issuer, number, addressee, who signed and when, year, place, level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from fazhi_analysis.catalogue.divisions import load_divisions
from fazhi_analysis.catalogue.place_names import level_of
from fazhi_analysis.model import Metadata
from fazhi_analysis.reading.headings import Head, Paragraph
from fazhi_analysis.reading.markers import han_value
from fazhi_analysis.reading.parts import DATE, Parts, is_addressee, is_date_line, signature_of

_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z]{1,12})[〔\[［(（【](?P<year>20\d\d)[〕\]］)）】]第?(?P<n>\d{1,4})号"
)
_SIGNATORY = re.compile(r"签发人?[：:]?(?P<name>[\u4e00-\u9fff·]{2,6})")
_YEAR = re.compile(r"(?P<year>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年")
_ISSUER = re.compile(
    r"(?P<issuer>[^，。；：《》\d]{2,40}?(?:人民政府|政府|委员会|办公室|管委会|局|厅|委|办))(?=关于|20\d\d年|\d|文件$|二〇)"
)
_SPEAKER = re.compile(r"代表(?P<issuer>[^，。；：]{2,20}?人民政府)")
_PUBLISHED = re.compile(r"(?:发布|发文|公开|成文|生成)(?:日期|时间)[：:]?(?P<date>20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2})")
_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def read_metadata(
    text: str, paragraphs: list[Paragraph], parts: Parts, heads: list[Head], published_date: str = ""
) -> Metadata:
    """Metadata from the parts of a clean text; what the document does not say stays empty.

    >>> from fazhi_analysis.reading.headings import find_heads, split_paragraphs
    >>> from fazhi_analysis.reading.parts import find_parts
    >>> text = "砚桥县人民政府\\n关于2024年度法治政府建设情况的报告\\n一、成效\\n无。\\n2025年1月8日"
    >>> paragraphs = split_paragraphs(text)
    >>> heads = find_heads(paragraphs)
    >>> found = read_metadata(text, paragraphs, find_parts(paragraphs, heads), heads)
    >>> found.title, found.issuer, found.signed_date, found.year
    ('砚桥县人民政府关于2024年度法治政府建设情况的报告', '砚桥县人民政府', '2025-01-08', 2024)
    """
    lines = [paragraph.text for paragraph in paragraphs]
    letter, title_lines = lines[: parts.letter_end], lines[parts.title : parts.title_end]
    preamble, colophon = lines[parts.title_end : parts.body_start], lines[parts.body_end : parts.colophon_end]
    front = letter + title_lines + preamble
    title = "".join(title_lines)
    issuer = _issuer(letter, title, colophon, front)
    signed = _dates(letter + [line for line in preamble if len(line) <= 20] + colophon, printed=False)
    year = _report_year(title, paragraphs, heads, preamble, signed)
    region, code, level = _place((issuer, title, re.sub(rf"^.*?{_YEAR.pattern}度?", "", title)), year)
    return Metadata(
        title=title,
        issuer=issuer,
        document_number=_document_number(front),
        addressee=next((line.rstrip("：:") for line in letter + preamble if is_addressee(line)), ""),
        signatory=next((match["name"] for line in letter if (match := _SIGNATORY.search(line))), ""),
        signed_date=signed,
        print_date=_dates(colophon + letter, printed=True),
        published_date=published_date or _published(front[:12] + colophon),
        year=year,
        region=region,
        region_code=code,
        level=level,
    )


def _place(texts: Iterable[str], year: int | None) -> tuple[str, str, str]:
    """Full name, code and level of the first place that one of the texts opens with, as it was named in that year.

    As printed and without a code where the table of divisions has no such place, or several.
    """
    for text in texts:
        name, places, _ = load_divisions().opening(text, year)
        if len(places) == 1:
            return places[0].full_name, places[0].code, places[0].level
        if name:
            return name, "", level_of(name)
    return "", "", ""


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
    if len(text) == 4:
        return int("".join(str(_DIGITS.get(char, 0)) for char in text))
    return han_value(text)


def _dates(lines: Iterable[str], printed: bool) -> str:
    """First date of a line of its own, or of a signature; of printing notes when ``printed``."""
    for line in lines:
        if len(line) <= 60 and DATE.search(line) and (line.rstrip("）)").endswith(("印发", "印")) == printed):
            if not (printed or is_date_line(line) or signature_of(line)):
                continue
            if found := iso_date(line):
                return found
    return ""


def _issuer(letter: list[str], title: str, colophon: list[str], front: list[str]) -> str:
    for lines in (reversed(letter), colophon, front[len(letter) : len(letter) + 5]):
        for line in lines:
            if organ := signature_of(line):
                return organ
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


def _report_year(
    title: str, paragraphs: list[Paragraph], heads: list[Head], preamble: list[str], signed: str
) -> int | None:
    """Year that is reported on: of the title, else of the first headings, else of the opening, else before signing."""
    headings = [paragraphs[head.paragraph].text[:60] for head in heads if head.marker.rank <= 2]
    opening = [line[:200] for line in preamble if not is_date_line(line)]
    for line in (title, *headings[:1], *opening, *headings[1:3]):
        if match := _YEAR.search(line):
            return _number(match["year"])
    return int(signed[:4]) - 1 if signed else None


def _published(lines: list[str]) -> str:
    for line in lines:
        if match := _PUBLISHED.search(line):
            return _iso(*(int(part) for part in re.split(r"\D", match["date"])[:3]))
    return ""

"""Small files of our own making: Word packages from their XML, pages, PDF files from their drawing orders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

TRANSITIONAL = "http://schemas.openxmlformats.org"
_NAMES = {
    "w": f"{TRANSITIONAL}/wordprocessingml/2006/main",
    "r": f"{TRANSITIONAL}/officeDocument/2006/relationships",
    "m": f"{TRANSITIONAL}/officeDocument/2006/math",
    "a": f"{TRANSITIONAL}/drawingml/2006/main",
    "wp": f"{TRANSITIONAL}/drawingml/2006/wordprocessingDrawing",
    "pic": f"{TRANSITIONAL}/drawingml/2006/picture",
    "c": f"{TRANSITIONAL}/drawingml/2006/chart",
    "mc": f"{TRANSITIONAL}/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_REL = f"{TRANSITIONAL}/officeDocument/2006/relationships"
BEFORE = ("砚桥县2024年法治政府建设年度报告", "一、主要工作")
AFTER = ("二、存在的问题", "执法力量不足。", "三、下一步工作", "加强培训。")


def run(text: str, looks: str = "") -> str:
    """A run of Word with the properties that ``looks`` gives as XML."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def report_body(middle: str) -> str:
    """The body of a short report around a middle."""
    before = "".join(paragraph(run(line)) for line in BEFORE)
    return before + middle + "".join(paragraph(run(line)) for line in AFTER)


def word(
    path: Path,
    body: str,
    *,
    main: str = "word/document.xml",
    kind: str = _MAIN,
    styles: str = "",
    parts: Mapping[str, tuple[str, str, bytes]] | None = None,
    strict: bool = False,
) -> Path:
    """A Word file; ``parts`` maps relation ids to (path below word/, content type, content)."""
    names = " ".join(f'xmlns:{key}="{value}"' for key, value in _NAMES.items())
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {names}><w:body>{body}</w:body></w:document>'
    relations: list[str] = []
    overrides = [f'<Override PartName="/{main}" ContentType="{kind}"/>']
    files: dict[str, bytes] = {}
    if styles:
        files["word/styles.xml"] = f"<w:styles {names}>{styles}</w:styles>".encode()
        relations.append(f'<Relationship Id="rS" Type="{_REL}/styles" Target="styles.xml"/>')
        kind_of_styles = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
        overrides.append(f'<Override PartName="/word/styles.xml" ContentType="{kind_of_styles}"/>')
    for key, (name, content_type, content) in (parts or {}).items():
        files[f"word/{name}"] = content
        relations.append(f'<Relationship Id="{key}" Type="{_REL}/aFChunk" Target="{name}"/>')
        overrides.append(f'<Override PartName="/word/{name}" ContentType="{content_type}"/>')
    files[main] = document.encode()
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>' + "".join(overrides) + "</Types>"
    ).encode()
    files["_rels/.rels"] = _relations([f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="{main}"/>'])
    files[f"word/_rels/{Path(main).name}.rels"] = _relations(relations)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, _strict(content) if strict else content)
    path.write_bytes(buffer.getvalue())
    return path


def _relations(items: Sequence[str]) -> bytes:
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{"".join(items)}</Relationships>'.encode()


def _strict(content: bytes) -> bytes:
    for name in ("wordprocessingml", "officeDocument", "drawingml"):
        content = content.replace(
            f"{TRANSITIONAL}/{name}/2006/".encode(), f"http://purl.oclc.org/ooxml/{name}/".encode()
        )
    return content


def page(path: Path, middle: str, style: str = "") -> Path:
    """A web page with a short report around a middle."""
    before = "".join(f"<p>{line}</p>" for line in BEFORE)
    after = "".join(f"<p>{line}</p>" for line in AFTER)
    filler = "<p>全县认真落实上级部署，健全工作机制，压实各方责任，依法履行各项职能，营造良好的法治环境。</p>"
    path.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{BEFORE[0]}</title><style>{style}</style></head>'
        f'<body><div class="article-content">{before}{filler}{middle}{after}</div></body></html>',
        encoding="utf-8",
    )
    return path


def at(text: str, x: float, y: float, size: float = 14, mode: str = "") -> str:
    """The order of a PDF page to show a text, with other orders (colour, way of drawing) before it."""
    return f"q {mode} BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET Q\n"


def pdf_report(extra: str = "", *, before: str = "", middle: str = "全县办理行政复议案件26件，审结24件。") -> str:
    """The orders that show a short report, and others before and after them."""
    lines = [*BEFORE, middle, *AFTER]
    shown = "".join(at(line, 80 + 150 * (number == 0), 760 - 24 * number) for number, line in enumerate(lines))
    return before + shown + extra


def pdf(path: Path, *pages: str, boxes: str = "/MediaBox[0 0 595 842]", resources: str = "") -> Path:
    """A PDF file whose font is named and not embedded, as offices print to them."""
    objects = [
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 4>>/FontDescriptor 1 0 R/DW 1000/W[1 95 500]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[2 0 R]>>",
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n"
        "stream\n\x40\nendstream",
    ]
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for orders in pages:
        objects.append(f"<</Length {len(orders.encode('latin-1'))}>>\nstream\n{orders}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent {tree} 0 R{boxes}/Resources<</Font<</F1 3 0 R>>/XObject<</Im 4 0 R>>{resources}>>"
            f"/Contents {len(objects)} 0 R>>"
        )
    objects.append(f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {len(kids)}>>")
    objects.append(f"<</Type/Catalog/Pages {tree} 0 R>>")
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root "
        f"{len(objects)} 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode()
    path.write_bytes(data)
    return path

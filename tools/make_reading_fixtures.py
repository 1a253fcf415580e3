"""Makes tests/fixtures/reading: one fictional report in many formats, each written by another program.

Needs, on the machine that makes them: LibreOffice (soffice), Chromium, pdftoppm. The tests read the committed files and
need none of these. Usage: python tools/make_reading_fixtures.py
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests" / "fixtures" / "reading"
FONT = "Noto Sans SC"

TITLE = "砚桥县人民政府关于2024年度法治政府建设情况的报告"
OPENING = (
    "2024年，砚桥县坚持把法治政府建设摆在全局工作的重要位置，聚焦重点领域，补短板、强弱项，各项任务按期完成。"
    "现将有关情况报告如下："
)
SECTIONS: list[tuple[str, list[str]]] = [
    (
        "一、2024年主要工作情况",
        [
            "（一）加强组织领导，压实推进责任。县委常委会、县政府常务会议专题研究法治建设7次，印发年度工作要点，细化任务"
            "43项，向12个乡镇、31个县直部门下发清单43份。组织领导干部集中学法9次，旁听庭审186人次。",
            "（二）优化营商环境，转变政府职能。公布县级权责清单3208项，推行“一件事”集成服务24项，网上可办率98.6%，"
            "平均办理时限压缩61.5%。推行告知承诺制事项37项，梳理公布免罚轻罚清单5张，减免市场主体罚款114笔。办结涉企投诉52件，为企业挽回损失1360万余元。",
            "（三）规范行政执法，提升监管效能。一是健全执法制度。全面落实行政执法公示、执法全过程记录、重大执法决定法制"
            "审核制度，评查案卷320余份。二是建强执法队伍。组织执法人员培训14场，培训1045人次，换发执法证件407本。三是抓好"
            "专项整治。开展“双随机、一公开”抽查86批次，检查市场主体1927户，办理行政处罚案件213件。",
            "（四）化解矛盾纠纷，维护社会稳定。收到行政复议申请68件，受理61件，审结57件，其中调解和解19件。行政应诉案件"
            "22件，负责人出庭应诉率100%。各级调解组织调处纠纷2746件，调解成功2689件，成功率97.92%。",
            "（五）强化权力监督，推进政务公开。办理人大代表建议73件、政协提案96件，办复率100%。发布政府信息5200余条，"
            "依申请公开答复41件。办理“12345”热线诉求18604件，按时办结率99.36%，群众满意率96.8%。开展行政规范性文件清理，"
            "保留26件、修改4件、废止9件，备案审查率100%。",
        ],
    ),
    (
        "二、存在的主要问题",
        [
            "对照上级要求，我县法治政府建设还存在一些不足：一是基层执法力量薄弱，个别乡镇一人多岗；二是行政复议案件增长较快，"
            "办案人员配备不足；三是普法宣传方式单一，针对性不强。",
        ],
    ),
    (
        "三、下一步工作安排",
        [
            "2025年，我县将重点做好以下工作。一是充实基层执法力量，推动人员编制向一线倾斜。二是加强行政复议能力建设，"
            "配齐配强办案人员。三是创新普法方式，力争全年开展普法活动120场以上。",
        ],
    ),
]
SIGNATURE, DATE = "砚桥县人民政府", "2025年1月20日"
TABLE = [
    ["指标", "2023年", "2024年"],
    ["行政复议申请（件）", "51", "68"],
    ["行政处罚案件（件）", "240", "213"],
    ["法律援助案件（件）", "175", "198"],
]


def body_lines() -> list[str]:
    """The report, one paragraph a line."""
    lines = [TITLE, OPENING]
    for heading, paragraphs in SECTIONS:
        lines += [heading, *paragraphs]
    return [*lines, SIGNATURE, DATE]


def make_texts() -> None:
    text = "\n".join(body_lines()) + "\n"
    (OUT / "utf8_bom.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    indented = "\n".join(
        line if i in (0, len(body_lines()) - 1) else f"　　{line}" for i, line in enumerate(body_lines())
    )
    (OUT / "gb18030.txt").write_bytes(indented.encode("gb18030"))
    (OUT / "utf16.txt").write_bytes(text.encode("utf-16"))
    (OUT / "wrapped.txt").write_text(wrapped(36), encoding="utf-8", newline="\n")
    markdown = [f"# {TITLE}", OPENING]
    for heading, paragraphs in SECTIONS:
        markdown += [f"## **{heading}**", *paragraphs]
    markdown += ["---", SIGNATURE, DATE]
    spaced = (
        "\n\n".join(markdown).replace("68件", "68 件").replace("受理61件", "受理 61 件").replace("98.6%", "９８.６％")
    )
    spaced = spaced.replace("评查案卷320余份", "评查案\n\n卷320余份")  # a page break
    (OUT / "report.md").write_text(spaced, encoding="utf-8", newline="\n")


def wrapped(width: int) -> str:
    """The report as a mail program wraps it: lines of equal width, paragraphs indented."""
    lines = []
    for number, paragraph in enumerate(body_lines()):
        rest = paragraph if number == 0 else f"　　{paragraph}"
        while rest:
            lines.append(rest[:width])
            rest = rest[width:]
    return "\n".join(lines) + "\n"


def make_docx(path: Path, *, automatic: bool) -> None:
    """Word's own structures: header, footer with page field, table in place, tracked change, automatic numbers."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "砚桥县人民政府文件"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>- </w:t></w:r>"))
    footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    footer._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:t> -</w:t></w:r>"))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing = Pt(28)
    if automatic:
        add_numbering(document)
    title = document.add_paragraph(TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size = Pt(22)
    add_body(document, OPENING)
    for number, (heading, paragraphs) in enumerate(SECTIONS):
        add_body(document, heading.partition("、")[2] if automatic else heading, level=0 if automatic else None)
        for paragraph in paragraphs:
            own = paragraph[3:] if automatic and paragraph[0] == "（" else paragraph
            add_body(document, own, level=1 if own != paragraph else None)
        if number == 0:
            table = document.add_table(rows=0, cols=3)
            table.style = "Table Grid"
            for row in TABLE:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    for line in (SIGNATURE, DATE):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if automatic:
        last = document.paragraphs[-3]._p
        w = nsdecls("w")
        last.append(parse_xml(f'<w:ins {w} w:id="1" w:author="a"><w:r><w:t>四是做好迎检准备。</w:t></w:r></w:ins>'))
        last.append(
            parse_xml(f'<w:del {w} w:id="2" w:author="a"><w:r><w:delText>五是另行安排。</w:delText></w:r></w:del>')
        )
    document.save(str(path))


def add_body(document, text, level=None):
    from docx.shared import Pt

    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    if level is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 77
        properties.get_or_add_ilvl().val = level


def add_numbering(document) -> None:
    """A list that prints 一、 and （一） as Word's multilevel lists do."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, text in enumerate(["%1、", "（%2）"])
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def make_pages() -> None:
    """Pages as three content systems of government sites write them, and one that none of them wrote."""
    paragraphs = "\n".join(f'<p style="text-indent:2em">{line}</p>' for line in body_lines()[1:])
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    menu = '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/jdhy/">解读回应</a></div>'
    trs = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{TITLE}_砚桥县人民政府网</title>
<meta name="ArticleTitle" content="{TITLE}"/><meta name="PubDate" content="2025-02-17 09:30"/>
<meta name="Url" content="http://www.yanqiao.example/zwgk/t20250217_1001.html"/>
<script>var visits = 58211;</script></head><body>{menu}<div class="crumbs">当前位置：首页 &gt; 政务公开</div>
<h1>{TITLE}</h1><div class="info">发布时间：2025-02-17　来源：县司法局　浏览次数：58211</div>
<div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style>{paragraphs}<table>{rows}</table></div>
<div class="footer">主办：砚桥县人民政府办公室　备案号：云备00000001号</div></body></html>"""
    (OUT / "trs.html").write_bytes(trs.encode("gb18030"))
    ucap = f"""<!doctype html><html lang="zh-CN"><head><meta charset="UTF-8"><title>{TITLE} - 砚桥县人民政府</title>
<link rel="canonical" href="https://www.yanqiao.example/art/2025/2/17/art_1_2.html"></head><body><nav>{menu}</nav>
<div class="container"><p class="time">发布日期： 2025年02月17日 字体：大 中 小</p>
<div id="UCAP-CONTENT"><div class="pages_content">{paragraphs.replace("7次", "7&nbsp;次")}</div></div></div>
<div class="share">分享到：微信 微博</div><footer>网站地图 联系我们</footer></body></html>"""
    (OUT / "ucap.html").write_text(ucap, encoding="utf-8")
    plain = f"""<html><head><title>{TITLE}</title></head><body><table width="100%"><tr><td>{menu}</td></tr>
<tr><td><h2>{TITLE}</h2><!-- <p>旧稿：办结999件</p> --><div style="display:none">隐藏文字888件</div>
<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>{paragraphs}</td></tr></table></body></html>"""
    (OUT / "plain.htm").write_text(plain, encoding="utf-8")


def soffice(source: Path, kind: str, out: Path, profile: Path, environment: dict[str, str]) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            out,
            source,
        ],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def chromium(source: Path, target: Path, environment: dict[str, str], *, header: bool) -> None:
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    command = ["chromium", *flags.split(), "--disable-component-update", "--disable-sync"]
    if not header:
        command.append("--no-pdf-header-footer")
    subprocess.run(
        [*command, f"--print-to-pdf={target}", source.as_uri()], check=True, env=environment, capture_output=True
    )


def printable(columns: int) -> str:
    """A page for Chromium: justified body text, in one column or two, with the table across."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    blocks = "".join(f"<p>{line}</p>" for line in body_lines()[1:-2])
    ends = "".join(f'<p style="text-align:right;text-indent:0">{line}</p>' for line in body_lines()[-2:])
    size = 11 if columns > 1 else 16
    return f"""<html lang="zh"><head><meta charset="utf-8"><title>{TITLE}</title><style>@page{{size:A4;margin:2.2cm}}
body{{font-family:'{FONT}';font-size:{size}pt;line-height:1.7}} h1{{font-size:{size + 4}pt;text-align:center}}
p{{text-indent:2em;margin:0;text-align:justify}} .c{{column-count:{columns};column-gap:1.2cm}}
table{{width:100%;border-collapse:collapse}} td{{border:1px solid #333;padding:2px 8px}}</style></head>
<body><h1>{TITLE}</h1><div class="c">{blocks}</div><table>{rows}</table>{ends}</body></html>"""


def photograph(source: Path, target: Path, *, angle: float, seed: int) -> None:
    """A printed page as a telephone takes it: slightly turned, uneven light, noise."""
    from PIL import Image, ImageChops, ImageFilter

    random.seed(seed)
    page = Image.open(source).convert("L").rotate(angle, expand=False, fillcolor=255, resample=Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").resize(page.size).point(lambda value: 225 + value // 9)
    page = ImageChops.multiply(page, light).filter(ImageFilter.GaussianBlur(0.5))
    page = ImageChops.add(page, Image.effect_noise(page.size, 12), scale=1, offset=-128)
    page.save(target, quality=55, optimize=True)


def make_scans(environment: dict[str, str], work: Path) -> None:
    """Pictures of the first two printed pages: one as a photograph, both as a PDF without a text layer."""
    from PIL import Image

    command = ["pdftoppm", "-r", "130", "-gray", "-f", "1", "-l", "2", "-png", OUT / "libreoffice.pdf", work / "page"]
    subprocess.run(command, check=True, env=environment)
    sheets = sorted(work.glob("page-*.png"))
    photograph(sheets[0], OUT / "photo.jpg", angle=1.1, seed=1)
    pictures = []
    for number, sheet in enumerate(sheets):
        photograph(sheet, work / f"scan{number}.jpg", angle=-0.4, seed=number + 2)
        pictures.append(Image.open(work / f"scan{number}.jpg"))
    pictures[0].save(OUT / "scan.pdf", save_all=True, append_images=pictures[1:], resolution=130, quality=55)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    spec = importlib.util.find_spec("zhplot")
    fonts = Path(spec.origin).parent / "fonts" if spec and spec.origin else None
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        config = work / "fonts.conf"
        config.write_text(
            f"<?xml version='1.0'?><fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir>"
            f"<cachedir>{work}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )
        environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
        make_texts()
        make_pages()
        make_docx(OUT / "report.docx", automatic=False)
        make_docx(OUT / "numbered.docx", automatic=True)
        profile = work / "profile"
        shutil.copy(OUT / "report.docx", work / "libreoffice.docx")
        soffice(work / "libreoffice.docx", "pdf", OUT, profile, environment)
        shutil.copy(OUT / "report.docx", work / "old.docx")
        soffice(work / "old.docx", "doc", OUT, profile, environment)
        shutil.copy(OUT / "report.docx", work / "encrypted.docx")
        locked = (
            'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
            '"DocumentOpenPassword":{"type":"string","value":"fixture"}}'
        )
        soffice(work / "encrypted.docx", locked, OUT, profile, environment)
        for columns, target, header in ((1, "chromium.pdf", True), (2, "two_columns.pdf", False)):
            page = work / f"print{columns}.html"
            page.write_text(printable(columns), encoding="utf-8")
            chromium(page, OUT / target, environment, header=header)
        make_scans(environment, work)
    with zipfile.ZipFile(OUT / "layout.ofd", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml", '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'
        )
        archive.writestr("Doc_0/Document.xml", "<Document/>")


if __name__ == "__main__":
    main()

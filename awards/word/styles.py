"""Styles of an official document: sizes in half points (二号 44, 三号 32, 四号 28, 小四 24, 五号 21)."""

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from awards.word.fonts import BODY, HEAD, LATIN, NAMESPACE, NUMBERS, SECOND, TITLE

LINE = 560  # 28 points, so that a page has 22 lines
EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
WIDE = '<w:spacing w:before="0" w:after="0" w:line="700" w:lineRule="exact"/>'
TIGHT = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'


def face(name: str, size: int) -> str:
    fonts = f'<w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}" w:cs="{LATIN}"/>'
    return f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def style(code: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def styles(table_size: int) -> BaseOxmlElement:
    """table_size   half points of what stands in tables"""
    inset = '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    parts = [f"<w:docDefaults><w:rPrDefault>{face(BODY, 32)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"]
    parts.append(
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{EXACT}</w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    parts += [
        style("Title", "Title", f'{WIDE}<w:jc w:val="center"/>', face(TITLE, 44)),
        style("Heading1", "heading 1", f'<w:keepNext/>{EXACT}<w:outlineLvl w:val="0"/>', face(HEAD, 32)),
        style("Annex", "附件", EXACT, face(HEAD, 32)),
        style("Second", "副标题行", f'{EXACT}<w:jc w:val="center"/>', face(SECOND, 32)),
        style("Text", "正文段落", EXACT + indent, face(BODY, 32)),
        style("Closing", "落款", f"<w:keepNext/><w:keepLines/>{EXACT}{inset}", face(BODY, 32)),
        style("Note", "附注", TIGHT, face(BODY, 21)),
        style("TH", "表头", f'{TIGHT}<w:jc w:val="center"/>', face(HEAD, table_size)),
        style("TG", "表内分组", f"<w:keepNext/>{TIGHT}", face(HEAD, table_size)),
        style("T", "表格文字", TIGHT, face(BODY, table_size)),
        style("TC", "表格数字", f'{TIGHT}<w:jc w:val="center"/>', face(BODY, table_size)),
        style("Odd", "单页页码", '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>', face(NUMBERS, 28)),
        style("Even", "双页页码", '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>', face(NUMBERS, 28)),
        style("Cue", "主持人提示", EXACT, face(SECOND, 32)),
    ]  # fmt: skip
    return parse_xml(f'<w:styles xmlns:w="{NAMESPACE}">{"".join(parts)}</w:styles>')

"""Typefaces of official documents, and what Word and WPS take where one is not installed."""

TITLE, BODY, HEAD, SECOND, NUMBERS = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
LATIN = "Times New Roman"
# Other names of the same face, the nearest first; Word tries them in this order.
OTHERS = {
    TITLE: "方正小标宋_GBK,小标宋,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体",
    BODY: "仿宋_GB2312,FangSong,华文仿宋,STFangsong",
    HEAD: "SimHei,华文黑体,STHeiti,Noto Sans CJK SC",
    SECOND: "楷体_GB2312,KaiTi,华文楷体,STKaiti,LXGW WenKai",
    NUMBERS: "SimSun,华文宋体,STSong,Noto Serif CJK SC",
}
FAMILY = {TITLE: "roman", BODY: "modern", HEAD: "swiss", SECOND: "modern", NUMBERS: "roman"}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def font_table() -> bytes:
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{FAMILY[name]}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in OTHERS.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{NAMESPACE}">{latin}{faces}</w:fonts>'.encode()

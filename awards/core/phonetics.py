"""How names are read aloud: which characters want a hint, and what it says.

A hint is given where a reader may stumble: surnames that are read otherwise than the word, characters beyond the 3,755
common ones of GB 2312, and given names that are read in two ways, which somebody has to ask. Without a hint a
character is read as everybody reads it.
"""

from functools import lru_cache

from pypinyin import Style, pinyin

# The first reading is that of most families; where there are two, one has to ask.
SURNAMES: dict[str, tuple[str, ...]] = {
    "曾": ("zēng",), "单": ("shàn",), "解": ("xiè",), "仇": ("qiú",), "区": ("ōu",), "查": ("zhā",), "朴": ("piáo",),
    "乐": ("yuè", "lè"), "盖": ("gě", "gài"), "尉": ("wèi",), "缪": ("miào",), "燕": ("yān",), "任": ("rén",),
    "华": ("huà",), "翟": ("zhái", "dí"), "覃": ("qín", "tán"), "冼": ("xiǎn",), "洗": ("xiǎn",), "逄": ("páng",),
    "秘": ("bì",), "那": ("nā",), "曲": ("qū",), "员": ("yùn",), "繁": ("pó",), "折": ("shé",), "种": ("chóng",),
    "重": ("chóng",), "黑": ("hè", "hēi"), "召": ("shào",), "祭": ("zhài",), "郇": ("xún", "huán"),
    "郗": ("xī", "chī"), "牟": ("mù", "móu"), "晁": ("cháo",), "褚": ("chǔ",), "佴": ("nài",), "应": ("yīng",),
    "哈": ("hǎ",), "谌": ("chén", "shèn"), "隗": ("wěi", "kuí"), "眭": ("suī",), "庹": ("tuǒ",), "瞿": ("qú",),
    "句": ("gōu",), "教": ("jiào",), "葛": ("gě",), "宁": ("níng", "nìng"), "甯": ("nìng",), "过": ("guō",),
    "撒": ("sǎ",), "幺": ("yāo",), "柏": ("bǎi", "bó"), "都": ("dū",), "盛": ("shèng",), "石": ("shí",),
    "万": ("wàn",), "相": ("xiàng",), "强": ("qiáng",), "车": ("chē",), "沈": ("shěn",), "俞": ("yú",),
    "於": ("yū",), "纪": ("jǐ", "jì"), "令": ("líng",), "长": ("cháng",), "朝": ("cháo",), "行": ("xíng",),
    "谷": ("gǔ",), "贾": ("jiǎ",), "载": ("zài",), "降": ("jiàng",), "难": ("nìng",), "占": ("zhān",), "卜": ("bǔ",),
    "阚": ("kàn",), "仉": ("zhǎng",), "亓": ("qí",), "郄": ("qiè", "xì"), "莘": ("shēn", "xīn"), "厍": ("shè",),
    "禚": ("zhuó",), "乜": ("niè",), "妫": ("guī",), "宓": ("mì", "fú"), "殳": ("shū",), "訾": ("zī", "zǐ"),
}  # fmt: skip
COMPOUND: dict[str, tuple[str, ...]] = {
    "万俟": ("mò", "qí"), "尉迟": ("yù", "chí"), "单于": ("chán", "yú"), "长孙": ("zhǎng", "sūn"),
    "澹台": ("tán", "tái"), "令狐": ("líng", "hú"), "宰父": ("zǎi", "fǔ"), "皇甫": ("huáng", "fǔ"),
    "欧阳": ("ōu", "yáng"), "司马": ("sī", "mǎ"), "上官": ("shàng", "guān"), "诸葛": ("zhū", "gě"),
    "东方": ("dōng", "fāng"), "慕容": ("mù", "róng"), "司徒": ("sī", "tú"), "夏侯": ("xià", "hóu"),
    "公孙": ("gōng", "sūn"), "轩辕": ("xuān", "yuán"), "钟离": ("zhōng", "lí"), "宇文": ("yǔ", "wén"),
    "鲜于": ("xiān", "yú"), "闻人": ("wén", "rén"), "闾丘": ("lǘ", "qiū"), "赫连": ("hè", "lián"),
    "太叔": ("tài", "shū"), "申屠": ("shēn", "tú"), "公羊": ("gōng", "yáng"), "濮阳": ("pú", "yáng"),
    "淳于": ("chún", "yú"), "仲孙": ("zhòng", "sūn"), "端木": ("duān", "mù"), "公冶": ("gōng", "yě"),
    "西门": ("xī", "mén"), "南宫": ("nán", "gōng"), "百里": ("bǎi", "lǐ"), "呼延": ("hū", "yán"),
    "独孤": ("dú", "gū"), "东郭": ("dōng", "guō"), "第五": ("dì", "wǔ"), "司空": ("sī", "kōng"),
}  # fmt: skip
# Surnames read as the word is: known to the order by pinyin, no hint needed.
PLAIN = frozenset("任华曲应葛卜石万相强车沈俞谷贾降阚盛长朝行载")
PLAIN_COMPOUND = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "司徒", "公孙", "东郭", "南宫", "西门", "百里", "司空", "慕容", "宇文")
)
GIVEN: dict[str, tuple[str, ...]] = {
    "行": ("xíng", "háng"), "乐": ("lè", "yuè"), "长": ("cháng", "zhǎng"), "朝": ("cháo", "zhāo"),
    "重": ("chóng", "zhòng"), "茜": ("qiàn", "xī"), "媛": ("yuán", "yuàn"), "娜": ("nà", "nuó"),
    "颉": ("jié", "xié"), "晟": ("shèng", "chéng"), "盛": ("shèng", "chéng"), "曾": ("zēng", "céng"),
    "载": ("zài", "zǎi"), "藏": ("cáng", "zàng"), "传": ("chuán", "zhuàn"), "柏": ("bǎi", "bó"),
    "莘": ("shēn", "xīn"), "拓": ("tuò", "tà"), "参": ("cān", "shēn"), "予": ("yǔ", "yú"), "荨": ("xún", "qián"),
    "阿": ("ā", "ē"), "单": ("dān", "shàn"), "解": ("jiě", "xiè"), "琢": ("zhuó", "zuó"), "杉": ("shān", "shā"),
    "苔": ("tái", "tāi"), "露": ("lù", "lòu"), "弹": ("dàn", "tán"), "还": ("huán", "hái"), "仔": ("zǐ", "zǎi"),
}  # fmt: skip
# Beyond the common characters of 1980, and yet in every classroom.
EVERYDAY = frozenset(
    "梓萱馨睿璇昊琪瑜妍婷雯煜烨皓瑾璐楠淇沁泓曦彤铭钰琦珂玮霖蓓娅妮熙瑶琳琅洛岚岑莉莎茉茗荃荷菲萍萌葵蓉薇蕾蕊婉婧婕"
    "嫣嫦靓翊翔玲珍珊琴瑞璟璞懿恬恺悦惠慧憬昕晗晔晖晨晴暄朗栋桐桦梅楷槿樱橙歆汐沐沛泽洁洵涛涵淑淳清渝湘溪滢漪潇澜瀚炜"
    "炫烁焱煊祺禾秉竣筠笛绮绍纶羽聪舜舟芊芝芙芳芸芷苑苒苗若茵彦彬俐俪倩偲"
)


TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


def is_common(char: str) -> bool:
    """Of the first level of GB 2312, or no Chinese character at all."""
    if not is_chinese(char):
        return True
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def is_chinese(char: str) -> bool:
    return char == "〇" or 0x3400 <= ord(char) <= 0x9FFF or ord(char) >= 0x20000


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """The most common reading of a character, a full tone before a neutral one; none where nobody wrote it down."""
    found = pinyin(char, style=Style.TONE, heteronym=True, errors=lambda _unknown: "")
    said = [one for one in (found[0] if found else ()) if one]
    toned = [one for one in said if any(letter in TONED for letter in one)]
    return tuple((toned or said)[:1])


def name_hints(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each character of a name with the readings that its reader wants; () where none is needed."""
    compound = COMPOUND.get(name[:2]) if len(name) > 2 else None
    if compound:
        known = [() if name[:2] in PLAIN_COMPOUND else (one,) for one in compound]
        return [*zip(name[:2], known, strict=True), *((char, given_hint(char)) for char in name[2:])]
    is_one_word = 1 < len(name) < 5  # names with ·, of groups and of schools have no Chinese surname
    first = surname_hint(name[0]) if is_one_word else given_hint(name[0]) if name else ()
    return [*((char, first) for char in name[:1]), *((char, given_hint(char)) for char in name[1:])]


def surname_hint(char: str) -> tuple[str, ...]:
    if char in SURNAMES:
        return () if char in PLAIN else SURNAMES[char]
    return rare_hint(char)


def given_hint(char: str) -> tuple[str, ...]:
    return GIVEN.get(char) or rare_hint(char)


def rare_hint(char: str) -> tuple[str, ...]:
    if is_common(char) or char in EVERYDAY:
        return ()
    return readings(char) or ("?",)


def hinted(name: str) -> str:
    """单䶮 -> 单（shàn）䶮（yǎn）; two readings stand with a stroke between, to be asked; ? where none is known."""
    return "".join(f"{char}（{'/'.join(said)}）" if said else char for char, said in name_hints(name))


def hinted_text(text: str) -> str:
    """Of what is no name of a person, such as a school: rare characters alone."""
    return "".join(f"{char}（{'/'.join(said)}）" if (said := rare_hint(char)) else char for char in text)

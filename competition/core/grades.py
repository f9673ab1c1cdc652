"""School years and the stages they belong to."""

import unicodedata

# grade -> (stage, Chinese, English)
GRADES: dict[int, tuple[str, str, str]] = {
    0: ("kindergarten", "幼儿园", "Kindergarten"),
    1: ("primary", "小学一年级", "Primary 1"),
    2: ("primary", "小学二年级", "Primary 2"),
    3: ("primary", "小学三年级", "Primary 3"),
    4: ("primary", "小学四年级", "Primary 4"),
    5: ("primary", "小学五年级", "Primary 5"),
    6: ("primary", "小学六年级", "Primary 6"),
    7: ("junior", "初中一年级", "Junior 1"),
    8: ("junior", "初中二年级", "Junior 2"),
    9: ("junior", "初中三年级", "Junior 3"),
    10: ("senior", "高中一年级", "Senior 1"),
    11: ("senior", "高中二年级", "Senior 2"),
    12: ("senior", "高中三年级", "Senior 3"),
    21: ("vocational", "中职一年级", "Vocational 1"),
    22: ("vocational", "中职二年级", "Vocational 2"),
    23: ("vocational", "中职三年级", "Vocational 3"),
}
STAGES: dict[str, tuple[str, str]] = {
    "kindergarten": ("幼儿园", "kindergarten"),
    "primary": ("小学", "primary school"),
    "junior": ("初中", "junior secondary school"),
    "senior": ("高中", "senior secondary school"),
    "vocational": ("中职", "vocational school"),
}


def stage_of(grade: int | None) -> str:
    """The stage of a grade; "" where there is none."""
    return GRADES[grade][0] if grade in GRADES else ""


SHORT = {
    f"{prefix}{numeral}": base + place
    for base, prefixes in ((0, ("小",)), (6, ("初",)), (9, ("高",)), (20, ("职", "中职")))
    for prefix in prefixes
    for place, numeral in enumerate("一二三四五六", 1)
    if base + place in GRADES and GRADES[base + place][0] == GRADES[base + 1][0]
}


def grade_of(text: str) -> int | None:
    """The grade that people write: 三年级, 小三, 初二, 高一年级, 八年级, 高2, 2017… is none.

    >>> grade_of("小学三年级"), grade_of("八年级"), grade_of("高一"), grade_of("大一")
    (3, 8, 10, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "").split("(")[0]
    for number, (_, zh, en) in GRADES.items():
        if plain.casefold() in (zh, en.replace(" ", "").casefold(), str(number)):
            return number
    plain = plain.removesuffix("级").removesuffix("年").translate(str.maketrans("123456789", "一二三四五六七八九"))
    plain = plain.replace("小学", "小").replace("初中", "初").replace("高中", "高")
    whole = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
    return SHORT.get(plain) or whole.get(plain)

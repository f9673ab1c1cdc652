"""Prize money as rules say it, read so that papers can add it up."""

import re

AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(万)?")


def yuan_in(text: str) -> int | None:
    """Whole yuan of one winner; None where the text does not say one whole amount and nothing else.

    "每人10000元", "每项 3,000 元" and "1万元" do; "一等 5000 元，二等 3000 元" and "若干" do not.
    """
    found = AMOUNT.findall(text)
    if len(found) != 1:
        return None
    number, ten_thousands = found[0]
    whole, _point, part = re.sub("[,，]", "", number).partition(".")
    if not ten_thousands:
        return None if part else int(whole)
    return None if len(part) > 4 else int(whole + part.ljust(4, "0"))

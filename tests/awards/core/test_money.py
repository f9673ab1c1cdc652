"""Prize money is added up only where the rules say one whole amount."""

import pytest

from awards.core.money import yuan_in


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("每项3000元", 3000), ("每人 10,000 元", 10000), ("1万元", 10000), ("1.5万元", 15000), ("10000", 10000),
        ("", None), ("若干", None), ("一等 5000 元，二等 3000 元", None), ("0.5元", None), ("1.23456万元", None),
    ],
)  # fmt: skip
def test_yuan_in(text: str, yuan: int | None):
    assert yuan_in(text) == yuan

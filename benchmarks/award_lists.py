"""How long do 10,000 rows of an award list take as Word, Excel, PDF and web page, and in the order of names?

    python benchmarks/award_lists.py [--quick]

Rows as `list_paper` makes them, with headings of tracks and prizes; medians of rounds. The peer is python-docx
writing the same cells one by one, over few rows, since it takes ever longer for each.
"""

import argparse
import io
import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("LAUREL_MODE", "desk")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import docx  # noqa: E402

from awards.core.name_order import pinyin_key, stroke_key  # noqa: E402
from awards.outputs.list_file.files import list_docx, list_html, list_pdf  # noqa: E402
from awards.outputs.list_file.ordering import stroke_places  # noqa: E402
from awards.outputs.list_file.paper import COLUMNS, Counts, ListPaper, ListRows  # noqa: E402
from awards.outputs.list_file.workbook import list_xlsx  # noqa: E402

ROWS, FEW = 10_000, 300
AT = datetime(2017, 12, 17, 2, tzinfo=UTC)
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
CODES = ("serial", "number", "title", "authors", "school", "tutors")


def rows(count: int) -> list[tuple[Any, ...]]:
    chance = random.Random(2017)
    characters = [chr(code) for code in range(0x4E00, 0x9FA6)]

    def name() -> str:
        return chance.choice(FAMILY) + "".join(chance.choices(characters[:6000], k=chance.choice((1, 2, 2))))

    return [
        (at, f"CX{at:05d}", "".join(chance.choices(characters[:3000], k=chance.randint(6, 24))), name(),
         f"晴川市第{at % 300}实验学校", name())
        for at in range(1, count + 1)
    ]  # fmt: skip


def paper(made: list[tuple[Any, ...]]) -> ListPaper:
    groups: list[ListRows] = []
    step = max(len(made) // 30, 1)
    for at in range(0, len(made), step):
        if at // step % 3 == 0:
            groups.append(ListRows(f"第{at // step // 3 + 1}赛项", 1))
        groups.append(ListRows(f"奖项（{step}）", 2, tuple(made[at : at + step])))
    return ListPaper(
        title="晴川市青少年科技创新大赛获奖名单", subtitle="", annex="附件1", is_draft=False,
        columns=tuple(COLUMNS[code] for code in CODES), groups=tuple(groups), group_names=("赛项", "奖项"),
        counts=Counts(len(made), len(made), len(made), (), 0), foot=(f"共计获奖作品{len(made)}件。",),
        closing=("晴川市科学技术协会",), notes=(), issuers=("晴川市科学技术协会",), at=AT,
    )  # fmt: skip


def by_cells(made: list[tuple[Any, ...]]) -> bytes:
    """What python-docx's own table takes."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(CODES))
    for row in made:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def seconds(do: Callable[[], Any], rounds: int) -> float:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        do()
        found.append(time.perf_counter() - start)
    return median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="one round")
    rounds = 1 if parser.parse_args().quick else 5
    made = rows(ROWS)
    whole, names, strokes = paper(made), [row[3] for row in made], stroke_places()
    print(f"{ROWS:,} rows, python-docx {version('python-docx')}, XlsxWriter {version('XlsxWriter')}")
    kinds = {"docx": list_docx, "xlsx": list_xlsx, "pdf": list_pdf, "html": list_html}
    result = {f"{kind}_{ROWS}_s": round(seconds(lambda make=make: make(whole), rounds), 2)
              for kind, make in kinds.items()}  # fmt: skip
    result["strokes_s"] = round(seconds(lambda: sorted(names, key=lambda one: stroke_key(one, strokes)), rounds), 2)
    result["pinyin_s"] = round(seconds(lambda: sorted(names, key=lambda one: pinyin_key(one, strokes)), rounds), 2)
    per_row = seconds(lambda: by_cells(made[:FEW]), rounds) / FEW
    ours = seconds(lambda: list_docx(paper(made[:FEW])), rounds) / FEW
    result["vs_python_docx"] = round(per_row / ours, 1)
    for key, value in result.items():
        print(f"{key:16}{value}")
    print("RESULT " + json.dumps(result))


if __name__ == "__main__":
    main()

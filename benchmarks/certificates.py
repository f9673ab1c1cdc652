"""How fast, how small and how lean are certificates and award lists?

    python benchmarks/certificates.py [--quick] [--signatures]

Every figure is the median of rounds in fresh processes, fonts and first use included, imports not; the
contenders take turns. Certificates: A4 landscape, woven border, Chinese names from a thousand characters,
a seal, a QR symbol of its own on each, drawn as vectors, with a signed code of 174 characters that is ready.
`signed` makes the signatures within its time; `unsigned` prints codes of 26 characters, as before there were
signatures. The peers print the same texts inside two plain rules, without seals, and are handed finished QR
symbols as pictures, whose making is not charged to them; WeasyPrint gets fewer pages, enough for its start not
to count. Installs nothing; a peer that is missing is named in one line and null.
"""

import argparse
import base64
import html
import io
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

AT = datetime(2017, 12, 17, 2, tzinfo=UTC)
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
ADDRESS, SIGNED = "HTTPS://LAUREL.EXAMPLE/C/", 174
TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
BODY = "在第三十二届深圳市青少年科技创新大赛中，作品《{title}》荣获小学组物理与工程学一等奖。"
PAGES = {"laurel": 10_000, "typst": 5_000, "weasyprint": 300}
QUICK_PAGES = {"laurel": 10_000, "typst": 5_000, "weasyprint": 100}
FILES, ROWS = 1_000, 10_000
GROWTH = (100, 1_000)  # beside the pages of laurel


def facts(count: int) -> list[dict[str, str]]:
    """Number, name, body and QR payload of each certificate; the same in every process."""
    chance = random.Random(2017)
    characters = chance.sample([chr(code) for code in range(0x4E00, 0x9FA6)], 1000)
    made = []
    for row in range(count):
        name = chance.choice(FAMILY) + "".join(chance.choices(characters, k=chance.choice((1, 2, 2))))
        title = "".join(chance.choices(characters, k=chance.randint(6, 24)))
        token = "".join(chance.choices(TOKEN, k=26))
        words = {"number": f"SZ2017-{row:05d}", "name": name, "body": BODY.format(title=title), "token": token}
        made.append(words | {"qr": ADDRESS + token + "".join(chance.choices(TOKEN, k=SIGNED - len(token)))})
    return made


def symbols(payloads: list[str]) -> tuple[int, list[bytes]]:
    """Modules a side, and each symbol as one grey byte a module."""
    from awards.pdf.qr import QrImages

    drawn = QrImages(payloads, 0, 0, 60).drawn
    if len(drawn) < len(set(payloads)):
        raise SystemExit("too few pages for shared symbols")
    made = []
    for payload in payloads:
        size, modules = drawn[payload]
        across = (size + 7) // 8 * 8
        bits = format(int.from_bytes(modules, "big"), f"0{size * across}b")
        rows = "".join(bits[row * across : row * across + size] for row in range(size))
        made.append(rows.encode().translate(bytes.maketrans(b"01", b"\xff\x00")))
    return size, made


def _laurel_data(count: int) -> tuple[Any, list[Any]]:
    from awards.pdf import CertificateDesign, CertificatePage

    design = CertificateDesign(
        title="荣誉证书",
        title_en="Certificate of Award",
        issuers=("深圳市教育局", "深圳市科学技术协会"),
        date_text="二〇一七年十二月十七日",
        closing="特发此证，以资鼓励。",
        line="竞赛结果不作为中小学招生入学依据",
        seal=True,
    )
    pages = [
        CertificatePage(one["number"], (one["name"],), "同学：", one["body"], qr=one["qr"]) for one in facts(count)
    ]
    return design, pages


def run_laurel(count: int) -> dict[str, float]:
    from awards.pdf import certificates_pdf

    design, pages = _laurel_data(count)
    start = time.perf_counter()
    data = certificates_pdf(design, pages, at=AT, title="获奖证书", author="深圳市科协")
    return {"s": time.perf_counter() - start, "bytes": len(data)}


def run_unsigned(count: int) -> dict[str, float]:
    from awards.pdf import certificates_pdf

    design, pages = _laurel_data(count)
    pages = [replace(page, qr=page.qr[: len(ADDRESS) + 26]) for page in pages]
    start = time.perf_counter()
    data = certificates_pdf(design, pages, at=AT, title="获奖证书", author="深圳市科协")
    return {"s": time.perf_counter() - start, "bytes": len(data)}


def run_signed(count: int) -> dict[str, float]:
    """Digests, signatures and printing; `sign_s` is the part of digests and signatures."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from awards.core.signed_code import Statement, honour_digest, message, names_digest, with_signature
    from awards.pdf import certificates_pdf

    design, pages = _laurel_data(count)
    tokens = [one["token"] for one in facts(count)]
    start = time.perf_counter()
    private, honour = Ed25519PrivateKey.from_private_bytes(bytes(32)), honour_digest("物理与工程学 · 小学组 · 一等奖")
    codes = []
    for serial, (page, token) in enumerate(zip(pages, tokens, strict=True), 1):
        names = names_digest(token, page.recipients)
        text = Statement(token, "LAUR", "A", "SHENZHEN", AT.date(), serial, honour, names).text
        codes.append(ADDRESS + with_signature(text, private.sign(message(text))))
    sign_s = time.perf_counter() - start
    signed = [replace(page, qr=code) for page, code in zip(pages, codes, strict=True)]  # given, as in all runs
    start = time.perf_counter()
    data = certificates_pdf(design, signed, at=AT, title="获奖证书", author="深圳市科协")
    return {"s": sign_s + time.perf_counter() - start, "bytes": len(data), "sign_s": sign_s}


def run_files(count: int) -> dict[str, float]:
    from awards.pdf import certificate_files

    design, pages = _laurel_data(count)
    start = time.perf_counter()
    size = sum(map(len, certificate_files(design, pages, at=AT, title="t", author="a")))
    return {"s": time.perf_counter() - start, "bytes": size}


def run_file_signatures(count: int) -> dict[str, float]:
    """Files of one certificate, signed as PAdES B-B with ECDSA on P-256; `sign_s` is the part of signing."""
    from awards.pdf import certificates_pdf
    from awards.pdf.signature import signatory, signed
    from tests.factories.file_signing import PASSPHRASE, owner, pkcs12_of

    design, pages = _laurel_data(count)
    by, at = signatory(pkcs12_of(owner()), PASSPHRASE.encode()), datetime.now(UTC)
    start, size, sign_s = time.perf_counter(), 0, 0.0
    for page in pages:
        data = certificates_pdf(design, [page], at=AT, title="t", author="a")
        begun = time.perf_counter()
        size += len(signed(data, by, at=at))
        sign_s += time.perf_counter() - begun
    return {"s": time.perf_counter() - start, "bytes": size, "sign_s": sign_s}


def run_award_list(count: int) -> dict[str, float]:
    from awards.pdf import Column, Group, TablePaper, table_pdf

    weights = {"序号": 0.5, "作品名称": 3.2, "作者": 1.4, "学校": 2.0, "奖项": 0.9}
    columns = tuple(Column(title, weight=weight) for title, weight in weights.items())
    rows = tuple(
        (str(row + 1), one["body"][22:-14], one["name"], f"深圳市第{row % 300}实验学校", "一等奖")
        for row, one in enumerate(facts(count))
    )
    paper = TablePaper("获奖名单", "", columns, (Group("小学组", rows),))
    start = time.perf_counter()
    data = table_pdf(paper, at=AT, author="深圳市科协")
    return {"s": time.perf_counter() - start, "bytes": len(data)}


TYPST = """
#set page(paper: "a4", flipped: true, margin: (x: 112pt, y: 90pt), background: {
  place(center + horizon, rect(width: 800pt, height: 553pt, stroke: 1pt + rgb("#a8801f")))
  place(center + horizon, rect(width: 780pt, height: 533pt, stroke: 0.5pt + rgb("#ad2118")))
})
#set text(font: "Noto Serif SC", size: 19pt, lang: "zh")
#for one in json("data.json") {
  align(center, text(size: 50pt, fill: rgb("#ad2118"), tracking: 20pt)[荣誉证书])
  text(size: 25pt)[#one.name#"同学："]
  par(first-line-indent: (amount: 2em, all: true), one.body)
  par(first-line-indent: (amount: 2em, all: true))[特发此证，以资鼓励。]
  align(right)[深圳市教育局 #h(2em) 深圳市科学技术协会 \\ 二〇一七年十二月十七日]
  image(bytes(one.modules), format: (encoding: "luma8", width: SIZE, height: SIZE), width: 60pt, scaling: "pixelated")
  text(size: 9pt)[编号 #one.number]
  pagebreak(weak: true)
}
"""


def run_typst(count: int) -> dict[str, float]:
    import pylopdf_fonts_zh_cn as package

    typst = import_module("typst")
    data = facts(count)
    size, modules = symbols([one["qr"] for one in data])
    rows = [one | {"modules": list(symbol)} for one, symbol in zip(data, modules, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "main.typ").write_text(TYPST.replace("SIZE", str(size)), encoding="utf-8")
        (Path(folder) / "data.json").write_text(json.dumps(rows), encoding="utf-8")
        start = time.perf_counter()
        fonts = [str(Path(package.serif_path()).parent)]
        made = typst.compile(str(Path(folder) / "main.typ"), font_paths=fonts)
        return {"s": time.perf_counter() - start, "bytes": len(made)}


STYLE = """
@font-face {{ font-family: S; src: url("{font}") }}
@page {{ size: A4 landscape; margin: 90pt 112pt }}
body {{ font: 19pt/1.8 S; margin: 0 }} section {{ page-break-after: always }}
section::before {{ content: ""; position: absolute; inset: -60pt -85pt; border: 3pt double #a8801f }}
h1 {{ font-size: 50pt; letter-spacing: 20pt; text-align: center; color: #ad2118; margin: 0; line-height: 1.2 }}
p {{ text-indent: 2em; margin: 0 }} h2 {{ font-size: 25pt; margin: 0 }} small {{ font-size: 9pt }}
section {{ position: relative; height: 410pt }} img {{ width: 60pt; image-rendering: pixelated }}
footer {{ text-align: right }}
"""


def _data_uri(size: int, modules: bytes) -> str:
    picture = io.BytesIO()
    Image.frombytes("L", (size, size), modules).convert("1").save(picture, "PNG")
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


def run_weasyprint(count: int) -> dict[str, float]:
    import pylopdf_fonts_zh_cn as package

    weasyprint = import_module("weasyprint")
    style = STYLE.format(font=Path(package.serif_path()).as_uri())
    data = facts(count)
    size, modules = symbols([one["qr"] for one in data])
    pictures = [_data_uri(size, symbol) for symbol in modules]
    sections = "".join(
        f"<section><h1>荣誉证书</h1><h2>{html.escape(one['name'])}同学：</h2><p>{html.escape(one['body'])}</p>"
        "<p>特发此证，以资鼓励。</p><footer>深圳市教育局　深圳市科学技术协会<br>二〇一七年十二月十七日</footer>"
        f'<img src="{picture}"><br><small>编号 {one["number"]}</small></section>'
        for one, picture in zip(data, pictures, strict=True)
    )
    start = time.perf_counter()
    made = weasyprint.HTML(string=f"<style>{style}</style>{sections}").write_pdf()
    return {"s": time.perf_counter() - start, "bytes": len(made)}


RUNS: dict[str, Callable[[int], dict[str, float]]] = {
    "laurel": run_laurel,
    "signed": run_signed,
    "unsigned": run_unsigned,
    "files": run_files,
    "file_signatures": run_file_signatures,
    "award_list": run_award_list,
    "typst": run_typst,
    "weasyprint": run_weasyprint,
}


def in_fresh_process(name: str, count: int) -> dict[str, float] | None:
    """One run; None (and its error on stderr) where it fails."""
    command = [sys.executable, str(Path(__file__).resolve()), "--run", name, "--count", str(count)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        last = (answer.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"{name} failed with {answer.returncode}: {last}", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def present(peer: str) -> bool:
    """Whether the peer is installed; says so in one line with its version."""
    try:
        print(f"{peer} {version(peer)}")
    except PackageNotFoundError:
        print(f"{peer} is missing (pip install -r requirements-bench.txt): null")
        return False
    return True


def measured(counts: dict[str, int], rounds: int) -> dict[str, list[dict[str, float]]]:
    """The runs of each contender, taking turns."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in counts}
    for _ in range(rounds):
        for name, count in counts.items():
            if (found := in_fresh_process(name, count)) is not None:
                runs[name].append(found)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="under 50 s: fewer pages and rounds")
    parser.add_argument("--signatures", action="store_true", help="also sign files of one certificate (PAdES)")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        found = RUNS[options.run](options.count)
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    report(QUICK_PAGES if options.quick else PAGES, 3 if options.quick else 5, signs_files=options.signatures)


def report(pages: dict[str, int], rounds: int, signs_files: bool = False) -> None:
    """Measure, print a line a contender, and end with RESULT."""
    print(f"Python {platform.python_version()}, {platform.machine()}, medians of {rounds} rounds")
    counts = dict.fromkeys(("laurel", "signed", "unsigned"), pages["laurel"])
    counts |= {"files": FILES, "award_list": ROWS}
    counts |= {"file_signatures": FILES} if signs_files else {}
    counts |= {peer: pages[peer] for peer in ("typst", "weasyprint") if present(peer)}
    runs = measured(counts, rounds)
    growth = {count: median(run["s"] for run in measured({"laurel": count}, rounds)["laurel"]) for count in GROWTH}
    rates: dict[str, float] = {}
    for name, found in runs.items():
        if found:
            rates[name] = counts[name] / median(run["s"] for run in found)
            each = median(run["bytes"] for run in found) / counts[name]
            peak = median(run["peak_mb"] for run in found)
            print(f"{name:12}{counts[name]:7,} pages {rates[name]:9,.0f}/s {each:9,.0f} bytes each {peak:6,.0f} MB")
    ours, own = rates["laurel"], runs["laurel"]
    growth[counts["laurel"]] = median(run["s"] for run in own)
    for count, taken in growth.items():
        print(f"growth      {count:7,} pages {taken:9.3f} s")
    result = {
        "per_second": round(ours),
        "growth_s": {str(count): round(taken, 3) for count, taken in growth.items()},
        "bytes_each": round(median(run["bytes"] for run in own) / counts["laurel"]),
        "per_second_signing": round(rates["signed"]),
        "per_second_unsigned": round(rates["unsigned"]),
        "sign_us": round(median(run["sign_s"] for run in runs["signed"]) / counts["signed"] * 1e6, 1),
        "peak_mb": round(median(run["peak_mb"] for run in own)),
        "vs_typst": round(ours / rates["typst"], 1) if "typst" in rates else None,
        "vs_weasyprint": round(ours / rates["weasyprint"], 1) if "weasyprint" in rates else None,
        "files_per_second": round(rates["files"]),
        "award_list_10000_s": round(median(run["s"] for run in runs["award_list"]), 3),
    }
    if signing := runs.get("file_signatures"):
        result["file_signature_ms"] = round(median(run["sign_s"] for run in signing) / FILES * 1e3, 1)
    print("RESULT " + json.dumps(result))


if __name__ == "__main__":
    main()

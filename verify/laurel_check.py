#!/usr/bin/env python3
"""Checks the code of a certificate of Laurel without a network, by the published key and list.

    python3 laurel_check.py CODE [--list certificates.json] [--key PUBLIC]... [--names NAMES] [--json]

CODE is the text of the QR symbol. Needs Python 3.9 or newer and nothing else: no network, no database, no other file.
It was written from docs/adr/0011-signed-certificates.md and RFC 8032, not from the product's code, and shares none
with it. It answers 0 where the certificate holds, 1 where it does not, 2 where that cannot be said from what it was
given.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

# ── Ed25519, verifying only: RFC 8032, 5.1 ────────────────────────────────────────────────────────────────────────────

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z
ZERO: Point = (0, 1, 1, 0)


def added(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    found = ZERO
    while factor:
        if factor & 1:
            found = added(found, point)
        point, factor = added(point, point), factor >> 1
    return found


def x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def read_point(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def written(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def verified(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this signature of 64 bytes was made over the message with the private half of this key of 32."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, scalar = read_point(public), int.from_bytes(signature[32:], "little")
    if key is None or scalar >= L:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    negative = (P - key[0], key[1], key[2], P - key[3])
    return written(added(times(scalar, BASE), times(hashed, negative))) == signature[:32]


# ── The code ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TOKEN, STATEMENT, LENGTH = 26, 71, 174
FIELDS = (("token", 26), ("form", 1), ("key", 4), ("kind", 1), ("of", 8), ("date", 3), ("serial", 4), ("honour", 8),
          ("names", 16))  # fmt: skip
LEFT_OUT = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}
DAYS_GOOD = 30  # a list older than that is too old to say that nothing was revoked


class Key(NamedTuple):
    public: bytes
    state: str


class Answer(NamedTuple):
    """What is known: `code` is a key of WORDS; `names` is "match", "differ" or ""."""

    code: str
    facts: dict[str, str] = {}
    names: str = ""

    @property
    def status(self) -> int:
        if self.names == "differ":
            return 1
        return 0 if self.code == "valid" else 2 if self.code in UNDECIDED else 1


def code_in(text: str) -> str:
    """The code in the text of a QR symbol, or as somebody typed it."""
    last = text.strip().upper().rsplit("/", 1)[-1]
    return "".join(char for char in last if not char.isspace() and char != "-")


def digest(words: str, length: int) -> str:
    return base64.b32encode(hashlib.sha256(words.encode()).digest()).decode()[:length]


def plain(words: str) -> str:
    kept = (char for char in unicodedata.normalize("NFKC", words) if unicodedata.category(char) not in LEFT_OUT)
    return "".join(kept).lower()


def key_id(public: bytes) -> str:
    return base64.b32encode(hashlib.sha256(public).digest()).decode()[:4]


def number_in(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 32 + ALPHABET.index(letter)
    return value


def fields_of(code: str) -> dict[str, str]:
    found, at = {}, 0
    for name, length in FIELDS:
        found[name], at = code[at : at + length], at + length
    return found


def signature_in(code: str) -> bytes:
    """b"" where the last letter has bits that no signature has: each signature is spelled in one way alone."""
    found = base64.b32decode(code[STATEMENT:] + "=")
    return found if base64.b32encode(found).decode()[: LENGTH - STATEMENT] == code[STATEMENT:] else b""


class BadList(Exception):
    """The list cannot be used; the argument is a key of WORDS."""


def read_list(data: bytes, trusted: dict[str, Key]) -> dict[str, Any]:
    """The published list, whose signature is right.

    trusted   keys known from elsewhere; where there are none, those that the list names itself
    raises    BadList
    """
    try:
        outer = json.loads(data)
        text, signature = outer["list"], binascii.unhexlify(outer["signature"])
        found: dict[str, Any] = json.loads(text)
        date.fromisoformat(found["made_at"][:10])
        keys = trusted or keys_of(found)
        if found["format"] != "laurel-certificates" or found["version"] != 1:
            raise BadList("list-unreadable")
    except (ValueError, KeyError, TypeError) as fault:
        raise BadList("list-unreadable") from fault
    signer = keys.get(str(outer.get("key")))
    if signer is None or signer.state == "withdrawn":
        raise BadList("list-forged")
    if not verified(signer.public, b"Laurel list\n" + text.encode(), signature):
        raise BadList("list-forged")
    return found


def keys_of(found: dict[str, Any]) -> dict[str, Key]:
    publics = [(binascii.unhexlify(one["public"]), one["state"]) for one in found["keys"]]
    return {key_id(public): Key(public, state) for public, state in publics}


def check(code: str, keys: dict[str, Key], listed: dict[str, Any] | None, *, names: str = "", today: date) -> Answer:
    """What can be said of a code without asking anybody.

    names   as they stand on the paper, in one text; "" for not compared
    """
    code = code_in(code)
    if len(code) == TOKEN and set(code) <= set(ALPHABET):
        return Answer("unsigned")
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return Answer("incomplete", {"length": str(len(code))})
    said = fields_of(code)
    key = keys.get(said["key"])
    if key is None:
        return Answer("forged", {"key": said["key"]})
    signature = signature_in(code)
    if said["form"] != "A" or not verified(key.public, b"Laurel certificate\n" + code[:STATEMENT].encode(), signature):
        return Answer("changed")
    facts = facts_of(said, listed)
    matched = ""
    if plain(names):
        is_same = digest(f"names\n{said['token']}\n{plain(names)}", 16) == said["names"]
        matched = "match" if is_same else "differ"
    if key.state == "withdrawn":
        return Answer("withdrawn", facts, matched)
    return Answer(state_of(said, listed, today), facts, matched)


def state_of(said: dict[str, str], listed: dict[str, Any] | None, today: date) -> str:
    if listed is None:
        return "no-list"
    gone = dict(listed["gone"]).get(digest(f"revoked\n{said['token']}", 26))
    if gone:
        return str(gone)
    known = issued_of(said, listed)
    made = date.fromisoformat(listed["made_at"][:10])
    if known is None or number_in(said["serial"]) > known["last"] or made + timedelta(days=DAYS_GOOD) < today:
        return "list-old"
    return "valid"


def issued_of(said: dict[str, str], listed: dict[str, Any]) -> dict[str, Any] | None:
    return next((one for one in listed["issued"] if one["of"] == said["of"]), None)


def facts_of(said: dict[str, str], listed: dict[str, Any] | None) -> dict[str, str]:
    """What must stand on the paper, in words as far as the list knows them."""
    known = issued_of(said, listed) if listed else None
    serial = str(number_in(said["serial"]))
    facts = {
        "kind": KINDS.get(said["kind"], ("?", "?"))[0],
        "kind_en": KINDS.get(said["kind"], ("?", "?"))[1],
        "date": str(date(2000, 1, 1) + timedelta(days=number_in(said["date"]))),
        "number": known["number"].replace("{serial}", serial.zfill(4)) if known else f"… {serial.zfill(4)}",
    }
    if known:
        honour = next((one for one in known["honours"] if one["code"] == said["honour"]), None)
        facts |= {"of": known["zh"], "of_en": known["en"]}
        facts |= {"honour": honour["zh"], "honour_en": honour["en"]} if honour else {}
    if listed:
        facts["list"] = listed["made_at"]
    return facts


# ── Words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

KINDS = {"A": ("作者", "author"), "T": ("指导教师", "tutor"), "R": ("表彰", "recognition"), "M": ("市长奖", "Mayor's Award"),
         "P": ("培训", "training")}  # fmt: skip
UNDECIDED = {"unsigned", "no-list", "list-old", "list-unreadable", "list-forged", "withdrawn", "open"}
WORDS = {
    "valid": ("有效：由主办单位签发，内容未被改动，未在撤销名单中。请把下列各项与纸面核对。",
              "Valid: issued and signed by the office, unchanged, not on the list of those revoked. "
              "Compare what follows with the paper."),
    "replaced": ("已换发：签名真实，但已换发新证书，本证书不再有效。请对方出示新证书。",
                 "Replaced: the signature is genuine, but a new certificate was issued and this one no longer counts. "
                 "Ask for the new one."),
    "revoked": ("已撤销：签名真实，但证书已撤销，不再有效。",
                "Revoked: the signature is genuine, but the certificate no longer counts."),
    "open": ("待定：签名真实，但所依据的名单正在更正，是否有效以新名单为准。请向主办单位查询。",
             "Open: the signature is genuine, but the list behind it is being amended. Ask the office."),
    "changed": ("被改动：编码与签名不符，至少有一个字符不是签发时的。请重新扫描一次；仍然如此，则证书不可信。",
                "Changed: the code does not fit its signature; at least one character is not as it was issued. Scan it "
                "once more; if it stays so, do not trust this certificate."),
    "forged": ("伪造：签名所用的密钥（{key}）不是主办单位公布的密钥。若密钥新近更换，请先下载最新的公钥。",
               "Forged: signed with a key ({key}) that the office never published. If the office has a new key, get the "
               "newest keys first."),
    "withdrawn": ("无法离线判断：签名所用的密钥已被停用（可能泄露）。请联网查验。",
                  "Cannot be told offline: the key that signed it was withdrawn. Check it online."),
    "unsigned": ("这是早期的26位查验码，不带签名，只能联网查验。",
                 "This is an older code of 26 characters without a signature. It can be checked online only."),
    "incomplete": ("编码不完整：应为174个字母和数字，实为{length}个。请重新扫描。",
                   "Not a whole code: it has {length} letters and digits instead of 174. Scan it once more."),
    "no-list": ("签名真实，内容未被改动；没有名单，无法知道此后是否撤销。请用 --list 给出已下载的名单。",
                "Genuine and unchanged. Without the list it is not known whether it was revoked since: give it with "
                "--list."),
    "list-old": ("签名真实，内容未被改动；但手中的名单太旧（{list}），无法知道此后是否撤销。请下载最新名单。",
                 "Genuine and unchanged, but your list is too old for it ({list}), so that it is not known whether it "
                 "was revoked since. Get the newest list."),
    "list-unreadable": ("名单文件读不出来。请重新下载。", "The list cannot be read. Download it again."),
    "list-forged": ("名单的签名不对：不是主办单位的名单，或已被改动。请从主办单位网站重新下载。",
                    "The list is not signed by the office, or was changed. Download it from the office's site again."),
}  # fmt: skip
LABELS = (("of", "of_en", "竞赛（培训）", "contest or training"), ("number", "number", "编号", "number"),
          ("honour", "honour_en", "荣誉", "honour"), ("kind", "kind_en", "类别", "kind"),
          ("date", "date", "日期", "date"), ("list", "list", "名单日期", "list of"))  # fmt: skip
NAMES = {
    "match": ("姓名：一致", "Names: they match."),
    "differ": (
        "姓名：不一致。您输入的姓名不是签发时的姓名。",
        "Names: they differ. What you typed is not what was issued.",
    ),
    "": ("姓名：未核对（用 --names 输入纸面上的姓名）", "Names: not compared (type those on the paper with --names)."),
}


def as_text(answer: Answer) -> str:
    facts = {"list": "?", "length": "?", "key": "?", **answer.facts}
    lines = [one.format(**facts) for one in WORDS[answer.code]]
    if answer.names == "differ":  # first, so that nobody stops reading at the good half
        lines = [*NAMES["differ"], *([] if answer.code == "valid" else lines)]
    for zh, en, label_zh, label_en in LABELS:
        if zh in answer.facts:
            both = (
                answer.facts[zh] if answer.facts[zh] == answer.facts[en] else f"{answer.facts[zh]} · {answer.facts[en]}"
            )
            lines.append(f"  {label_zh} · {label_en}: {both}")
    if "number" in answer.facts and answer.names != "differ":
        lines += NAMES[answer.names]
    return "\n".join(lines)


def as_json(answer: Answer) -> str:
    facts = {"list": "?", "length": "?", "key": "?", **answer.facts}
    zh, en = (one.format(**facts) for one in WORDS[answer.code])
    value = {"answer": answer.code, "zh": zh, "en": en, "names": answer.names, "facts": answer.facts}
    return json.dumps(value, ensure_ascii=False, indent=2)


def trusted_keys(given: Iterable[str]) -> dict[str, Key]:
    """raises   ValueError on what is no key"""
    publics = [binascii.unhexlify(one.strip()) for one in given]
    if any(read_point(one) is None or len(one) != 32 for one in publics):
        raise ValueError("key")
    return {key_id(one): Key(one, "current") for one in publics}


def checked(code: str, data: bytes | None, given: Iterable[str], names: str) -> tuple[Answer, dict[str, Key]]:
    """The answer, and the keys that it rests on. Of a trusted key the list may say that it was withdrawn."""
    trusted = trusted_keys(given)
    listed = None
    if data is not None:
        try:
            listed = read_list(data, trusted)
        except BadList as fault:
            return Answer(str(fault)), trusted
    own = keys_of(listed) if listed else {}
    keys = {one: own.get(one, key) for one, key in trusted.items()} if trusted else own
    # the list is signed by a trusted key, so what it says of further keys of the office is the office's word
    keys = {**own, **keys}
    return check(code, keys, listed, names=names, today=datetime.now(timezone.utc).date()), keys


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="离线查验证书 · Checks the code of a certificate without a network.")
    parser.add_argument("code", metavar="CODE", help="text of the QR symbol; - reads it from the standard input")
    parser.add_argument("--list", metavar="FILE", help="the published list (certificates.json)")
    parser.add_argument(
        "--key", action="append", default=[], metavar="PUBLIC", help="a key of the office, 64 characters"
    )
    parser.add_argument("--names", default="", help="the names on the paper")
    parser.add_argument("--json", action="store_true", help="answer for a program")
    options = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks a character still gets the answer
        sys.stdout.reconfigure(errors="replace")
    try:
        code = sys.stdin.read() if options.code == "-" else options.code
        data = Path(options.list).read_bytes() if options.list else None
    except OSError as fault:
        sys.stderr.write(f"无法读取 · cannot be read: {fault}\n")
        return 2
    if not options.list and not options.key:
        sys.stderr.write("请用 --list 或 --key 给出主办单位公布的名单或公钥 · give the office's list or key\n")
        return 2
    try:
        answer, keys = checked(code, data, options.key, options.names)
    except ValueError:
        sys.stderr.write("公钥应为64位十六进制字符 · a key has 64 hexadecimal characters\n")
        return 2
    sys.stdout.write((as_json(answer) if options.json else as_text(answer)) + "\n")
    if not options.key and not options.json:
        for name, key in sorted(keys.items()):
            sys.stdout.write(f"  公钥 · key {name}: {key.public.hex()}\n")
        sys.stdout.write("公钥取自名单本身，请与主办单位公布的核对 · these keys are the list's own: compare them with "
                         "those that the office publishes\n")  # fmt: skip
    return answer.status


if __name__ == "__main__":
    sys.exit(main())

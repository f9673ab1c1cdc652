"""The program that checks a certificate away from us: its arithmetic by the vectors of RFC 8032, its answers by codes
that are valid, changed, revoked, replaced, forged, and by lists that are old or not ours."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.core import signed_code as core
from verify import laurel_check as check

TODAY = date(2026, 5, 20)
TOKEN = "abcdefghijklmnopqrstuvwx23"
NAMES = ["阿卜杜·买买提", "王小明"]

# RFC 8032, 7.1: secret, public, message, signature
VECTORS = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_rfc_8032(vector):
    secret, public, message, signature = map(bytes.fromhex, vector)
    private = Ed25519PrivateKey.from_private_bytes(secret)
    assert private.public_key().public_bytes_raw() == public and private.sign(message) == signature
    assert check.verified(public, message, signature)
    assert not check.verified(public, message + b"x", signature)


def test_a_signature_has_one_spelling():
    """S + L would be the same signature by the equation alone; y of P or more is no point."""
    _, public, message, signature = map(bytes.fromhex, VECTORS[0])
    scalar = int.from_bytes(signature[32:], "little") + check.L
    assert not check.verified(public, message, signature[:32] + scalar.to_bytes(32, "little"))
    assert check.read_point((check.P + 1).to_bytes(32, "little")) is None
    assert not check.verified(public[:31], message, signature)
    assert not check.verified(public, message, signature[:63])


def test_any_flipped_bit_is_found():
    _, public, message, signature = map(bytes.fromhex, VECTORS[1])
    chance = random.Random(5)
    for bit in chance.sample(range(512), 24):
        changed = int.from_bytes(signature, "big") ^ 1 << bit
        assert not check.verified(public, message, changed.to_bytes(64, "big")), bit


class Office:
    """One that signs: a code and a list, made by the product's core."""

    def __init__(self, secret: int = 1) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([secret]) * 32)
        self.public = self.private.public_key().public_bytes_raw()
        self.key = core.key_code(self.public)

    def code(self, *, key: str = "", serial: int = 7) -> str:
        names = core.names_digest(TOKEN, NAMES)
        honour = core.honour_digest("小学组 · 一等奖")
        said = core.Statement(TOKEN, key or self.key, "A", "CONTESTA", date(2026, 5, 1), serial, honour, names)
        return core.with_signature(said.text, self.private.sign(core.message(said.text)))

    def list(
        self, made: date = TODAY, gone: Any = (), last: int = 7, of: str = "CONTESTA", state: str = "current"
    ) -> bytes:
        text = json.dumps({
            "format": "laurel-certificates", "version": 1, "made_at": f"{made}T01:00:00Z", "gone": list(gone),
            "keys": [{"id": self.key, "public": self.public.hex(), "state": state}],
            "issued": [{"of": of, "zh": "测试竞赛", "en": "Test", "number": "T-{serial}", "last": last,
                        "honours": [{"code": core.honour_digest("小学组 · 一等奖"), "zh": "小学组 · 一等奖", "en": "First"}]}],
        })  # fmt: skip
        signature = self.private.sign(core.list_message(text)).hex()
        return json.dumps({"list": text, "key": self.key, "signature": signature}).encode()

    def answer(self, code: str, data: bytes | None = None, names: str = "", today: date = TODAY) -> check.Answer:
        keys = {self.key: check.Key(self.public, "current")}
        listed = check.read_list(data, keys) if data else None
        if listed:
            keys |= check.keys_of(listed)
        return check.check(code, keys, listed, names=names, today=today)


OFFICE = Office()


def test_a_valid_one_says_what_must_stand_on_the_paper():
    found = OFFICE.answer("HTTPS://LAUREL.EXAMPLE/C/" + OFFICE.code(), OFFICE.list())
    assert (found.code, found.status, found.names) == ("valid", 0, "")
    said = check.as_text(found)
    for word in ("有效", "测试竞赛", "T-0007", "小学组 · 一等奖", "作者", "2026-05-01", "Names: not compared"):
        assert word in said


@pytest.mark.parametrize("place", [0, 13, 26, 31, 32, 40, 43, 50, 60, 70, 71, 120, 173])
def test_one_changed_character_is_found_wherever_it_stands(place):
    code = OFFICE.code()
    for letter in sorted(set(core.ALPHABET) - {code[place]})[::6]:
        found = OFFICE.answer(code[:place] + letter + code[place + 1 :], OFFICE.list())
        assert (found.code, found.status) == ("changed", 1)


def test_the_last_letter_has_one_spelling():
    """It carries two bits of the signature; the other three would spell the same one otherwise."""
    code = OFFICE.code()
    others = [code[:-1] + letter for letter in core.ALPHABET if letter != code[-1]]
    assert {OFFICE.answer(one).code for one in others} == {"changed"}
    assert all(core.taken_apart(one) is None or core.taken_apart(one)[1] != core.taken_apart(code)[1] for one in others)


def test_another_key_is_a_forgery_also_under_our_name():
    forger = Office(2)
    assert OFFICE.answer(forger.code(), OFFICE.list()).code == "forged"
    assert OFFICE.answer(forger.code(key=OFFICE.key), OFFICE.list()).code == "changed"


@pytest.mark.parametrize(("state", "status"), [("revoked", 1), ("replaced", 1), ("open", 2)])
def test_what_the_list_says_of_it(state, status):
    found = OFFICE.answer(OFFICE.code(), OFFICE.list(gone=[[core.revocation_id(TOKEN), state]]))
    assert (found.code, found.status) == (state, status)


@pytest.mark.parametrize(
    ("made", "changed", "expected"),
    [(TODAY - timedelta(days=30), {}, "valid"), (TODAY - timedelta(days=31), {}, "list-old"),
     (TODAY, {"last": 6}, "list-old"), (TODAY, {"of": "ANOTHERS"}, "list-old")],
)  # fmt: skip
def test_a_list_that_is_too_old_says_nothing(made, changed, expected):
    found = OFFICE.answer(OFFICE.code(), OFFICE.list(made, **changed))
    assert (found.code, found.status) == (expected, 0 if expected == "valid" else 2)


def test_a_revoked_one_stays_revoked_on_an_old_list():
    old = OFFICE.list(TODAY - timedelta(days=900), gone=[[core.revocation_id(TOKEN), "revoked"]])
    assert OFFICE.answer(OFFICE.code(), old).code == "revoked"


def test_without_a_list_only_the_signature_is_known():
    assert OFFICE.answer(OFFICE.code()).code == "no-list"


def test_a_withdrawn_key_proves_nothing():
    keys = {OFFICE.key: check.Key(OFFICE.public, "withdrawn")}
    assert check.check(OFFICE.code(), keys, None, today=TODAY).code == "withdrawn"
    with pytest.raises(check.BadList, match="list-forged"):
        check.read_list(OFFICE.list(), keys)


def test_a_list_of_others_or_changed_is_refused():
    keys = {OFFICE.key: check.Key(OFFICE.public, "current")}
    outer = json.loads(OFFICE.list())
    for changed in (
        Office(2).list(),
        json.dumps({**outer, "list": outer["list"].replace('"last": 7', '"last": 9')}).encode(),
    ):
        with pytest.raises(check.BadList, match="list-forged"):
            check.read_list(changed, keys)
    for broken in (b"", b"[]", b"{}", b'{"list": "{}"}', b"\xff"):
        with pytest.raises(check.BadList, match="list-unreadable"):
            check.read_list(broken, keys)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("阿卜杜·买买提、王小明", "match"), ("阿卜杜买买提 王小明", "match"), ("阿卜杜・买买提，王小明", "match"),
     ("阿卜杜·买买提", "differ"), ("王小明、阿卜杜·买买提", "differ"), ("阿卜杜·买买提、王小民", "differ"), (" ", "")],
)  # fmt: skip
def test_names_are_compared_as_people_type_them(typed, expected):
    found = OFFICE.answer(OFFICE.code(), OFFICE.list(), typed)
    assert found.names == expected and found.status == (1 if expected == "differ" else 0)
    assert ("有效" in check.as_text(found)) == (expected != "differ")


def test_the_digest_of_names_hangs_on_the_token():
    assert core.names_digest(TOKEN, NAMES) != core.names_digest(TOKEN[::-1], NAMES)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (TOKEN, "unsigned"),
        ("ABC", "incomplete"),
        ("", "incomplete"),
        ("中" * 174, "incomplete"),
        ("0" * 174, "incomplete"),
    ],
)
def test_what_is_no_signed_code(typed, expected):
    assert OFFICE.answer(typed).code == expected


def test_both_write_the_same_codes():
    code = OFFICE.code(serial=1_000_000)
    said = check.fields_of(code)
    assert len(code) == core.LENGTH == check.LENGTH and sum(core.FIELDS.values()) == core.STATEMENT == check.STATEMENT
    assert dict(check.FIELDS) == core.FIELDS
    assert check.number_in(said["serial"]) == 1_000_000 and core.key_of(code) == said["key"] == check.key_id(
        OFFICE.public
    )
    assert said["token"] == TOKEN.upper() and check.plain("Ａb，c・d　１") == core.plain("Ａb，c・d　１") == "abcd1"
    with pytest.raises(ValueError, match="does not fit"):
        OFFICE.code(serial=32**4)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(Path(check.__file__)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "utf-8"})


def test_the_program_alone(tmp_path):
    (tmp_path / "list.json").write_bytes(OFFICE.list(datetime.now(UTC).date()))
    listed = ["--list", str(tmp_path / "list.json")]
    found = run(OFFICE.code(), *listed, "--key", OFFICE.public.hex(), "--names", "阿卜杜·买买提 王小明")
    assert (found.returncode, found.stderr) == (0, "") and "一致" in found.stdout
    unpinned = run(OFFICE.code(), *listed)
    assert (
        unpinned.returncode == 0
        and OFFICE.public.hex() in unpinned.stdout
        and "请与主办单位公布的核对" in unpinned.stdout
    )
    forged = run(Office(2).code(), *listed, "--key", OFFICE.public.hex(), "--json")
    assert forged.returncode == 1 and json.loads(forged.stdout)["answer"] == "forged"
    other = run(OFFICE.code(), *listed, "--key", Office(2).public.hex(), "--json")
    assert other.returncode == 2 and json.loads(other.stdout)["answer"] == "list-forged"
    assert (
        run(OFFICE.code()).returncode
        == run(OFFICE.code(), "--key", "xyz").returncode
        == run(OFFICE.code(), "--list", "/no").returncode
        == 2
    )


def test_it_needs_the_standard_library_alone():
    text = Path(check.__file__).read_text(encoding="utf-8")
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names) | {"__future__"}
    assert hashlib.sha256(b"").hexdigest()

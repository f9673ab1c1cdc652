"""Pictures: sizes as they are shown, cut off ones, and ones made to fill memory."""

import random
import zlib

import pytest
from PIL import Image

from competition.inspection import FileKind, Unfit
from tests.competition.inspection import samples
from tests.competition.inspection.conftest import rounds


@pytest.mark.parametrize(
    ("kind", "media"), [("PNG", "image/png"), ("GIF", "image/gif"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")]
)
def test_a_picture_tells_its_size(looked, kind, media):
    found = looked(samples.saved(kind))
    assert (found.kind, found.media_type, found.width, found.height) == (FileKind.IMAGE, media, 60, 40)


@pytest.mark.parametrize(("turn", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60)), (99, (60, 40))])
def test_width_and_height_are_as_it_is_shown(looked, turn, size):
    found = looked(samples.jpeg(turn))
    assert (found.width, found.height) == size


def test_pixels_are_limited_and_absurd_ones_a_bomb(sent):
    assert sent(samples.png_of(10_000, 10_000)).facts == {"found": 100_000_000, "most": 80_000_000}
    assert sent(samples.png_of(50_000, 50_000)).code == "bomb"
    assert sent(samples.saved("PNG"), max_pixels=2399).code == "too-many-pixels"
    assert sent(samples.saved("PNG"), max_pixels=2400).width == 60


@pytest.mark.parametrize("how", [{}, {"lossless": True}, {"exif": Image.Exif()}])
def test_a_webp_is_measured_before_it_is_read(looked, monkeypatch, how):
    """Its head tells in three ways; Pillow tells only after it has taken memory for three whole pictures."""
    data = samples.saved("WEBP", Image.new("RGB", (300, 200)), **how)
    assert looked(data).width == 300
    monkeypatch.setattr(Image, "open", None)
    assert looked(data, max_pixels=59_999).facts == {"found": 60_000, "most": 59_999}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_that_was_cut_off_is_broken(code_of, kind):
    image = Image.effect_noise((400, 300), 60).convert("RGB")
    data = samples.saved(kind, image)
    assert code_of(data) == ""
    assert code_of(data[: len(data) // 2]) == "broken"


def test_text_that_unpacks_too_far_is_a_bomb(code_sent):
    text = samples.png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * (80 << 20), 9))
    data = samples.saved("PNG")
    assert code_sent(data[:33] + text + data[33:]) == "bomb"


def test_a_picture_with_a_broken_exif_is_still_a_picture(looked):
    data = samples.jpeg()
    at = data.index(b"Exif\0\0") + 6
    assert looked(data[:at] + b"XX" + data[at + 2 :]).width == 60


def test_sixteen_bits_palettes_and_print_colours_are_read(looked):
    for kind, mode in (("PNG", "I;16"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")):
        assert looked(samples.saved(kind, Image.new(mode, (30, 20)))).width == 30, mode


def test_any_damage_ends_in_an_answer(sent):
    chance = random.Random(11)
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        whole = samples.saved(kind, Image.effect_noise((80, 60), 60).convert("RGB"))
        for _ in range(rounds(2)):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 30)):
                data[chance.randrange(16, len(data))] = chance.randrange(256)
            found = sent(bytes(data))
            assert isinstance(found, Unfit) or found.kind is FileKind.IMAGE

"""Videos: how long they really are, and ones that were cut off."""

import pytest

from competition.inspection import FileKind, Unfit
from tests.competition.inspection import samples


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    made = {
        "a.mp4": {}, "h264.mp4": {"codec": "libx264"}, "b.webm": {"codec": "libvpx"}, "c.mkv": {"codec": "libx264"},
        "d.mov": {}, "turned.mp4": {"turned": 90}, "mute.mp4": {"sound": False},
    }  # fmt: skip
    return {name: samples.film(folder / name, **how).read_bytes() for name, how in made.items()}


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.mp4", "video/mp4"), ("h264.mp4", "video/mp4"), ("mute.mp4", "video/mp4"),
        ("b.webm", "video/webm"), ("c.mkv", "video/x-matroska"), ("d.mov", "video/quicktime"),
    ],
)  # fmt: skip
def test_a_video_tells_its_length_and_size(looked, films, name, media):
    found = looked(films[name])
    assert (found.kind, found.media_type, found.width, found.height) == (FileKind.VIDEO, media, 160, 120)
    assert found.seconds == pytest.approx(2, abs=0.2)


def test_width_and_height_are_as_it_is_shown(looked, films):
    found = looked(films["turned.mp4"])
    assert (found.width, found.height) == (120, 160)


def test_length_is_limited_with_a_second_to_spare(looked, films):
    assert looked(films["mute.mp4"], max_seconds=1).seconds == 2
    unfit = looked(films["mute.mp4"], max_seconds=0)
    assert (unfit.code, unfit.facts) == ("too-long-video", {"found": 2, "most": 0})


def test_frames_are_limited(looked, films):
    assert looked(films["a.mp4"], max_pixels=1000).code == "too-many-pixels"


@pytest.mark.parametrize("name", ["a.mp4", "b.webm", "c.mkv", "d.mov"])
def test_a_video_that_was_cut_off_is_broken(code_of, films, name):
    assert code_of(films[name][: len(films[name]) // 2]) == "broken"


def test_a_video_with_its_index_at_the_front_that_was_cut_off_is_broken(code_of, kept, films):
    from competition.inspection import judge_copy

    whole = judge_copy(kept(films["mute.mp4"]), FileKind.VIDEO)
    assert whole.index(b"moov") < whole.index(b"mdat")
    assert code_of(whole) == ""
    assert code_of(whole[: len(whole) * 2 // 3]) == "broken"


def test_a_head_without_a_film_is_broken(code_of):
    assert code_of(b"\0\0\0\x18ftypisom" + bytes(500)) == "broken"
    assert code_of(b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7webm" + bytes(500)) == "broken"


def test_a_play_list_is_never_followed(looked):
    """FFmpeg would open what a list names; the format is told to it, so it cannot take a list for a film."""
    found = looked(b"\0\0\0\x18ftypisom\n#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    assert isinstance(found, Unfit) and found.code == "broken"

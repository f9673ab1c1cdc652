"""Videos, in the child: every packet is read, one frame is decoded, and a copy is only repacked."""

from pathlib import Path
from typing import IO, Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.signatures import Family

# The format is told, not guessed: a play list would make FFmpeg open other files and addresses.
DEMUXERS = {Family.BOXES: "mov", Family.MATROSKA: "matroska", Family.WEBM: "matroska"}
OPTIONS = {"protocol_whitelist": "file"}
# No name of our own version either, and the index at the front, so that playing starts at once.
PLAIN = {"fflags": "+bitexact", "movflags": "+faststart"}
MISSING, MISSING_SHARE = 2.0, 0.1  # declared but not there: more than seconds and more than this share means cut off
MOST_BOXES = 10_000
SEGMENT = b"\x18\x53\x80\x67"
LENIENT = 1  # a "60 s" of a phone has 60.4
FRAME_WITHIN = 500  # packets in which one frame must come out


def inspected(path: Path, family: Family, limits: Limits) -> dict[str, Any]:
    if declared_end(path, family) > path.stat().st_size:
        raise Unfit("broken", detail="cut-off")
    with opened(path, family) as film:
        stream = picture_stream(film)
        width, height = stream.codec_context.width, stream.codec_context.height
        if not width or not height:
            raise Unfit("broken")
        if width * height > limits.max_pixels:
            raise Unfit("too-many-pixels", found=width * height, most=limits.max_pixels)
        turned = first_frame_turned(film, stream)
    with opened(path, family) as film:
        seconds = counted_seconds(film, limits)
    return {
        "kind": FileKind.VIDEO,
        "width": height if turned else width,
        "height": width if turned else height,
        "seconds": round(seconds, 3),
    }


def declared_end(path: Path, family: Family) -> int:
    """Where the last outermost part of the file says that it ends; 0 where it does not say."""
    with path.open("rb") as file:
        return last_box_end(file) if family is Family.BOXES else segment_end(file)


def last_box_end(file: IO[bytes]) -> int:
    place, size = 0, file.seek(0, 2)
    for _ in range(MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(head[8:16])
        if len(head) < 8 or length < 8:  # 0: to the end of the file
            break
        place += length
        if place > size:
            break
    return place


def segment_end(file: IO[bytes]) -> int:
    """Matroska: a head, then one segment with everything. A camera that did not know its size wrote all ones."""
    file.seek(0)
    head = file.read(1024)
    place = 4 + sum(number_at(head, 4))
    if head[place : place + 4] != SEGMENT:
        return 0
    width, length = number_at(head, place + 4)
    return 0 if length == (1 << 7 * width) - 1 else place + 4 + width + length


def number_at(data: bytes, place: int) -> tuple[int, int]:
    """(width, value) of a Matroska number: leading zero bits of its first byte tell how many bytes it has."""
    first = int.from_bytes(data[place : place + 1])
    width = 9 - first.bit_length()
    return width, int.from_bytes(data[place : place + width]) & (1 << 7 * width) - 1


def opened(path: Path, family: Family) -> InputContainer:
    return av.open(str(path), "r", format=DEMUXERS[family], options=OPTIONS, metadata_errors="ignore")


def picture_stream(film: InputContainer) -> VideoStream:
    """The one that plays; a song with a picture of its cover is no video."""
    for stream in film.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise Unfit("unknown-kind", found="sound")


def first_frame_turned(film: InputContainer, stream: VideoStream) -> bool:
    """Whether players show it on its side. Raises Unfit where no frame can be decoded."""
    stream.thread_count = 1
    for number, packet in enumerate(film.demux(stream)):
        for frame in packet.decode():
            return frame.rotation % 180 != 0
        if number > FRAME_WITHIN:
            break
    raise Unfit("broken")


def counted_seconds(film: InputContainer, limits: Limits) -> float:
    """How long it is by what is really in it. Stops reading once it is too long."""
    declared = (film.duration or 0) / av.time_base
    begin, end = float("inf"), 0.0
    for packet in film.demux(*played(film)):
        if packet.pts is None or packet.time_base is None:
            continue
        at = float(packet.pts * packet.time_base)
        begin, end = min(begin, at), max(end, at + float((packet.duration or 0) * packet.time_base))
        if limits.max_seconds is not None and end - begin > limits.max_seconds + LENIENT:
            raise Unfit("too-long-video", found=int(max(declared, end - begin)), most=limits.max_seconds)
    if end <= begin:
        raise Unfit("broken")
    if declared - (end - begin) > max(MISSING, MISSING_SHARE * declared):
        raise Unfit("broken", detail="cut-off")
    return end - begin


def played(film: InputContainer) -> list[VideoStream | AudioStream]:
    return [picture_stream(film), *film.streams.audio]


def write_copy(path: Path, family: Family, kind: FileKind, to: Path) -> None:
    """Pictures and sound as they are, packet by packet. Everything else stays behind: places, names, subtitles."""
    with opened(path, family) as film, av.open(str(to), "w", format=container_of(film, family), options=PLAIN) as copy:
        streams = played(film)
        copies = {stream.index: copy.add_stream_from_template(stream) for stream in streams}
        for stream in copies.values():
            stream.metadata.clear()
        for packet in film.demux(*streams):
            if packet.size:
                index = packet.stream.index
                packet.stream = copies[index]
                copy.mux(packet)


def container_of(film: InputContainer, family: Family) -> str:
    """A QuickTime file may hold what an MP4 may not."""
    if family is Family.BOXES:
        return "mov" if film.metadata.get("major_brand", "").startswith("qt") else "mp4"
    return "webm" if family is Family.WEBM else "matroska"


def texts(path: Path, kind: FileKind) -> list[str]:
    return []

"""Whatever bytes a file holds, its sound records are read, in linear time and without an error."""

import gzip
import struct
from pathlib import Path
from random import Random
from typing import IO

import pytest

from furat.warc.captures import Captures, page_of
from furat.warc.framing import LARGEST, LONGEST_HEAD, WASTE, _member, records
from furat.warc.reader import kept, kept_at
from tests.warc.made import BASE, response

ONE = response(f"{BASE}/a/", b"<p>x")


def nested(size: int = 1 << 22) -> bytes:
    """Return gzip members that begin like records, one in the other, and all go on to the end of the last."""

    def stored(length: int) -> bytes:
        return struct.pack("<BHH", 0, length, length ^ 0xFFFF)

    begin = b"\x1f\x8b\x08" + bytes(7)
    starts = (begin + stored(60_000 - at - 15) + b"WARC/" for at in range(0, 59_980, 20))
    first = b"".join(starts).ljust(60_000, b"\0")
    return first + (stored(60_000) + bytes(60_000)) * (size // 60_000) + b"\7"


SWALLOWING = {
    "magic": b"\x1f\x8b\x08" * 1000,
    "zeros": bytes(1 << 20),
    "a bomb": gzip.compress(b"WARC/1.1\r\n" + bytes(100 << 20)),
    "a head without end": gzip.compress(b"WARC/1.1\r\n" + b"Content-Length: 5\r\n" * 100_000),
    "no record": gzip.compress(b"<html>"),
}


@pytest.mark.parametrize("name", SWALLOWING)
def test_what_is_no_record_hides_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.warc.gz").write_bytes(SWALLOWING[name] + ONE + SWALLOWING[name] + ONE)

    assert len([*kept(tmp_path / "a.warc.gz")]) == 2


@pytest.mark.parametrize("packed", [True, False])
def test_flipped_bits_cost_no_more_than_the_records_they_are_in(tmp_path: Path, packed: bool) -> None:
    random = Random(27)  # noqa: S311 (to be repeated)
    whole = ONE * 20 if packed else gzip.decompress(ONE * 20)
    for _ in range(40):
        flipped = bytearray(whole)
        for _ in range(3):
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
        (tmp_path / "a").write_bytes(flipped)

        found = [*kept(tmp_path / "a")]

        assert len(found) >= 20 - 3 * 2  # what separates two records belongs to both
        assert all(each.page() is not None and each.seen for each in found)


def test_only_addresses_of_the_site_are_found(tmp_path: Path) -> None:
    urls = [
        "http://[::1",
        "https://example.org:99999/",
        "javascript:1",
        "dns:example.org",
        "//example.org/",
        f"{BASE}/b/",
    ]
    (tmp_path / "a").write_bytes(b"".join(response(url, b"<p>") for url in urls))
    captures = Captures(lambda url: url.startswith(BASE + "/"))

    for _ in captures.read(tmp_path / "a"):
        pass

    assert [each.url for each in captures.finish()] == [f"{BASE}/b/"]


def test_members_in_each_other_are_not_read_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = tmp_path / "a.warc.gz", list[int]()
    path.write_bytes(nested())

    def counted(file: IO[bytes], begin: int) -> tuple[int | None, bytes]:
        found = _member(file, begin)
        read.append(file.tell() - begin)
        return found

    monkeypatch.setattr("furat.warc.framing._member", counted)

    assert not [*records(path)]
    assert sum(read) <= LARGEST + (WASTE + 1) * path.stat().st_size


def test_a_head_without_end_is_read_as_far_as_heads_go(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(response(f"{BASE}/a/", b"", http=(("X", "y\r\n" + ":\r\n" * 500_000),), packed=False))

    (found,) = kept(tmp_path / "a")

    assert len(found.headers) < LONGEST_HEAD


@pytest.mark.parametrize("offset", [-1, 1, 10**6, (1 << 63) - 1, 1 << 63, 10**30])
def test_there_is_no_record_where_no_file_reaches(tmp_path: Path, offset: int) -> None:
    (tmp_path / "a").write_bytes(ONE)

    assert kept_at(tmp_path / "a", offset) is None


def test_each_record_of_one_gzip_member_is_found_again(tmp_path: Path) -> None:
    pages = {f"{BASE}/{name}/": f"<p>{name}".encode() for name in "abc"}
    plain = b"".join(response(url, page, packed=False) for url, page in pages.items())
    (tmp_path / "a.warc.gz").write_bytes(ONE + gzip.compress(plain))
    captures = Captures(bool)

    assert all(captures.read(tmp_path / "a.warc.gz"))

    found = [(each.url, page.page()) for each in captures.finish() if (page := page_of(each))]
    assert sorted(found) == sorted([*pages.items(), (f"{BASE}/a/", b"<p>x")])


@pytest.mark.parametrize("is_packed_first", [True, False])
def test_what_is_put_behind_a_file_of_another_kind_is_told(tmp_path: Path, is_packed_first: bool) -> None:
    first, second = (ONE, gzip.decompress(ONE)) if is_packed_first else (gzip.decompress(ONE), ONE)
    (tmp_path / "a").write_bytes(first + second)

    with pytest.raises(OSError, match=r"compressed and plain records .* head -c \d+"):
        [*kept(tmp_path / "a")]


def test_others_have_their_turn_after_records_that_are_no_responses(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\n \r\n\r\n" * 9)

    assert [*Captures(bool).read(tmp_path / "a")] == [False] * 9

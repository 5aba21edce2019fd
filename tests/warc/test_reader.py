"""Whatever bytes a file holds, its sound records are read, in linear time and without an error."""

import gzip
from pathlib import Path
from random import Random

import pytest

from furat.warc.captures import Captures
from furat.warc.reader import kept
from tests.warc.made import BASE, response

ONE = response(f"{BASE}/a/", b"<p>x")

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

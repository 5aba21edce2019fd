"""WARC files of all tools are read; of other files it is said what they are."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from furat.warc.reader import kept
from furat.warc.strange import cure
from tests.warc.made import BASE, response

ONE = response(f"{BASE}/a/", b"<p>x")


STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "lines that end with LF": lambda record: record.replace(b"\r\n", b"\n"),
    "names in lower case": lambda record: re.sub(rb"(?m)^[\w-]+(?=:)", lambda name: name[0].lower(), record),
    "no content type": lambda record: re.sub(rb"Content-Type: application[^\n]+\n", b"", record),
    "another case": lambda record: record.replace(b"application/http; msgtype", b"Application/HTTP;msgtype"),
    "an interim response": lambda record: record.replace(b"HTTP/1.1", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1"),
    "HTTP/2": lambda record: record.replace(b"HTTP/1.1 200 OK", b"HTTP/2 200"),
    "no reason": lambda record: record.replace(b" 200 OK", b" 200"),
    "no field": lambda record: record.replace(b"200 OK\r\n", b"200 OK\r\nno field\r\n"),
    "a folded field": lambda record: record.replace(b"text/html;", b"text/html;\r\n\t"),
    "angle brackets": lambda record: re.sub(rb"(?<=Target-URI: )\S+", rb"<\g<0>>", record),
    "a time zone": lambda record: record.replace(b"10:00:00Z", b"12:00:00.5+02:00"),
    "WARC/0.18": lambda record: record.replace(b"WARC/1.0", b"WARC/0.18"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_records_of_all_kinds_are_read(tmp_path: Path, kind: str) -> None:
    changed = STRANGE[kind](gzip.decompress(ONE))
    assert changed != gzip.decompress(ONE)
    for content in (changed, gzip.compress(changed)):
        (tmp_path / "a").write_bytes(content)

        (found,) = kept(tmp_path / "a")

        assert (found.url, found.status, found.seen) == (f"{BASE}/a/", 200, "2025-06-01T10:00:00+00:00")
        assert (found.page(), "text/html" in found.content_type) == (b"<p>x", True)


def test_a_revisit_may_have_no_head(tmp_path: Path) -> None:
    revisit = re.sub(rb"HTTP/1.1(?s:.*)", b"", gzip.decompress(response(f"{BASE}/a/", b"", kind="revisit")))
    (tmp_path / "a").write_bytes(re.sub(rb"Content-Length: \d+", b"Content-Length: 0", revisit) + b"\r\n\r\n")

    assert [(each.kind, each.is_bare) for each in kept(tmp_path / "a")] == [("revisit", True)]


@pytest.mark.parametrize(
    "begin, what",
    [
        (b"\x28\xb5\x2f\xfd", "packed by zstd"),
        (b"\x5d\x2a\x4d\x18", "packed by zstd"),
        (b"PK\3\4", "a zip file"),
        (b"filedesc://a.arc", "an ARC file"),
        (gzip.compress(b"filedesc://a.arc", mtime=0), "an ARC file"),
        (gzip.compress(b"filedesc://a.arc", mtime=0)[:-20], "is it one?"),
        (b"", "is it one?"),
    ],
)
def test_what_other_files_are_is_said(tmp_path: Path, begin: bytes, what: str) -> None:
    (tmp_path / "a").write_bytes(begin)

    assert what in cure(tmp_path / "a")
    assert [*kept(tmp_path / "a")] == []

"""What a kill or a full disk leaves at the end of a WARC file."""

import errno
from pathlib import Path
from typing import Any

import pytest

from furat.extensions.tails import cut_tails
from furat.store import Store
from furat.store.sources import Source
from furat.warc.files import WarcFiles
from furat.warc.record import warcinfo
from furat.warc.tails import cut_tail
from tests.support.archives import article
from tests.support.warcs import by_warcio

RECORDS = [warcinfo(f"{number}.warc.gz", {"software": "Furat " * number}) for number in range(1, 5)]
WHOLE = b"".join(RECORDS[:3])


@pytest.mark.parametrize(
    "length", [1, 9, 11, len(RECORDS[3]) // 2, len(RECORDS[3]) - 1], ids=["one", "nine", "eleven", "half", "most"]
)
def test_a_torn_record_is_cut_and_the_others_stay(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(WHOLE + RECORDS[3][:length])

    assert cut_tail(path, None) == length
    assert path.read_bytes() == WHOLE
    assert cut_tail(path, 0) == 0
    assert len(by_warcio(path)) == 3


def test_zeros_that_a_power_cut_left_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(WHOLE + bytes(5000))

    assert cut_tail(path, len(RECORDS[0])) == 5000
    assert path.read_bytes() == WHOLE


def test_nothing_is_cut_if_what_the_archive_names_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(WHOLE[:-5])

    assert cut_tail(path, len(WHOLE) - len(RECORDS[2])) == 0
    assert path.read_bytes() == WHOLE[:-5]


def test_only_files_that_were_not_looked_at_are_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "warc").mkdir()
    names = ("20260101T000000Z-aaaa-00001", "20270101T000000Z-aaaa-00001", "others")
    old, new, others = (tmp_path / "warc" / f"{name}.warc.gz" for name in names)
    others.write_bytes(RECORDS[0] + b"torn, and not ours")
    source = Source("", 0, f"warc/{old.name}", len(RECORDS[0]), "urn:uuid:1", "sha256:1", "")
    old.write_bytes(WHOLE + b"\x1f\x8b")
    with Store.at(tmp_path) as store:
        store.articles.add(article(1), sources=[source])

        cut_tails(store, tmp_path)
        old.write_bytes(WHOLE + b"not looked at again")
        new.write_bytes(RECORDS[0] + b"torn")
        cut_tails(store, tmp_path)

    assert old.read_bytes().endswith(b"not looked at again")
    assert new.read_bytes() == RECORDS[0]
    assert others.read_bytes().endswith(b"torn, and not ours")
    assert caplog.messages == [
        f"{old} ended in a torn record of a killed crawl: 2 bytes were cut",
        f"{new} ended in a torn record of a killed crawl: 4 bytes were cut",
    ]


def test_a_file_is_closed_at_its_size_and_the_next_one_begins_like_it(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path / "warc", "c1", lambda name: warcinfo(name, {"software": "Furat"}), largest=500)

    places = [files.append(RECORDS[3]) for _ in range(5)]
    files.close()

    names = [path.name for path in sorted((tmp_path / "warc").iterdir())]
    assert names == sorted({name for name, _ in places})
    assert names[0] == "c1-00001.warc.gz"
    assert len(names) > 1
    for name in names:
        first, *others = by_warcio(tmp_path / "warc" / name)
        assert first.fields["WARC-Filename"] == name
        assert [row.offset for row in others] == [offset for file, offset in places if file == name]


class FullDisk:
    """A file on a disk that takes some bytes more."""

    def __init__(self, file: Any, left: int) -> None:
        self.file = file
        self.left = left

    def write(self, data: memoryview) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        done: int = self.file.write(data[: self.left])
        self.left -= done
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def test_a_record_that_does_not_fit_on_the_disk_leaves_nothing(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "c1", lambda name: warcinfo(name, {}))
    name, _ = files.append(RECORDS[3])
    before = (tmp_path / name).read_bytes()
    files._file = FullDisk(files._file, 100)  # type: ignore[assignment]

    with pytest.raises(OSError, match="No space left"):
        files.append(RECORDS[3])

    assert (tmp_path / name).read_bytes() == before
    files._file.left = 1 << 20  # type: ignore[union-attr]
    assert files.append(RECORDS[3]) == (name, len(before))
    files.close()
    assert len(by_warcio(tmp_path / name)) == 3

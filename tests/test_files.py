"""Files change as a whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from furat.files import check_regular, flush, replacing


def test_a_file_is_replaced_when_all_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, steps = tmp_path / "new" / "articles.jsonl", []
    monkeypatch.setattr(os, "fsync", lambda _: steps.append(path.exists()))
    with replacing(path) as file:
        file.write(b"whole")
        assert not path.exists()

    assert path.read_bytes() == b"whole"
    assert steps == [False, True]  # first the file, then the folder that names it
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_stays_as_it_was_where_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"old")
    with suppress(ZeroDivisionError), replacing(path) as file:
        file.write(b"new")
        flush(file)
        _ = 1 / 0

    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_was_written_is_flushed_before_it_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    with (tmp_path / "feed").open("wb") as file:
        file.write(b"whole")
        flush(file)

    assert synced == [len(b"whole")]


def test_two_who_replace_a_file_at_once_write_it_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"

    def write(letter: bytes) -> None:
        with replacing(path) as file:
            for _ in range(500):
                file.write(letter)
                file.flush()

    threads = [Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert path.read_bytes() in (b"a" * 500, b"b" * 500, b"c" * 500)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_folder_in_place_of_a_file_is_never_to_be_removed(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="but a folder; name a file in it, or move it away"):
        check_regular(tmp_path)

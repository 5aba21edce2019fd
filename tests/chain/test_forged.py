"""Forged manifests cost no more memory and time than they are large, and are not believed."""

import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from furat.chain.leaves import File, Head
from furat.chain.manifest import Manifest, write
from furat.chain.verify import Verification, _legible
from furat.files import reading
from tests.chain.archive import SITE, Folder

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "site")
    for lines, records in ((3, 2), (1, 0), (0, 3), (5, 2)):
        made.crawl(lines, records)
    return made


def manifest(folder: Folder, number: int) -> Path:
    return folder.path / "manifests" / f"{folder.crawls[number - 1]}.json"


@pytest.mark.parametrize("filler", [b"[],", b'"",\n', b"ab\n"])
def test_a_forged_manifest_takes_little_memory(folder: Folder, filler: bytes) -> None:
    text = manifest(folder, 1).read_bytes().replace(b'"leaves":[\n', b'"leaves":[\n' + filler * (1 << 20))
    tracemalloc.start()

    assert Manifest.from_json(text) is None
    assert len([*_legible(text)]) > 3

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * len(text) + (1 << 20)


def test_a_file_that_manifests_tell_often_is_read_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[Path]()

    def counted(path: Path) -> IO[bytes]:
        opened.append(path)
        return reading(path)

    monkeypatch.setattr("furat.chain.contents.reading", counted)
    for number in range(5, 9):
        head = Head(number, 64 * "0", "2026-01-09T00:00:00+00:00", f"202601{number:02}T000000Z-ffff", SITE)
        whole = File(number, 64 * "0", f"feed/news-{folder.crawls[0]}.jsonl")
        with (folder.path / "manifests" / f"{head.crawl}.json").open("wb") as file:
            write(file, map(str, [head, whole, whole]))

    told = [each.what for each in Verification(folder.path).findings() if "tells another digest" in each.what]

    assert len(told) == 4
    assert len(opened) == len({*opened})


def test_a_manifest_that_tells_a_file_twice_contradicts_itself(folder: Folder) -> None:
    path = manifest(folder, 4)
    whole = Manifest.from_json(path.read_bytes())
    assert whole
    other = [replace(leaf, sha256=64 * "0") for leaf in whole.sentences if isinstance(leaf, File)]
    with path.open("wb") as file:
        write(file, map(str, [*whole.sentences, *other]))

    assert [each for each in Verification(folder.path).findings() if "contradicts itself" in each.what]

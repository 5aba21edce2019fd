"""Manifests that are missing, put in another's place, made anew or rolled back are named; kills are no fault."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest

from furat.chain.finding import Finding, Weight
from furat.chain.leaves import read
from furat.chain.manifest import Manifest, write
from furat.chain.record import record, summaries
from furat.chain.verify import Verification
from tests.chain.archive import SITE, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "site")
    for lines, records in ((3, 2), (1, 0), (0, 3), (5, 2)):
        made.crawl(lines, records)
    return made


def found(folder: Folder, known: tuple[int, str] | None) -> list[Finding]:
    return list(Verification(folder.path, known).findings())


def faults(folder: Folder, known: tuple[int, str] | None) -> dict[str, str]:
    return {each.place: each.what for each in found(folder, known) if each.weight is Weight.FAULT}


def manifest(folder: Folder, number: int) -> Path:
    return folder.path / "manifests" / f"{folder.crawls[number - 1]}.json"


def made_anew(path: Path, change: Callable[[str], str]) -> None:
    """Write the manifest at ``path`` with other sentences and the root of these, as one who knows how could."""
    whole = Manifest.from_json(path.read_bytes())
    assert whole
    with path.open("wb") as file:
        write(file, filter(read, map(change, whole.texts)))


def test_a_missing_file_is_missed_and_nothing_else(folder: Folder) -> None:
    known = folder.known()
    for path in folder.files():
        if path.suffix != ".json":
            text = path.read_bytes()
            path.unlink()
            assert faults(folder, known) == {str(path.relative_to(folder.path)): "missing"}
            path.write_bytes(text)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_missing_manifest_is_missed_at_its_place(folder: Folder, number: int) -> None:
    known = folder.known()
    manifest(folder, number).unlink()

    ((where, what),) = faults(folder, known).items()

    assert where == f"manifests/{folder.crawls[number]}.json"
    assert "a manifest is missing before it: the chain is cut" in what
    doubts = {each.place for each in found(folder, known) if each.weight is Weight.OPEN}
    assert doubts == {
        str(path.relative_to(folder.path)) for path in folder.files() if folder.crawls[number - 1] in path.name
    }


def test_manifests_that_were_cut_off_are_missed_by_the_archive_alone(folder: Folder) -> None:
    known = folder.known()
    for number in (4, 3):
        for path in folder.files():
            if folder.crawls[number - 1] in path.name:
                path.unlink()

    assert faults(folder, None) == {}
    what = faults(folder, known)["manifests"]
    assert what.startswith("2 manifests are missing after manifests/")
    shutil.rmtree(folder.path / "manifests")
    assert faults(folder, known)["manifests"].startswith("4 manifests are missing after the beginning")


def test_a_cut_shows_after_the_next_crawl_too(folder: Folder) -> None:
    known = folder.known()
    manifest(folder, 4).unlink()
    end = folder.crawl(kept=known)

    after = faults(folder, (end.head.number, end.root))

    assert end.head.number == 5
    assert list(after) == [f"manifests/{folder.crawls[4]}.json"]
    assert "a manifest is missing before it" in after[f"manifests/{folder.crawls[4]}.json"]


def test_a_manifest_that_was_damaged_hides_nothing_and_comes_back(folder: Folder) -> None:
    known, path = folder.known(), manifest(folder, 4)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"chain", b"chein"))
    end = folder.crawl(kept=known)
    known = (end.head.number, end.root)

    assert list(faults(folder, known)) == [f"manifests/{path.name}"]

    path.write_bytes(whole)
    assert faults(folder, known) == {}
    (feed,) = folder.path.glob(f"feed/*{folder.crawls[3]}*")
    feed.write_bytes(feed.read_bytes().replace(b"kind", b"bind", 1))
    assert set(faults(folder, known)) == {f"feed/{feed.name}"}


def test_a_forged_end_shows_after_the_next_crawl_too(folder: Folder) -> None:
    known = folder.known()
    made_anew(manifest(folder, 4), lambda text: text.replace(SITE, "https://other.example/"))
    end = folder.crawl(kept=known)

    assert list(faults(folder, (end.head.number, end.root))) == [f"manifests/{folder.crawls[3]}.json"]


def test_manifests_in_each_other_s_place_are_both_named(folder: Folder) -> None:
    known = folder.known()
    first, second = manifest(folder, 2).read_bytes(), manifest(folder, 3).read_bytes()
    manifest(folder, 2).write_bytes(second)
    manifest(folder, 3).write_bytes(first)

    assert set(faults(folder, known)) == {f"manifests/{folder.crawls[number]}.json" for number in (1, 2)}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_manifest_that_was_made_anew_is_named(folder: Folder, number: int) -> None:
    known = folder.known()
    made_anew(manifest(folder, number), lambda text: text.replace(SITE, "https://other.example/"))

    ((where, what),) = faults(folder, known).items()

    assert where == f"manifests/{folder.crawls[number - 1]}.json"
    assert "made anew" in what


def test_a_manifest_of_another_past_is_named(folder: Folder) -> None:
    known = folder.known()
    made_anew(manifest(folder, 3), lambda text: re.sub("^chain 3 [0-9a-f]{64}", f"chain 3 {64 * '0'}", text))

    assert set(faults(folder, known)) == {f"manifests/{folder.crawls[2]}.json"}


def test_a_database_of_earlier_days_is_named(folder: Folder) -> None:
    first = Manifest.from_json(manifest(folder, 1).read_bytes())
    third = Manifest.from_json(manifest(folder, 3).read_bytes())
    assert first
    assert third

    assert faults(folder, (1, first.root)) == {"archive.db": "it knows 1 of 4 manifests: it was rolled back"}
    assert faults(folder, (3, third.root)) == {}  # killed between the two
    (doubt,) = [each for each in found(folder, (3, third.root)) if each.weight is Weight.OPEN]
    assert "archive.db does not know it yet" in str(doubt)


def test_what_is_put_among_old_files_is_named_and_what_is_new_waits(folder: Folder) -> None:
    known = folder.known()
    (folder.path / "feed" / "news-20260101T120000Z-ffff.jsonl").write_text("{}\n")
    (folder.path / "feed" / "news-20260109T120000Z-ffff.jsonl").write_text("{}\n")

    old, new = [each for each in found(folder, known) if each.weight]

    assert (old.weight, new.weight) == (Weight.FAULT, Weight.OPEN)
    assert "0101" in old.place
    assert "the next crawl's will" in new.what


def test_lines_that_change_places_are_reordered(folder: Folder) -> None:
    (path,) = folder.path.glob(f"feed/*{folder.crawls[3]}.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], lines[3], lines[2], lines[1], lines[4]]))

    (what,) = faults(folder, folder.known()).values()

    assert "reordered" in what
    assert "missing" not in what


def test_a_link_that_leads_out_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "feed").rename(tmp_path / "feed")
    (folder.path / "feed").symlink_to(tmp_path / "feed")
    (warc,) = folder.path.glob(f"warc/{folder.crawls[0]}*")
    warc.rename(tmp_path / "warc.gz")
    warc.symlink_to(tmp_path / "warc.gz")

    whats = faults(folder, folder.known())

    assert sum("leads out of the folder" in what for what in whats.values()) == 3
    assert "not a regular file" in whats[f"warc/{warc.name}"]


def test_nothing_is_written_through_a_link(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "manifests").rename(tmp_path / "away")
    (folder.path / "manifests").symlink_to(tmp_path / "away")
    before = sorted((tmp_path / "away").iterdir())

    with pytest.raises(OSError, match="is a link"):
        folder.crawl()

    assert sorted((tmp_path / "away").iterdir()) == before


STEPS = ("os.fsync", "os.open", "pathlib.Path.replace", "furat.files.sync", "furat.chain.record.now")


def test_a_kill_at_any_step_is_no_fault_and_the_next_crawl_covers_its_files(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write()
    moment = 1
    while not lives(folder, moment, monkeypatch):
        assert not {each.place for each in found(folder, None) if each.weight is Weight.FAULT}
        moment += 1

    assert moment > 6
    end = record(folder.path, folder.crawls[-1], SITE, summaries(folder.path), None)
    assert end
    assert found(folder, (end.head.number, end.root)) == []
    assert not list(folder.path.glob("manifests/.*.part"))


def lives(folder: Folder, moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Do what a crawl does in a process that dies at its step number ``moment``; return whether it lived."""
    child = os.fork()
    if child == 0:
        steps = iter(range(moment))
        for step in STEPS:
            monkeypatch.setattr(step, mortal(resolve_name(step), steps))
        record(folder.path, folder.crawls[-1], SITE, summaries(folder.path), None)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def mortal(step: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    """Return ``step``, or the end of this process once no number is ``left``."""

    def taken(*words: object, **named: object) -> object:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*words, **named)

    return taken

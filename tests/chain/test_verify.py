"""Whatever is done to a folder is located, and nothing else is blamed."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from furat.chain.finding import Finding, Weight
from furat.chain.verify import Verification
from tests.chain.archive import Folder

TRIES = 100
"""How many random places each kind of damage is tried at."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = Folder(tmp_path_factory.mktemp("chain"))
    for lines, records in ((4, 4), (1, 0), (0, 3), (6, 2)):
        made.crawl(lines, records)
    return made


def blamed(folder: Folder, weight: Weight = Weight.FAULT, known: tuple[int, str] | None = None) -> set[str]:
    """Return the places that are blamed."""
    check = Verification(folder.path, known or folder.known())
    return {finding.place for finding in check.findings() if finding.weight >= weight}


def opens(folder: Folder) -> list[Finding]:
    return [each for each in Verification(folder.path, folder.known()).findings() if each.weight is Weight.OPEN]


def flip(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ (1 << chance.randrange(8))]) + text[at + 1 :]


def drop(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randrange(1, 60) :]


def truncate(text: bytes, chance: random.Random) -> bytes:
    return text[: chance.randrange(len(text))]


def insert(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.randbytes(chance.randrange(1, 60)) + text[at:]


def swap(text: bytes, chance: random.Random) -> bytes:
    first, second, third, fourth = sorted(chance.randrange(len(text) + 1) for _ in range(4))
    return text[:first] + text[third:fourth] + text[second:third] + text[first:second] + text[fourth:]


@pytest.mark.parametrize("damage", [flip, drop, truncate, insert, swap])
def test_damage_anywhere_is_located_and_nothing_else_is_blamed(
    folder: Folder, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    chance, known = random.Random(damage.__name__), folder.known()  # noqa: S311 (a repeatable test)
    assert blamed(folder) == set()
    for _ in range(TRIES):
        path = chance.choice(folder.files())
        before = path.read_bytes()
        after = damage(before, chance)
        path.write_bytes(after)

        found = blamed(folder, known=known)

        path.write_bytes(before)
        place = str(path.relative_to(folder.path))
        assert found == ({place} if after != before else set()), (place, before, after)


def test_files_that_no_crawl_wrote_are_named_and_those_of_other_tools_are_covered(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.crawl()
    others = folder.path / "warc" / "others.warc.gz"
    others.write_bytes(gzip.compress(b"WARC/1.0\r\n\r\n"))
    (folder.path / "warc" / "link.warc.gz").symlink_to(others)
    for name in ("feed/more.jsonl", "feed/.news.jsonl.part", "warc/plain.warc", "manifests/notes.txt"):
        (folder.path / name).write_bytes(b"{}\n")

    new = {each.place: each.what for each in opens(folder)}
    folder.crawl()
    later = {each.place for each in opens(folder)}

    assert new.pop("warc/others.warc.gz") == "added: another tool wrote it; the next crawl's manifest will cover it"
    assert {*new} == {"feed/more.jsonl", "warc/link.warc.gz", "warc/plain.warc", "manifests/notes.txt"} == later
    assert {*new.values()} == {"added: no file of Furat's is named so, and no manifest ever covers it"}
    assert blamed(folder) == set()
    others.write_bytes(b"altered")
    assert blamed(folder) == {"warc/others.warc.gz"}

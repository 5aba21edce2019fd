"""Relations in folders: a commit names what counts."""

from pathlib import Path

import pyarrow as pa
import pytest

from furat.corpus.folder import Folder, Part

SCHEMA = pa.schema({"n": pa.int64()})
ROWS = pa.RecordBatch.from_pydict({"n": [1, 2]}, SCHEMA)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.at(f"file://{tmp_path}/a%20relation")


def read(folder: Folder, parts: list[Part] | None) -> list[int]:
    return [n for part in parts or [] for batch in folder.read(part.name, ["n"]) for n in batch["n"].to_pylist()]


def test_what_was_committed_is_read_in_its_order_and_the_rest_is_deleted(folder: Folder) -> None:
    parts = [folder.write([ROWS.slice(place)], SCHEMA, str(place)) for place in (1, 0)]
    folder.write([ROWS], SCHEMA)

    folder.commit("a", parts)

    assert folder.committed("a") == parts
    assert read(folder, folder.committed("a")) == [2, 1, 2]
    assert {name for name, _ in folder.files()} == {part.name for part in parts}


def test_a_relation_that_was_made_of_something_else_is_not_committed(folder: Folder) -> None:
    assert folder.committed("a") is None
    folder.commit("a", [])
    assert (folder.committed("a"), folder.committed("b")) == ([], None)


@pytest.mark.parametrize("commit", [b"", b'{"of":"a","parts":[["x"', b"[]", b'{"of":"a"}', b'{"of":"a","parts":[1]}'])
def test_a_torn_commit_is_none(folder: Folder, commit: bytes) -> None:
    folder.commit("a", [folder.write([ROWS], SCHEMA)])
    Path(f"{folder}.json").write_bytes(commit)

    assert folder.committed("a") is None


@pytest.mark.parametrize("left", [None, b"", b"PAR1"])
def test_a_part_that_is_gone_or_cut_off_makes_the_relation_anew(folder: Folder, left: bytes | None) -> None:
    part = folder.write([ROWS], SCHEMA)
    folder.commit("a", [part])
    path = Path(str(folder / part.name))
    path.unlink() if left is None else path.write_bytes(left)

    assert folder.committed("a") is None


def test_a_file_is_replaced_as_a_whole_or_stays(folder: Folder) -> None:
    folder.replace("f", lambda path: path.write_text("a"))

    def broken(path: Path) -> None:
        path.write_text("b")
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        folder.replace("f", broken)
    assert (folder / "f").content() == b"a"


@pytest.mark.parametrize(
    "address, told",
    [
        ("s3a://news/a b/", "s3://news/a b"),
        ("s3://news", "s3://news/"),
        ("/srv/a", "/srv/a"),
        ("file:///srv/a%20b/", "/srv/a b"),
        ("/srv/50%/x#y", "/srv/50%/x#y"),
        ("hdfs://head:8020/news", "hdfs://head:8020/news"),
    ],
)
def test_an_address_leads_to_a_folder(address: str, told: str) -> None:
    assert str(Folder.at(address)) == told


def test_a_folder_knows_the_two_above_it() -> None:
    assert [str(above) for above in Folder.at("s3://news/a/b/c").parents] == ["s3://news/a/b", "s3://news/a"]
    assert [str(above) for above in Folder.at("s3://news/a/b").parents] == ["s3://news/a", "s3://news/"]
    assert [str(above) for above in Folder.at("/a").parents] == ["/"]
    assert Folder.at("s3://news").parents == []

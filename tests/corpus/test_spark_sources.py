"""What Spark is given to read."""

from pathlib import Path

import pytest
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from furat.corpus import folder
from furat.corpus.folder import Folder
from furat.corpus.spark import sources
from furat.exceptions import WrongUsage


def test_more_files_than_numbers_have_room_for_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f"{name}.parquet").touch()
    monkeypatch.setattr(sources, "PARTS", 2)

    with pytest.raises(WrongUsage) as caught:
        sources.units([Folder.at(str(tmp_path))])

    assert "are 3 files or shares of files, more than 2; write larger files" in str(caught.value.reason)


@pytest.mark.parametrize("address", ["s3://news", "s3://news/a.parquet", "s3://news/b/c.parquet"])
def test_a_bucket_is_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Datasets may lie in no other folder, and a list of takedowns beside them."""
    (tmp_path / "news" / "b").mkdir(parents=True)
    for name in ("a.parquet", "b/c.parquet"):
        (tmp_path / "news" / name).touch()
    (tmp_path / "news" / "takedowns.txt").write_text("a.example/1")
    monkeypatch.setattr(folder, "_system", lambda _: (SubTreeFileSystem(str(tmp_path), LocalFileSystem()), "news/"))
    source = Folder.at(address)

    found = [unit.folder.place(unit.name)[1] for unit in sources.units([source])]

    assert found == [
        f"news/{name}" for name in ("a.parquet", "b/c.parquet") if name in address or address.endswith("s")
    ]
    assert sources.takedowns([source]) == {"a.example/1"}

"""What is read stays, whatever its place is called and however it is named."""

import os
from pathlib import Path

import pytest

from furat.corpus.build import build
from furat.exceptions import Stop
from tests.corpus.conftest import NEWS, exported
from tests.datasets.conftest import contents


def test_a_file_of_the_corpus_that_is_written_is_not_read(folder: Path, tmp_path: Path) -> None:
    build([str(folder)], tmp_path / "out", None)
    before = contents(tmp_path / "out")
    (path,) = (tmp_path / "out" / "data").iterdir()

    with pytest.raises(Stop) as caught:
        build([str(path)], tmp_path / "out", None)

    assert f"{path} is read, and {tmp_path}/out would replace" in caught.value.reason
    assert contents(tmp_path / "out") == before


def test_a_link_is_what_it_leads_to(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(exported(folder, "a.parquet"))
    (tmp_path / "b.parquet").symlink_to(exported(folder, "b.jsonl"))
    (tmp_path / "loop.parquet").symlink_to("loop.parquet")

    assert build([str(tmp_path / "latest")], tmp_path / "out", None).rows == len(NEWS)
    assert build([str(tmp_path / "b.parquet")], tmp_path / "out", None).rows == len(NEWS)
    with pytest.raises(OSError, match=r"loop\.parquet"):
        build([str(tmp_path / "loop.parquet")], tmp_path / "out", None)


@pytest.mark.parametrize("is_read", [True, False])
def test_a_name_that_is_no_text_is_refused(folder: Path, tmp_path: Path, is_read: bool) -> None:
    """A manifest could not hold it, nor could a query."""
    place = tmp_path / os.fsdecode(b"of 1998 \xc7")
    place.mkdir()
    path = exported(folder, "a.parquet")

    with pytest.raises(Stop) as caught:
        build(
            [str(path.rename(place / path.name) if is_read else path)], (tmp_path if is_read else place) / "out", None
        )

    assert "is no text in UTF-8" in caught.value.reason

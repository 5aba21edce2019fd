"""What Spark is given to read."""

from pathlib import Path

import pytest

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

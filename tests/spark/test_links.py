"""Spark finds the links that DuckDB finds, to the byte, whatever is parted how, torn, added or forbidden."""

import shutil
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench.news import archive
from furat.corpus.folder import Folder
from furat.corpus.links import NAME
from furat.corpus.spark import command
from furat.corpus.spark.build import build
from furat.outcomes import ExitCode
from tests.corpus.conftest import item
from tests.spark.conftest import Built, dataset, datasets


def test_links_are_those_of_duckdb_to_the_byte_without_what_is_taken_down(
    tmp_path: Path, built: Built, by_duckdb: Built
) -> None:
    names = datasets(tmp_path / "data", archive(200, seed=1), 3)
    whole = built(names)
    (copy, of, *_) = pq.read_table(BytesIO(whole)).to_pylist()[0].values()

    assert whole == by_duckdb(names)

    (tmp_path / "data" / "takedowns.txt").write_text(of, "utf-8")

    less = built(names)
    assert less == by_duckdb(names)
    assert copy not in pq.read_table(BytesIO(less))["id"].to_pylist()


def test_a_build_goes_on_where_another_was_torn_and_signs_only_what_is_new(
    tmp_path: Path, built: Built, by_duckdb: Built
) -> None:
    *some, last = datasets(tmp_path, archive(200, seed=2), 3)
    whole = built(some, partitions=1, share=1 << 13)
    stages = tmp_path / "spark.spark"
    kept = parts(stages)
    (tmp_path / "spark" / NAME).unlink()
    cut = min((stages / "1" / "likely").iterdir())
    cut.write_bytes(cut.read_bytes()[:-9])
    (stages / "posting" / "ffff.parquet").write_bytes(b"of a task that was killed")

    assert whole == built(some, partitions=7, share=1 << 13) == by_duckdb(some)
    whole_before = {path for path in kept if not path[0].isdigit() and not path.startswith("copy/")}
    assert kept & parts(stages) == whole_before

    assert built([*some, last], partitions=64, share=1 << 13) == by_duckdb([*some, last])
    signed = {path for path in kept if path.startswith("signed/")}
    assert signed < parts(stages)


def test_an_object_store_holds_datasets_stages_and_links(
    tmp_path: Path, spark: Any, bucket: str, by_duckdb: Built
) -> None:
    """Ids that look like numbers stay what they are."""
    ids = ["1", "01", "1.0", "1e3", "9007199254740993", "9007199254740992", "NaN", "-0", "٣", "0x1"]
    news = [one for one in archive(100, seed=3) if one.of is None]
    articles = [
        [replace(item(one, number, end), id=id + end) for number, (one, id) in enumerate(zip(news, ids, strict=False))]
        for end in ("", "0")
    ]
    names = [dataset(tmp_path / f"of {number}.parquet", told) for number, told in enumerate(articles)]
    place, out = Folder.at(f"{bucket}/my datasets/أخبار"), Folder.at(f"{bucket}/corpus")
    for name in names:
        place.replace(name.name, partial(shutil.copy, name))

    for _ in "once", "again":
        build(spark, [place], out)

        links = (out / NAME).content() or b""
        assert links == by_duckdb(names)
        assert set(pq.read_table(BytesIO(links))["id"].to_pylist()) == {f"{id}0" for id in ids}


def test_datasets_without_articles_have_no_links(tmp_path: Path, built: Built, by_duckdb: Built) -> None:
    names = [dataset(tmp_path / "empty.parquet", [])]

    assert built(names) == by_duckdb(names)


def test_what_can_t_be_read_is_named(
    tmp_path: Path, spark: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a dataset.parquet").write_bytes(b"PAR1 of others PAR1")
    (tmp_path / "none").mkdir()
    monkeypatch.setattr(command, "_session", lambda: nullcontext(spark))

    for name, why in {
        "a dataset.parquet": f"{tmp_path}/a dataset.parquet is not a dataset of Furat: ",
        "none": f"{tmp_path}/none holds no Parquet file; write one with `scrapy dataset`",
        "": f"{tmp_path}/out lies in {tmp_path}, which is read; name another folder",
    }.items():
        assert command.main([str(tmp_path / name), "--to", str(tmp_path / "out")]) == ExitCode.USAGE
        assert capsys.readouterr().err.startswith(f"Error: {why}")


def parts(folder: Path) -> set[str]:
    """Return the names of the files in ``folder`` that a commit may name."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet") if path.stem != "ffff"}

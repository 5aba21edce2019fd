"""A corpus is opened by who reads datasets, and built by who types a command."""

import json
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bench.news import archive
from furat.corpus.build import build
from furat.datasets.columns import columns
from furat.datasets.splits import Splits
from furat.exceptions import Stop
from tests.corpus.conftest import archived, item, links, records, sequential, shared_out
from tests.datasets.conftest import contents

NEWS = archive(60, seed=4)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    build([*map(str, shared_out(data, NEWS, 3))], data / "out", Splits.parse("train=.6,test=.4"))
    return data / "out"


@pytest.mark.scrapy
def test_every_reader_finds_the_same(out: Path, tmp_path: Path) -> None:
    import datasets
    import pandas as pd
    import polars as pl

    told = records(out)
    names = [column.name for column in columns(splits=True, corpus=True)]
    ids = sorted(told)
    files = str(out / "data" / "*.parquet")

    polars = pl.read_parquet(files)
    pandas = pd.concat(pd.read_parquet(path, dtype_backend="pyarrow") for path in sorted((out / "data").iterdir()))
    hub: Any = datasets.load_dataset(str(out), cache_dir=str(tmp_path))

    assert polars.columns == list(pandas) == names
    assert sorted(polars["corpus_id"]) == sorted(pandas["corpus_id"]) == ids
    assert sorted(id for part in hub.values() for id in part["corpus_id"]) == ids
    copies = f"SELECT * FROM '{out}/links.parquet' JOIN '{files}' AS article USING (id) WHERE article.kind = 'article'"
    assert len(duckdb.execute(copies).fetchall()) == len(links(out)) > 5


def test_no_cluster_lies_across_splits(out: Path) -> None:
    splits: dict[str, set[str]] = {}
    for row in records(out).values():
        splits.setdefault(row["corpus_cluster"], set()).add(row["split"])

    assert {len(each) for each in splits.values()} == {1}
    assert {split for each in splits.values() for split in each} == {"train", "test"}


@pytest.mark.scrapy
def test_the_metadata_describe_the_corpus(out: Path) -> None:
    import mlcroissant

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = mlcroissant.Dataset(jsonld=str(out / "croissant.json"))
    manifest = json.loads((out / "manifest.json").read_bytes())

    assert not described.metadata.ctx.issues.errors
    assert [each["name"] for each in manifest["inputs"]] == [f"news{number}.example" for number in range(3)]
    assert sum(manifest["counts"].values()) == len(NEWS)
    named = {each["path"]: each["sha256"] for each in manifest["files"]}
    named |= {each["name"]: each["sha256"] for each in manifest["documents"]}
    found = {name: sha256(told).hexdigest() for name, told in contents(out).items() if name != "manifest.json"}
    assert named == found


def test_the_command_builds_a_corpus(forks: Any, tmp_path: Path) -> None:
    folders = [*map(str, shared_out(tmp_path / "data", NEWS[:20], 2))]
    out = str(tmp_path / "out")

    assert forks.run("scrapy", "corpus").exit_code == 2
    assert forks.run("scrapy", "corpus", *folders).exit_code == 2
    wrong = forks.run("scrapy", "corpus", *folders, str(tmp_path / "nothing"), "--to", out)
    assert (wrong.exit_code, "nothing is neither an archive's folder" in wrong.err) == (2, True)
    inside = forks.run("scrapy", "corpus", *folders, "--to", f"{folders[0]}/feed")
    assert (inside.exit_code, "among the files of an archive" in inside.err) == (2, True)
    done = forks.run("scrapy", "corpus", *folders, "--to", out, "--splits", "train=.9,test=.1")

    assert (done.exit_code, done.err) == (0, "")
    assert done.out == f"20 records in 4 files in {out}\n"
    assert links(Path(out)) == sequential(
        item(one, number, f"news{number % 2}.example") for number, one in enumerate(NEWS[:20])
    )


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    folder = archived(tmp_path / "data" / "a.example", [item(NEWS[0], 0)])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("سلام", "utf-8")

    with pytest.raises(Stop) as caught:
        build([str(folder)], tmp_path / "mine", None)

    assert "not empty" in caught.value.reason
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    assert not (tmp_path / "mine.stages").exists()

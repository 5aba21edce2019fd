"""A Spark of the tests' own, an S3 on loopback, and the corpus that DuckDB makes of the same datasets."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pyarrow.fs import FileSystem

from bench.news import News
from furat.corpus import build as duck
from furat.corpus.folder import Folder
from furat.corpus.spark import rounds, sources
from furat.corpus.spark.build import build
from furat.corpus.spark.command import SETTINGS
from furat.datasets.build import build as exported
from furat.datasets.selection import Selection
from furat.items import Article
from furat.store import Store
from tests.corpus.conftest import archived, item
from tests.support.crawls import ROOT

S3 = ROOT / ".venv-s3" / "bin" / "moto_server"

LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # For a few hundred articles it takes longer to compile a query than to run it.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}

Built = Callable[..., bytes]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave Spark to those who ask for it: it is large, and takes minutes."""
    for test in items:
        if test.path.parent == Path(__file__).parent:
            test.add_marker("spark")
            test.add_marker(pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"))
            if os.environ.get("FURAT_SPARK") != "1":
                test.add_marker(pytest.mark.skip(reason="make test-spark runs these (FURAT_SPARK=1)"))


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """Return the address of a bucket on this machine, which all S3 clients of this process find."""
    command = [str(S3), "-H", "127.0.0.1", "-p", "0"]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        try:
            assert server.stderr is not None
            url = next(found[1] for line in server.stderr if (found := re.search(r"Running on (http://\S+)", line)))
            for name, value in {"ENDPOINT_URL": url, "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}.items():
                patch.setenv(f"AWS_{name}", value)
            store, path = FileSystem.from_uri("s3://news?allow_bucket_creation=true")
            store.create_dir(path)
            yield "s3a://news"
        finally:
            server.kill()


@pytest.fixture(scope="session")
def installed() -> None:
    """Fail in CI, and skip elsewhere, where there is no Spark."""
    if not find_spec("pyspark") or not shutil.which("java"):
        absent = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        absent("pip install -r requirements-spark.txt; apt-get install default-jre-headless")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a Spark in this process."""
    request.getfixturevalue("installed")
    from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)

    request.getfixturevalue("bucket")  # its tasks have the environment that it starts with
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    for name, value in {**SETTINGS, **LOCAL, "spark.local.dir": str(tmp_path_factory.mktemp("spark"))}.items():
        builder = builder.config(name, value)
    with builder.getOrCreate() as session:
        yield session


@pytest.fixture
def built(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Build the links of datasets on Spark, and return the bytes of `links.parquet`."""
    monkeypatch.setattr(rounds, "BUCKET", 20)

    def run(names: Sequence[Path], partitions: int = 2, share: int = 1 << 20) -> bytes:
        monkeypatch.setattr(sources, "SHARE", share)
        spark.conf.set("spark.sql.shuffle.partitions", partitions)
        build(spark, [Folder.at(str(name)) for name in names], Folder.at(str(tmp_path / "spark")))
        return (tmp_path / "spark" / "links.parquet").read_bytes()

    return run


@pytest.fixture
def by_duckdb(tmp_path: Path) -> Built:
    """Build the corpus of datasets with DuckDB, and return the bytes of `links.parquet`."""

    def run(names: Sequence[Path]) -> bytes:
        duck.build([*map(str, names)], tmp_path / "duck", None)
        return (tmp_path / "duck" / "links.parquet").read_bytes()

    return run


def dataset(path: Path, articles: Sequence[Article]) -> Path:
    """Return the ``path`` of a dataset that holds ``articles``."""
    with Store.at(archived(path.with_suffix(""), articles)) as store:
        exported(store, path, Selection())
    return path


def datasets(folder: Path, news: Sequence[News], hosts: int) -> list[Path]:
    """Return the datasets of newsrooms among which ``news`` are shared out in turns."""
    numbered = [*enumerate(news)]
    return [
        dataset(
            folder / f"news{host}.parquet",
            [item(one, number, f"news{host}.example") for number, one in numbered[host::hosts]],
        )
        for host in range(hosts)
    ]

"""A cluster whose workers are killed comes to the same links."""

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.news import archive
from tests.spark.conftest import LOCAL, Built, datasets
from tests.support.crawls import ROOT


@pytest.mark.usefixtures("installed")
def test_an_executor_that_is_killed_changes_nothing(tmp_path: Path, by_duckdb: Built) -> None:
    names = datasets(tmp_path, archive(200, seed=7), 2)
    out = tmp_path / "out"
    with subprocess.Popen(submitted(tmp_path, *names, "--to", out), env=environment(), cwd=tmp_path) as driver:
        while not (tmp_path / "out.spark" / "name.json").exists():
            assert driver.poll() is None
            time.sleep(0.1)
        os.kill(executors(driver.pid)[0], signal.SIGKILL)
        assert driver.wait() == 0

    assert (out / "links.parquet").read_bytes() == by_duckdb(names)


def submitted(folder: Path, *words: object) -> list[str]:
    """Return the command that gives Furat, as a zip, to a cluster of two workers."""
    furat = shutil.make_archive(str(folder / "furat"), "zip", ROOT, "furat")
    told = {**LOCAL, "spark.executor.extraJavaOptions": LOCAL["spark.driver.extraJavaOptions"]}
    settings = [word for name, value in told.items() for word in ("--conf", f"{name}={value}")]
    spark = find_spec("pyspark")
    assert spark is not None
    assert spark.origin is not None
    command = [
        str(Path(spark.origin).with_name("bin") / "spark-submit"),
        "--master",
        "local-cluster[2,1,1024]",
        *settings,
        "--py-files",
        furat,
    ]
    return [*command, str(ROOT / "furat" / "corpus" / "spark" / "__main__.py"), *map(str, words)]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}


def executors(driver: int) -> list[int]:
    """Return the processes of Spark's workers below the process ``driver``."""
    stats = {int(path.name): told(path / "stat") for path in Path("/proc").iterdir() if path.name.isdigit()}
    parents = {pid: int(stat.rpartition(b")")[2].split()[1]) for pid, stat in stats.items() if stat}
    below = {driver}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return [pid for pid in below if b"CoarseGrainedExecutorBackend" in told(Path(f"/proc/{pid}/cmdline"))]


def told(path: Path) -> bytes:
    """Return what the system tells of a process: nothing if it has ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""

"""What docs/DATA.md shows runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from furat.datasets.build import build
from furat.datasets.reader import Reader
from furat.datasets.release import Release
from furat.datasets.selection import Selection
from furat.store import Store

DATA = (Path(__file__).parents[2] / "docs" / "DATA.md").read_text("utf-8")
SNIPPETS = {
    code.split("import ")[1].split()[0].strip(): code for code in re.findall(r"```python\n(.*?)```", DATA, re.DOTALL)
}
(R,) = re.findall(r"```r\n(.*?)```", DATA, re.DOTALL)
(JQ,) = re.findall(r"```sh\n(.*?)```", DATA, re.DOTALL)


@pytest.fixture
def built(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    out = tmp_path / "built"
    out.mkdir()
    for ending in ("jsonl", "parquet", "db"):
        build(store, out / f"articles.{ending}", Selection())
    Release(store, out / "release", "https://example.org/", Reader(store, Selection())).build()
    monkeypatch.chdir(out)
    return out


def run(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(SNIPPETS[name], found)  # noqa: S102 (our own document)
    return found


@pytest.mark.usefixtures("built")
def test_the_snippets_find_the_articles() -> None:
    assert dict(run("pandas")["by_month"]) == {"2016-01": 2}
    assert len(run("polars")["firsts"]) == 3
    assert run("duckdb")["rows"] == [("example.org/1", "خبر", "حمص"), ("example.org/1", "خبر", "درعا")]
    assert len(run("load_dataset")["articles"]) == 4
    assert [id for id, _ in run("sqlite3")["found"]] == ["example.org/1", "example.org/2"]


@pytest.mark.skipif(
    shutil.which("Rscript") is None and "CI" not in os.environ, reason="R is not installed; .ci/run installs it"
)
def test_r_has_the_moments(built: Path) -> None:
    told = 'cat(paste(articles$id, format(articles$published_at), lengths(articles$tags)), sep = "\\n")'
    words = ["Rscript", "--vanilla", "-e", R + told]
    shown = subprocess.run(words, cwd=built, capture_output=True, text=True, check=True)

    assert [line.partition("/")[2] for line in shown.stdout.splitlines()] == [
        "1 2016-01-07 11:40:53 2",
        "2 2016-01-08 00:00:00 0",
        "3 NA 0",
        "4 NA 0",
    ]


@pytest.mark.skipif(
    shutil.which("jq") is None and "CI" not in os.environ, reason="jq is not installed; .ci/run installs it"
)
def test_jq_lists_the_firsts(built: Path) -> None:
    told = subprocess.run(JQ, shell=True, cwd=built, capture_output=True, text=True, check=True)  # noqa: S602 (ours)

    assert [line.split("\t")[0] for line in told.stdout.splitlines()] == [
        f"example.org/{number}" for number in (1, 3, 4)
    ]

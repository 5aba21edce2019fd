"""What is torn is computed again, and nothing else."""

from pathlib import Path

from bench.news import archive
from tests.spark.conftest import Built, datasets


def test_a_build_goes_on_where_another_was_torn(tmp_path: Path, built: Built) -> None:
    names = datasets(tmp_path, archive(200, seed=4), 2)
    whole = built(names)
    stages = tmp_path / "spark.spark"
    kept = parts(stages)
    (tmp_path / "spark" / "links.parquet").unlink()
    cut = min((stages / "1" / "head").iterdir())
    cut.write_bytes(cut.read_bytes()[:-9])
    (stages / "1" / "verdict.json").write_bytes(b'{"of":"')
    (stages / "copy.json").unlink()
    (stages / "posting" / "ffff.parquet").write_bytes(b"of a task that was killed")

    assert built(names) == whole

    torn = {"1/head", "1/verdict", "copy"}
    assert kept - parts(stages) == {path for path in kept if path.rpartition("/")[0] in torn}


def test_only_what_is_new_is_signed_again(tmp_path: Path, built: Built, by_duckdb: Built) -> None:
    *some, last = datasets(tmp_path, archive(200, seed=5), 3)
    built(some)
    signed = parts(tmp_path / "spark.spark" / "signed")

    assert built([*some, last]) == by_duckdb([*some, last])

    assert len(parts(tmp_path / "spark.spark" / "signed") - signed) == 1
    assert signed < parts(tmp_path / "spark.spark" / "signed")


def parts(folder: Path) -> set[str]:
    """Return the names of the files in ``folder`` that a commit may name."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet") if path.stem != "ffff"}

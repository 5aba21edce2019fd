"""Stages: files that are computed once, and again where they are torn or made of something else."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson

from furat import __version__
from furat.corpus.relations import FORM
from furat.datasets.publishing import sha256_of
from furat.files import check_regular, reading, replacing, whole


@dataclass(frozen=True, slots=True)
class Stage:
    """A relation in a Parquet file, and what it was made of."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Stages:
    """A folder of stages."""

    folder: Path

    def there(self, name: str) -> Stage | None:
        """Return the stage ``name`` if it is whole and of this Furat, whatever it was made of."""
        path = self.folder / f"{name}.parquet"
        record = committed(path)
        return Stage(path, record["sha256"]) if record and record["made_of"].startswith(_made_by("")) else None

    def stage(self, name: str, made_of: str, make: Callable[[Path], None]) -> Stage:
        """Return the stage ``name``, which ``make`` writes to a path unless it is there as it was made of the same.

        It is committed by a record beside it, which is written last: a file that is cut off, changed, or left by a
        killed build does not agree with its record, and is made again.
        """
        path = self.folder / f"{name}.parquet"
        made_of = _made_by(made_of)
        done = committed(path)
        if done and done["made_of"] == made_of:
            return Stage(path, done["sha256"])
        with whole(path) as part:
            make(part)
        record = {"made_of": made_of, "sha256": sha256_of(path)}
        with replacing(_record(path)) as file:
            file.write(orjson.dumps(record))
        return Stage(path, record["sha256"])

    def keep(self, names: set[str]) -> None:
        """Delete all stages but those with these names; a file without a record is somebody else's."""
        for path in self.folder.rglob("*.parquet"):
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            if name not in names and _record(path).exists():
                _record(path).unlink()
                path.unlink()
        for folder in [path for path in self.folder.iterdir() if path.is_dir() and not any(path.iterdir())]:
            folder.rmdir()


def committed(path: Path) -> dict[str, str] | None:
    """Return the record of the stage at ``path``; None where the file is not the one that was committed."""
    try:
        with reading(_record(path)) as file:
            record: dict[str, str] = orjson.loads(file.read())
        check_regular(path)
        return record if record["sha256"] == sha256_of(path) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def of(*parts: str) -> str:
    """Return a hash of what a stage is made of.

    >>> of("a", "b") == of("a b")
    False
    """
    return sha256(orjson.dumps(parts)).hexdigest()


def _made_by(made_of: str) -> str:
    """Return what a stage was made of, and by what."""
    return f"{FORM} {__version__} {made_of}"


def _record(path: Path) -> Path:
    return path.with_suffix(".json")

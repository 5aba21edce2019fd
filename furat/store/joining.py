"""How what a crawl wrote gets its final name, or into a file that holds more."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from filelock import FileLock

from furat.files import creating, reading, sync

LINES = ".lines.part"
"""How the name of a part ends whose lines are joined with those of a file; any other takes the file's place."""


def deliver(part: Path, path: Path) -> None:
    """Bring what ``part`` holds to ``path``, exactly once, however often this is called and killed.

    Whoever else delivers to ``path`` waits meanwhile; its readers never see half a line.
    Raises OSError where there is no room.
    """
    with _held(path):
        if part.name.endswith(LINES):
            _join(part, path)
        elif part.exists():
            part.replace(path)
            sync(path.parent)


def _join(part: Path, path: Path) -> None:
    """Put the lines of ``part`` behind those of ``path``.

    The names that a kill leaves tell how far it came. With ``part``, nothing is joined yet. With `ready` and `joined`
    neither, but others may have written to ``path`` since. With `ready` alone, `joined` has become ``path``.
    """
    ready, joined = (part.with_name(part.name.replace(LINES, f".{name}.part")) for name in ("ready", "joined"))
    if ready.exists() and joined.exists():
        ready.replace(part)
    if part.exists():
        with creating(joined) as file:
            _copy(path, file)
            _copy(part, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(ready)
        sync(path.parent)
        joined.replace(path)
        sync(path.parent)
    ready.unlink(missing_ok=True)


def _copy(path: Path, file: IO[bytes]) -> None:
    """Write the lines of ``path``, if it exists, to ``file``; the last one too is ended."""
    with suppress(FileNotFoundError), reading(path) as lines:
        shutil.copyfileobj(lines, file)
        if lines.tell():
            lines.seek(-1, os.SEEK_END)
            if lines.read() != b"\n":
                file.write(b"\n")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the file at ``path`` against others who deliver to it."""
    lock = path.with_name(f".{path.name}.lock")
    with FileLock(lock):
        try:
            yield
        finally:
            lock.unlink()  # while it is held: FileLock tries again where it waited for a file that is gone

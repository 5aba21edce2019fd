"""Files that others see whole or not at all, also after a power cut."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import FileLock


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a name to write to; on leaving, what stands there takes the place of ``path``, on the disk and to last.

    Where the context raises, ``path`` stays as it was. Of two that write to one path at a time, each writes all of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        rename(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes the place of ``path`` once it is written; where that fails, ``path`` stays as it was."""
    with whole(path) as part, part.open("xb") as file:
        yield file
        file.flush()


def flush(file: IO[bytes]) -> None:
    """Bring what was written to ``file`` to the disk."""
    file.flush()
    os.fsync(file.fileno())


def rename(part: Path, path: Path) -> None:
    """Give the file ``part``, which is on the disk, the name ``path``, to last; a file of that name goes."""
    part.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file at ``path`` against others who write it."""
    lock = path.with_name(f".{path.name}.lock")
    with FileLock(lock):
        try:
            yield
        finally:
            lock.unlink(
                missing_ok=True
            )  # while it is held: FileLock tries again where it waited for a file that is gone

"""Files that others see whole or not at all, also after a power cut."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import FileLock


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes the place of ``path`` once it is written; where that fails, ``path`` stays as it was.

    Whoever else replaces ``path`` waits meanwhile. Raises OSError where ``path`` is not a regular file.
    """
    must_be_regular(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with held(path):
        try:
            with part.open("wb") as file:
                yield file
                flush(file)
            rename(part, path)
        finally:
            part.unlink(missing_ok=True)


def must_be_regular(path: Path) -> None:
    """Raise OSError where ``path`` is anything else than a regular file or the name of none: it would be destroyed."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))


def flush(file: IO[bytes]) -> None:
    """Bring what was written to ``file`` to the disk."""
    file.flush()
    os.fsync(file.fileno())


def is_at(file: IO[bytes], path: Path) -> bool:
    """Return whether the open ``file`` is the one that stands at ``path``: others may have moved or deleted it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


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

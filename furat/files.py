"""Files that others may meddle with: opened as what they must be, and seen whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from filelock import FileLock
from w3lib.url import file_uri_to_path


def reading(path: Path) -> IO[bytes]:
    """Return the regular file at ``path``, open to be read.

    Raises OSError if it is a link, which may lead anywhere, or a pipe or a device, which may never answer.
    """
    check_regular(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # it may be another by now
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise irregular(path)
    return os.fdopen(descriptor, "rb")


NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


def creating(path: Path) -> IO[bytes]:
    """Return a new file at ``path``, open to be written; of what stood there the name goes, and nothing else."""
    path.unlink(missing_ok=True)
    return open(path, "wb", opener=lambda name, _: os.open(name, NEW, 0o666))


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes the place of ``path`` as in `whole`."""
    with whole(path) as part, creating(part) as file:
        yield file


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a name to write to; what stands there in the end takes ``path``'s place, whole and on the disk.

    Where the context raises, ``path`` stays as it was. Whoever else writes ``path`` waits meanwhile; what a killed
    process left is overwritten. Raises OSError if ``path`` is not a regular file.
    """
    check_regular(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with held(path):
        part.unlink(missing_ok=True)
        try:
            yield part
            put(part, path)
        finally:
            with suppress(OSError):  # it has its name, or what failed says more
                part.unlink()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file at ``path`` against others who write it."""
    lock = path.with_name(f".{path.name}.lock")
    with FileLock(lock):
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)  # while it is held: who waited for a file that is gone tries again


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


def put(part: Path, path: Path) -> None:
    """Bring the regular file ``part`` to the disk, and give it the name ``path``, to last."""
    with reading(part) as file:
        os.fsync(file.fileno())
    rename(part, path)


def rename(part: Path, path: Path) -> None:
    """Give the file ``part``, which is on the disk, the name ``path``, to last; a file of that name goes."""
    part.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_regular(path: Path) -> None:
    """Raise OSError if something stands at ``path`` that is no regular file, such as a link or a pipe."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise irregular(path)


def is_inside(folder: Path, path: Path) -> bool:
    """Return whether ``path`` lies in ``folder``, whatever `..` and links its parents hold.

    >>> [is_inside(Path("/srv/data"), Path(path)) for path in ("/srv/data/feed/a.jsonl", "/srv/data/../a")]
    [True, False]
    """
    with suppress(OSError, ValueError, RuntimeError):  # a NUL in it, or links in a circle
        return (
            path.name not in ("", "..")
            and "\0" not in path.name
            and path.parent.resolve().is_relative_to(folder.resolve())
        )
    return False


def irregular(path: Path) -> OSError:
    """Return what is raised if a regular file must be at ``path`` and something else is."""
    return OSError(f"{path} is no regular file but a link, a pipe or the like; take it away")


def path_of(uri: str) -> Path:
    """Return the path that a feed's address names.

    >>> path_of("file:///tmp/a.jsonl") == path_of("/tmp/a.jsonl")
    True
    """
    return Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)


STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What operators call the standard output."""

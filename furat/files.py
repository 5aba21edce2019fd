"""Safe access to files that others may change: only regular files are opened, and files are replaced atomically."""

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

    Raises OSError if it is a link, which may lead anywhere, or a pipe or a device, which may block forever.
    """
    check_regular(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # it may have been replaced by now
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise irregular(path)
    return os.fdopen(descriptor, "rb")


NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


def creating(path: Path) -> IO[bytes]:
    """Return a new file at ``path``, open to be written; a link there is replaced, and its target is left alone."""
    path.unlink(missing_ok=True)
    return open(path, "wb", opener=lambda name, _: os.open(name, NEW, 0o666))


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that replaces ``path`` as in `whole`."""
    with whole(path) as part, creating(part) as file:
        yield file


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a path to write to; the file written there then replaces ``path`` atomically, flushed to the disk.

    If the context raises, ``path`` stays as it was. Others that write ``path`` wait meanwhile; leftovers of a killed
    process are overwritten. Raises OSError if ``path`` is not a regular file.
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
            with suppress(OSError):  # it was renamed, or the error that is being raised says more
                part.unlink()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Lock the file at ``path`` against others that write it."""
    lock = path.with_name(f".{path.name}.lock")
    with FileLock(lock):
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)  # while it is locked: others that waited for the deleted file try again


def flush(file: IO[bytes]) -> None:
    """Flush ``file`` to the disk."""
    file.flush()
    os.fsync(file.fileno())


def is_at(file: IO[bytes], path: Path) -> bool:
    """Return whether the open ``file`` is still the one at ``path``: others may have moved or deleted it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def put(part: Path, path: Path) -> None:
    """Flush the regular file ``part`` to the disk, and rename it to ``path`` durably."""
    with reading(part) as file:
        os.fsync(file.fileno())
    rename(part, path)


def rename(part: Path, path: Path) -> None:
    """Rename ``part``, which is on the disk already, to ``path`` durably; an existing file there is replaced."""
    part.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Flush the names in ``folder`` to the disk, so that they survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_regular(path: Path) -> None:
    """Raise OSError if there is something at ``path`` that is not a regular file, such as a link or a pipe."""
    if is_irregular(path):
        raise irregular(path)


def is_irregular(path: Path) -> bool:
    """Return whether there is something at ``path`` that is not a regular file."""
    with suppress(FileNotFoundError):
        return not stat.S_ISREG(path.lstat().st_mode)
    return False


def is_inside(folder: Path, path: Path) -> bool:
    """Return whether ``path`` is in ``folder``, once `..` and links among its parents are resolved.

    >>> [is_inside(Path("/srv/data"), Path(path)) for path in ("/srv/data/feed/a.jsonl", "/srv/data/../a")]
    [True, False]
    """
    with suppress(OSError, ValueError, RuntimeError):  # a NUL in it, or circular links
        return (
            path.name not in ("", "..")
            and "\0" not in path.name
            and path.parent.resolve().is_relative_to(folder.resolve())
        )
    return False


def irregular(path: Path) -> OSError:
    """Return the error for something at ``path`` that is not a regular file."""
    if path.is_dir() and not path.is_symlink():
        return OSError(f"{path} is not a regular file but a folder; name a file in it, or move it away")
    return OSError(f"{path} is not a regular file but a link, a pipe or the like; remove it")


def path_of(uri: str) -> Path:
    """Return the path of a feed's URI.

    >>> path_of("file:///tmp/a.jsonl") == path_of("/tmp/a.jsonl")
    True
    """
    return Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)


STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""The names of the standard output on a command line."""

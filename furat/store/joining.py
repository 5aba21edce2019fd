"""How what a crawl wrote gets its final name, or into a file that holds more."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from furat.files import check_regular, creating, flush, held, reading, rename

LINES = ".lines.part"
"""How the name of a part ends whose lines are joined with those of a file; any other takes the file's place."""


def deliver(part: Path, path: Path) -> bool:
    """Bring what ``part`` holds to ``path``, exactly once, however often this is called and killed.

    False if there is no ``part`` (any more). Whoever else delivers to ``path`` waits meanwhile; its readers
    never see half a line. Raises OSError if there is no room, or no regular file.
    """
    check_regular(path)
    with held(path):
        if part.name.endswith(LINES):
            return _join(part, path)
        is_there = part.exists()
        if is_there:
            rename(part, path)
        return is_there


def _join(part: Path, path: Path) -> bool:
    """Put the lines of ``part`` behind those of ``path``; return whether there was a trace of ``part``.

    The names that a kill leaves tell how far it came. With ``part``, nothing is joined yet. With `ready` and `joined`
    neither, but others may have written to ``path`` since. With `ready` alone, `joined` has become ``path``.
    """
    ready, joined = (part.with_name(part.name.replace(LINES, f".{name}.part")) for name in ("ready", "joined"))
    is_there = part.exists() or ready.exists()
    if ready.exists() and joined.exists():
        ready.replace(part)
    if part.exists():
        with creating(joined) as file:
            _copy(path, file)
            _copy(part, file)
            flush(file)
        rename(part, ready)
        rename(joined, path)
    ready.unlink(missing_ok=True)
    return is_there


def _copy(path: Path, file: IO[bytes]) -> None:
    """Write the lines of ``path``, if it exists, to ``file``; the last one too is ended."""
    with suppress(FileNotFoundError), reading(path) as lines:
        shutil.copyfileobj(lines, file)
        if lines.tell():
            lines.seek(-1, os.SEEK_END)
            if lines.read() != b"\n":
                file.write(b"\n")

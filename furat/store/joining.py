"""How what a crawl wrote gets its final name, or into a file that holds more."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from furat.files import flush, held, rename

LINES = ".lines.part"
"""How the name of a part ends whose lines are joined with those of a file; any other takes the file's place."""


def deliver(part: Path, path: Path) -> None:
    """Bring what ``part`` holds to ``path``, exactly once, however often this is called and killed.

    Whoever else delivers to ``path`` waits meanwhile; its readers never see half a line.
    Raises OSError where there is no room.
    """
    with held(path):
        if part.name.endswith(LINES):
            _join(part, path)
        elif part.exists():
            rename(part, path)


def _join(part: Path, path: Path) -> None:
    """Put the lines of ``part`` behind those of ``path``.

    The names that a kill leaves tell how far it came. With ``part``, nothing is joined yet. With `ready` and `joined`
    neither, but others may have written to ``path`` since. With `ready` alone, `joined` has become ``path``.
    """
    ready, joined = (part.with_name(part.name.replace(LINES, f".{name}.part")) for name in ("ready", "joined"))
    if ready.exists() and joined.exists():
        ready.replace(part)
    if part.exists():
        with joined.open("wb") as file:
            _copy(path, file)
            _copy(part, file)
            flush(file)
        rename(part, ready)
        rename(joined, path)
    ready.unlink(missing_ok=True)


def _copy(path: Path, file: IO[bytes]) -> None:
    """Write the lines of ``path``, if it exists, to ``file``; the last one too is ended."""
    with suppress(FileNotFoundError), path.open("rb") as lines:
        shutil.copyfileobj(lines, file)
        if lines.tell():
            lines.seek(-1, os.SEEK_END)
            if lines.read() != b"\n":
                file.write(b"\n")

"""Delivers a feed's part: renames it, or appends its lines to an existing file."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from furat.files import check_regular, creating, flush, held, reading, rename

LINES = ".lines.part"
"""The suffix of a part whose lines are appended to a file; any other part replaces the file."""

READY, JOINED = ".ready.part", ".joined.part"
"""Its suffix once its lines are in a copy of the file, and the suffix of that copy."""

HIDDEN = (LINES, READY, JOINED)
"""All suffixes that a feed's file has on its way."""


def deliver(part: Path, path: Path) -> bool:
    """Deliver ``part`` to ``path`` exactly once, however often this is called and killed; return whether it was there.

    Others that deliver to ``path`` wait meanwhile; its readers never see half a line. Raises OSError if the disk is
    full, or ``path`` is not a regular file.
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
    """Append the lines of ``part`` to ``path``; return whether there was a trace of ``part``.

    After a kill, the files that are left show how far it came. If ``part`` is there, or both `ready` and `joined`,
    nothing was appended yet, but others may have written to ``path``. If only `ready` is, `joined` became ``path``.
    """
    ready, joined = (part.with_name(part.name.replace(LINES, suffix)) for suffix in (READY, JOINED))
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
    """Write the lines of ``path``, if it exists, to ``file``; the last one gets a line break if it lacks one."""
    with suppress(FileNotFoundError), reading(path) as lines:
        shutil.copyfileobj(lines, file)
        if lines.tell():
            lines.seek(-1, os.SEEK_END)
            if lines.read() != b"\n":
                file.write(b"\n")

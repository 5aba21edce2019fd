"""Files that appear whole, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from furat.store.joining import sync


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a name to write to; on leaving, what stands there is on the disk and takes the place of ``path``.

    Where the context raises, ``path`` stays as it was. Two that write to one path at a time each write all of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(path.parent)

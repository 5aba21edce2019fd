"""Files built from the archive."""

import os
from pathlib import Path

from furat.items import to_json
from furat.store import Store
from furat.store.joining import sync


def write(store: Store, path: Path) -> int:
    """Write the last state of every article that is not gone to ``path``; return how many there are.

    JSON Lines, UTF-8, one article a line in the order of archiving. A file that
    stands there already is replaced by the whole new one, or left as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with part.open("wb") as file:
            for count, article in enumerate(store.articles.latest(), 1):  # noqa: B007 (the count outlives the loop)
                file.write(to_json(article) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(path.parent)
    return count

"""Files built from the archive."""

from pathlib import Path

from furat.files import replacing
from furat.items import to_json
from furat.store import Store


def write(store: Store, path: Path) -> int:
    """Write the last state of every article that is not gone to ``path``; return how many there are.

    JSON Lines, UTF-8, one article a line in the order of archiving. A file that
    stands there already is replaced by the whole new one, or left as it was.
    """
    count = 0
    with replacing(path) as file:
        for count, article in enumerate(store.articles.latest(), 1):  # noqa: B007 (the count outlives the loop)
            file.write(to_json(article) + b"\n")
    return count

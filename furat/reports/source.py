"""The WARC records that an article was read from."""

from collections.abc import Iterator
from pathlib import Path

from furat.exceptions import WrongUsage
from furat.store import Store
from furat.store.sources import Source
from furat.terminal import visible
from furat.warc.exchange import parted
from furat.warc.payload import plain
from furat.warc.reader import named_at

NONE = "no response is kept that {} was read from; with -s FURAT_WARC=True crawls keep what they receive from now on"
LOST = "{0.file} has no record {0.record} at {0.offset}; copy the file back from a backup"


def last_sources(store: Store, article: str) -> list[Source]:
    """Return the sources of the last state of the article with this id that has any: one for each of its pages."""
    sources = store.sources.sources(article)
    return [each for each in sources if (each.revision, each.seen) == (sources[-1].revision, sources[-1].seen)]


def messages(store: Store, folder: Path, article: str) -> Iterator[tuple[Source, bytes]]:
    """Yield the responses that the last state of an article was read from, as received, each with its source.

    Raises WrongUsage if the archive names none, or a file no longer holds it.
    """
    sources = last_sources(store, article)
    if not sources:
        raise WrongUsage(NONE.format(article))
    for source in sources:
        kept = named_at(folder, source.file, source.offset, source.record)
        if kept is None:
            raise WrongUsage(LOST.format(source))
        yield source, kept.message


def readable(source: Source, message: bytes) -> Iterator[str]:
    """Yield a response as lines that are safe for a terminal: where it is kept, its head, its decoded page."""
    yield visible(f"{source.file}, at {source.offset}: {source.record}, {source.digest}, seen {source.seen}")
    head, body = parted(message)
    fields = [line.partition(":") for line in head.decode("latin-1").splitlines()]
    yield from map(visible, head.decode("latin-1").splitlines())
    page = plain(body, [(name, value.strip()) for name, _, value in fields])
    yield from map(visible, page.decode("utf-8", "replace").splitlines())

"""Which bytes of which WARC file each state of an article was read from."""

from dataclasses import dataclass

from furat.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Source:
    """The WARC record from which one state of an article, or its tombstone, was read."""

    article: str
    """The id of the article."""

    revision: int
    """The revision that the state belongs to."""

    file: str
    """The WARC file, relative to the site's folder."""

    offset: int
    """Where the record's gzip member begins in the file, in bytes."""

    record: str
    """The record's WARC-Record-ID, without its angle brackets."""

    digest: str
    """The record's WARC-Payload-Digest: `sha256:` and hexadecimal digits if Furat wrote the record."""

    seen: str
    """When the state was seen, as the item says: it tells the states of a revision apart."""


class Sources:
    """The sources of articles' states."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sources(self, article: str) -> list[Source]:
        """Return the sources of the article with this id, in the order of archiving; a state may have several."""
        rows = self._connection.execute(
            "SELECT article, revision, file, offset, record, digest, seen FROM source"
            " WHERE article = ? ORDER BY number",
            (article,),
        )
        return [Source(*row) for row in rows]

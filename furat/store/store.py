"""The SQLite file of one site: opens it, upgrades it, and gives access to it by subject."""

import secrets
import sqlite3
from contextlib import closing
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from furat.exceptions import TooNew, WrongUsage
from furat.files import check_regular
from furat.store.articles import Articles
from furat.store.backlog import Backlog
from furat.store.checkpoints import Checkpoints
from furat.store.connection import Connection
from furat.store.crawls import Crawls
from furat.store.deliveries import Deliveries
from furat.store.exports import Exports
from furat.store.failure import stopping
from furat.store.forgotten import Forgotten
from furat.store.frontier import Frontier
from furat.store.health import Health
from furat.store.held import Held
from furat.store.history import History
from furat.store.listings import Listings
from furat.store.log import check_log
from furat.store.moving import Moves
from furat.store.schema import SCRIPTS, acting, foreign, statements
from furat.store.signatures import Signatures
from furat.store.soundness import Soundness
from furat.store.sources import Sources
from furat.store.tally import Tally
from furat.store.waivers import Waivers

CURRENT = (SCRIPTS / "current.sql").read_text("utf-8")
VERSION = 5

CACHE = 8192
"""KiB of the file kept in memory, four times what SQLite keeps: an eighth less CPU in a store of 100,000 articles."""


class Store:
    """The archive of one site.

    Each method that writes does all or nothing. Its write is committed at once or, with
    ``gather``, together with those of the next moments; a killed process leaves the archive
    as it was after one of its writes. A commit survives the death of the process at once,
    and a power cut from the next delivery on.
    """

    def __init__(self, path: Path, gather: float = 0) -> None:
        """Open the file at ``path``; create it, and its folder, if there is none.

        Writes are committed together, once one ends later than ``gather`` seconds after the first.
        Raises OSError or sqlite3.Error if the file can't be opened, Damaged if it is no
        archive, Unwritable if its disk is full, TooNew if a later Furat wrote it, WrongUsage if the log
        beside it is another's.
        """
        self._folder = path.parent
        self._folder.mkdir(parents=True, exist_ok=True)
        check_regular(path)
        check_log(path)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=30, factory=Connection)
        self._connection.gather = gather
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def at(cls, folder: Path, gather: float = 0) -> Self:
        """Return the store in a site's ``folder``."""
        return cls(folder / "archive.db", gather)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Commit all writes, and close the file."""
        try:
            self.commit()
        finally:
            self._connection.close()

    def commit(self) -> None:
        """Commit all writes."""
        self._connection.commit()

    def copy_to(self, path: Path) -> None:
        """Write the archive to the new file ``path``, as it is at one moment, while others write to it.

        Source: sqlite.org/backup.html. The copy has a mark of its own, so that no log of the archive passes for its
        own, and consists of one file.
        """
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            self._connection.backup(copy)
            copy.execute(f"PRAGMA application_id = {secrets.randbits(31):d}")
            copy.execute("PRAGMA journal_mode = DELETE")

    def recount(self) -> None:
        """Count anew what is counted as it changes."""
        with self._connection.writing():
            self.tally.recount()

    @property
    def failure(self) -> Exception | None:
        """Why nothing can be written any more; None while it can."""
        return self._connection.failure

    @cached_property
    def crawls(self) -> Crawls:
        """The crawls of this archive: when each began and how it ended."""
        return Crawls(self._connection)

    @cached_property
    def listings(self) -> Listings:
        """Which articles each listing shows, and how far it was read."""
        return Listings(self._connection)

    @cached_property
    def frontier(self) -> Frontier:
        """Which visits are pending, and which are due for recrawl."""
        return Frontier(self._connection)

    @cached_property
    def backlog(self) -> Backlog:
        """The pending visits, for a person."""
        return Backlog(self._connection)

    @cached_property
    def waivers(self) -> Waivers:
        """The visits that were given up or waived."""
        return Waivers(self._connection)

    @cached_property
    def articles(self) -> Articles:
        """The archived articles, with every state of each."""
        return Articles(self._connection)

    @cached_property
    def signatures(self) -> Signatures:
        """The signatures of archived articles, to find copies."""
        return Signatures(self._connection)

    @cached_property
    def sources(self) -> Sources:
        """The WARC records that states of articles were read from."""
        return Sources(self._connection)

    @cached_property
    def tally(self) -> Tally:
        """How many articles and revisions there are."""
        return Tally(self._connection)

    @cached_property
    def exports(self) -> Exports:
        """The archived articles, read in bulk."""
        return Exports(self._connection)

    @cached_property
    def health(self) -> Health:
        """Whether the archive is kept as it was."""
        return Health(self._connection)

    @cached_property
    def history(self) -> History:
        """The states of articles, and the addresses that lead to them."""
        return History(self._connection)

    @cached_property
    def soundness(self) -> Soundness:
        """The integrity checks of the archive."""
        return Soundness(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Which feed delivered which revision."""
        return Deliveries(self._connection, self._folder)

    @cached_property
    def forgotten(self) -> Forgotten:
        """The articles that the operator had forgotten."""
        return Forgotten(self._connection)

    @cached_property
    def held(self) -> Held:
        """The records that wait for the end of the walks before they are delivered."""
        return Held(self._connection)

    @cached_property
    def moves(self) -> Moves:
        """The addresses that the site has had."""
        return Moves(self._connection)

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """Named values that a crawl leaves for the next one."""
        return Checkpoints(self._connection)

    def _prepare(self) -> None:
        with stopping(self._folder):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(f"PRAGMA cache_size = -{CACHE:d}")
            self._connection.execute("PRAGMA trusted_schema = OFF")
            self._bring_up_to_date()
            self._connection.execute(CURRENT)

    def _bring_up_to_date(self) -> None:
        version = self._version()
        if version < 0:
            self._refuse(f"schema {version}")
        if version > VERSION:
            found = f"{self._folder / 'archive.db'} was written by a later Furat"
            raise TooNew(f"{found} (schema {version}; this one knows schemas up to {VERSION}); upgrade Furat")
        if version < VERSION:
            with self._connection.writing():
                self._upgrade(self._version())  # read again: another process may have upgraded it meanwhile
        self._refuse(foreign(self._connection))

    def _upgrade(self, version: int) -> None:
        self._refuse(acting(self._connection) if version < VERSION else None)
        for script in scripts(version):
            for statement in statements(script):
                self._connection.execute(statement)
        self.tally.recount()
        self._connection.execute(f"PRAGMA user_version = {VERSION:d}")
        self._refuse(foreign(self._connection))

    def _refuse(self, what: str | None) -> None:
        if what:
            found = f"{self._folder / 'archive.db'} holds {what}, which Furat did not make"
            raise WrongUsage(f"{found}; restore the archive from a backup, or move it away")

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def scripts(version: int) -> list[Traversable]:
    """Return the scripts that upgrade from schema ``version`` to the current one; 0 is an empty file."""
    if version == 0:
        return [SCRIPTS / "schema.sql"]
    return [SCRIPTS / "upgrades" / f"{number}.sql" for number in range(version + 1, VERSION + 1)]

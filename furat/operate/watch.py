"""Reports one crawl to its operator: a ping when it begins, and notifications and metrics when it ends."""

import logging
import sqlite3
from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from scrapy.settings import BaseSettings

from furat.clock import now
from furat.exceptions import Stop
from furat.operate.channels import ping, reason
from furat.operate.condition import Condition, condition
from furat.operate.metrics import Cost, figures, write
from furat.operate.telling import tell
from furat.operate.trouble import Trouble, moment_of, verdict
from furat.options import number
from furat.outcomes import Ending, ExitCode
from furat.store.lock import holder
from furat.store.read_only import OLDEST, opened_to_watch
from furat.store.store import VERSION

logger = logging.getLogger(__name__)

ENDINGS = {
    ExitCode.COMPLETE: Ending.FINISHED,
    ExitCode.CRASHED: Ending.CRASHED,
    ExitCode.USAGE: Ending.WRONG_USAGE,
    ExitCode.INCOMPLETE: Ending.UNWRITABLE,
    ExitCode.LOCKED: Ending.LOCKED,
    ExitCode.NOT_UNDERSTOOD: Ending.NOT_UNDERSTOOD,
}
"""The ending assumed for an exit code if the crawl never began, so that the archive has no record of it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a crawl ended, as its command knows it."""

    cost: Cost
    reason: str = ""
    ending: Ending | None = None
    """None if it is unknown."""

    is_planned: bool = False
    """Whether it stopped because its hours were over."""

    crawl: str = ""
    """Its id; empty if it never began."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Reports the crawls of one site."""

    site: str
    folder: Path
    notify: str
    ping: str
    metrics: str
    tries: int

    @classmethod
    def of(cls, settings: BaseSettings, site: str, folder: Path) -> Self:
        """Return who is told of ``site``, whose archive is in ``folder``, by the settings."""
        notify = settings["FURAT_NOTIFY"] or ""
        addresses = notify if isinstance(notify, str) else "\n".join(map(str, notify))
        tries = int(number(settings, "FURAT_TRIES"))
        return cls(site, folder, addresses, settings["FURAT_PING"] or "", settings["FURAT_METRICS"] or "", tries)

    async def begin(self) -> None:
        """Ping that a crawl begins; the crawl does not wait for the answer's sake but in a thread."""
        await to_thread(self._ping, "start")

    def end(self, ended: Ended) -> None:
        """Tell how a crawl ended; whatever fails here changes nothing else, and is one line of the log."""
        if not (self.notify or self.ping or self.metrics):
            return
        code = ended.cost.exit_code
        found, told = self._look()
        troubles = self._troubles(found, ended)
        if self.notify:
            is_over = found is not None and code != ExitCode.LOCKED
            memory = self.folder.parent / ".told" / f"{self.folder.name}.json"
            _try("FURAT_NOTIFY", lambda: tell(memory, self.site, self.notify, troubles, is_over=is_over))
        if code != ExitCode.LOCKED or any(trouble.kind == "held" for trouble in troubles):  # else that crawl will tell
            self._ping("" if code == ExitCode.COMPLETE or ended.is_planned else str(int(code)), ended.reason)
        if self.metrics and code != ExitCode.LOCKED:
            last = {
                f"furat_{name}": getattr(ended.cost, name) for name in ("exit_code", "requests", "bytes", "seconds")
            }
            needs = any(not trouble.is_accepted for trouble in troubles)
            self._write({**told, **last, "furat_needs_person": needs})

    def _look(self) -> tuple[Condition | None, dict[str, float]]:
        """Return the archive's condition, and its figures; None where it can't be read."""
        try:
            with opened_to_watch(self.folder) as store:
                if OLDEST <= store.version <= VERSION:
                    found = condition(store, holder(self.folder), self.tries)
                    return found, figures(store, found)
        except (sqlite3.DatabaseError, OSError, ValueError, Stop):
            """What is wrong with it, the crawl itself tells."""
        return None, {}

    def _troubles(self, found: Condition | None, ended: Ended) -> list[Trouble]:
        """Return what is wrong: what the archive tells and, where it does not know this crawl, how that ended."""
        known = list(found.troubles) if found else []
        if found and ended.crawl and found.last and found.last.id == ended.crawl:
            return known
        code = ExitCode(ended.cost.exit_code)
        ending = ended.ending or ENDINGS[code]
        own = [replace(each, since=now()) for each in verdict(ending, code, ended.reason, None)]
        return [*own, *(trouble for trouble in known if trouble.kind not in {each.kind for each in own})]

    def _ping(self, what: str, message: str = "") -> None:
        ping_or_log(self.ping, what, message)

    def _write(self, told: dict[str, float]) -> None:
        told["furat_last_crawl_timestamp_seconds"] = moment_of(now()).timestamp()
        _try("FURAT_METRICS", lambda: write(Path(self.metrics), self.site, told))


def ping_or_log(address: str, what: str, message: str = "") -> None:
    """Ping the ``address`` of FURAT_PING, if there is one; that it can't be told is one line of the log."""
    if address:
        _try("FURAT_PING", lambda: ping(address, what, message))


def _try(name: str, act: Callable[[], None]) -> None:
    try:
        act()
    except Exception as error:  # noqa: BLE001 (whatever it is, the crawl ended as it did)
        logger.warning("%s: not told: %s", name, reason(error))

"""Finds the folder with the archive of a site."""

import logging
import sqlite3
from contextlib import suppress
from os.path import commonpath
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import UsageError

from furat.exceptions import Stop, WrongUsage
from furat.store.lock import ArchiveLock
from furat.store.read_only import FILE, opened_to_watch
from furat.urls import folder, host_folder

OWN = (FILE, f"{FILE}-wal", f"{FILE}-shm", "lock", "lock.owner", "requests.json")
"""The files of an archive without articles."""

logger = logging.getLogger(__name__)


def found(data: Path, site: str) -> Path:
    """Return the folder below ``data`` with the archive of ``site``, or in which a crawl would create it.

    Earlier versions kept all newsrooms of a host in one folder; such an archive is found under that name.
    Raises UsageError if another newsroom's archive has the site's folder.
    """
    own, shared = data / folder(site), data / host_folder(site)
    if (own / FILE).exists() and own != shared:
        return own
    name = _owner(shared) or shared.name
    if name == own.name:
        return shared
    if own == shared:
        raise UsageError(f"{shared} is the archive of a newsroom below {site}; name that one", print_help=False)
    return own


def settled(data: Path, site: str) -> Path:
    """Return the folder of ``site`` below ``data``, for a crawl.

    An archive that an earlier version wrote under the host's name alone is first renamed to that of its own site.
    Raises Locked if a crawl is using that archive, WrongUsage if the site has another one already.
    """
    shared = data / host_folder(site)
    name = _owner(shared)
    if name and name != shared.name:
        _move(shared, data / name, site)
    return data / folder(site)


def check_place(path: Path) -> None:
    """Raise WrongUsage where ``path`` lies in the folder of an archive, whose files it might replace."""
    place = path.resolve()
    for above in place.parents:
        if (above / FILE).exists() and not place.is_relative_to(above / "dataset"):
            raise WrongUsage(f"{path} lies among the files of an archive; write outside, or to {above}/dataset/")


def discard(folder: Path) -> None:
    """Delete the ``folder`` of an archive that holds nothing; if others put files there, these and the folder stay."""
    with suppress(OSError):
        for name in OWN:
            (folder / name).unlink(missing_ok=True)
        for each in (folder / "feed", folder):
            if each.exists():
                each.rmdir()


def _move(shared: Path, own: Path, site: str) -> None:
    if (own / FILE).exists():
        if folder(site) == shared.name:  # it would be written into
            raise WrongUsage(f"{shared} and {own} are both archives of another site than {site}; move one of them away")
        return
    with ArchiveLock(shared, "its move to a folder of its own"):
        if not (shared / FILE).exists():  # another crawl was faster
            discard(shared)
            return
        shared.rename(own)
    logger.warning("The archive in %s is that of a site below the host's root; it was moved to %s", shared, own)


def _owner(shared: Path) -> str | None:
    """Return the name that the archive in ``shared`` should have; None if there is none, or it does not say."""
    if not (shared / FILE).exists():
        return None
    try:
        with opened_to_watch(shared) as store:
            fronts = [urljoin(url, urlsplit(url).path.partition("wp-json/")[0]) for url in store.listings.fronts()]
    except (sqlite3.DatabaseError, OSError, Stop):  # a crawl or a command that reads it will report the error
        return None
    return folder(urljoin(fronts[0], f"{commonpath([urlsplit(url).path for url in fronts])}/")) if fronts else None

"""Checks an archive's folder, or a package of evidence, and says so in sentences."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from furat.chain.finding import Finding, Weight
from furat.chain.manifest import FOLDER
from furat.chain.record import CHECKPOINT, Known, known
from furat.chain.tokens import found
from furat.chain.verify import Verification
from furat.exceptions import Stop
from furat.outcomes import ExitCode
from furat.store.read_only import FILE, opened_to_watch

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

UNSTAMPED = (
    "no authority stamped a root: who can write here and in archive.db can make the chain anew; "
    "compare the last root with one that you noted elsewhere, and set FURAT_TIMESTAMP"
)

CODES = {Weight.NOTE: ExitCode.COMPLETE, Weight.OPEN: ExitCode.INCOMPLETE, Weight.FAULT: ExitCode.CRASHED}
"""The exit code for the worst that is found; that of damage is the one of `scrapy check-archive`."""


def verified(folder: Path, roots: "Sequence[Certificate]" = ()) -> Iterator[Finding]:
    """Yield what a check of the archive's ``folder`` finds, and at the end what was checked; nothing is written."""
    kept, failure = None, None
    try:
        kept = _known(folder)
    except (sqlite3.DatabaseError, OSError, Stop) as error:
        failure = f"it can't be read ({error})"
    check = Verification(folder, kept, roots)
    yield from check.findings()
    if not check.manifests:
        yield Finding("manifests", "there is none yet; the next crawl writes one", Weight.OPEN)
        return
    if not kept and check.manifests > 1:  # a kill may come between the first one and the archive's knowing it
        failure = failure or "it does not know the last manifest"
    if failure:
        yield Finding(FILE, f"{failure}, so a cut at the end of the chain would not be seen", Weight.OPEN)
    if not found(folder / FOLDER):
        yield Finding(FOLDER, UNSTAMPED, Weight.NOTE)
    end = check.links.sound[-1:]
    told = f"manifests {check.manifests}, files {check.files}, lines and records {check.parts}, bytes {check.bytes}"
    last = f"; the last root is {end[0].root}, of {end[0].crawl}" if end else ""
    yield Finding("checked", f"{told}{last}", Weight.NOTE)


def exit_code(worst: Weight) -> ExitCode:
    """Return the exit code of a check whose ``worst`` finding this is."""
    return CODES[worst]


def _known(folder: Path) -> Known | None:
    """Return the last manifest that the archive in ``folder`` knows of; None if there is none.

    Raises OSError if the archive is missing: whoever cuts the chain may have deleted it.
    """
    if not (folder / FILE).exists():
        raise FileNotFoundError("it is missing")
    with opened_to_watch(folder) as store:
        return known(store.checkpoints.get(CHECKPOINT))

"""Sends each notification once: when a trouble begins, and when it is over."""

import json
import logging
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypedDict

from furat.files import reading, replacing
from furat.operate.channels import Channel, reason
from furat.operate.trouble import Trouble, shortened
from furat.terminal import visible

logger = logging.getLogger(__name__)

BETWEEN = re.compile(r"[\s,]+(?=[\w+.-]+://)")
"""The separator of two addresses; within one address, a comma may separate receivers."""

LARGEST = 1_000_000
"""The largest size, in bytes, of the file that remembers what was sent about a site."""


class Told(TypedDict):
    """What was sent about one trouble."""

    what: str
    since: str | None


Memory = dict[str, dict[str, Told]]
"""For each channel, the troubles that it was told of and that are not over, by kind."""


def tell(file: Path, site: str, addresses: str, troubles: Collection[Trouble], *, is_over: bool = True) -> None:
    """Send to the ``addresses`` of FURAT_NOTIFY what changed since the last message, which ``file`` remembers.

    A trouble that is no longer among the ``troubles`` is over, unless ``is_over`` is false: then nobody looked. A
    message that can't be sent is logged in one line, and sent again after the next crawl. Raises OSError if the
    file can't be written.
    """
    doors = map(Channel, filter(None, BETWEEN.split(addresses.strip())))
    memory = _read(file)
    kept = {door.key: _tell(door, site, memory.get(door.key, {}), troubles, is_over=is_over) for door in doors}
    if kept != memory:
        with replacing(file) as part:
            part.write(json.dumps(kept, ensure_ascii=False).encode())


def news(site: str, trouble: Trouble) -> tuple[str, str]:
    """Return the title and the two sentences of the message about ``trouble``."""
    since = f", since {trouble.since}" if trouble.since else ""
    return f"Furat: {site} needs you", visible(f"{site}: {trouble.short}{since}. {trouble.cure}")


def end(site: str, told: Told) -> tuple[str, str]:
    """Return the title and the sentences of the message that a trouble is over."""
    since = f" (since {told['since']})" if told["since"] else ""
    return f"Furat: {site} is well again", visible(
        f"{site}: this is over: {shortened(told['what'])}{since}. Nothing is to be done."
    )


def _tell(
    door: Channel, site: str, told: dict[str, Told], troubles: Iterable[Trouble], *, is_over: bool
) -> dict[str, Told]:
    """Return what ``door`` has been told of by now, and has not heard the end of."""
    now = {trouble.kind: trouble for trouble in troubles}
    kept = dict(told)
    for kind, trouble in now.items():
        if kind not in told and not trouble.is_accepted and _send(door, *news(site, trouble), is_good=False):
            kept[kind] = Told(what=trouble.what, since=trouble.since)
    for kind in told.keys() - now.keys() if is_over else ():
        if _send(door, *end(site, told[kind]), is_good=True):
            del kept[kind]
    return kept


def _send(door: Channel, title: str, body: str, *, is_good: bool) -> bool:
    try:
        door.send(title, body, is_good=is_good)
    except Exception as error:  # noqa: BLE001 (whatever a plugin of Apprise raises)
        logger.warning("FURAT_NOTIFY, %s: not told: %s", door, reason(error))
        return False
    return True


def _read(file: Path) -> Memory:
    """Return what was told; nothing where that is not known, so that too much is told, not too little."""
    try:
        with reading(file) as kept:
            memory: Memory = json.loads(kept.read(LARGEST))
        return {str(key): {kind: _told(each) for kind, each in one.items()} for key, one in memory.items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def _told(kept: Told) -> Told:
    return Told(what=str(kept["what"]), since=kept["since"] and str(kept["since"]))

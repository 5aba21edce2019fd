"""Articles that must not be in any dataset."""

from collections.abc import Iterable
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path

from furat.exceptions import WrongUsage
from furat.files import whole
from furat.store import Store

NAME = "takedowns.txt"


@dataclass(frozen=True, slots=True)
class Takedowns:
    """The ids that an archive leaves out of every dataset, and the names that it does not know."""

    ids: frozenset[str]
    unknown: tuple[str, ...] = ()


def takedowns(store: Store, folder: Path, listed: Path | None = None) -> Takedowns:
    """Return what the archive in ``folder`` leaves out; what the file ``listed`` names joins it for ever.

    One id, number or address a line; what follows `#` is a remark. Raises OSError where a file can't be read, and
    WrongUsage where it is no text.
    """
    kept = folder / NAME
    known = frozenset(_lines(kept) if lexists(kept) else ())  # a link that leads nowhere is no empty list
    if listed is None:
        return Takedowns(known)
    found = {name: store.history.id_of(name) for name in _lines(listed)}
    ids = known.union(filter(None, found.values()))
    if ids != known:
        with whole(kept) as part:
            part.write_text("".join(f"{article}\n" for article in sorted(ids)), "utf-8")
    return Takedowns(ids, tuple(name for name, article in found.items() if article is None))


def _lines(path: Path) -> Iterable[str]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(
            f"{path} is not text in UTF-8 ({error.reason} at byte {error.start}); save it as such"
        ) from None
    return filter(None, (line.partition("#")[0].strip() for line in text.splitlines()))

"""Articles that must not be in any dataset."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from os.path import lexists
from pathlib import Path

from furat.exceptions import WrongUsage
from furat.files import whole
from furat.store import Store
from furat.urls import canonical

NAME = "takedowns.txt"


@dataclass(frozen=True, slots=True)
class Takedowns:
    """The ids that an archive leaves out of every dataset, and the names that it does not know yet."""

    ids: frozenset[str]
    unknown: tuple[str, ...] = ()
    sha256: str | None = None
    """Of the file that lists them; None where there is none."""


def takedowns(store: Store, folder: Path, listed: Path | None = None) -> Takedowns:
    """Return what the archive in ``folder`` leaves out; what the file ``listed`` names joins it for ever.

    One id, number or address a line; what follows `#` is a remark. A name that the archive does not know is kept,
    and looked up again by every build. Raises OSError where what is kept can't be read, and
    WrongUsage where ``listed`` can't, or is no text.
    """
    kept = folder / NAME
    asked = {name: store.history.id_of(name) for name in names(_given(listed), listed)} if listed else {}
    if asked:
        _remember(kept, [article or name for name, article in asked.items()])
    text = kept.read_bytes() if lexists(kept) else None  # a link that leads nowhere is no empty list
    ids = frozenset(store.history.id_of(name) or name for name in names(text or b"", kept))
    unknown = tuple(name for name, article in asked.items() if article is None)
    return Takedowns(ids, unknown, None if text is None else sha256(text).hexdigest())


def _given(listed: Path) -> bytes:
    try:
        return listed.read_bytes()
    except OSError as error:
        cure = "name a text file with an id or address a line"
        raise WrongUsage(f"--takedown {listed} can't be read: {error.strerror}; {cure}") from None


def _remember(kept: Path, asked: list[str]) -> None:
    """Add to the file ``kept`` what it lacks of the names that are ``asked`` for; its remarks stay."""
    with whole(kept) as part:  # held: another takedown waits
        text = kept.read_bytes() if lexists(kept) else b""
        known = set(names(text, kept))
        end = b"\n" if text and not text.endswith(b"\n") else b""
        new = [name.encode() + b"\n" for name in dict.fromkeys(asked) if name not in known]
        part.write_bytes(text + end + b"".join(new))


def names(text: bytes, path: Path) -> Iterator[str]:
    """Return what the ``text`` of the list at ``path`` names, a line each; raise WrongUsage where it is no text."""
    try:
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise WrongUsage(
            f"{path} is not text in UTF-8 ({error.reason} at byte {error.start}); save it as such"
        ) from None
    return filter(None, (line.partition("#")[0].strip() for line in lines))


def comparable(name: str) -> str:
    """Return the name of an article as it is compared: an address in its canonical form.

    >>> comparable("http://example.org/a"), comparable("example.org/1")
    ('https://example.org/a/', 'example.org/1')
    """
    try:
        return canonical(name) if "://" in name else name
    except ValueError:
        return name

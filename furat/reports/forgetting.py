"""Removes articles from an archive and from all files in its folder."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from furat.chain import record
from furat.chain.manifest import Summary
from furat.files import is_inside, reading, replacing
from furat.reports.exchanges import erase, exchanges
from furat.reports.integrity import leftovers
from furat.reports.search import NAME as INDEX
from furat.store import Store
from furat.store.records import is_of

MADE_AGAIN = (INDEX, f"{INDEX}-journal", f"{INDEX}-wal", f"{INDEX}-shm", "report.html")
"""Files made from the archive that a command makes again."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What still holds the text of forgotten articles."""

    copies: list[str]
    """The ids of articles with the same text."""

    feeds: list[str]
    """Feeds of crawls that are not among those in the archive's folder `feed` (`-o`, `-O`)."""

    datasets: list[Path]
    """Datasets in the archive's folder, built before."""

    has_log: bool
    """Whether the file's log could not be emptied, as somebody reads the archive."""


def forget(store: Store, folder: Path, articles: Collection[str], because: str) -> Traces:
    """Forget ``articles``, known or forgotten before, and return what still holds their text.

    After a kill the same call completes the work: the mark is written first.
    """
    store.deliveries.recover()
    copies, feeds = store.forgotten.copies(articles), store.forgotten.feeds(articles)
    store.forgotten.forget(articles, because)
    for part in leftovers(store, folder):
        part.unlink()
    own = [path for path in (folder / "feed").glob("*.jsonl") if is_inside(folder, path)]
    kept = exchanges(store, folder, articles)
    lines = {f"feed/{path.name}": _digests(path, {*articles}) for path in own}
    records = {path: {part.sha256 for part in parts} for path, parts in kept.items()}
    moments = _chained(store, folder, lines | records)
    for path in own:
        _rewrite(path, {*articles})
    for name, parts in kept.items():
        erase(folder / name, parts, moments)
    store.sources.forget(articles)
    for name in MADE_AGAIN:
        (folder / name).unlink(missing_ok=True)
    is_compact = store.forgotten.compact()
    elsewhere = [path for path in feeds if folder / path not in own]
    return Traces(copies, elsewhere, _datasets(folder / "dataset"), has_log=not is_compact)


def _datasets(place: Path) -> list[Path]:
    """Return the files and releases in ``place``, which may be a release itself."""
    return [place] if (place / "manifest.json").exists() else sorted(place.glob("[!.]*"))


def _chained(store: Store, folder: Path, digests: Mapping[str, Collection[str]]) -> dict[tuple[str, int], str]:
    """Have the chain say that the parts with these ``digests`` are taken away; return when, by path and offset."""
    before = record.summaries(folder)
    kept = _remember(store, record.last(before))
    removal = record.remove(folder, digests, before, kept)
    _remember(store, removal.end)
    return removal.moments


def _remember(store: Store, end: Summary | None) -> record.Known | None:
    """Have the archive know its last manifest, and return what it knows."""
    if record.is_after(end, record.known(store.checkpoints.get(record.CHECKPOINT))):
        store.checkpoints.set(record.CHECKPOINT, str(end))
    return record.known(store.checkpoints.get(record.CHECKPOINT))


def _digests(path: Path, articles: set[str]) -> set[str]:
    """Return the SHA-256 of each line of ``articles`` in the feed at ``path``."""
    with reading(path) as lines:
        return {sha256(line).hexdigest() for line in lines if is_of(line, articles)}


def _rewrite(path: Path, articles: set[str]) -> None:
    """Replace the feed at ``path`` by one without the lines of ``articles``, if it has any."""
    with reading(path) as lines:
        if not any(is_of(line, articles) for line in lines):
            return
        lines.seek(0)
        with replacing(path) as file:
            file.writelines(line for line in lines if not is_of(line, articles))

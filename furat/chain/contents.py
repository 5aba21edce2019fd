"""Checks that files hold what manifests say."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from furat.chain.compare import Differences, differences, is_same
from furat.chain.expected import Expected
from furat.chain.finding import Finding, Weight
from furat.files import is_inside, reading

SHOWN = 3
"""How many differences of a kind are listed one by one."""


def findings(folder: Path, file: Expected, *, is_sure: bool, is_cut: bool) -> Iterator[Finding]:
    """Yield how a file in ``folder`` differs from what is expected.

    If the manifest is not ``is_sure`` to be as it was written, the file is blamed only if it fits in no way. If the
    chain ``is_cut``, a part that is missing may have been taken away on purpose.
    """
    place = file.whole.path
    if not file.is_clear:
        if is_sure:
            yield Finding(place, "its manifest contradicts itself: its parts do not make up the file")
        return
    try:
        yield from _compared(folder, file, is_sure=is_sure, is_cut=is_cut)
    except FileNotFoundError:
        yield Finding(place, "missing")
    except OSError as error:
        yield Finding(place, f"it can't be read: {error}")
    for moment in dict.fromkeys(each.moment for each in file.removed):
        count = sum(each.moment == moment for each in file.removed)
        yield Finding(place, f"{_count(place, count)} taken away on purpose on {moment}", Weight.NOTE)


def _compared(folder: Path, file: Expected, *, is_sure: bool, is_cut: bool) -> Iterator[Finding]:
    place = file.whole.path
    if not is_inside(folder, folder / place):
        yield Finding(place, "it is reached through a link that leads out of the folder")
        return
    with reading(folder / place) as opened:
        are_same, digest = is_same(opened, file.parts)
        is_as_written = not file.removed and digest == file.whole.sha256
        if are_same and is_sure and not (is_as_written or file.removed):
            yield Finding(place, "its manifest contradicts itself: its parts fit, but not the whole")
        elif not are_same and (is_sure or not (is_as_written or file.removed)):
            yield from _told(differences(opened, place, file.parts), file, is_cut=is_cut)


def _told(found: Differences, file: Expected, *, is_cut: bool) -> Iterator[Finding]:
    place, removed = file.whole.path, {each.sha256 for each in file.removed}
    altered = [number for number, digest in found.altered.items() if digest not in removed]
    for what, which in (("altered", altered), ("reordered", found.moved)):
        if which:
            yield Finding(place, f"{_listed(file, which)} {what}")
    if found.missing:
        lost = f"{_listed(file, found.missing)} missing"
        if is_cut:
            yield Finding(place, f"{lost}; whether on purpose can't be told, as the chain is cut", Weight.OPEN)
        else:
            yield Finding(place, lost)
    if kept := sum(digest in removed for digest in (*found.altered.values(), *(digest for _, digest in found.added))):
        yield Finding(place, f"taken away on purpose, but still there: {kept}; run `scrapy forget` again")
    if added := [at for at, digest in found.added if digest not in removed]:
        yield Finding(place, f"added at byte {', '.join(map(str, added[:SHOWN]))}{_more(len(added))}")


def _listed(file: Expected, which: Sequence[int]) -> str:
    shown = [f"{number + 1} (byte {file.parts[number].offset})" for number in which[:SHOWN]]
    return f"{_unit(file.whole.path)} {', '.join(shown)}{_more(len(which))} of {len(file.parts)}"


def _more(count: int) -> str:
    return f" and {count - SHOWN} more" if count > SHOWN else ""


def _count(place: str, count: int) -> str:
    return f"1 {_unit(place)} was" if count == 1 else f"{count} {_unit(place)}s were"


def _unit(place: str) -> str:
    return "line" if place.endswith(".jsonl") else "record" if place.endswith(".gz") else "part"

"""Writes a package of evidence: a WACZ file that can be checked by itself."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import ZipFile

import orjson

from furat.chain.leaves import Part
from furat.chain.manifest import FOLDER
from furat.files import reading, whole
from furat.handover import bag, wacz
from furat.handover.dossier import Dossier, Evidence, gathered
from furat.handover.packing import Packing
from furat.handover.page import page
from furat.handover.wacz import ARCHIVE, Capture
from furat.handover.witnesses import witnesses
from furat.store import Store
from furat.terminal import visible
from furat.warc.reader import kept_at

LINES, STATES, PROOFS = "data/lines.jsonl", "data/states.jsonl", "data/proofs.json"
WITNESSES, PAGE = "data/witnesses.json", "data/evidence.html"
VERSION = 1
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Handed:
    """What a package holds."""

    articles: int
    lines: int
    records: int
    proofs: int
    tokens: int


def hand_over(store: Store, folder: Path, site: str, articles: Collection[str], path: Path) -> Handed:
    """Write the evidence on ``articles`` in the archive's ``folder`` to ``path``, and return what it is."""
    found = gathered(store, folder, site, articles)
    with whole(path) as part, ZipFile(part, "x") as zip_file:
        packing = Packing(zip_file)
        captures = _exchanges(packing, folder, found)
        packing.add(LINES, (line.text for line in found.lines), sum(line.part.length for line in found.lines))
        packing.add(STATES, _states(found.chosen))
        seen = witnesses(store, found.chosen, captures)
        packing.add(WITNESSES, [orjson.dumps(seen, option=orjson.OPT_INDENT_2)])
        _add_proofs(packing, folder, found)
        packing.add(PAGE, [page(found, captures, seen).encode()])
        _describe(packing, f"{visible(site)}: {', '.join(map(visible, articles))}", is_wacz=bool(found.records))
    tokens = len({name for link in found.proof.links for name in link.tokens})
    return Handed(len(found.chosen), len(found.lines), len(found.records), len(found.proof.proofs), tokens)


def _exchanges(packing: Packing, folder: Path, found: Evidence) -> list[Capture]:
    """Add the WARC file, its index and its pages, if there are records; return its responses."""
    if not found.records:
        return []
    titles = {each.last.url: each.last.title for each in found.chosen}
    blocks = (block for part in found.records for block in _blocks(folder, part))
    packing.add(ARCHIVE, blocks, sum(part.length for part in found.records))
    captures = list(_captures(folder, found.records))
    packing.add(wacz.INDEX, wacz.index(captures))
    packing.add(wacz.PAGES, wacz.pages(captures, titles))
    return captures


def _captures(folder: Path, records: Iterable[Part]) -> Iterator[Capture]:
    offset = 0
    for part in records:
        if kept := kept_at(folder / part.path, part.offset):
            yield Capture(kept, offset, part.length)
        offset += part.length


def _blocks(folder: Path, part: Part) -> Iterator[bytes]:
    with reading(folder / part.path) as file:
        file.seek(part.offset)
        left = part.length
        while left and (block := file.read(min(left, BLOCK))):
            yield block
            left -= len(block)


def _states(chosen: Iterable[Dossier]) -> Iterator[bytes]:
    for dossier in chosen:
        for state in dossier.states:
            told = {"crawl": state.crawl, "is_revision": state.is_revision, "item": state.item}
            yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _add_proofs(packing: Packing, folder: Path, found: Evidence) -> None:
    """Add the proofs, each with the place of what it proves, and the tokens."""
    proof = found.proof
    places = [*_placed(LINES, (line.part for line in found.lines)), *_placed(ARCHIVE, found.records)]
    leaves = [
        {"file": name, "offset": offset, "length": part.length, **asdict(proof.proofs[part])}
        for name, offset, part in places
        if part in proof.proofs
    ]
    told = {"version": VERSION, "manifests": [asdict(link) for link in proof.links], "leaves": leaves}
    packing.add(PROOFS, [orjson.dumps(told, option=orjson.OPT_INDENT_2)])
    for name in sorted({name for link in proof.links for name in link.tokens}):
        with reading(folder / FOLDER / name) as token:
            packing.add(f"data/{name}", [token.read()])


def _placed(name: str, parts: Iterable[Part]) -> Iterator[tuple[str, int, Part]]:
    offset = 0
    for part in parts:
        yield name, offset, part
        offset += part.length


def _describe(packing: Packing, title: str, *, is_wacz: bool) -> None:
    bag.add(packing, title)
    description = packing.add(wacz.DATAPACKAGE, [wacz.datapackage(title, packing.files, is_wacz=is_wacz)])
    packing.add(wacz.DIGEST, [wacz.digest(description)])

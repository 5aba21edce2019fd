"""The folder of a corpus: a release whose records are of many archives, and the links between them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from furat import __version__
from furat.corpus import links, records
from furat.corpus.duck import Duck
from furat.corpus.relations import COPY, FORM
from furat.corpus.signing import Signatures, SignedPart
from furat.corpus.sources import Opened, Source
from furat.corpus.stages import of
from furat.datasets import card, croissant
from furat.datasets.columns import columns
from furat.datasets.manifest import VERSION, File, Hashed, Manifest
from furat.datasets.publishing import DEFAULT_SPLIT, Publication, sha256_of
from furat.datasets.splits import Splits
from furat.terminal import several

SHOWN = "SELECT * EXCLUDE (part, number) FROM shown WHERE part = {} ORDER BY number"

ABOUT = """
# Articles of {0.site}

{1}. Each is linked to the article that it copies, whichever archive has that: `corpus_duplicate_of`.
Copies of a text, whatever archive they are in, lie in one split. `links.parquet` holds the links alone.
The texts belong to the newsrooms and their authors: the corpus grants no rights in them."""

COPIES = f"""
SELECT corpus_id AS id, {", ".join(COPY.names[1:])} FROM shown WHERE corpus_duplicate_of IS NOT NULL ORDER BY number
"""


@dataclass(slots=True)
class Corpus(Publication):
    """Brings the folder of a corpus up to date; ``duck`` has a view ``shown`` of what is added to each record."""

    folder: Path
    duck: Duck
    sources: list[Source]
    signatures: Signatures
    splits: Splits | None
    _opened: tuple[int, Opened] | None = field(default=None, init=False)
    _stack: ExitStack = field(default_factory=ExitStack, init=False)

    def files(self, before: Manifest, staging: Path) -> Iterator[File]:
        known = {file.path: file for file in before.files} if self._is_like(before) else {}
        with self._stack:
            for number, part in enumerate(self.signatures.parts):
                shown = self.duck.found(SHOWN.format(number))
                files = self._named(part, shown)
                kept = [known[file.path] for file in files if file.path in known]
                if [file.state for file in kept] == [file.state for file in files] and all(map(self.is_there, kept)):
                    yield from kept
                else:
                    yield from self._written(part, shown, files, staging)

    def manifest(self, files: Sequence[File]) -> Manifest:
        counts = Counter[str]()
        for file in files:
            counts[file.split] += file.rows
        told = self.signatures
        inputs = [Hashed(source.path.name, told.sha256(number)) for number, source in enumerate(self.sources)]
        if told.hidden:
            inputs.append(Hashed("takedowns", of(*sorted(told.hidden))))
        site = several(len(self.sources), "archive")
        return Manifest(site, None, self._options, dict(counts), tuple(inputs), tuple(files), _versions())

    def document(self, manifest: Manifest, staging: Path) -> None:
        chosen = columns(corpus=True, splits=self.splits is not None)
        (staging / card.NAME).write_text(
            card.text(manifest, chosen, ABOUT.format(manifest, several(manifest.rows, "record"))), "utf-8"
        )
        (staging / croissant.NAME).write_text(croissant.text(manifest, chosen, card.NAME), "utf-8")
        links.write(self.duck.batches(COPIES, links.GROUP), staging / links.NAME)

    @property
    def _options(self) -> dict[str, Any]:
        return {"corpus": FORM, "splits": str(self.splits) if self.splits else None}

    def _is_like(self, before: Manifest) -> bool:
        """Return whether the files of ``before`` were made as these are."""
        return (before.version, before.versions, before.options) == (VERSION, _versions(), self._options)

    def _named(self, part: SignedPart, shown: pa.Table) -> list[File]:
        """Return the files of a part, one for each split, as yet to be written."""
        state = of(part.part.shown, orjson.dumps(shown.to_pydict()).hex())
        name = f"{self.sources[part.source].key}-{part.part.number:06d}.parquet"
        splits = self.splits.names if self.splits else (DEFAULT_SPLIT,)
        return [File(f"data/{split}-{name}", split, state, part.stage.sha256) for split in splits]

    def _written(self, part: SignedPart, shown: pa.Table, files: list[File], staging: Path) -> Iterator[File]:
        paths = [staging / Path(file.path).name for file in files]
        counts = records.write(self._open(part.source), part.part, shown, self.splits, paths)
        for file, path, rows in zip(files, paths, counts, strict=True):
            yield replace(file, rows=rows, bytes=path.stat().st_size, sha256=sha256_of(path))

    def _open(self, number: int) -> Opened:
        """Return a source, which stays open until another one is asked for."""
        if self._opened is None or self._opened[0] != number:
            self._stack.close()
            self._opened = number, self._stack.enter_context(self.sources[number].opened(self.duck.stages))
        return self._opened[1]


def _versions() -> dict[str, str]:
    return {"furat": __version__, **{name: version(name) for name in ("duckdb", "pyarrow")}}

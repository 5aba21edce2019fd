"""What the tasks of a cluster do with articles: choose whom each is compared with, and decide."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from furat.corpus.decision import check
from furat.corpus.folder import Folder
from furat.corpus.relations import LIKELY, LINK, PAIR, VERDICT
from furat.corpus.spark.files import PARTS, Batches, Files, batch_of, of_numbers, rows_of, runs
from furat.corpus.spark.postings import Numbers
from furat.corpus.spark.tasks import told_of
from furat.duplicates.candidates import COMMON, SURE, Place, candidates
from furat.duplicates.candidates import LIKELY as SHARE

ASKED = pa.schema([field for field in VERDICT if field.name != "similarity"])
"""The pairs without a verdict."""

Mask = NDArray[np.bool_]
Asked = tuple[int, int, tuple[int, ...]]


def likely(batches: Batches, articles: Files, to: Folder) -> Batches:
    """Write the candidates of articles, which come part by part and in order, to a part for each of these."""
    for part, rows in runs(batches, "number", PARTS):
        numbers, keys = articles.columns(part, "number", "keys")
        met = pa.Table.from_batches(rows).combine_chunks().to_batches()[0]
        own = pc.list_value_length(keys).take(rows_of(numbers, met["number"])).to_numpy()
        met = met.filter(pa.array(_may_be_likely(met["number"].to_numpy(), met["of"].fill_null(-1).to_numpy(), own)))
        sets = dict(zip(numbers.to_pylist(), keys, strict=True))
        yield told_of(to.write(_likely(met, sets), LIKELY, str(part)))


def _may_be_likely(numbers: Numbers, of: Numbers, own: Numbers) -> Mask:
    """Return which rows `candidates` must see: it would find none without them, and asks nothing of the others."""
    _, articles = np.unique(numbers, return_inverse=True)
    order = np.lexsort((of, articles))
    starts = np.flatnonzero(np.diff(articles[order], prepend=-1) | np.diff(of[order], prepend=-2))
    votes = np.empty_like(of)
    votes[order] = np.repeat(counts := np.diff(starts, append=len(of)), counts)
    common = np.bincount(articles, of < 0)[articles]
    is_likely: Mask = (of >= 0) & (votes >= np.minimum(SURE, SHARE * (own - common)))
    is_asked: Mask = np.bincount(articles, is_likely)[articles] > 0
    return is_likely | is_asked & (of < 0)


def _likely(met: pa.RecordBatch, keys: Mapping[int, pa.Scalar]) -> Batches:
    rows = zip(*(column.to_pylist() for column in met.columns), strict=True)
    found = [
        (number, candidate.place[0], rank, sorted(candidate.shared))
        for number, of in groupby(rows, itemgetter(1))
        for rank, candidate in enumerate(candidates({*keys[number].as_py()}, _holders(of)), 1)
    ]
    if found:
        yield batch_of(LIKELY, [*zip(*found, strict=True)])


def _holders(met: Iterator[tuple[int, int, int | None]]) -> dict[int, list[Place]]:
    holders: dict[int, list[Place]] = {}
    for key, number, of in met:
        holders.setdefault(key, []).extend([(number, "")] * COMMON if of is None else [(of, "")])
    return holders


def asked(batches: Batches, likely: Files, verdicts: Sequence[Files]) -> Batches:
    """Return the likely pairs of the parts of these numbers that have no verdict yet."""
    for part in of_numbers(batches):
        known = _verdicts(part, verdicts)
        for batch in likely.read(part, *ASKED.names):
            is_asked = [pair not in known for pair in _pairs(batch)]
            yield batch.filter(pa.array(is_asked))


def theirs(batches: Batches, articles: Files) -> Batches:
    """Add the signatures of the earlier articles to pairs, which come in the order of their parts."""
    for part, rows in runs(batches, "of", PARTS):
        numbers, signatures = articles.columns(part, "number", "signature")
        for batch in rows:
            yield batch.append_column("theirs", signatures.take(rows_of(numbers, batch["of"])))


def checked(batches: Batches, articles: Files, to: Folder) -> Batches:
    """Decide on pairs, which come part by part, and write the verdicts to a part for each of these."""
    for part, rows in runs(batches, "number", PARTS):
        told = articles.columns(part, "number", "signature")
        yield told_of(to.write((check(_pair(batch, *told)) for batch in rows), VERDICT, str(part)))


def _pair(batch: pa.RecordBatch, numbers: pa.Array, signatures: pa.Array) -> pa.RecordBatch:
    mine = signatures.take(rows_of(numbers, batch["number"]))
    return batch.append_column("mine", mine).select(PAIR.names)


def near(batches: Batches, likely: Files, verdicts: Sequence[Files]) -> Batches:
    """Return what each article in the parts of these numbers is a copy of, going by the verdicts."""
    for part in of_numbers(batches):
        known = _verdicts(part, verdicts)
        best: dict[int, tuple[float, int]] = {}
        for pair in (pair for batch in likely.read(part, *ASKED.names) for pair in _pairs(batch)):  # in order of rank
            number, of, _ = pair
            similarity = known[pair]
            if similarity is not None and similarity > best.get(number, (-1.0, 0))[0]:
                best[number] = similarity, of
        rows = [(number, of, "near", similarity) for number, (similarity, of) in best.items()]
        if rows:
            yield batch_of(LINK, [*zip(*rows, strict=True)])


def _verdicts(part: int, verdicts: Sequence[Files]) -> dict[Asked, float | None]:
    batches = [batch for files in verdicts for batch in files.read(part, *VERDICT.names)]
    return {pair: told for batch in batches for pair, told in zip(_pairs(batch), batch[-1].to_pylist(), strict=True)}


def _pairs(batch: pa.RecordBatch) -> Iterator[Asked]:
    number, of, shared = (batch[name].to_pylist() for name in ASKED.names)
    return zip(number, of, map(tuple, shared), strict=True)

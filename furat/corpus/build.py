"""Builds a corpus: signs what is new, settles the links, and publishes."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from furat.corpus.duck import Duck, opened, parquet
from furat.corpus.publication import Corpus
from furat.corpus.queries import NAMES
from furat.corpus.rounds import Rounds
from furat.corpus.signing import Signatures, signed
from furat.corpus.sources import sources
from furat.corpus.stages import Stage, Stages, of
from furat.datasets.manifest import Manifest
from furat.datasets.publishing import check_folder
from furat.datasets.splits import Splits
from furat.exceptions import WrongUsage
from furat.files import held

ENDING = ".stages"
"""What the folder of the stages ends in, which stands beside that of the corpus."""

ROWS = "SELECT part.source, part.part, told.* FROM {} AS told JOIN part ON part.path = told.filename"

POSITIONS = ", filename=true, file_row_number=true"
ARTICLES = f"""
WITH placed AS (
    SELECT row_number() OVER (ORDER BY since, name) AS number, name, since, part, file_row_number
    FROM (
        SELECT part, file_row_number, name, since FROM ({NAMES}) WHERE turn = 1 UNION ALL
        SELECT part, file_row_number, id, first_seen FROM every ANTI JOIN repeated USING (id)
    )
)
SELECT placed.number, placed.name, placed.since AS first_seen, rows.seen, rows.part, file_row_number, rows.id,
    rows.content, rows.digest, len(rows.keys) AS own
FROM rows JOIN placed USING (part, file_row_number)
"""
"""The stage `articles`: one row for each, with its number in the order; the rows come in any."""

TEXTS = "SELECT number, keys, signature FROM rows JOIN articles USING (part, file_row_number)"
"""What was signed of them: it stays where it is."""

SHOWN = """
WITH clustered AS (
    SELECT articles.*, links.of, links.kind, links.similarity, coalesce(links.of, articles.number) AS cluster
    FROM articles LEFT JOIN links USING (number)
),
sized AS (SELECT cluster, count(*) AS size FROM clustered GROUP BY cluster),
hidden_cluster AS (SELECT DISTINCT cluster FROM clustered SEMI JOIN hidden USING (id))
SELECT clustered.number, clustered.part, clustered.id, clustered.seen, clustered.first_seen,
    clustered.name AS corpus_id,
    CASE WHEN clustered.of IS NOT NULL THEN firsts.name END AS corpus_duplicate_of,
    clustered.kind AS corpus_duplicate_kind,
    clustered.similarity AS corpus_similarity,
    firsts.name AS corpus_cluster,
    sized.size AS corpus_cluster_size
FROM clustered ANTI JOIN hidden_cluster USING (cluster) JOIN sized ON sized.cluster = clustered.cluster
JOIN articles AS firsts ON firsts.number = clustered.cluster
ORDER BY clustered.part, clustered.number
"""
"""The stage `shown`: what the corpus adds to a record. A cluster of which one article is hidden is hidden."""


def build(names: Sequence[str], out: Path, splits: Splits | None) -> Manifest:
    """Build the corpus of the archives and datasets at the paths ``names`` in the folder ``out``; return its manifest.

    What is computed on the way is kept in a folder beside it, for the next build. A second build waits for the first.
    """
    check_folder(out)
    given = sources(names)
    _check_places([source.path for source in given], out.resolve())
    stages = Stages(out.resolve().with_name(f"{out.resolve().name}{ENDING}"))
    stages.folder.mkdir(parents=True, exist_ok=True)
    with held(stages.folder / "build"), opened(stages) as duck:
        signatures = signed(given, stages)
        corpus = Corpus(out, duck, given, signatures, splits)
        articles = _articles(duck, signatures)
        duck.read("articles", articles)
        duck.view("texts", TEXTS)
        links = Rounds(duck, articles).settle()
        duck.read("shown", _shown(duck, signatures, articles, links))
        manifest = corpus.build()
        read = (f"read/{source.key}" for source in given)
        stages.keep({"articles", "known", "links", "settled", "shown", *signatures.names, *read})
    return manifest


def _check_places(read: Sequence[Path], out: Path) -> None:
    """Raise WrongUsage where what is written to ``out`` would replace what is ``read``, or a name is no text."""
    for path in read:
        if out.is_relative_to(path) or path.is_relative_to(out):
            raise WrongUsage(f"{path} is read, and {out} would replace what is in it; name another folder")
    for path in (*read, out):
        if bytes(path).decode(errors="ignore") != str(path):
            raise WrongUsage(f"{path} is no text in UTF-8, as the names in a manifest are; rename it")


def _articles(duck: Duck, signatures: Signatures) -> Stage:
    parts = signatures.parts
    places = [(str(part.stage.path), part.source, number) for number, part in enumerate(parts)]
    duck.give("part", pa.table([*zip(*places, strict=True)], names=["path", "source", "part"]))
    duck.view("rows", ROWS.format(parquet([part.stage.path for part in parts], POSITIONS)))
    duck.view(
        "every", "SELECT id, first_seen, seen, address, headline, content, source, part, file_row_number FROM rows"
    )
    duck.view("repeated", "SELECT id FROM every GROUP BY id HAVING count(*) > 1")
    duck.view("signed", "FROM every SEMI JOIN repeated USING (id)")
    made_of = of(*(f"{part.source} {part.stage.sha256}" for part in parts))
    return duck.stages.stage("articles", made_of, lambda path: duck.write(ARTICLES, path))


def _shown(duck: Duck, signatures: Signatures, articles: Stage, links: Stage) -> Stage:
    duck.read("links", links)
    duck.give("hidden", pa.table([pa.array(sorted(signatures.hidden), pa.string())], ["id"]))
    made_of = of(articles.sha256, links.sha256, *sorted(signatures.hidden))
    return duck.stages.stage("shown", made_of, lambda path: duck.write(SHOWN, path))

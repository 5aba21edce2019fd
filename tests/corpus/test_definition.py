"""The queries and the decision, run round by round as an engine does, come to the links of the sequential index."""

import duckdb
import pyarrow as pa
import pytest

from bench.news import News, archive
from bench.newsroom import archive as newsroom
from furat.corpus.decision import check, sign
from furat.corpus.queries import CANDIDATES, HEADS, LINKS
from furat.corpus.relations import ARTICLE, FIRST, HEAD, LIKELY, LINK, VERDICT
from furat.duplicates import DuplicateIndex, long_hash

Links = dict[str, tuple[str, str, float]]

NEWS = {"news": archive(250, seed=5), "other news": archive(250, seed=8), "newsroom": newsroom(150, seed=5)}


@pytest.mark.parametrize("name", NEWS)
@pytest.mark.parametrize("share", [1, 3])
def test_any_supposition_ends_in_the_links_of_the_index(name: str, share: int) -> None:
    """The first round may suppose that every article is a first, or every second or third."""
    assert settled(NEWS[name], share) == sequential(NEWS[name])


def sequential(news: list[News]) -> Links:
    index = DuplicateIndex(hasher=long_hash)
    found = {one.id: index.add(one.id, one.title, one.text) for one in news}
    return {id: (match.of, match.kind, match.similarity) for id, match in found.items() if match}


def settled(news: list[News], share: int) -> Links:
    engine = duckdb.connect()
    articles = [
        {"id": one.id, "url": one.id, "first_seen": f"{n:05}", "seen": "", "title": one.title, "text": one.text}
        for n, one in enumerate(news)
    ]
    signed = pa.Table.from_batches([sign(pa.RecordBatch.from_pylist(articles, ARTICLE))])
    engine.register("signed", signed)
    engine.execute(
        """
        CREATE TABLE numbered AS
        SELECT row_number() OVER (ORDER BY first_seen, id) AS number, content, digest, len(keys) AS own, keys, signature
        FROM signed;
        CREATE TABLE posting AS SELECT unnest(keys) AS key, number FROM numbered
        """
    )
    engine.register("verdict", VERDICT.empty_table())
    verdicts, firsts, supposed = VERDICT.empty_table(), list(range(1, len(news) + 1, share)), list[int]()
    while firsts != supposed:
        supposed = firsts
        engine.register("first", pa.table([supposed], FIRST))
        engine.register("head", _table(engine, HEADS, HEAD))
        engine.register("likely", _table(engine, CANDIDATES, LIKELY))
        pairs = engine.sql(
            """
            SELECT number, of, shared, mine.signature AS mine, theirs.signature AS theirs
            FROM likely JOIN numbered AS mine USING (number) JOIN numbered AS theirs ON theirs.number = likely.of
            WHERE (number, of, shared) NOT IN (SELECT (number, of, shared) FROM verdict) ORDER BY number
            """
        ).to_arrow_table()
        verdicts = pa.concat_tables([verdicts, *(pa.Table.from_batches([check(b)]) for b in pairs.to_batches())])
        engine.register("verdict", verdicts)
        links = _table(engine, LINKS, LINK)
        copies = set(links["number"].to_pylist())
        firsts = [number for number in range(1, len(news) + 1) if number not in copies]
    return {
        news[row["number"] - 1].id: (news[row["of"] - 1].id, row["kind"], row["similarity"])
        for row in links.to_pylist()
    }


def _table(engine: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema) -> pa.Table:
    found = engine.sql(query).to_arrow_table()
    assert found.column_names == schema.names
    return found.cast(schema)

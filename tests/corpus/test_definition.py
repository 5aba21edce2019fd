"""The queries and the decision, run round by round as an engine does, come to the links of the sequential index."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.news import News, archive
from bench.newsroom import archive as newsroom
from furat.corpus.decision import check, long_hash, sign
from furat.corpus.queries import CANDIDATES, HEADS, LINKS, MET
from furat.corpus.relations import ARTICLE, FIRST, HEAD, LIKELY, LINK, POSTING, VERDICT
from furat.duplicates import DuplicateIndex, candidates

Links = dict[str, tuple[str, str, float]]

NEWS = {"news": archive(250, seed=5), "other news": archive(250, seed=8), "newsroom": newsroom(150, seed=5)}


@pytest.mark.parametrize("name", NEWS)
@pytest.mark.parametrize("share", [1, 3])
def test_any_supposition_ends_in_the_links_of_the_index(name: str, share: int) -> None:
    """The first round may suppose that every article is a first, or every second or third."""
    assert settled(NEWS[name], share) == sequential(NEWS[name])


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.sets(st.integers(0, 12), min_size=1), st.booleans()), max_size=16),
    st.sampled_from([0, 20]),
)
@settings(max_examples=60, deadline=None)
def test_the_queries_choose_the_candidates_that_furat_chooses(articles: list[tuple[set[int], bool]], more: int) -> None:
    """Each article has keys, and ``more`` that no other one has, and is a first or is not."""
    engine = duckdb.connect()
    postings = [(key, number) for number, (keys, _) in enumerate(articles) for key in keys]
    firsts = [number for number, (_, is_first) in enumerate(articles) if is_first]
    sizes = [(number, len(keys) + more) for number, (keys, _) in enumerate(articles)]
    engine.register("posting", table(postings, POSTING))
    engine.register("first", pa.table([firsts], FIRST))
    engine.register("numbered", table(sizes, pa.schema([("number", pa.int64()), ("own", pa.int64())])))
    engine.register("head", _table(engine, HEADS, HEAD))
    engine.register("met", engine.sql(MET).to_arrow_table())

    found: dict[int, list[tuple[int, set[int]]]] = {}
    for row in _table(engine, f"{CANDIDATES} ORDER BY number, rank", LIKELY).to_pylist():
        found.setdefault(row["number"], []).append((row["of"], set(row["shared"])))

    for number, (keys, _) in enumerate(articles):
        own = keys | set(range(100, 100 + more))
        holders = {
            key: [(first, "") for first in firsts if first < number and key in articles[first][0]][:5] for key in keys
        }
        expected = candidates(own, {key: places for key, places in holders.items() if places})
        assert found.get(number, []) == [(place[0], set(shared)) for place, shared in expected]


def table(rows: Sequence[tuple[int, ...]], schema: pa.Schema) -> pa.Table:
    columns: list[tuple[int, ...]] = [*zip(*rows, strict=True)]
    return pa.table(columns or [()] * len(schema), schema)


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
        engine.register("met", engine.sql(MET).to_arrow_table())
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

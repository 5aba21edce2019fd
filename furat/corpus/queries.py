"""The stages between the signatures and the links, in SQL that DuckDB runs; names and exact copies are Spark's, too.

Each reads the relations of `furat.corpus.relations`, under their names in lower case, and selects the columns of one.
They decide as `furat.duplicates.candidates` does, with its thresholds.
"""

from furat.duplicates.candidates import CHECKED, COMMON, LIKELY, SURE

_OLDEST = "OVER (PARTITION BY id ORDER BY first_seen, seen, address, content)"

NAMES = f"""
SELECT *, row_number() OVER (PARTITION BY name ORDER BY seen DESC, first_seen DESC, content, source) AS turn,
    min(first_seen) OVER (PARTITION BY name) AS since
FROM (
    SELECT *, CASE
        WHEN address = first_value(address) {_OLDEST} OR headline = first_value(headline) {_OLDEST}
            OR content = first_value(content) {_OLDEST} THEN id
        ELSE concat(id, '#', CAST(address AS STRING))
    END AS name FROM signed
) AS named
"""
"""The rows of `signed` (of all sources, numbered by `source`) with the name of each in the corpus.

An id is one article, whichever archives have it: the row with `turn` 1 is its last state, `since` when the first of
them saw it. Where one has neither address nor title nor text of that which was first seen under its id, the site has
begun to count anew, and it is another article: its address makes its name its own.
"""

HEADS = f"""
SELECT key, number, place, max(CASE WHEN place = {COMMON} THEN number END) OVER (PARTITION BY key) AS last
FROM (
    SELECT key, number, row_number() OVER (PARTITION BY key ORDER BY number) AS place
    FROM posting WHERE number IN (SELECT number FROM first)
) AS counted
WHERE place <= {COMMON}
"""

MET = """
SELECT posting.number, posting.key, head.number AS of, head.place
FROM posting JOIN head ON head.key = posting.key AND head.number < posting.number
WHERE head.last IS NULL OR head.last >= posting.number OR head.last = head.number
"""
"""The earlier firsts under each key of each article; of a key that is boilerplate by then, the fifth alone."""

CANDIDATES = f"""
WITH vote AS (
    SELECT number, of, count(*) AS votes, array_sort(array_agg(key)) AS shared,
        max(CASE WHEN of IS NULL THEN count(*) ELSE 0 END) OVER (PARTITION BY number) AS common
    FROM (SELECT number, key, CASE WHEN place < {COMMON} THEN of END AS of FROM met) AS told
    GROUP BY number, of
),
likely AS (
    SELECT vote.number, vote.of, vote.shared,
        row_number() OVER (PARTITION BY vote.number ORDER BY vote.votes DESC, vote.of) AS rank
    FROM vote JOIN numbered ON numbered.number = vote.number
    WHERE vote.of IS NOT NULL AND vote.votes >= least({SURE}, {LIKELY} * (numbered.own - vote.common))
)
SELECT number, of, CAST(rank AS BIGINT) AS rank, shared FROM likely WHERE rank <= {CHECKED}
"""
"""The stage `likely`, of all articles of which `met` holds what `MET` finds."""

SAME = """
SELECT number FROM numbered JOIN (
    SELECT digest, min(number) AS of FROM numbered WHERE digest IS NOT NULL GROUP BY digest
) AS same USING (digest) WHERE same.of < number
"""
"""The articles that say word for word what another one says: a good guess at the copies."""

EXACT = """
SELECT numbered.number, same.of
FROM numbered JOIN (
    SELECT digest, min(number) AS of FROM numbered
    WHERE digest IS NOT NULL AND number IN (SELECT number FROM first) GROUP BY digest
) AS same ON same.digest = numbered.digest AND same.of < numbered.number
"""
"""The copies of an earlier first, word for word."""

LINKS = f"""
SELECT number, of, kind, similarity
FROM (
    SELECT *, row_number() OVER (PARTITION BY number ORDER BY kind, similarity DESC, rank) AS best
    FROM (
        SELECT number, of, 'exact' AS kind, CAST(1 AS DOUBLE) AS similarity, 0 AS rank FROM ({EXACT}) AS same
        UNION ALL
        SELECT likely.number, likely.of, 'near' AS kind, verdict.similarity, likely.rank
        FROM likely JOIN verdict
            ON verdict.number = likely.number AND verdict.of = likely.of AND verdict.shared = likely.shared
        WHERE verdict.similarity IS NOT NULL
    ) AS found
) AS ranked
WHERE best = 1
"""
"""The stage `settle`."""

"""The rounds of a corpus, run by DuckDB: suppose which articles are firsts, decide, and suppose the outcome.

A later round decides again only what the new supposition may change: the articles that have a key whose first holders
are others now. What an article copies depends on earlier ones alone: of articles that the last build knew, up to the
first place in the order where something came, went or changed, its links are taken over.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from furat.corpus.decision import check
from furat.corpus.duck import Duck
from furat.corpus.queries import CANDIDATES, EXACT, HEADS, LINKS, MET, SAME
from furat.corpus.relations import HEAD, LIKELY, POSTING, VERDICT
from furat.corpus.stages import Stage, of

PAIRS = 500
"""Pairs that are decided on at a time."""

JOINED = 200_000
"""Pairs that signatures are looked up for at a time: as many as memory holds, as each time all are read."""

POSTED = 2_000_000
"""Keys of articles that are ordered in memory at a time."""

SINCE = """
SELECT coalesce(min(number), (SELECT count(*) + 1 FROM articles)) FROM articles FULL JOIN before USING (number)
WHERE (articles.name, articles.first_seen, articles.content)
    IS DISTINCT FROM (before.name, before.first_seen, before.content)
"""
"""The first number in the order that is not the same article with the same text as in the last build."""

NOTHING = "SELECT number, name, first_seen, content, 0 AS of, '' AS kind, 0.0 AS similarity FROM articles WHERE false"
"""What the last build left if there was none."""

KEPT = """
SELECT number, articles.name, first_seen, content, of, kind, similarity
FROM articles LEFT JOIN settled USING (number) ORDER BY number
"""
"""The stage `settled`: all articles and what they copy."""

KEYS = "SELECT unnest(keys) AS key, number FROM texts"
SHARED = """
FROM posting SEMI JOIN (
    SELECT key FROM posting GROUP BY key HAVING count(*) > 1 AND max(number) >= {}
) AS shared USING (key)
"""
FIRSTS = "SELECT number FROM articles ANTI JOIN {} USING (number)"
TOUCHED = "SELECT DISTINCT key FROM postings SEMI JOIN changed USING (number)"

MOVED = """
SELECT key, min(number) AS since FROM (
    FROM (SELECT key, number FROM head{0} UNION ALL SELECT key, number FROM head{1}) SEMI JOIN changed USING (number)
) GROUP BY key
"""
"""The keys whose first holders are others than in the round before, and the earliest holder that came or went."""

ASKED = "SELECT DISTINCT number FROM postings JOIN moved USING (key) WHERE number > since"
"""The articles before which a holder of a key of theirs came or went: no others may have other candidates now."""

DONE = "SELECT number, of, kind, similarity FROM before WHERE number < {} AND of IS NOT NULL"
SEEDS = f"""
SELECT number FROM done UNION SELECT number FROM (
    SELECT number FROM articles SEMI JOIN (SELECT name FROM before WHERE of IS NOT NULL) AS copy USING (name)
    UNION {SAME}
) WHERE number >= {{}}
"""

CHANGED = "(FROM {0} EXCEPT FROM {1}) UNION ALL (FROM {1} EXCEPT FROM {0})"

COMPARED = f"""
SELECT mine.content AS number, theirs.content AS of, shared, min(likely.number) AS later, min(likely.of) AS earlier
FROM likely ANTI JOIN ({EXACT}) AS exact USING (number) JOIN numbered AS mine ON mine.number = likely.number
JOIN numbered AS theirs ON theirs.number = likely.of
GROUP BY ALL
"""
UNKNOWN = "FROM compared ANTI JOIN known USING (number, of, shared)"
"""The pairs without a verdict. A verdict is kept under the hashes of what two articles say, not under their numbers:
it holds in the next build too."""

LATER = "SELECT asked.*, signature AS mine FROM ({}) AS asked JOIN texts ON texts.number = later"
PAIR = "SELECT half.* EXCLUDE (later, earlier), signature AS theirs FROM half JOIN texts ON texts.number = earlier"
"""The pairs with both signatures, in any order: neither a sort nor a join of all of them fits into memory."""

KNOWN = """
FROM likely JOIN numbered AS mine ON mine.number = likely.number JOIN numbered AS theirs ON theirs.number = likely.of
JOIN known ON known.number = mine.content AND known.of = theirs.content AND known.shared = likely.shared
"""
VERDICTS = f"SELECT likely.number, likely.of, likely.shared, known.similarity {KNOWN}"
REMEMBERED = f"""
SELECT known.number, known.of, known.shared, known.similarity {KNOWN}
UNION FROM known SEMI JOIN (SELECT content AS number FROM numbered WHERE number < {{}}) AS done USING (number)
"""

NAMED = """
SELECT link.number, link.of, articles.name, link.kind, link.similarity
FROM settled AS link JOIN articles ON articles.number = link.number ORDER BY link.number
"""


class Rounds:
    """Settles the links of the articles in a stage."""

    def __init__(self, duck: Duck, articles: Stage) -> None:
        self._duck = duck
        self._articles = articles
        self._stages = duck.stages
        self._made_of = articles.sha256
        self._number = 0
        self._since = 1

    def settle(self) -> Stage:
        """Return the stage `links`: each copy, what it copies, and its name.

        What an earlier build found is taken over where nothing earlier changed, and else supposed at first; its
        verdicts are kept. Any supposition would do: this one is near the outcome.
        """
        return self._stages.stage("links", self._articles.sha256, self._settle)

    def _settle(self, path: Path) -> None:
        duck = self._duck
        duck.view("numbered", "SELECT number, content, digest, own FROM articles")
        self._begin()
        checks = [stage for stage in [self._stages.there("known")] if stage]
        self._made_of = of(self._made_of, *(check.sha256 for check in checks))
        duck.read("postings", self._stages.stage("postings", self._made_of, self._postings))
        is_settled = False
        while not is_settled:
            self._number += 1
            is_settled = self._round(self._number, checks)
        remembered = REMEMBERED.format(self._since)
        self._stages.stage("known", self._made_of, lambda path: duck.write(remembered, path))
        self._stages.stage("settled", self._made_of, lambda path: duck.write(KEPT, path))
        duck.write(NAMED, path)

    def _begin(self) -> None:
        """Let `done` be the links that the last build found and that stay; suppose the rest of what it found."""
        duck, before = self._duck, self._stages.there("settled")
        if before:
            self._made_of = of(self._made_of, before.sha256)
            duck.read("before", before)
        else:
            duck.view("before", NOTHING)
        self._since = duck.value(SINCE)
        duck.table("done", DONE.format(self._since))
        duck.table("link0", SEEDS.format(self._since))

    def _round(self, number: int, checks: list[Stage]) -> bool:
        """Return whether the outcome is what was supposed."""
        duck = self._duck
        duck.table("first", FIRSTS.format(f"link{number - 1}"))
        if number > 1:
            self._touch()
        for name, make in (("head", self._heads), ("likely", self._likely)):
            stage = self._stage(name, make)
            duck.read(name, stage)
            duck.read(f"{name}{number}", stage)
        self._remember(checks)
        checks.append(self._stage("check", self._check))
        self._remember(checks)
        duck.view("verdict", VERDICTS)
        links = f"FROM done UNION ALL FROM ({LINKS}) WHERE number >= {self._since}"
        duck.read("settled", self._stage("settle", lambda path: duck.write(links, path)))
        duck.table(f"link{number}", "SELECT number FROM settled")
        return not duck.value(f"SELECT count(*) FROM ({CHANGED.format(f'link{number}', f'link{number - 1}')})")

    def _stage(self, name: str, make: Callable[[Path], None]) -> Stage:
        """Return a stage of this round; it depends on all before it."""
        stage = self._stages.stage(f"round-{self._number}/{name}", self._made_of, make)
        self._made_of = of(self._made_of, stage.sha256)
        return stage

    def _postings(self, path: Path) -> None:
        """Write the keys that lead from an article whose links are asked for: no key of one article alone does."""
        shared = SHARED.format(self._since)
        self._duck.append(self._parted("posting", KEYS, KEYS, "key", shared), path, POSTING)

    def _touch(self) -> None:
        """Let `touched` be the keys of the articles that have become firsts, or ceased to be."""
        number = self._number
        self._duck.table("changed", CHANGED.format(f"link{number - 1}", f"link{number - 2}"))
        self._duck.table("touched", TOUCHED)

    def _heads(self, path: Path) -> None:
        self._duck.append(self._head_queries(), path, HEAD)

    def _head_queries(self) -> Iterator[str]:
        postings = "FROM postings"
        if self._number > 1:
            yield f"FROM head{self._number - 1} ANTI JOIN touched USING (key)"
            postings = "FROM postings SEMI JOIN touched USING (key)"
        yield from self._parted("posting", postings, postings, "key", HEADS)

    def _likely(self, path: Path) -> None:
        self._duck.append(self._likely_queries(), path, LIKELY)

    def _likely_queries(self) -> Iterator[str]:
        duck, number = self._duck, self._number
        duck.view("posting", f"FROM postings WHERE number >= {self._since}")
        if number > 1:
            duck.table("moved", MOVED.format(number, number - 1))
            duck.table("asked", ASKED)
            yield f"FROM likely{number - 1} ANTI JOIN asked USING (number)"
            duck.view("posting", "FROM postings SEMI JOIN asked USING (number)")
        yield from self._parted("met", MET, "FROM posting", "number", CANDIDATES)

    def _parted(self, name: str, query: str, counted: str, column: str, make: str) -> Iterator[str]:
        """Yield the query ``make`` for one part after the other of what ``query`` finds, which it reads as ``name``.

        What is ``counted`` tells how many parts there are. A window over all at once would be spilled many times over.
        """
        count = 1 + self._duck.value(f"SELECT count(*) FROM ({counted})") // POSTED
        for part in self._duck.buckets(query, column, count):
            self._duck.view(name, part)
            yield make

    def _remember(self, checks: list[Stage]) -> None:
        """Let `known` be the verdicts in ``checks``."""
        self._duck.read("known", *checks) if checks else self._duck.give("known", VERDICT.empty_table())

    def _check(self, path: Path) -> None:
        duck = self._duck
        duck.table("compared", COMPARED)
        duck.table("unknown", UNKNOWN)
        count = 1 + duck.value("SELECT count(*) FROM unknown") // JOINED
        with pq.ParquetWriter(path, VERDICT, compression="zstd") as file:
            for part in duck.buckets("FROM unknown", "later", count):
                duck.table("half", LATER.format(part))
                for pairs in duck.batches(PAIR, PAIRS):
                    file.write_batch(check(pairs))

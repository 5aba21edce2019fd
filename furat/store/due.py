"""The query for what is due for recrawl: by indexes only, however many articles there are."""

from furat.outcomes import Outcome

NEVER = 1e9
"""Ages after which nothing is ever due."""

NO_ARTICLES = {"not_article": Outcome.NOT_ARTICLE, "waived": Outcome.WAIVED, "forgotten": Outcome.FORGOTTEN}
"""Outcomes of addresses that are not visited again."""

AGE = "CAST(printf('%.1e', max(0, julianday(seen) - coalesce(julianday(published), julianday(first_seen)))) AS REAL)"
"""The age of an article at its last visit as the index `article_visited` has it: in days, to two digits."""

NEXT_AGE = f"(SELECT {AGE} FROM article WHERE gone IS NULL AND {AGE} > {{}} ORDER BY {AGE} LIMIT 1)"

EARLIER = "strftime('%Y-%m-%dT%H:%M:%S+00:00', :now, format('-%f days', :wait * {}))"
"""The moment after which what was so many days old then is not due yet."""

DUE = f"""
WITH RECURSIVE band (age) AS (
    SELECT {NEXT_AGE.format(-1)} UNION ALL SELECT {NEXT_AGE.format("band.age")} FROM band WHERE band.age NOT NULL
), visit AS (
    SELECT article.id, article.url, suspected_by, article.seen, coalesce(published, first_seen) AS born
    FROM band CROSS JOIN article ON article.rowid IN (
        SELECT * FROM (
            SELECT rowid FROM article WHERE gone IS NULL AND {AGE} = band.age
            AND seen < min(:before, {EARLIER.format("band.age")}) AND :wait < {NEVER:f}
            ORDER BY seen LIMIT :limit
        ) UNION ALL SELECT * FROM (
            SELECT rowid FROM article WHERE gone IS NULL AND {AGE} = band.age
            AND seen > :now AND :wait < {NEVER:f} LIMIT :limit
        )
    ) WHERE suspected_by IS NULL
    UNION ALL
    SELECT id, url, suspected_by, seen, coalesce(published, first_seen) FROM article INDEXED BY article_suspected
    WHERE suspected_by IS NOT NULL AND id > '' AND gone IS NULL AND seen NOT BETWEEN :before AND :now
    UNION ALL
    SELECT * FROM (
        SELECT NULL, url, NULL, seen, datetime(seen, '-10 days') FROM address INDEXED BY address_alone
        WHERE article IS NULL AND pending IS NULL AND ifnull(outcome, '') NOT IN (:not_article, :waived, :forgotten)
        AND seen < min(:before, {EARLIER.format(10)}) ORDER BY seen LIMIT :limit
    )
    UNION ALL
    SELECT * FROM (
        SELECT id, url, coalesce(suspected_by, crawl), NULL, NULL FROM article
        WHERE gone IS NOT NULL AND next_look <= :now ORDER BY next_look LIMIT :limit
    )
)
SELECT
    address.number, address.url, address.printed, address.tries, id, address.outcome, address.detail,
    iif(article = id, etag, NULL), iif(article = id, last_modified, NULL)
FROM visit CROSS JOIN address USING (url)
ORDER BY
    suspected_by IS NULL OR visit.seen IS NULL,
    abs(julianday(:now) - julianday(visit.seen)) / max(julianday(:now) - julianday(born), 0.001) DESC
LIMIT :limit
"""
"""Selects what is due: of each age, by the index, then what is suspected to be gone, led to nothing, or is gone."""


def parameters(share: float, before: str, now: str, limit: int) -> dict[str, object]:
    """Return the parameters of `DUE`: of articles last visited ``before``, a ``share`` of their age ago.

    Of an age a at the visit, a share s of the age by now has passed after a * s / (1 - s).
    """
    wait = share / (1 - share) if share < 1 else NEVER
    return {**NO_ARTICLES, "before": before, "now": now, "wait": wait, "limit": limit}

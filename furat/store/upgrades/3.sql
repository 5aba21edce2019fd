-- From schema 2 to 3: outcomes and endings are enumerated, columns have the field's names, what first spoke for a
-- deletion is kept, deliveries lie apart from the revisions, and indexes spare scans.

DROP VIEW current;

ALTER TABLE crawl RENAME COLUMN reason TO ending;
ALTER TABLE crawl ADD COLUMN detail TEXT;
UPDATE crawl SET verdict = replace(verdict, '"owed":', '"pending":') WHERE verdict IS NOT NULL;
UPDATE crawl SET
    ending = CASE substr(ending, 1, instr(ending || ':', ':') - 1)
        WHEN 'finished' THEN 'finished'
        WHEN 'crashed' THEN 'crashed'
        WHEN 'start_error' THEN 'crashed'
        WHEN 'WrongUsage' THEN 'wrong_usage'
        WHEN 'Unreachable' THEN 'unreachable'
        WHEN 'Throttled' THEN 'throttled'
        WHEN 'Challenged' THEN 'challenged'
        WHEN 'Spent' THEN 'budget_spent'
        WHEN 'Locked' THEN 'locked'
        WHEN 'NotUnderstood' THEN 'not_understood'
        WHEN 'Unwritable' THEN 'unwritable'
        WHEN 'Damaged' THEN 'damaged'
        WHEN 'TooNew' THEN 'too_new'
        ELSE 'stopped'
    END,
    detail = CASE
        WHEN instr(ending, ': ') THEN substr(ending, instr(ending, ': ') + 2)
        WHEN ending NOT IN ('finished', 'crashed', 'shutdown') THEN ending
    END
WHERE ending IS NOT NULL;

DROP INDEX address_owed;
ALTER TABLE address RENAME COLUMN owed TO pending;
ALTER TABLE address RENAME COLUMN reason TO outcome;
ALTER TABLE address RENAME COLUMN changed TO last_modified;
ALTER TABLE address ADD COLUMN detail TEXT;
UPDATE address SET
    outcome = CASE
        WHEN outcome = 'Duplicate' THEN 'duplicate'
        WHEN outcome = 'NotArticle' THEN 'not_article'
        WHEN outcome = 'OutOfRange' THEN 'out_of_range'
        WHEN outcome = 'Protected' THEN 'protected'
        WHEN outcome LIKE 'Suspect:%' THEN 'quarantined'
        WHEN outcome LIKE 'Incomplete:%' THEN 'incomplete'
        WHEN outcome IN ('HTTP 404', 'HTTP 410') AND pending IS NULL THEN 'gone'
        ELSE 'failed'
    END,
    detail = CASE
        WHEN outcome LIKE 'Suspect:%' OR outcome LIKE 'Incomplete:%' THEN substr(outcome, instr(outcome, ': ') + 2)
        WHEN outcome NOT IN ('Duplicate', 'NotArticle', 'OutOfRange', 'Protected') THEN outcome
    END
WHERE outcome IS NOT NULL;
CREATE INDEX address_pending ON address (number) WHERE pending IS NOT NULL;
CREATE INDEX address_outcome ON address (outcome) WHERE outcome IS NOT NULL;
CREATE INDEX address_alone ON address (seen) WHERE article IS NULL AND pending IS NULL;

ALTER TABLE article RENAME COLUMN doubted TO suspected_by;
ALTER TABLE article RENAME COLUMN way TO origin;
ALTER TABLE article RENAME COLUMN other TO other_digest;
ALTER TABLE article ADD COLUMN suspected_at TEXT;
ALTER TABLE article ADD COLUMN suspected_status INTEGER;
ALTER TABLE article ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN next_look TEXT;
UPDATE article SET suspected_at = (SELECT began FROM crawl WHERE crawl.id = suspected_by) WHERE suspected_by IS NOT NULL;
UPDATE article SET suspected_status = gone, next_look = seen WHERE gone IS NOT NULL;
CREATE INDEX article_post ON article (post_id);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_suspected ON article (id) WHERE suspected_by IS NOT NULL;
CREATE INDEX article_gone ON article (next_look) WHERE gone IS NOT NULL;
CREATE INDEX article_present ON article (lacks) WHERE gone IS NULL;

CREATE TABLE delivery (
    number INTEGER PRIMARY KEY REFERENCES revision (number),
    crawl TEXT,
    delivered INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO delivery SELECT number, feed, delivered FROM revision ORDER BY number;
CREATE INDEX delivery_crawl ON delivery (crawl);
CREATE INDEX delivery_undelivered ON delivery (number) WHERE delivered = 0;
DROP INDEX revision_undelivered;
ALTER TABLE revision DROP COLUMN feed;
ALTER TABLE revision DROP COLUMN delivered;

ALTER TABLE memory RENAME TO checkpoint;

CREATE VIEW current AS
SELECT
    number, article, revision, plain(item) AS item,
    ifnull((
        SELECT change FROM state WHERE state.article = revision.article AND state.revision = revision.revision
        ORDER BY state.number DESC LIMIT 1
    ), '{}') AS change
FROM revision;

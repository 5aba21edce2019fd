-- From schema 1 to 2: interrupted walks go on where they stopped, visits are conditional, verdicts are kept,
-- and so are states that are no revisions, and the names of delivered feeds.

ALTER TABLE crawl ADD COLUMN verdict TEXT;
ALTER TABLE listing ADD COLUMN reached TEXT;
ALTER TABLE address ADD COLUMN etag TEXT;
ALTER TABLE address ADD COLUMN changed TEXT;
ALTER TABLE feed ADD COLUMN delivered TEXT;

CREATE TABLE state (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL,
    revision INTEGER NOT NULL,
    change TEXT NOT NULL,
    FOREIGN KEY (article, revision) REFERENCES revision (article, revision)
) STRICT;

CREATE INDEX state_revision ON state (article, revision);

CREATE VIEW current AS
SELECT
    number, article, revision, item,
    ifnull((
        SELECT change FROM state WHERE state.article = revision.article AND state.revision = revision.revision
        ORDER BY state.number DESC LIMIT 1
    ), '{}') AS change
FROM revision;

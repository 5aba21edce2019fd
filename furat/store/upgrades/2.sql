-- From schema 1 to 2: walks are numbered and go on where they stopped, visits are conditional, verdicts are kept,
-- and so are states that are no revisions, and the names of delivered feeds.

ALTER TABLE crawl ADD COLUMN verdict TEXT;
ALTER TABLE address ADD COLUMN etag TEXT;
ALTER TABLE address ADD COLUMN changed TEXT;
ALTER TABLE feed ADD COLUMN delivered TEXT;

CREATE TABLE listing_2 (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    walk INTEGER NOT NULL,
    complete INTEGER,
    walked TEXT,
    reached TEXT,
    reached_by INTEGER
) STRICT;

INSERT INTO listing_2 SELECT number, url, kind, name, 1, iif(walked IS NULL, NULL, 1), walked, NULL, NULL FROM listing;

CREATE TABLE sighting_2 (
    listing INTEGER NOT NULL REFERENCES listing (number),
    address INTEGER NOT NULL REFERENCES address (number),
    walk INTEGER NOT NULL,
    PRIMARY KEY (listing, address)
) STRICT, WITHOUT ROWID;

INSERT INTO sighting_2 SELECT listing, address, 1 FROM sighting;

DROP TABLE sighting;
DROP TABLE listing;
ALTER TABLE listing_2 RENAME TO listing;
ALTER TABLE sighting_2 RENAME TO sighting;
CREATE INDEX sighting_address ON sighting (address);

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

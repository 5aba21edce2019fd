-- From schema 1 to 2: walks are numbered and go on where they stopped, visits are conditional, verdicts are kept;
-- states are told by pages or by the API, and spiders remember how far they came.

ALTER TABLE crawl ADD COLUMN verdict TEXT;
ALTER TABLE address ADD COLUMN etag TEXT;
ALTER TABLE address ADD COLUMN changed TEXT;
ALTER TABLE address ADD COLUMN modified TEXT;
ALTER TABLE article ADD COLUMN way TEXT NOT NULL DEFAULT 'page';
ALTER TABLE article ADD COLUMN other TEXT;

CREATE TABLE memory (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

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

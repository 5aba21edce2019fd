-- From schema 1 to 2: walks are numbered and go on where they stopped, visits are conditional, verdicts are kept.

ALTER TABLE crawl ADD COLUMN verdict TEXT;
ALTER TABLE address ADD COLUMN etag TEXT;
ALTER TABLE address ADD COLUMN changed TEXT;
ALTER TABLE article ADD COLUMN lacks TEXT NOT NULL DEFAULT '';

UPDATE article SET lacks = coalesce(
    (
        SELECT trim(
            iif(item ->> 'title' = '', 'title ', '')
            || iif(item ->> 'published' IS NULL, 'published ', '')
            || iif(item ->> 'text' = '', 'text', '')
        )
        FROM revision WHERE article = id AND item ->> 'kind' = 'article' ORDER BY number DESC LIMIT 1
    ),
    ''
);

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

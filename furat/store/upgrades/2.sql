-- From schema 1 to 2: walks are numbered and go on where they stopped, visits are conditional, verdicts are kept,
-- near copies are found, states that are no revisions and the names of delivered feeds are kept,
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

DROP INDEX article_digest;
ALTER TABLE article ADD COLUMN duplicate_of TEXT;
UPDATE article SET duplicate_of = (
    SELECT item ->> 'duplicate_of' FROM revision WHERE article = id AND revision.revision = article.revision
);
CREATE INDEX article_duplicate ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE signature (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of archiving
    article TEXT NOT NULL UNIQUE REFERENCES article (id), -- the first of its cluster, in its last revision
    digest INTEGER,             -- hash of its folded words; null where they are too few to tell it from others
    words TEXT NOT NULL,        -- its title and sentences, a line each, every word one character that stands for its hash
    clues TEXT NOT NULL         -- what it can be found by: a list of keys, as JSON
) STRICT;

CREATE INDEX signature_digest ON signature (digest) WHERE digest IS NOT NULL;

CREATE TABLE clue (
    key INTEGER NOT NULL,       -- hash of a sentence, of two neighbours or of a run of words
    number INTEGER NOT NULL REFERENCES signature (number), -- only up to the last whole batch
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_2 (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL,
    item BLOB NOT NULL,
    feed TEXT,
    delivered INTEGER NOT NULL DEFAULT 0,
    UNIQUE (article, revision)
) STRICT;

INSERT INTO revision_2 SELECT number, article, revision, pack(item), feed, delivered FROM revision;
DROP TABLE revision;
ALTER TABLE revision_2 RENAME TO revision;
CREATE INDEX revision_undelivered ON revision (number) WHERE delivered = 0;

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
    number, article, revision, plain(item) AS item,
    ifnull((
        SELECT change FROM state WHERE state.article = revision.article AND state.revision = revision.revision
        ORDER BY state.number DESC LIMIT 1
    ), '{}') AS change
FROM revision;

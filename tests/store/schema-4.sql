-- What the archive of one site remembers. Times are ISO 8601 in UTC.
-- PRAGMA user_version is the number of this schema.

CREATE TABLE crawl (
    id TEXT PRIMARY KEY,        -- the moment it began and a random part
    spider TEXT NOT NULL,       -- the spider's name
    began TEXT NOT NULL,        -- when it began
    ended TEXT,                 -- when it ended; null while it runs, or where it was killed
    exit_code INTEGER,          -- its verdict: 0 complete, 3 incomplete, ...
    ending TEXT,                -- why it ended: see Ending in furat/outcomes.py
    verdict TEXT,               -- per section what was promised, archived and is pending, as JSON
    detail TEXT                 -- what the operator was told of its end
) STRICT;

CREATE TABLE listing (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical address of its first page
    kind TEXT NOT NULL,         -- home, category, tag, feed, api or sitemap
    name TEXT NOT NULL,         -- the section's name as printed
    walk INTEGER NOT NULL,      -- the number of its last walk
    complete INTEGER,           -- the last walk that came to its end, or to what an earlier complete one covers
    walked TEXT,                -- when that walk ended
    reached TEXT,               -- address of the last page that a walk covers which is not complete
    reached_by INTEGER          -- the number of that walk
) STRICT;

CREATE TABLE address (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical form
    printed TEXT NOT NULL,      -- as the site prints it, to be requested
    article TEXT,               -- id of the article that it leads to; null while unknown
    pending TEXT,               -- since when a visit is pending; null while none is
    tries INTEGER NOT NULL DEFAULT 0, -- visits that failed since then
    outcome TEXT,               -- why the last visit archived nothing: see Outcome in furat/outcomes.py; null where it did
    seen TEXT,                  -- when it was last visited
    etag TEXT,                  -- ETag of that visit
    last_modified TEXT,         -- Last-Modified of that visit, as the server wrote it
    modified TEXT,              -- the last change that a feed, a sitemap or the API named
    detail TEXT                 -- what that visit saw, for a reader
) STRICT;

CREATE INDEX address_pending ON address (number) WHERE pending IS NOT NULL;
CREATE INDEX address_outcome ON address (outcome) WHERE outcome IS NOT NULL;
CREATE INDEX address_alone ON address (seen) WHERE article IS NULL AND pending IS NULL;
CREATE INDEX address_article ON address (article);

CREATE TABLE sighting (
    listing INTEGER NOT NULL REFERENCES listing (number),
    address INTEGER NOT NULL REFERENCES address (number),
    walk INTEGER NOT NULL,      -- the last walk that saw the address on the listing
    PRIMARY KEY (listing, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX sighting_address ON sighting (address);

CREATE TABLE article (
    id TEXT PRIMARY KEY,        -- <host>/<post id>, or <host>/<path>
    url TEXT NOT NULL,          -- canonical address today
    post_id INTEGER,            -- WordPress's number
    revision INTEGER NOT NULL,  -- its last state
    digest TEXT NOT NULL,       -- of that state
    published TEXT,             -- as the site says, with offset
    first_seen TEXT NOT NULL,   -- when the archive first saw it
    seen TEXT NOT NULL,         -- when it was last visited
    crawl TEXT NOT NULL,        -- the crawl of that visit
    suspected_by TEXT,          -- the crawl that first found it gone; null while nothing speaks for that
    gone INTEGER,               -- HTTP status of its tombstone; null while it has none
    origin TEXT NOT NULL DEFAULT 'page', -- what printed that state: page or api
    other_digest TEXT,          -- digest of the same state as the other origin prints it; null while unknown
    lacks TEXT NOT NULL DEFAULT '', -- the fields that its last state lacks, spaces between; see furat.items.lacking
    duplicate_of TEXT,          -- the first article of the cluster of copies that its last revision belongs to
    suspected_at TEXT,          -- when it was first found gone
    suspected_status INTEGER,   -- the HTTP status that said so; null where only a list was silent about it
    looks INTEGER NOT NULL DEFAULT 0, -- how often it was looked for since its tombstone was written
    next_look TEXT              -- when it is looked for again; null while it has no tombstone
) STRICT;

CREATE INDEX article_post ON article (post_id);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_suspected ON article (id) WHERE suspected_by IS NOT NULL;
CREATE INDEX article_gone ON article (next_look) WHERE gone IS NOT NULL;
CREATE INDEX article_present ON article (lacks) WHERE gone IS NULL;

CREATE INDEX article_duplicate ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE revision (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL,  -- 1 for the article's first state
    item BLOB NOT NULL,         -- the whole Article or Tombstone, as JSON, compressed with zlib
    UNIQUE (article, revision)
) STRICT;

-- Apart from the revisions, which are large: to deliver changes a few bytes for each.
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY REFERENCES revision (number),
    crawl TEXT,                 -- the last crawl that wrote it to its feeds; null where it is in none
    delivered INTEGER NOT NULL DEFAULT 0 -- 1 once those feeds were finished, or where it is meant for none
) STRICT;

CREATE INDEX delivery_crawl ON delivery (crawl);
CREATE INDEX delivery_undelivered ON delivery (number) WHERE delivered = 0;

CREATE TABLE checkpoint (
    name TEXT PRIMARY KEY,      -- what it says, and of which address
    value TEXT NOT NULL
) STRICT;

CREATE TABLE signature (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of archiving
    article TEXT NOT NULL UNIQUE REFERENCES article (id), -- the first of its cluster, in its last revision
    digest INTEGER,             -- hash of its folded words; null where they are too few to tell it from others
    words TEXT NOT NULL,        -- its title and sentences, a line each, an empty one below the lead; see furat/duplicates/signature.py
    clues TEXT NOT NULL         -- what it can be found by: a list of keys, as JSON
) STRICT;

CREATE INDEX signature_digest ON signature (digest) WHERE digest IS NOT NULL;

CREATE TABLE clue (
    key INTEGER NOT NULL,       -- hash of a sentence, of two neighbours or of a run of words
    number INTEGER NOT NULL REFERENCES signature (number), -- only up to the last whole batch
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsigned (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id) -- the first of its cluster, to be signed as today when next compared
) STRICT;

CREATE TABLE state (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL,      -- id of an article that was seen with other dates, names, media or address
    revision INTEGER NOT NULL,  -- the revision whose title and text it had
    change TEXT NOT NULL,       -- what of the Article is other than in that revision, when seen and by which crawl: JSON
    FOREIGN KEY (article, revision) REFERENCES revision (article, revision)
) STRICT;

CREATE INDEX state_revision ON state (article, revision);

-- Every revision, with its last change.
CREATE VIEW current AS
SELECT
    number, article, revision, plain(item) AS item,
    ifnull((
        SELECT change FROM state WHERE state.article = revision.article AND state.revision = revision.revision
        ORDER BY state.number DESC LIMIT 1
    ), '{}') AS change
FROM revision;

CREATE TABLE feed (
    part TEXT PRIMARY KEY,      -- the file as it is written
    path TEXT NOT NULL,         -- its final name; relative to the folder of this file if it lies there
    crawl TEXT NOT NULL,        -- the crawl that writes it
    whole INTEGER NOT NULL DEFAULT 0, -- 1 once all feeds of the crawl are on the disk and only wait for their names
    delivered TEXT              -- when it got its name; null before
) STRICT;

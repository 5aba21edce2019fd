-- What the archive of one site remembers. Times are ISO 8601 in UTC.
-- PRAGMA user_version is the number of this schema.

CREATE TABLE crawl (
    id TEXT PRIMARY KEY,        -- the moment it began and a random part
    spider TEXT NOT NULL,       -- the spider's name
    began TEXT NOT NULL,        -- when it began
    ended TEXT,                 -- when it ended; null while it runs, or where it was killed
    exit_code INTEGER,          -- its verdict: 0 complete, 3 incomplete, ...
    reason TEXT                 -- why it ended
) STRICT;

CREATE TABLE listing (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical address of its first page
    kind TEXT NOT NULL,         -- home, category or tag
    name TEXT NOT NULL,         -- the section's name as printed
    walked TEXT                 -- when it was last walked to its end; null: never, or interrupted since
) STRICT;

CREATE TABLE address (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical form
    printed TEXT NOT NULL,      -- as the site prints it, to be requested
    article TEXT,               -- id of the article that it leads to; null while unknown
    owed TEXT,                  -- since when the article is owed; null once it is settled
    tries INTEGER NOT NULL DEFAULT 0, -- visits that failed since then
    reason TEXT,                -- why the last visit failed, or why there is nothing to archive
    seen TEXT                   -- when it was last visited
) STRICT;

CREATE INDEX address_owed ON address (number) WHERE owed IS NOT NULL;
CREATE INDEX address_article ON address (article);

CREATE TABLE sighting (
    listing INTEGER NOT NULL REFERENCES listing (number),
    address INTEGER NOT NULL REFERENCES address (number),
    crawl TEXT NOT NULL,        -- the last crawl that saw the address on the listing
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
    doubted TEXT,               -- the crawl that first found it gone; null while it is there
    gone INTEGER                -- HTTP status of its tombstone; null while it is there
) STRICT;

CREATE INDEX article_digest ON article (digest);

CREATE TABLE revision (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL,  -- 1 for the article's first state
    item TEXT NOT NULL,         -- the whole Article or Tombstone, as JSON
    feed TEXT,                  -- the last crawl that wrote it to its feed
    delivered INTEGER NOT NULL DEFAULT 0, -- 1 once that feed was finished
    UNIQUE (article, revision)
) STRICT;

CREATE INDEX revision_undelivered ON revision (number) WHERE delivered = 0;

CREATE TABLE feed (
    part TEXT PRIMARY KEY,      -- the file as it is written
    path TEXT NOT NULL,         -- its final name
    crawl TEXT NOT NULL,        -- the crawl that writes it
    whole INTEGER NOT NULL DEFAULT 0 -- 1 once all feeds of the crawl are on the disk and only wait for their names
) STRICT;

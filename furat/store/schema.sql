-- The archive of one site. Times are ISO 8601 in UTC.
-- PRAGMA user_version is the number of this schema.

CREATE TABLE crawl (
    id TEXT PRIMARY KEY,        -- when it began, and a random part
    spider TEXT NOT NULL,       -- the spider's name
    began TEXT NOT NULL,        -- when it began
    ended TEXT,                 -- when it ended; null while it runs, and if it was killed
    exit_code INTEGER,          -- its exit code: see ExitCode in furat/outcomes.py
    ending TEXT,                -- why it ended: see Ending in furat/outcomes.py
    verdict TEXT,               -- per section, how many articles were promised, archived and are pending, as a list in
                                -- JSON; of older crawls one object, for all sections
    detail TEXT                 -- the reason that the log gave for its end
) STRICT;

CREATE INDEX crawl_complete ON crawl (ended) WHERE exit_code = 0;
CREATE INDEX crawl_began ON crawl (began);
CREATE INDEX crawl_verdict ON crawl (id) WHERE substr(verdict, 1, 1) = '[';

CREATE TABLE listing (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical address of its first page
    kind TEXT NOT NULL,         -- home, category, tag, feed, api or sitemap
    name TEXT NOT NULL,         -- the section's name as printed
    walk INTEGER NOT NULL,      -- the number of its last walk
    complete INTEGER,           -- the last walk that came to its end, or to entries that an earlier complete walk covers
    walked TEXT,                -- when that walk ended
    reached TEXT,               -- address of the last page that an incomplete walk covers
    reached_by INTEGER,         -- the number of that walk
    shown INTEGER NOT NULL DEFAULT 0, -- how many addresses were ever seen on it; on a sitemap, without those that moved
    archived INTEGER NOT NULL DEFAULT 0 -- how many of them lead to an article
) STRICT;

CREATE TABLE address (
    number INTEGER PRIMARY KEY, -- in the order of discovery
    url TEXT NOT NULL UNIQUE,   -- canonical form
    printed TEXT NOT NULL,      -- the address to request, as the site prints it
    article TEXT,               -- id of the article that it leads to; null while unknown
    pending TEXT,               -- since when a visit is pending; null while none is
    tries INTEGER NOT NULL DEFAULT 0, -- visits that failed since then
    outcome TEXT,               -- why the last visit archived nothing: Outcome in furat/outcomes.py; null if it did archive
    seen TEXT,                  -- when it was last visited
    etag TEXT,                  -- ETag of that visit
    last_modified TEXT,         -- Last-Modified of that visit, as the server wrote it
    modified TEXT,              -- the last modification according to a feed, a sitemap or the API
    detail TEXT                 -- what the last visit saw, in words
) STRICT;

CREATE INDEX address_pending ON address (number, tries, seen) WHERE pending IS NOT NULL;
CREATE INDEX address_reason ON address (outcome, detail) WHERE pending IS NOT NULL AND outcome IS NOT NULL;
CREATE INDEX address_outcome ON address (outcome) WHERE outcome IS NOT NULL;
CREATE INDEX address_tries ON address (tries, seen) WHERE pending IS NOT NULL AND tries > 0;
CREATE INDEX address_alone ON address (seen) WHERE article IS NULL AND pending IS NULL;
CREATE INDEX address_article ON address (article);

CREATE TABLE sighting (
    listing INTEGER NOT NULL REFERENCES listing (number),
    address INTEGER NOT NULL REFERENCES address (number),
    walk INTEGER NOT NULL,      -- the last walk that saw the address on the listing
    PRIMARY KEY (listing, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX sighting_address ON sighting (address);
CREATE INDEX sighting_walk ON sighting (listing, walk);

CREATE TABLE article (
    id TEXT PRIMARY KEY,        -- <host>/<post id>, or <host>/<path>
    url TEXT NOT NULL,          -- its canonical address now
    post_id INTEGER,            -- the post number in WordPress
    revision INTEGER NOT NULL,  -- the number of its last revision
    digest TEXT NOT NULL,       -- the digest of that revision
    published TEXT,             -- as the site says, with offset
    first_seen TEXT NOT NULL,   -- when the archive first saw it
    seen TEXT NOT NULL,         -- when it was last visited
    crawl TEXT NOT NULL,        -- the crawl of that visit
    suspected_by TEXT,          -- the crawl that found the first sign that it is gone; null while there is none
    gone INTEGER,               -- HTTP status of its tombstone; null while it has none
    origin TEXT NOT NULL DEFAULT 'page', -- where its last state was read: page or api
    other_digest TEXT,          -- digest of the same state as read from the other origin; null while unknown
    lacks TEXT NOT NULL DEFAULT '', -- the fields that its last state lacks, separated by spaces: see furat.items.lacking
    duplicate_of TEXT,          -- the first article of the cluster of copies that its last revision belongs to
    suspected_at TEXT,          -- when the first sign was found that it is gone
    suspected_status INTEGER,   -- the HTTP status that was the sign; null if it was only missing from a list
    looks INTEGER NOT NULL DEFAULT 0, -- how often it was looked for after its tombstone was written
    next_look TEXT              -- when it is looked for next; null while it has no tombstone
) STRICT;

CREATE INDEX article_post ON article (post_id, gone);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_suspected ON article (id) WHERE suspected_by IS NOT NULL;
CREATE INDEX article_gone ON article (next_look) WHERE gone IS NOT NULL;
CREATE INDEX article_deleted ON article (seen) WHERE gone IS NOT NULL;
CREATE INDEX article_present ON article (lacks, seen) WHERE gone IS NULL;
-- By its age in days at the last visit, to two digits, so that what is due for recrawl is found at any FURAT_DUE_SHARE.
CREATE INDEX article_visited ON article (
    CAST(printf('%.1e', max(0, julianday(seen) - coalesce(julianday(published), julianday(first_seen)))) AS REAL), seen
) WHERE gone IS NULL;
CREATE INDEX article_first_seen ON article (first_seen, id);
CREATE INDEX article_duplicate ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE revision (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL,  -- 1 for the article's first revision
    item BLOB NOT NULL,         -- the Article or Tombstone as JSON, compressed with zlib
    UNIQUE (article, revision)
) STRICT;

-- Apart from the revisions, which are large.
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY REFERENCES revision (number),
    crawl TEXT                  -- the last crawl that wrote it to its feeds; null if none did
) STRICT;

CREATE INDEX delivery_crawl ON delivery (crawl);

-- Ten bytes a revision: a first feed of a million is delivered in one small write.
CREATE TABLE undelivered (
    number INTEGER PRIMARY KEY REFERENCES delivery (number) -- until its feeds have their names; not if meant for none
) STRICT;

CREATE TABLE checkpoint (
    name TEXT PRIMARY KEY,      -- what the value means, and for which address
    value TEXT NOT NULL
) STRICT;

CREATE TABLE signature (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of archiving
    article TEXT NOT NULL UNIQUE REFERENCES article (id), -- the first of its cluster, in its last revision
    digest INTEGER,             -- hash of its folded words; null if they are too few to identify it
    words TEXT NOT NULL,        -- its title and sentences, a line each, an empty line after the lead: furat/duplicates/signature.py
    clues TEXT NOT NULL         -- the keys by which it can be found, a list as JSON
) STRICT;

CREATE INDEX signature_digest ON signature (digest) WHERE digest IS NOT NULL;

CREATE TABLE clue (
    key INTEGER NOT NULL,       -- hash of a sentence, of two neighbouring sentences or of a run of words
    number INTEGER NOT NULL REFERENCES signature (number), -- only up to the last complete batch
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE unsigned (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id) -- the first of its cluster, to be signed again before the next comparison
) STRICT;

CREATE TABLE state (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL,      -- id of an article that was seen with different dates, names, media or address
    revision INTEGER NOT NULL,  -- the revision whose title and text it had
    change TEXT NOT NULL,       -- the fields that differ from that revision, when seen and by which crawl, as JSON
    reread TEXT,                -- when its kept page was read again; null if the state is as a visit found it
    FOREIGN KEY (article, revision) REFERENCES revision (article, revision)
) STRICT;

CREATE INDEX state_revision ON state (article, revision);

CREATE TABLE forgotten (
    article TEXT PRIMARY KEY,   -- id of an article that must never be archived again
    because TEXT NOT NULL,      -- why, in the operator's words
    moment TEXT NOT NULL        -- since when
) STRICT;

CREATE TABLE source (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL,      -- id of the article
    revision INTEGER NOT NULL,  -- the revision that the state belongs to
    file TEXT NOT NULL,         -- the WARC file, relative to the folder of this database
    offset INTEGER NOT NULL,    -- where the record begins in the file, in bytes
    record TEXT NOT NULL,       -- WARC-Record-ID of the response that the state was read from
    digest TEXT NOT NULL,       -- WARC-Payload-Digest of that record
    seen TEXT NOT NULL          -- when the state was seen, as its item says
) STRICT;

CREATE INDEX source_article ON source (article);

-- Views for any reader of SQLite. The texts are compressed; `scrapy dataset FILE.db` writes them plain.
CREATE VIEW living AS
SELECT id, url, post_id, revision, published, first_seen, seen, duplicate_of FROM article WHERE gone IS NULL;

CREATE VIEW pending AS
SELECT url, pending AS since, tries, outcome, detail FROM address WHERE pending IS NOT NULL;

CREATE TABLE feed (
    part TEXT PRIMARY KEY,      -- the file as it is written
    path TEXT NOT NULL,         -- its final path; relative to the folder of this database if it is in there
    crawl TEXT NOT NULL,        -- the crawl that writes it
    whole INTEGER NOT NULL DEFAULT 0, -- 1 once all feeds of the crawl are complete on the disk and wait for their names
    delivered TEXT              -- when it got its final name; null before
) STRICT;

CREATE INDEX feed_crawl ON feed (crawl);

-- What would take a pass over all articles to count, changed in the same write as they: see furat/store/tally.py.
CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;

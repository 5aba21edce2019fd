-- From schema 4 to 5: any SQLite reads the views; articles in the order in which they were first seen, the visits
-- that are given up and the last complete crawl are found without a scan; what was forgotten leaves a mark; each state
-- names the WARC records that it was read from.

DROP VIEW current;

CREATE VIEW living AS
SELECT id, url, post_id, revision, published, first_seen, seen, duplicate_of FROM article WHERE gone IS NULL;

CREATE VIEW pending AS
SELECT url, pending AS since, tries, outcome, detail FROM address WHERE pending IS NOT NULL;

CREATE INDEX article_first_seen ON article (first_seen, id);

CREATE INDEX address_tries ON address (tries, seen) WHERE pending IS NOT NULL AND tries > 0;
CREATE INDEX crawl_complete ON crawl (ended) WHERE exit_code = 0;

CREATE TABLE forgotten (
    article TEXT PRIMARY KEY,
    because TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;

ALTER TABLE listing ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;

CREATE INDEX crawl_began ON crawl (began);
CREATE INDEX crawl_verdict ON crawl (id) WHERE substr(verdict, 1, 1) = '[';
DROP INDEX address_pending;
CREATE INDEX address_pending ON address (number, tries, seen) WHERE pending IS NOT NULL;
CREATE INDEX address_reason ON address (outcome, detail) WHERE pending IS NOT NULL AND outcome IS NOT NULL;
CREATE INDEX sighting_walk ON sighting (listing, walk);
CREATE INDEX article_deleted ON article (seen) WHERE gone IS NOT NULL;
DROP INDEX article_post;
CREATE INDEX article_post ON article (post_id, gone);
DROP INDEX article_present;
CREATE INDEX article_present ON article (lacks, seen) WHERE gone IS NULL;
CREATE INDEX article_visited ON article (
    CAST(printf('%.1e', max(0, julianday(seen) - coalesce(julianday(published), julianday(first_seen)))) AS REAL), seen
) WHERE gone IS NULL;
CREATE INDEX feed_crawl ON feed (crawl);

CREATE TABLE undelivered (
    number INTEGER PRIMARY KEY REFERENCES delivery (number)
) STRICT;

INSERT INTO undelivered SELECT number FROM delivery WHERE delivered = 0;
DROP INDEX delivery_undelivered;
ALTER TABLE delivery DROP COLUMN delivered;

CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT;

ALTER TABLE state ADD COLUMN reread TEXT;

CREATE TABLE source (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL,
    revision INTEGER NOT NULL,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    record TEXT NOT NULL,
    digest TEXT NOT NULL,
    seen TEXT NOT NULL
) STRICT;

CREATE INDEX source_article ON source (article);

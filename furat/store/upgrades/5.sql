-- From schema 4 to 5: any SQLite reads the views; articles in the order in which they were first seen, the visits
-- that are given up and the last complete crawl are found without a scan; what was forgotten leaves a mark; each state
-- names the WARC records that it was read from.

DROP VIEW current;

CREATE VIEW living AS
SELECT id, url, post_id, revision, published, first_seen, seen, duplicate_of FROM article WHERE gone IS NULL;

CREATE VIEW pending AS
SELECT url, pending AS since, tries, outcome, detail FROM address WHERE pending IS NOT NULL;

CREATE INDEX article_first_seen ON article (first_seen, id);

CREATE INDEX address_tries ON address (tries) WHERE pending IS NOT NULL AND tries > 0;
CREATE INDEX crawl_complete ON crawl (ended) WHERE exit_code = 0;

CREATE TABLE forgotten (
    article TEXT PRIMARY KEY,
    because TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;

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

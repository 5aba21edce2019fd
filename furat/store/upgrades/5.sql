-- From schema 4 to 5: the views are readable in any SQLite, and articles are read in the order in which they were seen.

DROP VIEW current;

CREATE VIEW living AS
SELECT id, url, post_id, revision, published, first_seen, seen, duplicate_of FROM article WHERE gone IS NULL;

CREATE VIEW pending AS
SELECT url, pending AS since, tries, outcome, detail FROM address WHERE pending IS NOT NULL;

CREATE INDEX article_first_seen ON article (first_seen, id);

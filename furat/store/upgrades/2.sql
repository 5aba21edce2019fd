-- From schema 1 to 2: interrupted walks go on where they stopped, visits are conditional, verdicts are kept.

ALTER TABLE crawl ADD COLUMN verdict TEXT;
ALTER TABLE listing ADD COLUMN reached TEXT;
ALTER TABLE address ADD COLUMN etag TEXT;
ALTER TABLE address ADD COLUMN changed TEXT;

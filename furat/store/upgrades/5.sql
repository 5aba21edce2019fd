-- From schema 4 to 5: what is given up, and the last complete crawl, are found without a scan.

CREATE INDEX address_tries ON address (tries) WHERE pending IS NOT NULL AND tries > 0;
CREATE INDEX crawl_complete ON crawl (ended) WHERE exit_code = 0;

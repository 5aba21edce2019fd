-- From schema 2 to 3: signatures tell style from facts and mark the lead; those of before are made anew.

CREATE TABLE unsigned (
    number INTEGER PRIMARY KEY, -- in the order of archiving
    article TEXT NOT NULL REFERENCES article (id) -- the first of its cluster, to be signed as today when next compared
) STRICT;

INSERT INTO unsigned SELECT number, article FROM signature;
DELETE FROM clue;
DELETE FROM signature;

-- Counts anew what the store else counts as it changes: see furat/store/tally.py.

DELETE FROM tally;

-- The articles that are not gone, by the fields that they lack.
INSERT INTO tally SELECT 'lacks ' || lacks, count(*) FROM article WHERE gone IS NULL GROUP BY lacks;

INSERT INTO tally SELECT 'gone', count(*) FROM article WHERE gone IS NOT NULL;

INSERT INTO tally SELECT 'revisions', count(*) FROM revision;

UPDATE listing SET
    shown = (SELECT count(*) FROM sighting WHERE listing = listing.number),
    archived = (
        SELECT count(*) FROM sighting JOIN address ON address.number = sighting.address
        WHERE listing = listing.number AND article IS NOT NULL
    );

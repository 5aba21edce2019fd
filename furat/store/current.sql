-- Every revision, with its last change. Only for this connection: no other SQLite has the function plain().
CREATE TEMP VIEW current AS
SELECT
    number, article, revision, plain(item) AS item,
    ifnull((
        SELECT change FROM state WHERE state.article = revision.article AND state.revision = revision.revision
        ORDER BY state.number DESC LIMIT 1
    ), '{}') AS change
FROM revision

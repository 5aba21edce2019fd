-- Articles per month and category, straight from the feeds of one archive or of all:
--   duckdb -c "SET VARIABLE feeds = 'data/*/feed/*.jsonl'" -f examples/by_month.sql
WITH latest AS (
    SELECT *
    FROM read_json(
        getvariable('feeds'),
        format = 'newline_delimited',
        columns = {kind: 'VARCHAR', id: 'VARCHAR', revision: 'INTEGER', published: 'VARCHAR', categories: 'VARCHAR[]'}
    )
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY revision DESC) = 1
),
placed AS (
    SELECT left(published, 7) AS month, unnest(categories) AS category
    FROM latest
    WHERE kind = 'article'
)
SELECT month, category, count(*) AS articles
FROM placed
GROUP BY ALL
ORDER BY ALL;

-- Question: how many rows does the file have, once packed items are rows of their own?
-- Grain: one row.
SELECT count(*) AS rows FROM raw

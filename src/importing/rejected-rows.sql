-- Question: which rows could not be kept, and why?
-- Grain: one row per reason, with the first such row as an example.
-- Order: by number of rows, most first.
SELECT reason, count(*) AS rows, arg_min(example, row_no) AS example
FROM read_rows
WHERE reason IS NOT NULL
GROUP BY reason
ORDER BY rows DESC, reason

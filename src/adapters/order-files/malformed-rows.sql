-- Question: which rows of the text file that was just loaded are malformed?
-- Grain: one row per fault; a row with several faults counts once, under the first. A blank line, or one of delimiters
--   and white space only, is no row.
-- Order: by number of rows, most first; the example is the first row, before others one of several lines.
WITH
  faulty AS (
    SELECT line_byte_position, arg_min(error_type, byte_position)::VARCHAR AS fault, any_value(csv_line) AS csv_line
    FROM reject_errors
    GROUP BY scan_id, file_id, line, line_byte_position
  )
SELECT
  fault,
  count(*) AS rows,
  coalesce(
    arg_min(csv_line, line_byte_position) FILTER (contains(trim(csv_line, chr(10) || chr(13)), chr(10))),
    arg_min(csv_line, line_byte_position)
  ) AS example
FROM faulty
WHERE csv_line IS NULL OR regexp_matches(csv_line, '[^\s,;|"]')
GROUP BY fault
ORDER BY rows DESC, fault

-- Question: which rows of the text file that was just loaded are malformed?
-- Grain: one row per fault; a row with several faults counts once, under the first.
-- Order: by number of rows, most first.
WITH
  faulty AS (
    SELECT line_byte_position, arg_min(error_type, byte_position)::VARCHAR AS fault, any_value(csv_line) AS csv_line
    FROM reject_errors
    GROUP BY scan_id, file_id, line, line_byte_position
  )
SELECT fault, count(*) AS rows, arg_min(csv_line, line_byte_position) AS example
FROM faulty
GROUP BY fault
ORDER BY rows DESC, fault

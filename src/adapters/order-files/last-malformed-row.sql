-- Question: how does the malformed row that stands last in the file begin and end?
-- Grain: one row, none where no row is malformed.
SELECT csv_line FROM reject_errors ORDER BY line_byte_position DESC LIMIT 1

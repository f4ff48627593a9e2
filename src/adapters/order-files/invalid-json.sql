-- Question: how many lines of the file are no JSON object, and how does one look?
-- Grain: one row.
SELECT rows, example FROM invalid_json

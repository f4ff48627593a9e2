-- Question: how many rows did the table that was just loaded take?
-- Grain: one row.
SELECT rows FROM loaded_rows

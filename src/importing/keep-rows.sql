-- Question: none; passes the rows of a file on whose rows are complete by themselves.
-- Grain: one row per row of the file.
CREATE VIEW filled AS SELECT rowid AS row_no, * FROM raw

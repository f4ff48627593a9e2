-- Question: what do the rows of the catalog file say?
-- Grain: one row per row of the file, all text.
-- Order: as in the file.
FROM catalog_raw ORDER BY rowid

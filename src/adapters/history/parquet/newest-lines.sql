-- Question: what are the lines of the newest version of each order?
-- Grain: one row per line, sold or returned.
CREATE OR REPLACE VIEW newest_lines AS
FROM stored_lines ANTI JOIN superseded USING (order_id, version)

-- Question: which order does each row belong to, and what does it say itself?
-- Grain: one row per row of the file.
-- Columns: row_no (counts from 0 down the file) and those of `raw`, blank order ids filled from `orders_above`.
CREATE VIEW placed AS
SELECT
  raw.rowid AS row_no,
  raw.* REPLACE (coalesce(raw.order_id, orders_above.order_id) AS order_id)
FROM raw
LEFT JOIN orders_above ON orders_above.row_no = raw.rowid

-- Question: which order does a row without an order id belong to?
-- Grain: one row per such row that has a row with an id above it.
-- Columns: row_no (counts from 0 down the file), order_id (of the last row above that has one).
-- Only rows that stand right above a blank one are looked through: most exports have none, and a window over the whole
--   file held all of it in memory, which 10 million rows exceeded.
CREATE TABLE orders_above AS
WITH
  blank AS (SELECT rowid AS row_no FROM raw WHERE order_id IS NULL),
  named AS (
    SELECT rowid AS row_no, order_id
    FROM raw
    WHERE order_id IS NOT NULL AND rowid + 1 IN (FROM blank)
  )
SELECT blank.row_no, named.order_id
FROM blank
ASOF JOIN named ON blank.row_no > named.row_no

-- Question: when, by whom and in which currency was each order placed?
-- Grain: one row per order with a row that is kept. An order has one instant (its first), one customer and one currency.
-- Columns: order_id, placed_at_ms, currency, factor (whole to minor units), customer_id (null for a guest).
-- A table of its own, and not a part of take-rows.sql: the engine took the orders there for fewer than one and held all
--   rows of the file in memory instead, which 24 million rows exceeded.
CREATE TABLE order_heads AS
WITH
  heads AS (
    SELECT
      order_id,
      min(placed_at_ms) AS placed_at_ms,
      min(customer) AS customer,
      arg_min(currency, row_no) AS currency
    FROM read_rows
    WHERE reason IS NULL
    GROUP BY order_id
  )
SELECT order_id, placed_at_ms, heads.currency, factor, customer_id
FROM heads
JOIN currencies ON currencies.currency = heads.currency
LEFT JOIN customer_hashes ON customer_hashes.customer = heads.customer

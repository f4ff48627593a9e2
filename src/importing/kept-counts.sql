-- Question: what was kept of the files of this import?
-- Grain: one row. Instants in milliseconds UTC; an order that stands in several files counts once.
SELECT
  count(*) AS rows_kept,
  count(DISTINCT order_id) FILTER (kind = 'sale') AS orders,
  count(*) FILTER (kind = 'sale') AS order_lines,
  count(*) FILTER (kind = 'return') AS returned_lines,
  count(DISTINCT customer_id) AS customers,
  count(DISTINCT product_id) AS products,
  min(placed_at_ms) AS from_at_ms,
  max(placed_at_ms) AS to_at_ms
FROM incoming

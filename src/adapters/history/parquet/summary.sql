-- Question: how large is the history, net of returns?
-- Grain: one row. Instants in milliseconds UTC, null without orders.
SELECT
  count(DISTINCT order_id) AS orders,
  count(*) AS order_lines,
  count(DISTINCT customer_id) AS customers,
  count(DISTINCT product_id) AS products,
  min(placed_at_ms) AS from_at_ms,
  max(placed_at_ms) AS to_at_ms
FROM order_lines

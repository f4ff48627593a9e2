-- Question: which goods stand in which order, how many, at which price?
-- Grain: one row per (order, product); quantities of repeated lines are summed, the price is the highest.
-- Parameters: $not_goods (list of product ids that are no merchandise); $customers_only (leave guests' orders out).
-- Columns: order_number (dense), customer (dense; 4294967295 for a guest), day (UTC days since 1970-01-01), product_id,
--   quantity (units), unit_price_minor (minor units).
-- Order: by day, then order_number, then product_id.
WITH
  kept AS (
    SELECT *
    FROM order_lines
    WHERE product_id NOT IN (SELECT unnest($not_goods))
      AND (customer_id IS NOT NULL OR NOT $customers_only)
  ),
  buyers AS (
    SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS customer
    FROM (SELECT DISTINCT customer_id FROM kept WHERE customer_id IS NOT NULL)
  ),
  orders AS (
    SELECT order_id, row_number() OVER (ORDER BY min(placed_at_ms), order_id) - 1 AS order_number
    FROM kept
    GROUP BY order_id
  )
SELECT
  orders.order_number::UINTEGER AS order_number,
  coalesce(any_value(buyers.customer), 4294967295)::UINTEGER AS customer,
  min(kept.placed_at_ms // 86400000)::INTEGER AS day,
  kept.product_id AS product_id,
  sum(kept.quantity)::INTEGER AS quantity,
  max(kept.unit_price_minor)::DOUBLE AS unit_price_minor
FROM kept
JOIN orders USING (order_id)
LEFT JOIN buyers USING (customer_id)
GROUP BY orders.order_number, kept.product_id
ORDER BY day, order_number, product_id

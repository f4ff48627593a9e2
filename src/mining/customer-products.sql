-- Question: what has each customer bought so far?
-- Grain: one row per (customer, product), at most $products_max products per customer, the latest ones.
-- Parameters: $products_max (products per customer).
-- Columns: customer_id, product_id, orders (distinct orders), last_bought_at_ms (UTC).
-- Order: by customer_id, latest purchase first.
SELECT
  customer_id,
  product_id,
  count(DISTINCT order_id)::INTEGER AS orders,
  max(placed_at_ms)::DOUBLE AS last_bought_at_ms
FROM order_lines
WHERE customer_id IS NOT NULL
GROUP BY customer_id, product_id
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY max(placed_at_ms) DESC, product_id) <= $products_max
ORDER BY customer_id, last_bought_at_ms DESC, product_id

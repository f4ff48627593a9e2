-- Question: what has each customer bought so far, and how much does it weigh today?
-- Grain: one row per (customer, product), at most $products_max products per customer, the latest ones.
-- Parameters: $products_max (products per customer); $as_of_ms (UTC, weights are decayed to it); $half_life_days (days).
-- Columns: customer_id, product_id, orders (distinct orders), weight (those orders, decayed by age),
--   last_bought_at_ms (UTC), orders_weight (all orders of the customer, decayed; the same in all rows of a customer).
-- Order: by customer_id, latest purchase first, then product_id.
WITH
  purchases AS (
    SELECT DISTINCT
      customer_id,
      product_id,
      order_id,
      placed_at_ms,
      2 ** (-greatest(0, $as_of_ms - placed_at_ms) / (86400000.0 * $half_life_days)) AS weight
    FROM order_lines
    WHERE customer_id IS NOT NULL
  ),
  customers AS (
    SELECT customer_id, sum(weight) AS orders_weight
    FROM (SELECT DISTINCT customer_id, order_id, weight FROM purchases)
    GROUP BY customer_id
  )
SELECT
  customer_id,
  product_id,
  count(*)::INTEGER AS orders,
  sum(weight)::DOUBLE AS weight,
  max(placed_at_ms)::DOUBLE AS last_bought_at_ms,
  any_value(orders_weight)::DOUBLE AS orders_weight
FROM purchases
JOIN customers USING (customer_id)
GROUP BY customer_id, product_id
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY max(placed_at_ms) DESC, product_id) <= $products_max
ORDER BY customer_id, last_bought_at_ms DESC, product_id

-- Question: which goods stood in the latest orders of each customer?
-- Grain: one row per (customer, order, product), of at most $orders_max orders per customer, the latest ones.
-- Parameters: $not_goods (list of product ids that are no merchandise); $orders_max (orders per customer).
-- Columns: customer_id, order_id, placed_at_ms (UTC), product_id, quantity (units in the order).
-- Order: by customer_id, newest order first, then order_id, product_id.
WITH
  bought AS (
    SELECT customer_id, order_id, min(placed_at_ms) AS placed_at_ms, product_id, sum(quantity) AS quantity
    FROM order_lines
    WHERE customer_id IS NOT NULL AND product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY customer_id, order_id, product_id
  ),
  latest AS (
    SELECT customer_id, order_id, min(placed_at_ms) AS placed_at_ms
    FROM bought
    GROUP BY customer_id, order_id
    QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY min(placed_at_ms) DESC, order_id) <= $orders_max
  )
SELECT
  latest.customer_id,
  latest.order_id,
  latest.placed_at_ms::DOUBLE AS placed_at_ms,
  bought.product_id,
  greatest(1, bought.quantity)::DOUBLE AS quantity
FROM latest
JOIN bought USING (customer_id, order_id)
ORDER BY latest.customer_id, latest.placed_at_ms DESC, latest.order_id, bought.product_id

-- Question: which goods stood in the latest orders of each customer, and how many of each?
-- Grain: one row per (customer, order), of at most $orders_max orders per customer, the latest ones.
-- Parameters: $not_goods (list of product ids that are no merchandise); $orders_max (orders per customer).
-- Columns: customer_id, order_id, placed_at_ms (UTC), products (text "[3, 17]": the numbers of the different products,
--   ascending; each the row number of the id in `goods-ids.sql`), quantities (text "[1, 2]": units of each, at least 1).
-- Order: by customer_id, newest order first, then order_id.
WITH
  goods AS (
    SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product
    FROM (SELECT DISTINCT product_id FROM order_lines)
    WHERE product_id NOT IN (SELECT unnest($not_goods))
  ),
  latest AS (
    SELECT customer_id, order_id, min(placed_at_ms) AS placed_at_ms
    FROM order_lines
    SEMI JOIN goods USING (product_id)
    WHERE customer_id IS NOT NULL
    GROUP BY customer_id, order_id
    QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY min(placed_at_ms) DESC, order_id) <= $orders_max
  ),
  bought AS (
    SELECT customer_id, order_id, product, greatest(1, sum(quantity))::INTEGER AS quantity
    FROM order_lines
    JOIN goods USING (product_id)
    SEMI JOIN latest USING (customer_id, order_id)
    GROUP BY customer_id, order_id, product
  )
SELECT
  customer_id,
  order_id,
  any_value(latest.placed_at_ms)::DOUBLE AS placed_at_ms,
  list(product ORDER BY product)::VARCHAR AS products,
  list(quantity ORDER BY product)::VARCHAR AS quantities
FROM latest
JOIN bought USING (customer_id, order_id)
GROUP BY customer_id, order_id
ORDER BY customer_id, placed_at_ms DESC, order_id

-- Question: on which days did each customer buy each product, and how many units?
-- Grain: one row per (product, customer, UTC day) of goods and known customers.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: product (the row number of the id in `goods-ids.sql`), customer (dense, in the sequence of ids, which are keyed
--   hashes), day (UTC days since 1970-01-01), units (at least 1).
-- Order: by product, customer, day.
WITH
  goods AS (
    SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product
    FROM (SELECT DISTINCT product_id FROM order_lines)
    WHERE product_id NOT IN (SELECT unnest($not_goods))
  ),
  buyers AS (
    SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS customer
    FROM (SELECT DISTINCT customer_id FROM order_lines WHERE customer_id IS NOT NULL)
  )
SELECT
  product::UINTEGER AS product,
  customer::UINTEGER AS customer,
  (placed_at_ms // 86400000)::INTEGER AS day,
  greatest(1, sum(quantity))::INTEGER AS units
FROM order_lines
JOIN goods USING (product_id)
JOIN buyers USING (customer_id)
GROUP BY ALL
ORDER BY ALL

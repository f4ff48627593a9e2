-- Question: who bought which goods in which order, on which day?
-- Grain: one row per order line of a product that is goods; a product may stand twice in an order.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: order_number (dense), customer (dense; 4294967295 for a guest), day (UTC days since 1970-01-01),
--   product (the row number of the id in `goods-ids.sql`).
-- Order: by order_number, so that the lines of an order follow one another.
-- Customer and day are looked up once per order, not once per line: a line then meets two short tables, not three.
WITH
  goods AS (
    SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product
    FROM (SELECT DISTINCT product_id FROM order_lines)
    WHERE product_id NOT IN (SELECT unnest($not_goods))
  ),
  placed AS MATERIALIZED (
    SELECT order_id, min(customer_id) AS customer_id, min(placed_at_ms) AS placed_at_ms
    FROM order_lines
    GROUP BY order_id
  ),
  buyers AS (
    SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS customer
    FROM (SELECT DISTINCT customer_id FROM placed WHERE customer_id IS NOT NULL)
  ),
  orders AS (
    SELECT
      order_id,
      row_number() OVER (ORDER BY order_id) - 1 AS order_number,
      coalesce(customer, 4294967295) AS customer,
      placed_at_ms // 86400000 AS day
    FROM placed
    LEFT JOIN buyers USING (customer_id)
  )
SELECT
  order_number::UINTEGER AS order_number,
  customer::UINTEGER AS customer,
  day::INTEGER AS day,
  product::UINTEGER AS product
FROM order_lines
JOIN goods USING (product_id)
JOIN orders USING (order_id)
ORDER BY order_number

-- Question: who bought which goods in which order, on which day, and how many?
-- Grain: one row per order line of a product that is goods; a product may stand twice in an order.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: order_high, order_low (the halves of the order's hash),
--   customer (the row number of the id's hash in `goods-customers.sql`; 4294967295 for a guest), day (UTC days since 1970-01-01),
--   product (the row number of the id in `goods-ids.sql`), units (above 0).
-- Order: by the hash of order_id, so that the lines of an order follow one another; `customer-orders.sql` relies on it.
-- Customer and day are looked up once per order, not once per line. Orders and customers are named by 64 bits: with
--   their texts 3.4 million orders took more than the gigabyte that the engine may have. That two of so many share a
--   hash happens once in three million shops.
WITH
  goods AS (
    SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product
    FROM (SELECT DISTINCT product_id FROM order_lines)
    WHERE product_id NOT IN (SELECT unnest($not_goods))
  ),
  placed AS MATERIALIZED (
    SELECT
      hash(order_id) AS order_hash,
      min(CASE WHEN customer_id IS NOT NULL THEN hash(customer_id) END) AS customer_hash,
      min(placed_at_ms // 86400000)::INTEGER AS day
    FROM order_lines
    WHERE product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY order_hash
  ),
  buyers AS (
    SELECT customer_hash, row_number() OVER (ORDER BY customer_hash) - 1 AS customer
    FROM (SELECT DISTINCT customer_hash FROM placed WHERE customer_hash IS NOT NULL)
  ),
  orders AS (
    SELECT order_hash, coalesce(customer, 4294967295)::UINTEGER AS customer, day
    FROM placed
    LEFT JOIN buyers USING (customer_hash)
  ),
  lines AS (
    SELECT hash(order_id) AS order_hash, product::UINTEGER AS product, quantity::INTEGER AS units
    FROM order_lines
    JOIN goods USING (product_id)
  )
SELECT
  (order_hash >> 32)::UINTEGER AS order_high, (order_hash & 4294967295)::UINTEGER AS order_low, customer, day, product, units
FROM lines
JOIN orders USING (order_hash)
ORDER BY order_hash

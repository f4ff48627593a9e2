-- Question: which goods stood in the orders of each customer, and how many of each?
-- Grain: one row per (customer, order).
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: customer_id, order_id, placed_at_ms (UTC), products (text "[3, 3, 17]": the number of each line's product,
--   ascending; the row number of the id in `goods-ids.sql`), quantities (text "[1, 2, 1]": units of each line).
-- Order: by customer_id, newest order first, then order_id.
WITH
  goods AS (
    SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product
    FROM (SELECT DISTINCT product_id FROM order_lines)
    WHERE product_id NOT IN (SELECT unnest($not_goods))
  ),
  placed AS (
    SELECT
      customer_id,
      order_id,
      min(placed_at_ms) AS placed_at_ms,
      list({ 'product': product, 'quantity': quantity }) AS lines
    FROM order_lines
    JOIN goods USING (product_id)
    WHERE customer_id IS NOT NULL
    GROUP BY customer_id, order_id
  )
SELECT
  customer_id,
  order_id,
  placed_at_ms::DOUBLE AS placed_at_ms,
  list_transform(list_sort(lines), line -> line.product)::VARCHAR AS products,
  list_transform(list_sort(lines), line -> line.quantity)::VARCHAR AS quantities
FROM placed
ORDER BY customer_id, placed.placed_at_ms DESC, order_id

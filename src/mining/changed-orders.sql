-- Question: which orders of goods have the buyers of `changed-buyers.sql` now?
-- Grain: one row per order.
-- Parameters: $customers (list of their ids), $guest_orders (list of the ids of guests' orders), $not_goods (list of
--   product ids that are no merchandise). The buyers come in as lists because the engine then knows that they are few and
--   asks each line for its customer before anything else; where it has to find them itself it puts all lines into a
--   table first (10 million lines: 14 s of processor time against 3).
-- Columns: customer_id (null for a guest), customer_high, customer_low (the halves of its hash, 0 for a guest), order_id,
--   order_high, order_low, placed_at_ms (UTC), products (JSON list of ids, ascending), units (JSON list, beside them).
-- Order: that of the records in `history-columns.ts`: by customer, guests last, then day, then order.
WITH
  lines AS (
    SELECT customer_id, order_id, placed_at_ms, product_id, quantity
    FROM order_lines
    WHERE customer_id IN (SELECT unnest($customers)) AND product_id NOT IN (SELECT unnest($not_goods))
    UNION ALL
    SELECT customer_id, order_id, placed_at_ms, product_id, quantity
    FROM order_lines
    WHERE customer_id IS NULL AND order_id IN (SELECT unnest($guest_orders)) AND product_id NOT IN (SELECT unnest($not_goods))
  ),
  bought AS (
    SELECT customer_id, order_id, placed_at_ms, product_id, sum(quantity)::BIGINT AS units
    FROM lines
    GROUP BY ALL
  ),
  orders AS (
    SELECT
      customer_id, order_id, placed_at_ms,
      hash(customer_id) AS customer_hash,
      hash(order_id) AS order_hash,
      to_json(list(product_id ORDER BY product_id))::VARCHAR AS products,
      to_json(list(units ORDER BY product_id))::VARCHAR AS units
    FROM bought
    GROUP BY customer_id, order_id, placed_at_ms
  )
SELECT
  customer_id,
  CASE WHEN customer_id IS NULL THEN 0 ELSE customer_hash >> 32 END::UINTEGER AS customer_high,
  CASE WHEN customer_id IS NULL THEN 0 ELSE customer_hash & 4294967295 END::UINTEGER AS customer_low,
  order_id,
  (order_hash >> 32)::UINTEGER AS order_high,
  (order_hash & 4294967295)::UINTEGER AS order_low,
  placed_at_ms::DOUBLE AS placed_at_ms,
  products,
  units
FROM orders
ORDER BY customer_id IS NULL, customer_hash, placed_at_ms // 86400000, order_hash

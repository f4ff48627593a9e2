-- Question: whose orders may be others than they were before the last appends?
-- Grain: one row per known customer, then one per order of a guest. A return can only change orders of its own buyer
--   (src/ports/history.ts); a new version of an order concerns the buyer of the version before it, too.
-- Parameters: $since (the last append that is known already).
-- Columns: customer_id (null for an order of a guest), order_id (null for a customer), high, low (the halves of the hash
--   of the customer's or order's id).
-- Order: customers by their hash, then guests' orders by theirs.
WITH
  arrived AS (SELECT order_id, customer_id, return_of FROM arrivals WHERE append > $since),
  concerned AS MATERIALIZED (
    FROM arrived
    UNION ALL
    SELECT order_id, customer_id, return_of FROM replaced WHERE order_id IN (SELECT order_id FROM arrived)
  ),
  customers AS MATERIALIZED (SELECT DISTINCT customer_id FROM concerned WHERE customer_id IS NOT NULL),
  guest_orders AS MATERIALIZED (
    SELECT order_id FROM concerned WHERE customer_id IS NULL
    UNION
    SELECT return_of FROM concerned WHERE customer_id IS NULL AND return_of IS NOT NULL
  )
SELECT customer_id, order_id, (hashed >> 32)::UINTEGER AS high, (hashed & 4294967295)::UINTEGER AS low
FROM (
  SELECT customer_id, NULL AS order_id, hash(customer_id) AS hashed FROM customers
  UNION ALL
  SELECT NULL, order_id, hash(order_id) FROM guest_orders
) AS buyers
ORDER BY customer_id IS NULL, hashed

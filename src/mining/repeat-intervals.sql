-- Question: after how many days do customers buy a product again, and how long has the rest of them waited?
-- Grain: one row per (product, interval, closed or open) of customers who bought it on at least two days.
-- Parameters: $not_goods (list of product ids); $repeat_customers_min (customers); $last_day (UTC days since 1970).
-- Columns: product_id, days (at least 1), closed (bought again) or open (not yet), intervals (how many).
-- Order: by product_id.
WITH
  purchase_days AS (
    SELECT DISTINCT product_id, customer_id, placed_at_ms // 86400000 AS day
    FROM order_lines
    WHERE customer_id IS NOT NULL AND product_id NOT IN (SELECT unnest($not_goods))
  ),
  repeaters AS (
    SELECT product_id, customer_id
    FROM purchase_days
    GROUP BY product_id, customer_id
    HAVING count(*) >= 2
  ),
  refilled AS (
    SELECT product_id FROM repeaters GROUP BY product_id HAVING count(*) >= $repeat_customers_min
  ),
  gaps AS (
    SELECT
      product_id,
      day,
      lead(day) OVER (PARTITION BY product_id, customer_id ORDER BY day) AS next_day
    FROM purchase_days
    SEMI JOIN refilled USING (product_id)
    SEMI JOIN repeaters USING (product_id, customer_id)
  )
SELECT
  product_id,
  greatest(1, coalesce(next_day, $last_day) - day)::INTEGER AS days,
  next_day IS NOT NULL AS closed,
  count(*)::INTEGER AS intervals
FROM gaps
GROUP BY product_id, days, closed
ORDER BY product_id, days, closed

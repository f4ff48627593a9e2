-- Question: after how many days, and how many units, do customers buy a product again, and how long have they waited since?
-- Grain: one row per (product, customer) with at least two days of purchase; customers with one day are put together by
--   product, days waited (in steps of 5 %) and units. Only products that enough customers bought again, and of each the
--   first $customers_max customers by id (ids are keyed hashes, so that is a draw).
-- Parameters: $not_goods (list of product ids); $repeat_customers_min, $customers_max (customers); $last_day (UTC days
--   since 1970).
-- Columns: product_id; gaps (intervals between days of purchase); v = ln days of an interval and u = ln units bought at
--   its start, summed: sum_v, sum_vv, sum_u, sum_uu, sum_uv; open_days (since the last purchase, at least 0.5), open_u
--   (ln units of it); customers.
--   Sums are rounded to 9 digits: threads add them up in any order.
-- Order: by product_id, gaps, then all others.
WITH
  purchase_days AS (
    SELECT
      product_id,
      customer_id,
      placed_at_ms // 86400000 AS day,
      ln(greatest(1, sum(quantity)))::DOUBLE AS u
    FROM order_lines
    WHERE customer_id IS NOT NULL AND product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY ALL
  ),
  buyers AS (
    SELECT product_id, customer_id, count(*) - 1 AS gaps
    FROM purchase_days
    GROUP BY product_id, customer_id
  ),
  refilled AS (
    SELECT product_id FROM buyers WHERE gaps > 0 GROUP BY product_id HAVING count(*) >= $repeat_customers_min
  ),
  drawn AS (
    SELECT product_id, customer_id
    FROM buyers
    SEMI JOIN refilled USING (product_id)
    QUALIFY row_number() OVER (PARTITION BY product_id ORDER BY customer_id) <= $customers_max
  ),
  steps AS (
    SELECT
      product_id,
      customer_id,
      u,
      day,
      ln(lead(day) OVER (PARTITION BY product_id, customer_id ORDER BY day) - day)::DOUBLE AS v
    FROM purchase_days
    SEMI JOIN drawn USING (product_id, customer_id)
  ),
  records AS (
    SELECT
      product_id,
      customer_id,
      count(v) AS gaps,
      round(coalesce(sum(v), 0), 9) AS sum_v,
      round(coalesce(sum(v * v), 0), 9) AS sum_vv,
      round(coalesce(sum(u) FILTER (v IS NOT NULL), 0), 9) AS sum_u,
      round(coalesce(sum(u * u) FILTER (v IS NOT NULL), 0), 9) AS sum_uu,
      round(coalesce(sum(u * v), 0), 9) AS sum_uv,
      greatest(0.5, $last_day - max(day))::DOUBLE AS open_days,
      max(u) FILTER (v IS NULL) AS open_u
    FROM steps
    GROUP BY product_id, customer_id
  ),
  grouped AS (
    SELECT
      * EXCLUDE (customer_id, open_days),
      CASE WHEN gaps > 0 THEN customer_id ELSE '' END AS customer,
      CASE WHEN gaps > 0 THEN open_days ELSE exp(round(ln(open_days) / 0.05) * 0.05) END AS open_days
    FROM records
  )
SELECT
  * EXCLUDE (customer, gaps),
  gaps::INTEGER AS gaps,
  count(*)::INTEGER AS customers
FROM grouped
GROUP BY ALL
ORDER BY ALL

-- Question: what was known of each customer when a day began, and what did they do in the days from it on?
-- Grain: one row per known customer with a purchase before the day; a purchase is a day with paid orders of goods.
-- Parameters: $not_goods (list of product ids that are no merchandise), $currency (others are left out),
--   $from_day (UTC days since 1970-01-01: the first that was not known), $days (how many from it on are looked at),
--   $offered, $held_out (lists of customer ids: the two sides of the hold-out, no id in both).
-- Columns: repeats (purchases after the first), last_days and watched_days (from the first purchase to the last and to
--   the day before $from_day), first_minor and repeats_minor (value of the first purchase and of all repeats, minor
--   units, net of matched returns), later (purchases in the days looked at), later_minor (their value), side (1: offered,
--   2: held out, 0: neither).
-- Order: by customer_id.
WITH
  purchases AS (
    SELECT
      customer_id,
      (placed_at_ms // 86400000)::INTEGER AS day,
      sum(quantity::BIGINT * unit_price_minor)::DOUBLE AS value
    FROM order_lines
    WHERE customer_id IS NOT NULL
      AND currency = $currency
      AND placed_at_ms < ($from_day + $days)::BIGINT * 86400000
      AND product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY customer_id, day
    HAVING sum(quantity::BIGINT * unit_price_minor) > 0
  ),
  known AS (
    SELECT
      customer_id,
      min(day) AS first_day,
      max(day) FILTER (day < $from_day) AS last_day,
      count(*) FILTER (day < $from_day) AS purchases,
      arg_min(value, day) AS first_minor,
      sum(value) FILTER (day < $from_day) AS all_minor,
      count(*) FILTER (day >= $from_day) AS later,
      coalesce(sum(value) FILTER (day >= $from_day), 0) AS later_minor
    FROM purchases
    GROUP BY customer_id
    HAVING min(day) < $from_day
  ),
  sides AS (
    SELECT unnest($offered) AS customer_id, 1 AS side
    UNION ALL
    SELECT unnest($held_out) AS customer_id, 2 AS side
  )
SELECT
  (purchases - 1)::INTEGER AS repeats,
  (last_day - first_day)::INTEGER AS last_days,
  ($from_day - 1 - first_day)::INTEGER AS watched_days,
  first_minor::DOUBLE AS first_minor,
  (all_minor - first_minor)::DOUBLE AS repeats_minor,
  later::INTEGER AS later,
  later_minor::DOUBLE AS later_minor,
  coalesce(side, 0)::INTEGER AS side
FROM known
LEFT JOIN sides USING (customer_id)
ORDER BY customer_id

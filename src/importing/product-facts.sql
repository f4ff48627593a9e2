-- Question: what do the orders say about each product?
-- Grain: one row per product that was ever sold or returned.
-- Parameters: $recent_lines (how many of the latest sold lines tell a change of price); $half_life_days (after which a
--   line says half as much about the price of today); $usual_share (of those weights, from which on one price is the usual).
-- Columns: sold_lines, returned_lines (lines of returns), orders, units; price_now_minor (in the currency sold most: the
--   price of the latest lines where they agree, else the usual price of late, else the median of the latest lines),
--   price_mid_minor, price_low_minor, price_high_minor (median, 5 % and 95 % of all lines), price_kinds (different
--   prices), currency, first_sold_at_ms, last_sold_at_ms (UTC, null when never sold).
-- Order: by product_id.
WITH
  main_currency AS (
    SELECT product_id, arg_max(currency, lines) AS currency
    FROM (SELECT product_id, currency, count(*) AS lines FROM sold_lines GROUP BY product_id, currency)
    GROUP BY product_id
  ),
  priced AS (
    SELECT
      product_id, order_id, placed_at_ms, quantity, unit_price_minor, currency,
      (max(placed_at_ms) OVER (PARTITION BY product_id) - placed_at_ms) / 86400000.0 AS age_days
    FROM sold_lines
    JOIN main_currency USING (product_id, currency)
  ),
  weighed AS (
    SELECT product_id, unit_price_minor, sum(pow(2, -age_days / $half_life_days)) AS weight
    FROM priced
    GROUP BY product_id, unit_price_minor
  ),
  usual AS (
    SELECT product_id, arg_max(unit_price_minor, (weight, unit_price_minor)) AS unit_price_minor, max(weight) / sum(weight) AS weight_share
    FROM weighed
    GROUP BY product_id
  ),
  sold AS (
    SELECT
      product_id,
      any_value(currency) AS currency,
      count(*) AS sold_lines,
      count(DISTINCT order_id) AS orders,
      sum(quantity)::DOUBLE AS units,
      median(unit_price_minor)::DOUBLE AS price_mid_minor,
      quantile_cont(unit_price_minor, 0.05)::DOUBLE AS price_low_minor,
      quantile_cont(unit_price_minor, 0.95)::DOUBLE AS price_high_minor,
      count(DISTINCT unit_price_minor) AS price_kinds,
      arg_max(unit_price_minor, placed_at_ms, $recent_lines) AS latest_prices,
      min(placed_at_ms)::DOUBLE AS first_sold_at_ms,
      max(placed_at_ms)::DOUBLE AS last_sold_at_ms
    FROM priced
    GROUP BY product_id
  ),
  returned AS (
    SELECT product_id, count(*) AS returned_lines, any_value(currency) AS currency
    FROM returns
    GROUP BY product_id
  )
SELECT
  coalesce(sold.product_id, returned.product_id) AS product_id,
  coalesce(sold.currency, returned.currency) AS currency,
  coalesce(sold_lines, 0) AS sold_lines,
  coalesce(returned_lines, 0) AS returned_lines,
  coalesce(orders, 0) AS orders,
  coalesce(units, 0) AS units,
  CASE
    WHEN list_unique(latest_prices) = 1 THEN latest_prices[1]
    WHEN usual.weight_share >= $usual_share THEN usual.unit_price_minor
    ELSE list_median(latest_prices)
  END::DOUBLE AS price_now_minor,
  price_mid_minor, price_low_minor, price_high_minor,
  coalesce(price_kinds, 0) AS price_kinds,
  first_sold_at_ms,
  last_sold_at_ms
FROM sold
FULL JOIN returned ON sold.product_id = returned.product_id
LEFT JOIN usual ON usual.product_id = sold.product_id
ORDER BY product_id

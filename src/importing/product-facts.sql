-- Question: what do the orders say about each product?
-- Grain: one row per product that was ever sold or returned.
-- Parameters: $recent_lines (how many of the latest sold lines tell a change of price); $half_life_days (after which a
--   line says half as much about the price of today); $usual_share (of those weights, from which on one price is the usual).
-- Columns: sold_lines, returned_lines (lines of returns), orders, units; price_now_minor (in the currency sold most: the
--   price of the latest lines where they agree, else the usual price of late, else the median of the latest lines),
--   price_mid_minor, price_low_minor, price_high_minor (median, 5 % and 95 % of all lines), price_kinds (different
--   prices), currency, first_sold_at_ms, last_sold_at_ms (UTC, null when never sold).
-- Order: by product_id.
-- No aggregate here holds every line: lines of one price are counted together, and the quantiles are those of the counted
--   prices. Over 24 million lines the aggregates median and quantile_cont did not fit in 1 GB.
WITH
  by_currency AS (
    SELECT product_id, currency, count(*) AS lines, max(placed_at_ms) AS last_at_ms
    FROM sold_lines
    GROUP BY product_id, currency
  ),
  main_currency AS (
    SELECT product_id, arg_max(currency, (lines, currency)) AS currency, arg_max(last_at_ms, (lines, currency)) AS last_at_ms
    FROM by_currency
    GROUP BY product_id
  ),
  -- Read again where it is needed: kept once, it would be the largest table here.
  priced AS NOT MATERIALIZED (
    SELECT
      product_id, order_id, placed_at_ms, quantity, unit_price_minor, currency,
      (last_at_ms - placed_at_ms) / 86400000.0 AS age_days
    FROM sold_lines
    JOIN main_currency USING (product_id, currency)
  ),
  prices AS (
    SELECT product_id, unit_price_minor, count(*) AS lines, sum(pow(2, -age_days / $half_life_days)) AS weight
    FROM priced
    GROUP BY product_id, unit_price_minor
  ),
  usual AS (
    SELECT
      product_id,
      arg_max(unit_price_minor, (weight, unit_price_minor)) AS unit_price_minor,
      max(weight) / sum(weight) AS weight_share,
      count(*) AS price_kinds
    FROM prices
    GROUP BY product_id
  ),
  ranked AS (
    SELECT
      product_id, unit_price_minor,
      sum(lines) OVER (PARTITION BY product_id, share ORDER BY unit_price_minor) AS lines_up_to,
      share * (sum(lines) OVER (PARTITION BY product_id, share) - 1) AS place,
      share
    FROM prices
    CROSS JOIN (VALUES (0.05::DOUBLE), (0.5::DOUBLE), (0.95::DOUBLE)) AS shares (share)
  ),
  quantiles AS (
    SELECT product_id, share, below + (place - floor(place)) * (above - below) AS price_minor
    FROM (
      SELECT
        product_id, share, any_value(place) AS place,
        min(unit_price_minor) FILTER (lines_up_to > floor(place)) AS below,
        min(unit_price_minor) FILTER (lines_up_to > ceil(place)) AS above
      FROM ranked
      GROUP BY product_id, share
    )
  ),
  spread AS (
    SELECT
      product_id,
      min(price_minor) AS price_low_minor,
      median(price_minor) AS price_mid_minor,
      max(price_minor) AS price_high_minor
    FROM quantiles
    GROUP BY product_id
  ),
  ordered AS (
    SELECT product_id, count(*) AS orders
    FROM (SELECT DISTINCT product_id, order_id FROM priced)
    GROUP BY product_id
  ),
  sold AS (
    SELECT
      product_id,
      any_value(currency) AS currency,
      count(*) AS sold_lines,
      sum(quantity)::DOUBLE AS units,
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
LEFT JOIN spread ON spread.product_id = sold.product_id
LEFT JOIN ordered ON ordered.product_id = sold.product_id
ORDER BY product_id

-- Question: in which currencies was sold, from when to when, how much of it to guests, and how much came back unmatched?
-- Grain: one row per currency.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: currency, first_day, last_day (UTC days since 1970-01-01, over all lines), revenue_minor, guests_minor
--   (minor units, net of matched returns), unmatched_minor (known customers' returns for which no order was found).
-- Order: the largest revenue first, then currency.
WITH
  sold AS (
    SELECT
      currency,
      min(placed_at_ms // 86400000)::INTEGER AS first_day,
      max(placed_at_ms // 86400000)::INTEGER AS last_day,
      sum(quantity::BIGINT * unit_price_minor)::DOUBLE AS revenue_minor,
      coalesce(sum(quantity::BIGINT * unit_price_minor) FILTER (customer_id IS NULL), 0)::DOUBLE AS guests_minor
    FROM order_lines
    WHERE product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY currency
  ),
  came_back AS (
    SELECT currency, sum(quantity::BIGINT * unit_price_minor)::DOUBLE AS unmatched_minor
    FROM returns
    WHERE matched_order_id IS NULL
      AND customer_id IS NOT NULL
      AND product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY currency
  )
SELECT
  sold.currency AS currency,
  first_day,
  last_day,
  revenue_minor,
  guests_minor,
  coalesce(unmatched_minor, 0) AS unmatched_minor
FROM sold
LEFT JOIN came_back ON came_back.currency = sold.currency
ORDER BY revenue_minor DESC, currency

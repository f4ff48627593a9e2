-- Question: what did the customers of each month's first orders bring within 30, 91, 182 and 365 days of them?
-- Grain: one row per month of a first purchase; a purchase is a day with paid orders of goods.
-- Parameters: $not_goods (list of product ids that are no merchandise), $currency (others are left out).
-- Columns: month ('2011-09'), last_day (its last day, UTC days since 1970-01-01), customers, minor_1, minor_3, minor_6,
--   minor_12 (sums over customers of what they paid from the first purchase on within so many months, minor units, net
--   of matched returns), repeats_12 (their purchases after the first within 365 days). What is not over yet is counted
--   as far as it goes: the reader leaves it out.
-- Order: by month.
WITH
  purchases AS (
    SELECT
      customer_id,
      (placed_at_ms // 86400000)::INTEGER AS day,
      sum(quantity::BIGINT * unit_price_minor)::DOUBLE AS value
    FROM order_lines
    WHERE customer_id IS NOT NULL
      AND currency = $currency
      AND product_id NOT IN (SELECT unnest($not_goods))
    GROUP BY customer_id, day
    HAVING sum(quantity::BIGINT * unit_price_minor) > 0
  ),
  firsts AS (
    SELECT customer_id, min(day) AS first_day
    FROM purchases
    GROUP BY customer_id
  ),
  since AS (
    SELECT customer_id, first_day, day - first_day AS days, value, DATE '1970-01-01' + first_day AS first_date
    FROM purchases
    JOIN firsts USING (customer_id)
  )
SELECT
  strftime(first_date, '%Y-%m') AS month,
  (max(last_day(first_date)) - DATE '1970-01-01')::INTEGER AS last_day,
  count(*) FILTER (days = 0)::INTEGER AS customers,
  coalesce(sum(value) FILTER (days < 30), 0)::DOUBLE AS minor_1,
  coalesce(sum(value) FILTER (days < 91), 0)::DOUBLE AS minor_3,
  coalesce(sum(value) FILTER (days < 182), 0)::DOUBLE AS minor_6,
  coalesce(sum(value) FILTER (days < 365), 0)::DOUBLE AS minor_12,
  count(*) FILTER (days > 0 AND days < 365)::INTEGER AS repeats_12
FROM since
GROUP BY month
ORDER BY month

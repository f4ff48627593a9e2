-- Question: which order does each row belong to, and what does the order itself say, where only its first row says it?
-- Grain: one row per row of the file.
-- Columns: as `raw`; a blank order id is that of the last row above with one; date, customer, currency, country, status
--   and cancelled_at come from the first row of the order that has them.
CREATE TABLE filled AS
WITH
  placed AS (
    SELECT
      * REPLACE (last_value(order_id IGNORE NULLS) OVER (ORDER BY row_no ROWS UNBOUNDED PRECEDING) AS order_id)
    FROM (SELECT rowid AS row_no, * FROM raw)
  ),
  heads AS (
    SELECT
      order_id,
      arg_min(date, row_no) FILTER (date IS NOT NULL) AS date,
      arg_min(customer, row_no) FILTER (customer IS NOT NULL) AS customer,
      arg_min(currency, row_no) FILTER (currency IS NOT NULL) AS currency,
      arg_min(country, row_no) FILTER (country IS NOT NULL) AS country,
      arg_min(status, row_no) FILTER (status IS NOT NULL) AS status,
      arg_min(cancelled_at, row_no) FILTER (cancelled_at IS NOT NULL) AS cancelled_at
    FROM placed
    WHERE order_id IS NOT NULL
    GROUP BY order_id
  )
SELECT
  placed.* REPLACE (
    coalesce(placed.date, heads.date) AS date,
    coalesce(placed.customer, heads.customer) AS customer,
    coalesce(placed.currency, heads.currency) AS currency,
    coalesce(placed.country, heads.country) AS country,
    coalesce(placed.status, heads.status) AS status,
    coalesce(placed.cancelled_at, heads.cancelled_at) AS cancelled_at
  )
FROM placed
LEFT JOIN heads USING (order_id)
ORDER BY row_no

-- Question: what does each order say of itself, where only its first row says it?
-- Grain: one row per order of several rows.
-- Columns: date, customer, currency, country, status and cancelled_at of the first row of the order that has them.
CREATE TABLE order_words AS
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
HAVING count(*) > 1

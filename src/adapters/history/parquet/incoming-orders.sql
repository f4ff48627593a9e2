-- Question: which orders came in, and what tells one version of an order from another?
-- Grain: one row per order, of the last file that holds it.
-- Columns: order_id, file_no, fingerprint (sum over the lines of 64 bits of MD5 each, so that the order of the lines
--   does not matter and a line that stands twice counts twice).
CREATE TABLE incoming_orders AS
WITH
  by_file AS (
    SELECT
      order_id,
      file_no,
      (
        sum(
          md5_number_lower(
            concat_ws(
              chr(31),
              kind, product_id, quantity, unit_price_minor, placed_at_ms, currency,
              coalesce(customer_id, ''), coalesce(title, ''), coalesce(country, ''), coalesce(return_of, '')
            )
          )
        ) % 18446744073709551616
      )::UBIGINT AS fingerprint
    FROM incoming
    GROUP BY order_id, file_no
  )
SELECT order_id, max(file_no) AS file_no, arg_max(fingerprint, file_no) AS fingerprint
FROM by_file
GROUP BY order_id

-- Question: what does each row of the file say, and why can it not be kept where it cannot?
-- Grain: one row per row of the file.
-- Parameters: $return_prefix, $adjustment_prefix (beginnings of order ids, '' for none); $returned_statuses,
--   $unpaid_statuses (lists, lower case); $decimal_comma (true: "1.234,50"); $date_formats (list of strptime formats for
--   dates that are not ISO 8601); $currency (of rows that name none, '' for none); $id_length_max (characters);
--   $latest_at_ms (a later order is a typing error, and would make all others count as long past). Needs `written_dates`,
--   `currencies` (whole to minor units) and the macro `plain_number`.
-- Columns: reason (null where the row is kept), returned (the whole order was taken back), and the values, typed.
--   price is an amount in whole currency units per unit of quantity.
CREATE TABLE read_rows AS
WITH
  cleaned AS (
    SELECT
      *,
      regexp_replace(quantity, '[\s\x{00A0}\x{202F}]', '', 'g') AS quantity_text,
      regexp_replace(
        coalesce(price, line_total),
        '[\s\x{00A0}\x{202F}£$€¥'']|^[A-Z]{3}|[A-Z]{3}$', '', 'g'
      ) AS amount_text
    FROM filled
  ),
  numbers AS (
    SELECT
      *,
      plain_number(quantity_text, $decimal_comma) AS units,
      plain_number(amount_text, $decimal_comma) AS amount,
      coalesce(iso_at_ms, epoch_ms(try_strptime(plain, $date_formats)::TIMESTAMP)) AS placed_at_ms,
      regexp_replace(lower(status), '^wc-', '') AS state,
      coalesce(upper(currency), nullif($currency, '')) AS order_currency
    FROM cleaned
    LEFT JOIN written_dates USING (date)
  ),
  priced AS (
    SELECT
      numbers.*,
      CASE WHEN price IS NULL AND units <> 0 THEN (amount / units)::DECIMAL(18, 6) ELSE amount END AS unit_price,
      cancelled_at IS NOT NULL OR list_contains($returned_statuses, coalesce(state, '')) AS returned,
      factor
    FROM numbers
    LEFT JOIN currencies ON currencies.currency = order_currency
  ),
  judged AS (
    SELECT
      *,
      CASE
        WHEN order_id IS NULL THEN 'the row has no order number'
        WHEN $adjustment_prefix <> '' AND starts_with(order_id, $adjustment_prefix)
          THEN 'the row is an accounting adjustment, not an order'
        WHEN product_id IS NULL THEN 'the row names no product'
        WHEN contains(order_id || product_id, chr(0)) THEN 'an id holds characters that cannot be stored'
        WHEN length(order_id) > $id_length_max OR length(product_id) > $id_length_max
          THEN 'an id is longer than ' || $id_length_max || ' characters'
        WHEN date IS NULL THEN 'the row has no date'
        WHEN placed_at_ms IS NULL THEN 'the date cannot be read'
        WHEN placed_at_ms NOT BETWEEN -2208988800000 AND 7258118400000 THEN 'the date lies outside the years 1900 to 2200'
        WHEN placed_at_ms > $latest_at_ms THEN 'the date lies in the future'
        WHEN quantity_text IS NULL THEN 'the row has no quantity'
        WHEN units IS NULL THEN 'the quantity is not a number'
        WHEN units = 0 THEN 'the quantity is zero'
        WHEN units <> round(units, 0) THEN 'the quantity is not a whole number'
        WHEN abs(units) > 1000000000 THEN 'the quantity is too large to be true'
        WHEN amount_text IS NULL THEN 'the row has no price'
        WHEN unit_price IS NULL THEN 'the price is not a number'
        WHEN unit_price = 0 THEN 'the price is zero'
        WHEN unit_price < 0 THEN 'the price is negative'
        WHEN unit_price > 1000000000 THEN 'the price is too large to be true'
        WHEN unit_price < 0.5 / factor THEN 'the price rounds to zero'
        WHEN list_contains($unpaid_statuses, coalesce(state, '')) THEN 'the order was never paid'
        WHEN order_currency IS NULL THEN 'the row names no currency'
        WHEN factor IS NULL THEN 'the currency is no code of ISO 4217'
      END AS reason
    FROM priced
  )
SELECT
  row_no,
  reason,
  order_id,
  returned OR units < 0 OR ($return_prefix <> '' AND starts_with(order_id, $return_prefix)) AS is_return,
  returned,
  product_id,
  title,
  placed_at_ms,
  abs(units) AS units,
  unit_price,
  nullif(regexp_replace(CASE WHEN contains(customer, '@') THEN lower(customer) ELSE customer END, '^(\d+)\.0$', '\1'), '0')
    AS customer,
  order_currency AS currency,
  country,
  return_of,
  CASE WHEN reason IS NOT NULL THEN concat_ws(
    ', ', order_id, product_id, title, 'quantity ' || quantity, 'price ' || coalesce(price, line_total), date
  ) END AS example
FROM judged

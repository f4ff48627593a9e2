-- Question: none; rejects the rows whose currency is not that of their order: 1000 yen are not 1000 euros.
-- Grain: one row per row of the file. The currency of an order is that of its first row that is kept.
UPDATE read_rows
SET
  reason = 'the currency differs from that of the order',
  example = concat_ws(
    ', ', read_rows.order_id, product_id, title, 'quantity ' || units::BIGINT,
    'price ' || unit_price::DOUBLE || ' ' || read_rows.currency
  )
FROM (
  SELECT order_id, arg_min(currency, row_no) AS currency
  FROM read_rows
  WHERE reason IS NULL
  GROUP BY order_id
  HAVING min(currency) <> max(currency)
) AS orders
WHERE read_rows.reason IS NULL AND read_rows.order_id = orders.order_id AND read_rows.currency <> orders.currency

-- Question: which lines does this append add to the history?
-- Grain: one row per line of a new or changed order; line_no counts from 1 within the order, the same way each time.
-- Order: none here; the file is written by time, so that a reader of one period skips the rest.
CREATE VIEW lines_to_store AS
SELECT
  incoming.order_id,
  accepted_orders.fingerprint,
  row_number() OVER (
    PARTITION BY incoming.order_id
    ORDER BY kind, product_id, unit_price_minor, quantity, placed_at_ms, title
  )::INTEGER AS line_no,
  kind,
  customer_id,
  placed_at_ms,
  currency,
  product_id,
  title,
  quantity,
  unit_price_minor,
  country,
  return_of
FROM incoming
JOIN accepted_orders USING (order_id, file_no)
WHERE change <> 'same'

-- Question: none; hands the rows that are kept over to the history.
-- Grain: one row per row that is kept, with what order_heads says of its order; a title has 300 characters at most.
-- Parameters: $file_no (the later file wins where two hold the same order).
INSERT INTO incoming
SELECT
  $file_no,
  order_id,
  CASE WHEN is_return THEN 'return' ELSE 'sale' END,
  customer_id,
  order_heads.placed_at_ms,
  order_heads.currency,
  product_id,
  CASE WHEN strlen(title) > 300 THEN left(title, 300) ELSE title END,
  units::INTEGER,
  round(unit_price * factor)::BIGINT,
  country,
  CASE WHEN returned THEN order_id ELSE return_of END
FROM read_rows
JOIN order_heads USING (order_id)
WHERE reason IS NULL

-- Question: none; hands the rows that are kept over to the history.
-- Grain: one row per row that is kept. An order has one instant (its first), one customer and one currency; a title has
--   300 characters at most.
-- Parameters: $file_no (the later file wins where two hold the same order).
INSERT INTO incoming
WITH
  kept AS (FROM read_rows WHERE reason IS NULL),
  heads AS (
    SELECT
      order_id,
      min(placed_at_ms) AS placed_at_ms,
      min(customer) AS customer,
      arg_min(currency, row_no) AS currency
    FROM kept
    GROUP BY order_id
  )
SELECT
  $file_no,
  kept.order_id,
  CASE WHEN is_return THEN 'return' ELSE 'sale' END,
  customer_hashes.customer_id,
  heads.placed_at_ms,
  heads.currency,
  kept.product_id,
  CASE WHEN strlen(kept.title) > 300 THEN left(kept.title, 300) ELSE kept.title END,
  kept.units::INTEGER,
  round(kept.unit_price * currencies.factor)::BIGINT,
  kept.country,
  CASE WHEN kept.returned THEN kept.order_id ELSE kept.return_of END
FROM kept
JOIN heads USING (order_id)
JOIN currencies ON currencies.currency = heads.currency
LEFT JOIN customer_hashes ON customer_hashes.customer = heads.customer

-- Question: none; puts orders that the shop sent one by one into the table `incoming`, as an import does with a file.
-- Grain: one row per order line.
-- Parameters: $lines (a JSON list of objects: order_id, customer_id or null, placed_at_ms, currency, product_id, title or
--   null, quantity, unit_price_minor).
INSERT INTO incoming
SELECT
  0 AS file_no,
  line.order_id,
  'sale' AS kind,
  line.customer_id,
  line.placed_at_ms,
  line.currency,
  line.product_id,
  line.title,
  line.quantity,
  line.unit_price_minor,
  NULL AS country,
  NULL AS return_of
FROM (
  SELECT
    unnest(
      from_json(
        $lines,
        '[{"order_id":"VARCHAR","customer_id":"VARCHAR","placed_at_ms":"BIGINT","currency":"VARCHAR","product_id":"VARCHAR","title":"VARCHAR","quantity":"INTEGER","unit_price_minor":"BIGINT"}]'
      )
    ) AS line
)

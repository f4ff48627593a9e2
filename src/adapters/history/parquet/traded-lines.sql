-- Question: which sold lines may the returned lines belong to?
-- Grain: one row per line of a (buyer, product) with at least one return. The buyer is the customer; a guest's lines
--   meet under the order that the return names, else under their own order.
-- Columns: buyer, product_id, is_return (0 or 1), order_id, line_no, placed_at_ms (UTC), quantity (units), return_of.
-- Order: by buyer and product, then time, sales before returns.
WITH
  traded AS (
    SELECT
      coalesce('customer ' || customer_id, 'order ' || coalesce(return_of, order_id)) AS buyer,
      product_id, kind, order_id, line_no, placed_at_ms, quantity, return_of
    FROM newest_lines
  ),
  concerned AS (SELECT DISTINCT buyer, product_id FROM traded WHERE kind = 'return')
SELECT
  buyer,
  product_id,
  (kind = 'return')::INTEGER AS is_return,
  order_id,
  line_no,
  placed_at_ms::DOUBLE AS placed_at_ms,
  quantity,
  return_of
FROM traded
SEMI JOIN concerned USING (buyer, product_id)
ORDER BY buyer, product_id, placed_at_ms, is_return, order_id, line_no

-- Question: which orders of goods did each known customer place, and when?
-- Grain: one row per order; an order has one customer and one instant.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: customer_id, order_id, placed_at_ms (UTC).
-- Order: that of the records in `history-columns.ts`, made from `goods-lines.sql`: by customer, day, order.
SELECT customer_id, order_id, placed_at_ms::DOUBLE AS placed_at_ms
FROM (
  SELECT DISTINCT customer_id, order_id, placed_at_ms
  FROM order_lines
  WHERE customer_id IS NOT NULL AND product_id NOT IN (SELECT unnest($not_goods))
) AS placed
ORDER BY hash(customer_id), placed.placed_at_ms // 86400000, hash(order_id)

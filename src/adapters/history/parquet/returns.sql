-- Question: what came back, and from which order?
-- Grain: one row per returned line, or part of one where it meets several orders.
-- Columns: quantity (units of this part), matched_order_id (null where no order was found).
CREATE VIEW returns AS
SELECT
  newest_lines.order_id, newest_lines.line_no, customer_id, placed_at_ms, currency, product_id,
  return_parts.quantity, unit_price_minor, country, matched_order_id
FROM newest_lines
JOIN return_parts ON return_parts.order_id = newest_lines.order_id AND return_parts.line_no = newest_lines.line_no
WHERE kind = 'return'

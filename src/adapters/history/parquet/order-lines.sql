-- Question: what was sold and kept?
-- Grain: one row per sold line of the newest version of each order with units left after returns.
-- Columns: as sold_lines; quantity is what is left (units, above 0).
CREATE VIEW order_lines AS
SELECT
  order_id, line_no, customer_id, placed_at_ms, currency, product_id,
  quantity - coalesce(returned, 0) AS quantity,
  unit_price_minor, country
FROM sold_lines
LEFT JOIN netted_lines USING (order_id, line_no)
WHERE quantity > coalesce(returned, 0)

-- Question: what was sold, before returns?
-- Grain: one row per sold line of the newest version of each order.
-- Columns: placed_at_ms (UTC), quantity (units, above 0), unit_price_minor (minor units of currency).
CREATE VIEW sold_lines AS
SELECT order_id, line_no, customer_id, placed_at_ms, currency, product_id, quantity, unit_price_minor, country
FROM newest_lines
WHERE kind = 'sale'

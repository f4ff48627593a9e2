-- Question: which products are goods, and which number stands for each?
-- Grain: one row per product that was ever sold and is goods.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Order: by product_id; the row number from 0 is the product's number in `goods-lines.sql`.
SELECT product_id
FROM (SELECT DISTINCT product_id FROM order_lines)
WHERE product_id NOT IN (SELECT unnest($not_goods))
ORDER BY product_id

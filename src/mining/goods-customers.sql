-- Question: which customers bought goods, by the hash of their ids?
-- Grain: one row per known customer with an order line of goods.
-- Parameters: $not_goods (list of product ids that are no merchandise).
-- Columns: high, low (the halves of the hash).
-- Order: by the hash; the row number from 0 is the customer's number in `goods-lines.sql`.
SELECT (customer_hash >> 32)::UINTEGER AS high, (customer_hash & 4294967295)::UINTEGER AS low
FROM (
  SELECT DISTINCT hash(customer_id) AS customer_hash
  FROM order_lines
  WHERE customer_id IS NOT NULL AND product_id NOT IN (SELECT unnest($not_goods))
) AS buyers
ORDER BY customer_hash

-- One of the passes by anchor: how many orders hold both, each pair once, from its lower product.
INSERT INTO half_pairs
SELECT low, high, count(*)
FROM (
  SELECT low, unnest(products) AS high
  FROM (
    SELECT unnest(list_filter(products, lambda p: p % $passes = $pass)) AS low, products
    FROM order_lists
  )
)
WHERE low < high
GROUP BY low, high
HAVING count(*) >= 5;
